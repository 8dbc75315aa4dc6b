import { type Load, listLoads } from '../../evidence/catalogue/loads.ts'
import { textTable } from '../../reports/exports/text-table.ts'
import { readArguments } from '../arguments.ts'
import type { Command } from '../command.ts'

export const loadsCommand: Command = {
  name: 'loads',
  summary: 'What was sent, newest first',
  usage: 'loads [--dataset DATASET] [--json]',
  details: 'A load is a version of the evidence: "concord withdraw LOAD" puts the earlier truth back.',
  opens: 'stores',
  prepare: argv => {
    const { values } = readArguments(argv, { dataset: { type: 'string' }, json: { type: 'boolean' } })
    return async (terminal, store) => {
      const loads = await listLoads(
        store.installation.database,
        values.dataset ? { dataset: values.dataset } : {},
      )
      if (values.json) terminal.out(`${JSON.stringify(loads, null, 2)}\n`)
      else if (loads.length === 0) terminal.out('Nothing is loaded. "concord import PATH" loads a file.\n')
      else terminal.out(table(loads))
      return 0
    }
  },
}

const count = (n: number): string => n.toLocaleString('en-GB')

const table = (loads: readonly Load[]): string =>
  textTable(
    [
      { title: 'Load', align: 'right' },
      { title: 'Dataset' },
      { title: 'File' },
      { title: 'Status' },
      { title: 'Months' },
      { title: 'Accepted', align: 'right' },
      { title: 'Rejected', align: 'right' },
      { title: 'Repeated', align: 'right' },
      { title: 'Loaded at' },
      { title: 'By' },
    ],
    loads.map(load => [
      String(load.id),
      load.dataset,
      load.fileName,
      load.status,
      load.firstMonth === load.lastMonth
        ? (load.firstMonth ?? '–')
        : `${load.firstMonth} to ${load.lastMonth}`,
      count(load.rowsAccepted),
      count(load.rowsRejected),
      count(load.rowsRepeated),
      load.loadedAt,
      load.loadedBy,
    ]),
  )
