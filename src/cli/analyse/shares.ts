import { type GroupShare, groupShares } from '../../analysis/shares.ts'
import { analyseMethod, type InputTable } from './analyse-method.ts'
import { groupColumns, groupKeys } from './rates.ts'

export const sharesMethod = analyseMethod({
  name: 'shares',
  summary: "Each group's share of the counts of its area against its share of the population",
  usage: '',
  details: [
    'Reads: area, group, count, population. The groups of an area must be all of it: shares are of their sum.',
    'Writes: area, group, share_of_counts, wilson_low, wilson_high, share_of_population, ratio, in the order of the',
    'file. Shares are between 0 and 1, limits 95% (Wilson). Empty where an area has no counts or no population.',
  ].join('\n'),
  options: {},
  prepare: () => ({ ...groupColumns, run: sharesOf }),
})

function sharesOf(table: InputTable) {
  const rowsByArea = Map.groupBy(table.texts('area').keys(), row => table.texts('area')[row]!)
  const found: GroupShare[] = []
  for (const rows of rowsByArea.values()) {
    const of = (column: string) => rows.map(row => table.numbers(column)[row]!)
    for (const [i, share] of groupShares(of('count'), of('population')).entries()) found[rows[i]!] = share
  }
  const column = (name: string, part: keyof GroupShare) => ({
    name,
    values: found.map(share => share[part] ?? Number.NaN),
  })
  return {
    columns: [
      ...groupKeys(table),
      column('share_of_counts', 'shareOfCounts'),
      column('wilson_low', 'low'),
      column('wilson_high', 'high'),
      column('share_of_population', 'shareOfPopulation'),
      column('ratio', 'ratio'),
    ],
  }
}
