import { countCasework } from '../../casework/progress/count-casework.ts'
import { findDataset } from '../../evidence/datasets/index.ts'
import { calendarWords } from '../../platform/calendar.ts'
import { readArguments } from '../arguments.ts'
import type { Command } from '../command.ts'
import { operator } from '../operator.ts'

export const countCommand: Command = {
  name: 'count',
  summary: 'Counts casework into the evidence now, as every night does',
  usage: 'count [--json]',
  details:
    'Days that are over are counted: what was done today is in the figures tomorrow. Counting twice a day changes nothing.',
  opens: 'stores',
  prepare: argv => {
    const { values } = readArguments(argv, { json: { type: 'boolean' } })
    return async (terminal, store) => {
      const counts = await countCasework(store, operator(terminal.account))
      terminal.out(
        values.json
          ? `${JSON.stringify(counts, null, 2)}\n`
          : counts
              .map(
                ({ dataset, rows, countedTo }) =>
                  `${findDataset(dataset)!.title}: ${rows.toLocaleString('en-GB')}, up to ${calendarWords(countedTo)}.\n`,
              )
              .join(''),
      )
      return 0
    }
  },
}
