import { withdrawLoad } from '../../evidence/catalogue/loads.ts'
import { numberOf, readArguments } from '../arguments.ts'
import type { Command } from '../command.ts'
import { operator } from '../operator.ts'

export const withdrawCommand: Command = {
  name: 'withdraw',
  summary: 'Takes a load back and puts the earlier truth in its place',
  usage: 'withdraw LOAD [--json]',
  details: 'LOAD is the number that "concord loads" shows.',
  opens: 'stores',
  prepare: argv => {
    const { values, positionals } = readArguments(
      argv,
      { json: { type: 'boolean' } },
      { name: 'LOAD', least: 1, most: 1 },
    )
    const id = numberOf('LOAD', positionals[0]!)
    return async (terminal, store) => {
      const load = await withdrawLoad(store, id, operator(terminal.account))
      terminal.out(
        values.json
          ? `${JSON.stringify(load, null, 2)}\n`
          : `Load ${id} (${load.fileName}) is withdrawn. The evidence is what it would be without it.\n`,
      )
      return 0
    }
  },
}
