import { normalTwoSidedEach } from '../../analysis/normal-tail.ts'
import { benjaminiHochberg, bonferroni } from '../../analysis/p-value-adjustment.ts'
import { analyseMethod } from './analyse-method.ts'
import { choosePlaces, placeDetails, placeOptions, placeReads, placeUsage } from './places.ts'

const LEVEL = 0.05

export const localGMethod = analyseMethod({
  name: 'local-g',
  summary: 'Which places lie among more, or fewer, events than chance would have it (Getis-Ord Gi*)',
  usage: `${placeUsage} [--no-self]`,
  details: [
    ...placeDetails,
    '  --no-self              Gi: a place is not counted among its own neighbours',
    '  --standardise B|W      no difference here: z does not change when the weights of a place are scaled',
    '',
    placeReads,
    'Writes: cell (or area), z, p_two_sided, p_bonferroni, p_fdr_bh, in the order of the file. Above 0 is hot, below',
    'cold. Fields are empty where z is not defined: all counts equal, no neighbours, or everybody a neighbour.',
    '--json adds how many are hot and cold at a false discovery rate of 5 %.',
  ].join('\n'),
  options: { ...placeOptions, 'no-self': { type: 'boolean' } },
  prepare: values => {
    const places = choosePlaces(values)
    const self = !values['no-self']
    return {
      columns: places.columns,
      unique: [places.name],
      run: table => {
        const { names, localG } = places.read(table)
        const z = localG(self)
        const p = normalTwoSidedEach(z)
        const fdr = benjaminiHochberg(p)
        const clear = (sign: number) => z.filter((value, i) => value * sign > 0 && fdr[i]! < LEVEL).length
        return {
          columns: [
            { name: places.name, values: names },
            { name: 'z', values: z },
            { name: 'p_two_sided', values: p },
            { name: 'p_bonferroni', values: bonferroni(p) },
            { name: 'p_fdr_bh', values: fdr },
          ],
          more: { statistic: self ? 'Gi*' : 'Gi', falseDiscoveryRate: LEVEL, hot: clear(1), cold: clear(-1) },
        }
      },
    }
  },
})
