import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { importsOf, wrongArrows } from './import-arrows.ts'

const project = resolve(import.meta.dirname, '..')

test('nothing imports upwards', () => {
  const paths = globSync('src/**/*.ts', { cwd: project }).filter(path => !path.endsWith('.test.ts'))
  const files = new Map(
    paths.map(path => [path.replaceAll('\\', '/'), readFileSync(resolve(project, path), 'utf8')]),
  )
  assert.ok(files.size > 100, `only ${files.size} files were found`)
  assert.deepEqual(wrongArrows(files), [])
})

const one = (path: string, text: string): string[] => wrongArrows(new Map([[path, text]]))

test('a wrong arrow is found in every form that an import has', () => {
  for (const text of [
    `import { computeFigure } from '../measures/compute-figure.ts'`,
    `import type { Figure } from '../measures/figure.ts'`,
    `import {\n  type Figure,\n  type FigureRow,\n} from "../measures/figure.ts"`,
    `export { computeFigure } from '../measures/compute-figure.ts'`,
    `export * from '../measures/figure.ts'`,
    `import '../measures/figure.ts'`,
    `const { measures } = await import('../measures/catalogue/index.ts')`,
  ]) {
    assert.equal(one('src/evidence/open-evidence.ts', text).length, 1, text)
  }
})

test('the sentence names both ends', () => {
  assert.deepEqual(one('src/platform/clock.ts', `import { x } from '../areas/area-pack.ts'`), [
    'src/platform/clock.ts (platform) imports src/areas/area-pack.ts (areas).',
  ])
})

test('analysis imports nothing of ours, and nobody but the command line imports the synthetic partnership', () => {
  assert.equal(one('src/analysis/aoristic.ts', `import { x } from '../platform/calendar.ts'`).length, 1)
  assert.equal(one('src/web/server.ts', `import { x } from '../synthetic/random.ts'`).length, 1)
  assert.equal(one('src/cli/main.ts', `import { x } from '../synthetic/random.ts'`).length, 0)
})

test('pages belong to the web, wherever they live', () => {
  assert.equal(one('src/evidence/load-pages.ts', `import { x } from '../web/context.ts'`).length, 0)
  assert.equal(one('src/evidence/loads.ts', `import { x } from './load-pages.ts'`).length, 1)
})

test('a room that is not in the plan is found', () => {
  assert.equal(one('src/odds/and-ends.ts', '').length, 1)
})

test('words in comments and texts are no imports', () => {
  assert.deepEqual(importsOf(`// import x from './a.ts'\n/* from './b.ts' */\nconst url = 'https://c'`), [])
  assert.deepEqual(importsOf(`const words = 'data from "partners"'`), [])
})
