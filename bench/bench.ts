/**
 * `npm run bench`: medians, each against a named peer in the same run, ratio first.
 *
 * `npm run bench -- --rounds 5 --rows 10000000` changes the number of rounds and the rows of the intake;
 * `--only methods`, `evidence`, `casework`, `actions`, `meetings` or `papers` leaves the rest out.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readAreaPack } from '../src/areas/read-area-pack.ts'
import { openEvidence } from '../src/evidence/open-evidence.ts'
import { readConfig } from '../src/platform/config.ts'
import { openInstallation } from '../src/platform/installation.ts'
import { buildSyntheticPartnership } from '../src/synthetic/build-synthetic-partnership.ts'
import { benchAccess } from './access.ts'
import { benchActions } from './actions.ts'
import { benchAgenda } from './agenda.ts'
import { benchCasework } from './casework.ts'
import { benchCheckPaper } from './check-paper.ts'
import { benchFigures, multiplyOffences } from './figures.ts'
import { benchIntake } from './intake.ts'
import { ms, type Result } from './medians.ts'
import { benchMeetings } from './meetings.ts'
import { methodBenches } from './methods.ts'
import { benchServer } from './server.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    rows: { type: 'string', default: '2000000' },
    only: { type: 'string' },
  },
})
const rounds = Number(values.rounds)

const scratch = await mkdtemp(join(tmpdir(), 'concord-bench-'))
const results: Result[] = []
const add = (more: Result[]) => {
  for (const result of more) {
    results.push(result)
    console.log(
      `${result.met ? 'met   ' : 'MISSED'}  ${result.what}\n        ${result.headline} (aim: ${result.aim})\n        ${result.detail}`,
    )
  }
}

async function benchEvidence(): Promise<void> {
  add(await benchIntake(scratch, Number(values.rows), rounds))

  const dataFolder = join(scratch, 'partnership')
  const config = { ...readConfig({}), dataFolder }
  const pack = await readAreaPack(config.areaFolder)
  const installation = await openInstallation(config)
  const store = await openEvidence(installation, pack)
  const started = performance.now()
  const built = await buildSyntheticPartnership(store, { seed: 1 })
  const seconds = (performance.now() - started) / 1000
  const rows = Object.values(built.rows).reduce((sum, n) => sum + n, 0)
  add([
    {
      what: `Building the synthetic partnership, ${(rows / 1e6).toFixed(1)} million rows`,
      headline: ms(seconds * 1000),
      aim: 'under a minute on two cores',
      met: seconds < 60,
      detail: 'written, imported through intake, placed',
    },
  ])
  await multiplyOffences(store, 2_000_000, scratch)
  add(await benchFigures(store, Math.max(5, rounds)))
  store.close()
  await installation.close()

  add(await benchServer(dataFolder, rounds))
}

async function benchCases(): Promise<void> {
  add(await benchAccess(rounds))
  add(await benchCasework())
}

const parts: Record<string, () => Promise<void>> = {
  methods: async () => {
    for (const bench of methodBenches) add(await bench(rounds))
  },
  evidence: benchEvidence,
  casework: benchCases,
  actions: async () => add([await benchActions()]),
  meetings: async () => {
    add(await benchMeetings())
    add([await benchAgenda(Math.max(5, rounds))])
  },
  papers: async () => add(await benchCheckPaper(rounds)),
}

try {
  for (const [name, bench] of Object.entries(parts)) {
    if (values.only === undefined || values.only === name) await bench()
  }
} finally {
  await rm(scratch, { recursive: true, force: true })
}
console.log(
  `\n${results.filter(r => r.met).length} of ${results.length} aims met. Medians of ${rounds} rounds; Node ${process.version}.`,
)
