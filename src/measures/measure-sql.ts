/**
 * The SQL of a measure as it is committed, so that a change of counting shows in review: by month over one
 * financial year against the one before, for the default of every variant and for every other choice.
 */

import { figureSql } from './figure-sql.ts'
import type { Chosen, Measure } from './measure.ts'
import { withoutPandemic } from './periods.ts'

const SHOWN = {
  period: { from: '2019-04', to: '2020-03' },
  comparator: { from: '2018-04', to: '2019-03' },
}

/** The choices of all variants that are worth a statement: the defaults, then each other choice alone. */
export function choicesOf(measure: Measure): Chosen[] {
  const defaults = Object.fromEntries(measure.variants.map(v => [v.name, v.default]))
  const others = measure.variants.flatMap(variant =>
    variant.choices
      .filter(choice => choice.value !== variant.default)
      .map(choice => ({ ...defaults, [variant.name]: choice.value })),
  )
  return [defaults, ...others]
}

export function measureSql(measure: Measure): string {
  const statements = choicesOf(measure).map(chosen => {
    const words = Object.entries(chosen).map(([name, value]) => `${name} ${value}`)
    const sql = figureSql({
      kind: measure.kind,
      counting: measure.counting(chosen),
      by: ['month'],
      where: new Map(),
      ...withoutPandemic(SHOWN.period, SHOWN.comparator, null),
      changesOn: [],
    })
    return `${words.length > 0 ? `-- ${words.join(', ')}\n` : ''}${sql};\n`
  })
  return `-- ${measure.title}: by month, April 2019 to March 2020 against the year before.\n-- Written by write-measure-sql.ts from the catalogue; side 0 is the period, side 1 the comparator.\n\n${statements.join('\n')}`
}
