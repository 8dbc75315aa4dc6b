/** Imports one file in a process of its own, for tests that kill it: `import-in-child.ts DATA-FOLDER FILE`. */
import { readAreaPack } from '../src/areas/read-area-pack.ts'
import { importFile } from '../src/evidence/intake/import-file.ts'
import { openEvidence } from '../src/evidence/open-evidence.ts'
import { readConfig } from '../src/platform/config.ts'
import { openInstallation } from '../src/platform/installation.ts'
import { tester, today } from './temporary-store.ts'

const [dataFolder, path] = process.argv.slice(2)
const config = { ...readConfig({}), dataFolder: dataFolder! }
const installation = await openInstallation(config, { clock: () => today })
const store = await openEvidence(installation, await readAreaPack(config.areaFolder))
console.log('importing')
await importFile(store, { path: path!, actor: tester })
store.close()
await installation.close()
