import { readConfig } from '../../platform/config.ts'
import { readArguments } from '../arguments.ts'
import type { Command, FindCommand } from '../command.ts'
import { closeStore, openOwnStore } from '../open-stores.ts'

export const serveCommand = (findCommand: FindCommand): Command => ({
  name: 'serve',
  summary: 'Serves what the data folder holds',
  usage: 'serve',
  details:
    'PORT, HOST, CONCORD_DATA and DATABASE_URL say where. It prints a link that signs one analyst in, once; after each use the next one is printed.',
  opens: 'nothing',
  prepare: argv => {
    readArguments(argv, {})
    return async terminal => {
      // Loaded when it is wanted: the other commands start in half the time without the web.
      const { requireFreePort, serveUntilStopped } = await import('../serving.ts')
      const config = readConfig()
      await requireFreePort(config)
      const store = await openOwnStore(config, terminal)
      try {
        await serveUntilStopped(store, config, findCommand, terminal)
      } finally {
        await closeStore(store)
      }
      return 0
    }
  },
})
