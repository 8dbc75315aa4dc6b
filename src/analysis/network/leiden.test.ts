import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { seededRandom } from '../seeded-random.ts'
import { communities, modularity } from './communities.ts'
import { leiden } from './leiden.ts'
import { type Network, networkOf } from './network.ts'

const NODES = 24

/** Networks of 24 nodes with weighted links, as often as not in several pieces. */
const networks = fc
  .array(fc.tuple(fc.nat(NODES - 1), fc.nat(NODES - 1), fc.integer({ min: 1, max: 9 })), { maxLength: 60 })
  .map(list => {
    const proper = list.filter(([a, b]) => a !== b)
    return networkOf(
      NODES,
      proper.map(link => link[0]),
      proper.map(link => link[1]),
      proper.map(link => link[2]),
    )
  })
const starts = fc
  .array(fc.nat(5), { minLength: NODES, maxLength: NODES })
  .map(communities => Int32Array.from(communities))
const seeds = fc.nat(1_000_000)

/** Communities that two or more pieces make up, each piece reached within the community alone. */
function brokenCommunities({ nodes, offsets, ends }: Network, of: Int32Array): number[] {
  const piecesOf = new Map<number, number>()
  const seen = new Set<number>()
  for (let start = 0; start < nodes; start++) {
    if (seen.has(start)) continue
    piecesOf.set(of[start]!, (piecesOf.get(of[start]!) ?? 0) + 1)
    const stack = [start]
    seen.add(start)
    for (let v = stack.pop(); v !== undefined; v = stack.pop()) {
      for (const w of ends.subarray(offsets[v]!, offsets[v + 1]!)) {
        if (of[w] !== of[start] || seen.has(w)) continue
        seen.add(w)
        stack.push(w)
      }
    }
  }
  return [...piecesOf].filter(([, pieces]) => pieces > 1).map(([community]) => community)
}

/** Six circles of five who all know each other, each with one link to the next circle. */
function ringOfCircles(names: readonly number[]): Network {
  const [a, b]: [number[], number[]] = [[], []]
  const link = (v: number, w: number) => {
    a.push(names[v]!)
    b.push(names[w]!)
  }
  for (let circle = 0; circle < 6; circle++) {
    for (let i = 0; i < 5; i++) for (let j = 0; j < i; j++) link(5 * circle + i, 5 * circle + j)
    link(5 * circle, (5 * circle + 8) % 30)
  }
  return networkOf(30, a, b)
}

/** Zachary, An information flow model for conflict and fission in small groups, 1977: the links of 34 members. */
const karate: readonly (readonly number[])[] = [
  [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31],
  [2, 3, 7, 13, 17, 19, 21, 30],
  [3, 7, 8, 9, 13, 27, 28, 32],
  [7, 12, 13],
  [6, 10],
  [6, 10, 16],
  [16],
  [],
  [30, 32, 33],
  [33],
  [],
  [],
  [],
  [33],
  [32, 33],
  [32, 33],
  [],
  [],
  [32, 33],
  [33],
  [32, 33],
  [],
  [32, 33],
  [25, 27, 29, 32, 33],
  [25, 27, 31],
  [31],
  [29, 33],
  [33],
  [31, 33],
  [32, 33],
  [32, 33],
  [32, 33],
  [33],
  [],
]

describe('Leiden', () => {
  test('every community hangs together, even where those to begin with do not', () => {
    fc.assert(
      fc.property(networks, seeds, starts, (network, seed, start) => {
        assert.deepEqual(brokenCommunities(network, leiden(network, seededRandom(seed))), [])
        assert.deepEqual(brokenCommunities(network, leiden(network, seededRandom(seed), start)), [])
      }),
      { numRuns: 300 },
    )
  })

  test('circles that were taken for one community in pairs come apart, which no move of one node gains by', () => {
    const pairs = Int32Array.from({ length: 30 }, (_, v) => Math.floor(v / 5) % 3)
    const of = leiden(ringOfCircles([...Array(30).keys()]), seededRandom(1), pairs)
    assert.deepEqual(
      of,
      Int32Array.from({ length: 30 }, (_, v) => Math.floor(v / 5)),
    )
  })

  test('modularity is never below that of everybody alone, and no two communities would be better as one', () => {
    fc.assert(
      fc.property(networks, seeds, (network, seed) => {
        const of = leiden(network, seededRandom(seed))
        const found = modularity(network, of)
        assert.ok(found >= modularity(network, [...Array(NODES).keys()]) - 1e-12)
        const count = Math.max(...of) + 1
        for (let a = 0; a < count; a++) {
          for (let b = 0; b < a; b++) {
            const together = modularity(
              network,
              of.map(c => (c === a ? b : c)),
            )
            assert.ok(together <= found + 1e-9, `${a} and ${b} together: ${together}, apart: ${found}`)
          }
        }
      }),
    )
  })

  test('communities are numbered in the order of their first nodes; nodes without links stay alone', () => {
    fc.assert(
      fc.property(networks, seeds, (network, seed) => {
        const of = leiden(network, seededRandom(seed))
        let next = 0
        of.forEach((community, v) => {
          assert.ok(community <= next)
          if (community === next) next++
          const hasLinks = network.offsets[v]! < network.offsets[v + 1]!
          assert.ok(hasLinks || of.filter(c => c === community).length === 1)
        })
      }),
    )
  })

  test('the same seed gives the same communities, and so do weights of another unit', () => {
    fc.assert(
      fc.property(networks, seeds, (network, seed) => {
        const found = leiden(network, seededRandom(seed))
        const quarters = { ...network, weights: network.weights.map(weight => weight / 4) }
        assert.deepEqual(leiden(quarters, seededRandom(seed)), found)
      }),
    )
  })

  test('six circles in a ring are six communities however they are numbered: modularity 10/11 − 1/6', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...Array(30).keys()], { minLength: 30 }), seeds, (names, seed) => {
        const network = ringOfCircles(names)
        const of = leiden(network, seededRandom(seed))
        for (let v = 0; v < 30; v++) assert.equal(of[names[v]!], of[names[v - (v % 5)]!])
        assert.ok(Math.abs(modularity(network, of) - (10 / 11 - 1 / 6)) < 1e-12)
      }),
    )
  })

  test('the karate club: the greatest modularity there is, 0.4198 with four communities (Brandes and others 2008)', () => {
    const network = networkOf(
      34,
      karate.flatMap((ends, v) => ends.map(() => v)),
      karate.flat(),
    )
    assert.equal(network.from.length, 78)
    const found = communities(network, seededRandom(1), 10, 'leiden')
    assert.equal(found.modularity.toFixed(4), '0.4198')
    assert.equal(Math.max(...found.of), 3)
  })

  test('nobody, and nobody linked', () => {
    assert.deepEqual(leiden(networkOf(0, [], []), seededRandom(1)), new Int32Array(0))
    assert.deepEqual(leiden(networkOf(3, [], []), seededRandom(1)), Int32Array.of(0, 1, 2))
  })
})
