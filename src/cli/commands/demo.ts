import { countLoads } from '../../evidence/catalogue/loads.ts'
import { readConfig } from '../../platform/config.ts'
import { readArguments } from '../arguments.ts'
import type { Command, FindCommand } from '../command.ts'
import { closeStore, openOwnStore } from '../open-stores.ts'

/** The partnership is the same on every machine. */
const SEED = 2019

export const demoCommand = (findCommand: FindCommand): Command => ({
  name: 'demo',
  summary: 'Builds the synthetic partnership, once, and serves it',
  usage: 'demo',
  details:
    'A data folder that holds evidence already is served as it is: nothing synthetic is mixed into it.',
  opens: 'nothing',
  prepare: argv => {
    readArguments(argv, {})
    return async terminal => {
      const { requireFreePort, serveUntilStopped } = await import('../serving.ts')
      const config = readConfig()
      await requireFreePort(config)
      const store = await openOwnStore(config, terminal)
      try {
        if ((await countLoads(store.installation.database)) === 0) {
          const { buildSyntheticPartnership } = await import('../../synthetic/build-synthetic-partnership.ts')
          terminal.out(`Building the synthetic ${store.pack.name} (once; under a minute) …\n`)
          await buildSyntheticPartnership(store, {
            seed: SEED,
            onProgress: step => terminal.progress(step),
          })
        }
        await serveUntilStopped(store, config, findCommand, terminal)
      } finally {
        await closeStore(store)
      }
      return 0
    }
  },
})
