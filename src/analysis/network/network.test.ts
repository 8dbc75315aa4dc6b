import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { communities, modularity } from './communities.ts'
import { components } from './components.ts'
import { keyPlayersByFragmentation, keyPlayersByReach } from './key-players.ts'
import { clustering, constraint, coreness } from './local-structure.ts'
import { degrees, type Network, networkOf, strengths } from './network.ts'
import { project } from './projection.ts'
import { pathPositions } from './shortest-paths.ts'
import { eigenvectorCentrality, pageRank } from './spectral.ts'

const linked = (nodes: number, pairs: readonly (readonly [number, number])[], weights?: number[]): Network =>
  networkOf(
    nodes,
    pairs.map(pair => pair[0]),
    pairs.map(pair => pair[1]),
    weights ?? null,
  )

const close = (found: ArrayLike<number>, expected: readonly number[], tolerance = 1e-12) => {
  assert.equal(found.length, expected.length)
  expected.forEach((value, i) => {
    assert.ok(Math.abs(found[i]! - value) <= tolerance, `${Array.from(found)} is not ${expected}`)
  })
}

/** 0 in the middle of four. */
const star = linked(5, [
  [0, 1],
  [0, 2],
  [3, 0],
  [0, 4],
])
/** 0 – 1 – 2 – 3 – 4. */
const chain = linked(5, [
  [0, 1],
  [1, 2],
  [2, 3],
  [3, 4],
])
/** Two triangles joined by the link 2 – 3. */
const bridge = linked(6, [
  [0, 1],
  [0, 2],
  [1, 2],
  [2, 3],
  [3, 4],
  [3, 5],
  [4, 5],
])

