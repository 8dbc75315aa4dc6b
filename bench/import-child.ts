/** Imports one file and reports time and peak memory to the bench. */
import { readAreaPack } from '../src/areas/read-area-pack.ts'
import { importFile } from '../src/evidence/intake/import-file.ts'
import { openEvidence } from '../src/evidence/open-evidence.ts'
import { readConfig } from '../src/platform/config.ts'
import { openInstallation } from '../src/platform/installation.ts'
import { tester } from '../test/temporary-store.ts'

const [dataFolder, path] = process.argv.slice(2)
const config = { ...readConfig({}), dataFolder: dataFolder! }
const installation = await openInstallation(config)
const store = await openEvidence(installation, await readAreaPack(config.areaFolder))
const start = performance.now()
const report = path ? await importFile(store, { path, actor: tester }) : null
if (report && report.status !== 'active') throw new Error(report.refusal ?? report.status)
process.send!({
  seconds: (performance.now() - start) / 1000,
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
  accepted: report?.rowsAccepted ?? 0,
})
store.close()
await installation.close()
process.disconnect()
