/** Suppression of cubes: ward by age by sex. GaussSuppression's figures were measured in R on a two-core machine like ours. */
import { marginTable } from '../src/analysis/suppression/margin-table.ts'
import { suppress } from '../src/analysis/suppression/suppress.ts'
import { randomFrom } from '../src/synthetic/random.ts'
import { alternate, ms, type Result } from './medians.ts'

const GAUSS_SUPPRESSION_MS = { 100: 600, 1000: 38_000 } as const

export async function benchSuppression(rounds: number): Promise<Result[]> {
  const results: Result[] = []
  for (const wards of [100, 1000] as const) {
    const random = randomFrom(5, 'suppression').unit
    // Counts as in small wards: most under 20, some cells thin.
    const counts = Array.from({ length: wards * 5 * 2 }, () => {
      const mean = random() < 0.2 ? 2 : 9
      return Math.floor(-Math.log(1 - random()) * mean)
    })
    let hidden = 0
    let cells = 0
    const { ours } = await alternate(rounds, {
      ours: async () => {
        const table = marginTable([wards, 5, 2], counts)
        cells = table.counts.length
        hidden = suppress(table, { threshold: 5, zeros: 'show' }).reduce((sum, flag) => sum + flag, 0)
      },
    })
    const peer = GAUSS_SUPPRESSION_MS[wards]
    results.push({
      what: `suppression of a cube with ${wards} wards`,
      headline: `${(peer / ours!.median).toFixed(1)}× faster than GaussSuppression's figure`,
      aim: `10× faster than GaussSuppression (${ms(peer)} on such a machine)`,
      met: ours!.median * 10 <= peer,
      detail: `${ms(ours!.median)}; ${hidden} of ${cells} cells hidden, lower bounds of hidden counts guarded as well`,
    })
  }
  return results
}
