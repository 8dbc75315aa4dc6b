import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { blockingKey, matchPlan } from './match-plan.ts'

const columns = { name: 'first,last', date: 'born', exact: 'place' }

describe('the plan', () => {
  test('by default looks where any column agrees, learns from date and surname, and weighs rare names', () => {
    const plan = matchPlan(columns)
    assert.equal(plan.id, 'id')
    assert.deepEqual(plan.trainOn, ['born', 'last'])
    assert.deepEqual(plan.adjustForFrequency, ['first', 'last'])
    assert.deepEqual(
      plan.blocks.map(parts => parts.map(p => p.column)),
      [['first'], ['last'], ['born'], ['place']],
    )
  })

  test('a key is made of columns and first letters; where a part is missing there is no key', () => {
    const [rule] = matchPlan({ ...columns, block: 'first+born:4' }).blocks
    const key = (first: string, born: string) =>
      blockingKey(rule!, column => (column === 'first' ? first : born))
    assert.equal(key('Amara', '2001-02-03'), key('Amara', '2001-11-30'))
    assert.notEqual(key('Am', 'ara2001'), key('Amar', 'a2001'))
    assert.equal(key('', '2001-02-03'), '')
  })

  test('what cannot be meant is refused', () => {
    assert.throws(() => matchPlan({ name: 'first' }), /Only 1 columns are compared/)
    assert.throws(() => matchPlan({ ...columns, exact: 'place,born' }), /born is to be compared in two ways/)
    assert.throws(() => matchPlan({ ...columns, block: 'born:x' }), /--block has "born:x"/)
    assert.throws(
      () => matchPlan({ ...columns, train: 'born,email' }),
      /--train names email, which is not compared/,
    )
  })
})

describe('the command', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'concord-match-'))
  })
  after(() => rm(folder, { recursive: true }))

  const concord = (...argv: string[]) =>
    new Promise<{ status: number; out: string; err: string }>(done => {
      execFile(
        process.execPath,
        [resolve(import.meta.dirname, '../main.ts'), 'match', ...argv],
        { cwd: folder },
        (error, out, err) => done({ status: Number(error?.code ?? 0), out, err }),
      )
    })
  const rows = (prefix: string, from: number, to: number) =>
    Array.from({ length: to - from }, (_, k) => {
      const i = from + k
      return `${prefix}${i},${['Amara', 'Bilal', 'Chloe', 'Dev'][i % 4]}${i % 9},Green${i % 11},20${10 + (i % 9)}-0${1 + (i % 9)}-${10 + (i % 18)},B${i % 23}`
    })
  const csv = (lines: string[]) => `id,first,last,born,place\n${lines.join('\n')}\n`

  test('gives pairs with what each column adds, and names the file, row and column of a fault', async () => {
    await writeFile(join(folder, 'a.csv'), csv(rows('a', 0, 60)))
    await writeFile(join(folder, 'b.csv'), csv(rows('b', 30, 90)))
    await writeFile(join(folder, 'twice.csv'), csv([...rows('a', 0, 3), ...rows('a', 0, 1)]))
    const options = ['--name', 'first,last', '--date', 'born', '--exact', 'place']
    const found = await concord('a.csv', 'b.csv', ...options, '--out', 'pairs.csv')
    assert.deepEqual([found.status, found.out, found.err], [0, '', ''])
    const [heading, ...lines] = (await readFile(join(folder, 'pairs.csv'), 'utf8')).trim().split('\n')
    assert.equal(
      heading,
      'l,r,weight,probability,level_first,bits_first,level_last,bits_last,level_born,bits_born,level_place,bits_place',
    )
    const same = lines.filter(line => /^a(\d+),b\1,/.test(line))
    assert.equal(same.length, 30)

    const fault = await concord('twice.csv', ...options)
    assert.equal(fault.status, 1)
    assert.match(fault.err, /twice\.csv/)
    assert.equal((await concord('a.csv', ...options, '--threshold', '2')).status, 2)
    assert.match((await concord('none.csv', ...options)).err, /none\.csv cannot be opened/)
    assert.equal((await concord('a.csv', 'b.csv', ...options, '--out', 'a.csv')).status, 2)
  })
})
