import { readArguments } from '../arguments.ts'
import type { Command } from '../command.ts'

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'Brings the stores to the shape that this program needs, and says which that is',
  usage: 'migrate',
  details: 'Every command does so before it begins; on its own it is for upgrades that somebody watches.',
  opens: 'stores',
  prepare: argv => {
    readArguments(argv, {})
    return async (terminal, store) => {
      const applied = await store.installation.database.query<{ name: string }>(
        'select name from migrations order by name',
      )
      terminal.out(
        `The store is up to date: ${applied.length} migrations, the newest ${applied.at(-1)?.name}.\n`,
      )
      return 0
    }
  },
}
