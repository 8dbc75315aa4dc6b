import { countLoads } from '../../evidence/catalogue/loads.ts'
import { inventedEvidence } from '../../evidence/invented.ts'
import type { EvidenceStore } from '../../evidence/open-evidence.ts'
import { readConfig } from '../../platform/config.ts'
import { readArguments } from '../arguments.ts'
import type { Command, FindCommand, Terminal } from '../command.ts'
import { closeStore, openOwnStore } from '../open-stores.ts'
import { recordOperator } from '../operator.ts'

/** The partnership is the same on every machine. */
const SEED = 2019
const BUILT = 'synthetic-partnership-built'

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
        if (await wantsBuilding(store)) await build(store, terminal)
        await serveUntilStopped(store, config, findCommand, terminal)
      } finally {
        await closeStore(store)
      }
      return 0
    }
  },
})

/** When nothing was ever loaded, or when an earlier building was interrupted. Evidence of others is left alone. */
async function wantsBuilding(store: EvidenceStore): Promise<boolean> {
  const { database } = store.installation
  if ((await countLoads(database)) === 0) return true
  const built = await database.query('select from audit where event = $1 limit 1', [BUILT])
  return built.length === 0 && (await inventedEvidence(store)).any
}

async function build(store: EvidenceStore, terminal: Terminal): Promise<void> {
  // The generator is large, and wanted once.
  const { buildSyntheticPartnership } = await import('../../synthetic/build-synthetic-partnership.ts')
  terminal.out(`Building the synthetic ${store.pack.name} (once; it takes about a minute) …\n`)
  const { rows, casework } = await buildSyntheticPartnership(store, {
    seed: SEED,
    onProgress: step => {
      terminal.signal.throwIfAborted()
      terminal.progress(step)
    },
  })
  if (casework) {
    await findPairs(store)
    await prepareMeetings(store)
  }
  await recordOperator(store, terminal.account, BUILT, {
    kind: 'seed',
    id: String(SEED),
    detail: { ...rows, ...casework },
  })
}

/** Meetings ahead are planned by night, and agendas gathered within the hour; the first morning has today's at once. */
async function prepareMeetings({
  installation: { database, clock },
  evidence,
}: EvidenceStore): Promise<void> {
  const { planUpcoming } = await import('../../casework/tasking/meetings/plan-upcoming.ts')
  const { gatherDue } = await import('../../casework/tasking/meetings/meeting-jobs.ts')
  const { askEvidence } = await import('../../web/recent-evidence.ts')
  await planUpcoming(database, clock())
  await gatherDue(database, clock(), askEvidence(evidence), 24 * 60)
}

/** Pairs of records that may be of one person are found by night; the first morning should not have to wait for one. */
async function findPairs({ installation: { database, clock } }: EvidenceStore): Promise<void> {
  const { proposeMatches } = await import('../../casework/register/matching/propose-matches.ts')
  const { tasks } = await import('../../analysis/tasks.ts')
  await proposeMatches(database, clock(), async task => tasks['link-one-list'](task))
}
