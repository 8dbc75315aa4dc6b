/** Rates, shares, suppression and networks as they are called: cells of the output, and sentences of faults. */
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Terminal } from '../command.ts'
import { runCommand } from '../run-command.ts'

let folder: string

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concord-fairness-'))
})

after(() => rm(folder, { recursive: true }))

async function analyse(
  text: string,
  ...args: string[]
): Promise<{ status: number; out: string; err: string }> {
  await writeFile(join(folder, 'in.csv'), text)
  const said = { out: '', err: '' }
  const terminal: Terminal = {
    account: 'test',
    signal: new AbortController().signal,
    out: line => {
      said.out += line
    },
    err: line => {
      said.err += line
    },
    progress: () => {},
    document: async () => {},
  }
  const status = await runCommand(['analyse', ...args, '--input', 'in.csv'], folder, terminal)
  return { status, ...said }
}

const lines = (text: string): string[] => text.trim().split(/\r?\n/)

const groups = 'area,group,count,population\nNorth,A,20,1000\nNorth,B,10,1000\nSouth,A,3,0\n'

describe('groups', () => {
  test('rates: twice the rate of the reference group; empty where nobody lives', async () => {
    const { out } = await analyse(groups, 'rates', '--reference', 'B')
    const cells = lines(out).map(line => line.split(','))
    assert.deepEqual([cells[1]![4], cells[1]![9]], ['20', '2'])
    assert.deepEqual(cells[2]!.slice(9), ['1', '1', '1', ''])
    assert.deepEqual(cells[3]!.slice(4), Array(9).fill(''))
  })

  test('a reference group that is not there is named', async () => {
    const { status, err } = await analyse(groups, 'rates', '--reference', 'C')
    assert.equal(status, 1)
    assert.match(err, /no row of the file has the reference group "C"/)
  })

  test('shares: two thirds of the counts in half of the people', async () => {
    const { out } = await analyse(groups, 'shares')
    const first = lines(out)[1]!.split(',').map(Number)
    assert.ok(Math.abs(first[2]! - 2 / 3) < 1e-15 && first[5] === 0.5)
    assert.ok(Math.abs(first[6]! - 4 / 3) < 1e-15)
  })
})

describe('suppression', () => {
  test('R27 a small count is hidden with the smallest other, and the total is shown', async () => {
    const { out } = await analyse('ward,count\nW1,3\nW2,20\nW3,9\n', 'suppress')
    assert.deepEqual(lines(out).slice(1), ['W1,,1', 'W2,20,0', 'W3,,1', 'Total,32,0'])
  })

  test('what is no table of cells is told with its row', async () => {
    for (const [text, reason] of [
      ['ward,count\nTotal,3\n', /Row 2, column ward of in\.csv: "Total" is worked out here/],
      ['ward,count\nW1,3\nW1,4\n', /Row 3, column ward of in\.csv: an earlier row has the same dimensions/],
      ['count\n3\n', /no other column that it is split by/],
    ] as const) {
      const { status, err } = await analyse(text, 'suppress')
      assert.equal(status, 1)
      assert.match(err, reason)
    }
    assert.match(
      (await analyse('ward,count\nW1,3\n', 'suppress', '--zeros', 'no')).err,
      /must be show or hide/,
    )
  })
})

describe('networks', () => {
  // P2 stands between the other two; P9 was alone.
  const together = 'event,person\nE1,P9\nE3,P2\nE3,P3\nE2,P2\nE2,P1\n'

  test('R6 no score, rank or sort order of people: rows and key-player sets stand in the order of ids', async () => {
    const { out } = await analyse(together, 'network', '--from', 'event-person')
    const cells = lines(out).map(line => line.split(','))
    assert.deepEqual(
      cells.slice(1).map(row => row.slice(0, 4)),
      [
        ['P1', '1', '1', '0'],
        ['P2', '2', '2', '1'],
        ['P3', '1', '1', '0'],
        ['P9', '0', '0', '0'],
      ],
    )
    const asJson = await analyse(together, 'network', '--from', 'event-person', '--json')
    const more = JSON.parse(asJson.out)
    for (const { people } of [...more.key_players.fragmentation, ...more.key_players.reach]) {
      assert.deepEqual(people, [...people].sort())
    }
    assert.deepEqual(more.component_sizes, [3, 1])
  })

  test('communities are looked for by Louvain or by Leiden', async () => {
    const links = 'a,b\n1,2\n1,3\n2,3\n3,4\n4,5\n4,6\n5,6\n'
    for (const search of ['louvain', 'leiden']) {
      const { out } = await analyse(links, 'network', '--communities', search)
      const groups = lines(out).map(line => line.split(',').at(-1))
      assert.deepEqual(groups, ['community', '1', '1', '1', '2', '2', '2'])
    }
    assert.match((await analyse(links, 'network', '--communities', 'best')).err, /must be louvain or leiden/)
  })

  test('a link to oneself and a weight below nothing are told with their row', async () => {
    assert.match(
      (await analyse('a,b\nx,x\n', 'network')).err,
      /Row 2, column b of in\.csv: "x" is linked to itself/,
    )
    assert.match(
      (await analyse('a,b,weight\nx,y,-1\n', 'network')).err,
      /column weight of in\.csv: -1 is not above 0/,
    )
  })
})
