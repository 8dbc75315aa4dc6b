import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { betweenness, betweennessInParts } from './betweenness.ts'
import { blockBetweenness } from './block-betweenness.ts'
import { blocksOf } from './blocks.ts'
import { type Network, networkOf } from './network.ts'
import { project } from './projection.ts'
import { twinsOf } from './twins.ts'

const linked = (nodes: number, pairs: readonly (readonly [number, number])[]): Network => {
  const proper = pairs.filter(([a, b]) => a !== b)
  return networkOf(
    nodes,
    proper.map(pair => pair[0]),
    proper.map(pair => pair[1]),
  )
}

/** Algorithm 1 of Brandes 2001 as it stands there, each pair once. */
function brandes({ nodes, offsets, ends }: Network): number[] {
  const between = Array<number>(nodes).fill(0)
  for (let s = 0; s < nodes; s++) {
    const stack: number[] = []
    const before: number[][] = Array.from({ length: nodes }, () => [])
    const sigma = Array<number>(nodes).fill(0)
    const distance = Array<number>(nodes).fill(-1)
    const delta = Array<number>(nodes).fill(0)
    sigma[s] = 1
    distance[s] = 0
    const queue = [s]
    for (let v = queue.shift(); v !== undefined; v = queue.shift()) {
      stack.push(v)
      for (const w of ends.subarray(offsets[v]!, offsets[v + 1]!)) {
        if (distance[w]! < 0) {
          queue.push(w)
          distance[w] = distance[v]! + 1
        }
        if (distance[w] === distance[v]! + 1) {
          sigma[w]! += sigma[v]!
          before[w]!.push(v)
        }
      }
    }
    for (let w = stack.pop(); w !== undefined; w = stack.pop()) {
      for (const v of before[w]!) delta[v]! += (sigma[v]! / sigma[w]!) * (1 + delta[w]!)
      if (w !== s) between[w]! += delta[w]! / 2
    }
  }
  return between
}

const close = (found: Float64Array, expected: readonly number[]) => {
  assert.equal(found.length, expected.length)
  expected.forEach((value, v) => {
    const apart = Math.abs(found[v]! - value)
    assert.ok(apart <= 1e-9 * Math.max(1, value), `node ${v}: ${found[v]}, expected ${value}`)
  })
}

const pairsAmong = (nodes: number, most: number) =>
  fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1)), { maxLength: most })

