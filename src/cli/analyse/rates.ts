import { byarInterval, poissonInterval } from '../../analysis/intervals.ts'
import { type RateRatio, rateRatio } from '../../analysis/rates.ts'
import { type Analysis, analyseMethod, type InputTable } from './analyse-method.ts'
import { numberOption } from './option-values.ts'

/** One row for each group of each area: what `rates` and `shares` read. */
export const groupColumns: Pick<Analysis, 'columns' | 'unique'> = {
  columns: [
    { name: 'area', kind: 'text' },
    { name: 'group', kind: 'text' },
    { name: 'count', kind: 'count' },
    { name: 'population', kind: 'count' },
  ],
  unique: ['area', 'group'],
}

/** The columns that say which row is which, in the order of the file. */
export const groupKeys = (table: InputTable) =>
  (['area', 'group'] as const).map(name => ({ name, values: table.texts(name) }))

export const ratesMethod = analyseMethod({
  name: 'rates',
  summary: 'Rates of groups with exact limits, and how they compare with one of the groups',
  usage: '[--per 1000] [--reference GROUP]',
  details: [
    '  --per N             rate for so many people (default 1000)',
    '  --reference GROUP   the group of each area that the others are compared with; without it no comparison',
    '',
    'Reads: area, group, count, population.',
    'Writes: area, group, count, population, rate, byar_low, byar_high, exact_low, exact_high, rr, rr_exact_low,',
    'rr_exact_high, rr_exact_p, in the order of the file. Limits are 95%: Byar (exact below ten events) and exact',
    'Poisson; the rate ratio has the conditional exact test and limits. The reference group itself has ratio and',
    'limits 1 and no p. Empty: rates without population; ratio and upper limit where the reference group has no',
    'events; all of the comparison where neither has any, or an area lacks the reference group.',
  ].join('\n'),
  options: { per: { type: 'string' }, reference: { type: 'string' } },
  prepare: values => {
    const per = numberOption('--per', values.per ?? '1000', { above: 0 })
    return { ...groupColumns, run: table => ratesOf(table, per, values.reference) }
  },
})

function ratesOf(table: InputTable, per: number, reference: string | undefined) {
  const count = table.numbers('count')
  const population = table.numbers('population')
  const comparisons = compared(table, reference)
  const perPeople = (of: (count: number) => number) =>
    Float64Array.from(count, (events, row) =>
      population[row]! > 0 ? (of(events) * per) / population[row]! : Number.NaN,
    )
  const ratio = (part: keyof RateRatio) => comparisons.map(found => found?.[part] ?? Number.NaN)
  return {
    columns: [
      ...groupKeys(table),
      { name: 'count', values: count },
      { name: 'population', values: population },
      { name: 'rate', values: perPeople(events => events) },
      { name: 'byar_low', values: perPeople(events => byarInterval(events).low) },
      { name: 'byar_high', values: perPeople(events => byarInterval(events).high) },
      { name: 'exact_low', values: perPeople(events => poissonInterval(events).low) },
      { name: 'exact_high', values: perPeople(events => poissonInterval(events).high) },
      { name: 'rr', values: ratio('ratio') },
      { name: 'rr_exact_low', values: ratio('low') },
      { name: 'rr_exact_high', values: ratio('high') },
      { name: 'rr_exact_p', values: ratio('p') },
    ],
  }
}

const ITSELF: RateRatio = { ratio: 1, low: 1, high: 1, p: null }

function compared(table: InputTable, reference: string | undefined): (RateRatio | null)[] {
  const areas = table.texts('area')
  const groups = table.texts('group')
  const count = table.numbers('count')
  const population = table.numbers('population')
  const referenceRows = new Map(
    areas.flatMap((area, row) => (groups[row] === reference ? [[area, row] as const] : [])),
  )
  if (reference !== undefined && referenceRows.size === 0) {
    throw table.fault(0, 'group', `no row of the file has the reference group "${reference}"`)
  }
  return areas.map((area, row) => {
    const base = referenceRows.get(area)
    if (base === undefined || !(population[row]! > 0 && population[base]! > 0)) return null
    return base === row ? ITSELF : rateRatio(count[row]!, population[row]!, count[base]!, population[base]!)
  })
}