/** A small congruential generator (Park and Miller): the same order every time. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 16_807) % 2_147_483_647
    return state / 2_147_483_647
  }
}

describe('the list of links', () => {
  test('a pair that comes twice, either way round, is one link with its weights added', () => {
    const network = linked(
      3,
      [
        [1, 0],
        [0, 1],
        [1, 2],
      ],
      [2, 3, 4],
    )
    assert.deepEqual(Array.from(degrees(network)), [1, 2, 1])
    assert.deepEqual(Array.from(strengths(network)), [5, 9, 4])
    assert.deepEqual(
      [Array.from(network.from), Array.from(network.to)],
      [
        [0, 1],
        [1, 2],
      ],
    )
  })

  test('a link to itself, a node that is not there, and a weight of nothing are refused', () => {
    assert.throws(() => linked(2, [[1, 1]]), /Node 1 is linked to itself/)
    assert.throws(() => linked(2, [[0, 2]]), /from 0 to 2 among 2/)
    assert.throws(() => linked(2, [[0, 1]], [0]), /0 is no weight/)
  })
})

describe('shortest paths', () => {
  test('the middle of a star lies between all six pairs', () => {
    const { betweenness, linkBetweenness, closeness, harmonic } = pathPositions(star)
    close(betweenness, [6, 0, 0, 0, 0])
    close(linkBetweenness, [4, 4, 4, 4])
    close(closeness, [1 / 4, 1 / 7, 1 / 7, 1 / 7, 1 / 7])
    close(harmonic, [4, 2.5, 2.5, 2.5, 2.5])
  })

  test('in a chain of five: 0, 3, 4, 3, 0', () => {
    close(pathPositions(chain).betweenness, [0, 3, 4, 3, 0])
    close(pathPositions(chain).linkBetweenness, [4, 6, 6, 4])
  })

  test('weights shorten: the way round by three heavy links ties with one light one', () => {
    const ring = linked(
      4,
      [
        [0, 1],
        [1, 2],
        [2, 3],
        [0, 3],
      ],
      [3, 3, 3, 1],
    )
    // 0 to 3 costs 1 either way, so nodes 1 and 2 have half of that pair and all of one more.
    close(pathPositions(ring, true).betweenness, [0, 1.5, 1.5, 0])
  })

  test('a node without links has no closeness', () => {
    const { closeness, harmonic } = pathPositions(linked(3, [[0, 1]]))
    assert.deepEqual([closeness[0], closeness[2], harmonic[2]], [1, Number.NaN, 0])
  })

  const pairs = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { minLength: 1, maxLength: 30 })

  test('betweenness adds up to the steps between ends: over all pairs, distance less one', () => {
    fc.assert(
      fc.property(pairs, list => {
        const network = linked(
          12,
          list.filter(([a, b]) => a !== b),
        )
        const { betweenness, linkBetweenness } = pathPositions(network)
        const { of, sizes } = components(network)
        const reachable = sizes.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0)
        const nodes = betweenness.reduce((a, b) => a + b, 0)
        const links = linkBetweenness.reduce((a, b) => a + b, 0)
        assert.ok(Math.abs(links - nodes - reachable) < 1e-9)
        assert.equal(of.length, 12)
      }),
    )
  })

  test('equal weights change nothing, and neither does renumbering', () => {
    fc.assert(
      fc.property(pairs, fc.shuffledSubarray([...Array(12).keys()], { minLength: 12 }), (list, names) => {
        const proper = list.filter(([a, b]) => a !== b)
        const simple = [
          ...new Map(
            proper.map(([a, b]) => [Math.min(a, b) * 12 + Math.max(a, b), [a, b] as const]),
          ).values(),
        ]
        const network = linked(12, simple)
        const renamed = linked(
          12,
          simple.map(([a, b]) => [names[a]!, names[b]!] as const),
        )
        const plain = Array.from(pathPositions(network).betweenness)
        close(pathPositions(network, true).betweenness, plain, 1e-9)
        const back = pathPositions(renamed).betweenness
        close(
          names.map(name => back[name]!),
          plain,
          1e-9,
        )
        const rank = pageRank(renamed)
        close(
          names.map(name => rank[name]!),
          Array.from(pageRank(network)),
          1e-12,
        )
      }),
    )
  })
})

test('the middle of a star has eigenvector 1, its four ends a half', () => {
  close(eigenvectorCentrality(star), [1, 0.5, 0.5, 0.5, 0.5], 1e-12)
  close(eigenvectorCentrality(linked(3, [])), [0, 0, 0])
})

test('PageRank of a star by hand, and it adds up to 1 with stranded nodes too', () => {
  // Middle m = 0.03 + 0.85 × 4e and end e = 0.03 + 0.85 × m / 4.
  const middle = (0.03 + 0.85 * 0.12) / (1 - 0.85 ** 2)
  close(pageRank(star).slice(0, 2), [middle, 0.03 + (0.85 * middle) / 4])
  const sum = pageRank(linked(4, [[0, 1]])).reduce((a, b) => a + b, 0)
  assert.ok(Math.abs(sum - 1) < 1e-12)
})

test('two triangles with a tail: cores of 2 and 1', () => {
  const network = linked(5, [
    [0, 1],
    [0, 2],
    [1, 2],
    [2, 3],
    [3, 4],
  ])
  assert.deepEqual(Array.from(coreness(network)), [2, 2, 2, 1, 1])
  close(clustering(network), [1, 1, 1 / 3, 0, 0])
})

test('constraint: all of it in a pair, a quarter each in the middle of four strangers', () => {
  const found = constraint(linked(3, [[0, 1]]))
  assert.deepEqual(Array.from(found), [1, 1, Number.NaN])
  // Four strangers, a quarter of the ties each: 4 × 1/16.
  close(constraint(star).slice(0, 1), [0.25])
  // In a triangle each of the two is bound directly by 1/2 and through the other by 1/4: 2 × (3/4)².
  close(
    constraint(
      linked(3, [
        [0, 1],
        [0, 2],
        [1, 2],
      ]),
    ),
    [1.125, 1.125, 1.125],
  )
})

test('two triangles with a bridge are two communities; modularity 6/7 − 1/2', () => {
  const found = communities(bridge, randomOf(3))
  assert.deepEqual(Array.from(found.of), [0, 0, 0, 1, 1, 1])
  assert.ok(Math.abs(found.modularity - (6 / 7 - 0.5)) < 1e-12)
  assert.equal(modularity(linked(2, []), [0, 0]), 0)
  assert.ok(Math.abs(modularity(bridge, [0, 0, 0, 0, 0, 0])) < 1e-12)
})

test('key players: the middle of a star breaks and reaches it; ties go to the lower number', () => {
  assert.deepEqual(keyPlayersByFragmentation(star, 1), { players: [0], values: [1] })
  assert.deepEqual(keyPlayersByReach(star, 1), { players: [0], values: [1] })
  // Without either end of the bridge: 2 and 3 hang together, 4 of 10 pairs. Node 2 comes first.
  const broken = keyPlayersByFragmentation(bridge, 1)
  assert.deepEqual(broken.players, [2])
  close(broken.values, [0.6])
})

test('three at an event are three links; a second event of two adds to theirs', () => {
  const found = project(2, 4, [0, 0, 0, 1, 1, 1], [2, 0, 1, 1, 0, 0])
  assert.deepEqual(
    [Array.from(found.a), Array.from(found.b)],
    [
      [0, 0, 1],
      [1, 2, 2],
    ],
  )
  assert.deepEqual(Array.from(found.sharedEvents), [2, 1, 1])
  close(found.newman, [1.5, 0.5, 0.5])
})