/** People at events, most of them at one: pendants, circles and people with the same neighbours. */
const coOffending = fc
  .array(fc.array(fc.nat(29), { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 16 })
  .map(events => {
    const rows = events.flatMap((people, event) =>
      [...new Set(people)].map(person => [event, person] as const),
    )
    const { a, b } = project(
      events.length,
      30,
      rows.map(row => row[0]),
      rows.map(row => row[1]),
    )
    return networkOf(30, a, b)
  })

describe('betweenness with the network taken apart first', () => {
  test('is that of Brandes for sparse and dense networks', () => {
    const sizes: readonly (readonly [number, number])[] = [
      [6, 15],
      [9, 12],
      [20, 24],
      [20, 60],
      [40, 300],
    ]
    for (const [nodes, most] of sizes) {
      fc.assert(
        fc.property(pairsAmong(nodes, most), pairs => {
          const network = linked(nodes, pairs)
          close(betweenness(network), brandes(network))
        }),
        { numRuns: 200 },
      )
    }
  })

  test('is that of Brandes for people at events', () => {
    fc.assert(
      fc.property(coOffending, network => {
        close(betweenness(network), brandes(network))
      }),
      { numRuns: 300 },
    )
  })

  test('is that of Brandes for long ways round, where few nodes are ever far out together', () => {
    const ring = linked(
      400,
      Array.from({ length: 400 }, (_, v) => [v, (v + 1) % 400]),
    )
    // Over all pairs, distance less one: 2 × (0 + … + 198) + 199 = 199² from each node, each pair once.
    close(betweenness(ring), Array(400).fill(199 ** 2 / 2))
    const core: [number, number][] = []
    for (let v = 0; v < 60; v++) for (let w = 0; w < v; w += 1 + (v % 3)) core.push([v, w])
    const tail = Array.from({ length: 90 }, (_, i): [number, number] => [60 + i, i === 89 ? 0 : 61 + i])
    const network = linked(150, [...core, [59, 60], ...tail])
    close(betweenness(network), brandes(network))
  })

  test('four in a square: each is between its two neighbours half of the time', () => {
    close(
      betweenness(
        linked(4, [
          [0, 1],
          [1, 2],
          [2, 3],
          [3, 0],
        ]),
      ),
      [0.5, 0.5, 0.5, 0.5],
    )
  })

  test('is the same in parts, whatever their number and whoever is done first', async () => {
    const pairs: [number, number][] = []
    for (let v = 1; v < 3000; v++) for (const k of [1, 2, 7]) pairs.push([v, (v * v * k) % v])
    for (let v = 3; v < 3000; v++) pairs.push([v, (v * 7919) % (v - 1)])
    const network = linked(3000, pairs)
    const whole = Array.from(betweenness(network))
    for (const parts of [1, 3]) {
      let asked = 0
      const found = await betweennessInParts(network, parts, async sources => {
        const turn = asked++
        const part = blockBetweenness(sources)
        for (let wait = turn; wait < parts; wait++) await Promise.resolve()
        return part
      })
      assert.equal(asked, parts)
      close(found, whole)
    }
  })

  test('a watch hears of the searches and may stop them', () => {
    const ring = linked(
      200,
      Array.from({ length: 200 }, (_, v) => [v, (v + 1) % 200]),
    )
    const heard: number[] = []
    betweenness(ring, { step: (done, of) => heard.push(done / of) })
    assert.equal(heard.length, 200)
    assert.deepEqual([heard[0], heard[99], heard[199]], [0.005, 0.5, 1])
    const stop = () => {
      throw new Error('nobody waits')
    }
    assert.throws(() => betweenness(ring, { step: stop }), /nobody waits/)
  })
})

test('two triangles at one node and a pendant: three blocks, and whom the cut nodes part', () => {
  const network = linked(6, [
    [0, 1],
    [0, 2],
    [1, 2],
    [2, 3],
    [2, 4],
    [3, 4],
    [4, 5],
  ])
  const { count, starts, members, beyond, pairsCut } = blocksOf(network)
  const found = Array.from({ length: count }, (_, b) =>
    Array.from({ length: starts[b + 1]! - starts[b]! }, (_, i): [number, number] => [
      members[starts[b]! + i]!,
      beyond[starts[b]! + i]!,
    ]).sort((x, y) => x[0] - y[0]),
  ).sort((x, y) => x[0]![0] - y[0]![0])
  assert.deepEqual(found, [
    [
      [0, 1],
      [1, 1],
      [2, 4],
    ],
    [
      [2, 3],
      [3, 1],
      [4, 2],
    ],
    [
      [4, 5],
      [5, 1],
    ],
  ])
  // Node 2 parts 0 and 1 from 3, 4 and 5; node 4 parts 5 from the other four.
  assert.deepEqual(Array.from(pairsCut), [0, 0, 6, 0, 4, 0])
})

test('twins have the same neighbours, with a link between them or without', () => {
  // 0 and 1 both know 2 and 3 alone; 4 and 5 know each other and 3; 6 knows 2 alone.
  const network = linked(7, [
    [0, 2],
    [0, 3],
    [1, 2],
    [1, 3],
    [4, 5],
    [4, 3],
    [5, 3],
    [6, 2],
  ])
  const { count, groupOf, first } = twinsOf(network)
  assert.deepEqual(Array.from(groupOf), [0, 0, 1, 2, 3, 3, 4])
  assert.deepEqual(Array.from(first), [0, 2, 3, 4, 6])
  assert.equal(count, 5)
})
