import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { findLoad } from '../../evidence/catalogue/loads.ts'
import { InputFault } from '../../platform/errors.ts'
import { numberOf, readArguments } from '../arguments.ts'
import type { Command } from '../command.ts'
import { recordOperator } from '../operator.ts'

export const rejectedCommand: Command = {
  name: 'rejected',
  summary: 'Rows of a load that were rejected, with the reason for each',
  usage: 'rejected LOAD [--out FILE.csv]',
  details:
    'The file has the columns that were sent and says why each row was rejected. Correct it and import it: only these rows are added.',
  opens: 'stores',
  prepare: (argv, cwd) => {
    const { values, positionals } = readArguments(
      argv,
      { out: { type: 'string' } },
      { name: 'LOAD', least: 1, most: 1 },
    )
    const id = numberOf('LOAD', positionals[0]!)
    const file = values.out === undefined ? null : resolve(cwd, values.out)
    return async (terminal, store) => {
      const { database, folder } = store.installation
      const load = await findLoad(database, id)
      if (!load) throw new InputFault('load-unknown', `There is no load ${id}. "concord loads" lists them.`)
      if (load.rowsRejected === 0) {
        terminal.err(`No row of load ${id} (${load.fileName}) was rejected.`)
        return 0
      }
      const text = await readFile(join(folder.rejected, `${id}.csv`), 'utf8').catch(() => null)
      if (text === null) {
        throw new InputFault('load-unknown', `Load ${id} is withdrawn; its rejected rows are not kept.`)
      }
      await recordOperator(store, terminal.account, 'rejected-rows-downloaded', {
        kind: 'load',
        id: String(id),
      })
      await terminal.document(text, file)
      return 0
    }
  },
}
