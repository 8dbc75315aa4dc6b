import { measures } from '../../measures/catalogue/index.ts'
import { dimensionsOf } from '../../measures/dimensions.ts'
import type { Measure } from '../../measures/measure.ts'
import { textTable } from '../../reports/exports/text-table.ts'
import { readArguments } from '../arguments.ts'
import type { Command } from '../command.ts'

export const measuresCommand: Command = {
  name: 'measures',
  summary: 'What can be counted, and how',
  usage: 'measures [--json]',
  details: '"concord figure MEASURE" counts it. docs/measures has each definition in full.',
  opens: 'nothing',
  prepare: argv => {
    const { values } = readArguments(argv, { json: { type: 'boolean' } })
    return async terminal => {
      terminal.out(values.json ? `${JSON.stringify(measures.map(entry), null, 2)}\n` : table(measures))
      return 0
    }
  },
}

const entry = (measure: Measure) => {
  const { counting: _, notBy: __, ...words } = measure
  return { ...words, dimensions: dimensionsOf(measure) }
}

const table = (all: readonly Measure[]): string =>
  textTable(
    [{ title: 'Measure' }, { title: 'Title' }, { title: 'Unit' }, { title: 'Variants' }],
    all.map(measure => [
      measure.id,
      measure.title,
      measure.unit,
      measure.variants.map(v => `${v.name}=${v.choices.map(c => c.value).join('|')}`).join(' '),
    ]),
  )
