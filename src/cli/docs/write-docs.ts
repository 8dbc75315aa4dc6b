/** `node src/cli/docs/write-docs.ts [--check]`: writes the pages on datasets, codes and settings, or compares them. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { datasets } from '../../evidence/datasets/index.ts'
import { writeOrCheck } from '../../measures/write-generated.ts'
import { codeListIndex, codeListPage, datasetIndex, datasetPage } from './dataset-page.ts'
import { settingsPage } from './settings-page.ts'

const docs = resolve(import.meta.dirname, '../../../docs')
const command = 'npm run docs'

writeOrCheck(
  join(docs, 'datasets'),
  new Map([
    ['README.md', datasetIndex(datasets)],
    ...datasets.map(d => [`${d.id}.md`, datasetPage(d)] as const),
  ]),
  command,
)

const lists = new Map(
  datasets.flatMap(d => d.columns.flatMap(({ codes }) => (codes ? [[codes.id, codes] as const] : []))),
)
writeOrCheck(
  join(docs, 'codes'),
  new Map([
    ['README.md', codeListIndex([...lists.values()])],
    ...[...lists].map(([id, list]) => [`${id}.md`, codeListPage(list)] as const),
  ]),
  command,
)

// One page among others that people write.
const settings = join(docs, 'operations/settings.md')
if (!process.argv.includes('--check')) writeFileSync(settings, settingsPage())
else if (readFileSync(settings, 'utf8') !== settingsPage()) {
  process.stderr.write(`Out of date: settings.md. Run ${command} and commit.\n`)
  process.exitCode = 1
}
