import { resolve } from 'node:path'
import { sentDatasets } from '../../evidence/datasets/index.ts'
import { csvTemplate } from '../../evidence/intake/csv-template.ts'
import { readArguments } from '../arguments.ts'
import type { Command } from '../command.ts'
import { datasetOf } from '../dataset-argument.ts'

export const templateCommand: Command = {
  name: 'template',
  summary: 'The CSV that a partner fills in: our headings and an example row',
  usage: 'template DATASET [--out FILE]',
  details: `Datasets: ${sentDatasets.map(d => d.id).join(', ')}.`,
  opens: 'nothing',
  prepare: (argv, cwd) => {
    const { values, positionals } = readArguments(
      argv,
      { out: { type: 'string' } },
      { name: 'DATASET', least: 1, most: 1 },
    )
    const dataset = datasetOf(positionals[0]!)
    const file = values.out === undefined ? null : resolve(cwd, values.out)
    return async terminal => {
      await terminal.document(csvTemplate(dataset), file)
      return 0
    }
  },
}
