/**
 * Writes the pages that come from the program itself: datasets, codes, settings. With `--check` it writes nothing
 * and fails where a page differs, is missing or is left over.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { CodeList } from '../../evidence/codes/code-list.ts'
import { datasets } from '../../evidence/datasets/index.ts'
import { codeListPage, datasetIndex, datasetPage } from './dataset-page.ts'
import { settingsPage } from './settings-page.ts'

const docs = resolve(import.meta.dirname, '../../../docs')

/** Folders in which every page is ours, so that a page of something that is gone is left over. */
const wholeFolders = ['datasets', 'datasets/codes']

function pages(): Map<string, string> {
  const lists = new Map<string, CodeList>()
  for (const column of datasets.flatMap(d => d.columns)) {
    if (column.codes) lists.set(column.codes.id, column.codes)
  }
  return new Map([
    ['datasets/README.md', datasetIndex(datasets)],
    ...datasets.map(d => [`datasets/${d.id}.md`, datasetPage(d)] as const),
    ...[...lists.values()].map(list => [`datasets/codes/${list.id}.md`, codeListPage(list)] as const),
    ['operations/settings.md', settingsPage()],
  ])
}

async function leftOver(written: ReadonlyMap<string, string>): Promise<string[]> {
  const found: string[] = []
  for (const folder of wholeFolders) {
    const names = await readdir(join(docs, folder)).catch(() => [])
    found.push(...names.filter(name => name.endsWith('.md')).map(name => `${folder}/${name}`))
  }
  return found.filter(path => !written.has(path))
}

const written = pages()
const stale: string[] = await leftOver(written)
const check = process.argv.includes('--check')
for (const [path, text] of written) {
  const file = join(docs, path)
  if ((await readFile(file, 'utf8').catch(() => '')) === text) continue
  stale.push(path)
  if (check) continue
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
}
if (check && stale.length > 0) {
  console.error(`Out of date in docs: ${stale.join(', ')}. Run "npm run docs" and commit.`)
  process.exitCode = 1
}
if (!check) {
  for (const path of stale.filter(name => !written.has(name))) await rm(join(docs, path))
}
