import assert from 'node:assert/strict'
import { test } from 'node:test'
import { communities, modularity } from '../../src/analysis/network/communities.ts'
import { components } from '../../src/analysis/network/components.ts'
import { keyPlayersByFragmentation, keyPlayersByReach } from '../../src/analysis/network/key-players.ts'
import { clustering, constraint, coreness } from '../../src/analysis/network/local-structure.ts'
import { degrees, networkOf, strengths, unweighted } from '../../src/analysis/network/network.ts'
import { project } from '../../src/analysis/network/projection.ts'
import { pathPositions } from '../../src/analysis/network/shortest-paths.ts'
import { eigenvectorCentrality, pageRank } from '../../src/analysis/network/spectral.ts'
import { randomFrom } from '../../src/synthetic/random.ts'
import { referenceAbsent, referenceJson, referenceTable } from './reference-table.ts'

const skip = referenceAbsent

/** Relative to the expected value, or to `scale` where that is greater. */
function near(
  found: ArrayLike<number>,
  expected: (string | undefined)[],
  tolerance: number,
  what: string,
  scale = 0,
) {
  assert.equal(found.length, expected.length)
  expected.forEach((text, i) => {
    if (text === '' || text === 'NA' || text === 'NaN') {
      assert.ok(Number.isNaN(found[i]!), `${what} of row ${i}: ${found[i]}, expected none`)
      return
    }
    const apart = Math.abs(found[i]! - Number(text))
    assert.ok(
      apart <= tolerance * Math.max(Math.abs(Number(text)), scale),
      `${what} of row ${i}: ${found[i]}, expected ${text}`,
    )
  })
}

function coOffending() {
  const rows = referenceTable('network/event_person.csv')
  const people = [...new Set(rows.map(row => row.person!))].sort()
  const events = [...new Set(rows.map(row => row.event!))]
  const projection = project(
    events.length,
    people.length,
    rows.map(row => events.indexOf(row.event!)),
    rows.map(row => people.indexOf(row.person!)),
  )
  const network = networkOf(people.length, projection.a, projection.b, projection.sharedEvents)
  return { people, projection, network }
}

test('events become links between people, weighted by shared events and as Newman has it', { skip }, () => {
  const { people, projection } = coOffending()
  const expected = referenceTable('network/expected_projection.csv')
  assert.deepEqual(
    expected.map(row => [row.a, row.b, Number(row.weight_shared_events)]),
    Array.from(projection.a, (a, i) => [people[a], people[projection.b[i]!], projection.sharedEvents[i]]),
  )
  near(
    projection.newman,
    expected.map(row => row.weight_newman),
    1e-9,
    'Newman weight',
  )
})

test('positions are those of networkx as well, where it has the same', { skip }, () => {
  const { people, network } = coOffending()
  const rows = referenceTable('network/expected_nodes_networkx.csv')
  assert.deepEqual(
    rows.map(row => row.person),
    people,
  )
  const plain = unweighted(network)
  const paths = pathPositions(plain)
  const found: Record<string, ArrayLike<number>> = {
    degree: degrees(network),
    betweenness: paths.betweenness,
    harmonic: paths.harmonic,
    core: coreness(network),
    clustering: clustering(network),
    constraint: constraint(plain),
    pagerank: pageRank(plain),
  }
  // networkx stops earlier than we do at PageRank: 5e-9, as the reference says.
  for (const [name, values] of Object.entries(found)) {
    near(
      values,
      rows.map(row => row[name]),
      name === 'pagerank' ? 5e-9 : 1e-9,
      name,
      1,
    )
  }
})

test('positions are those of igraph', { skip }, () => {
  const { people, network } = coOffending()
  const rows = referenceTable('network/expected_nodes.csv')
  assert.deepEqual(
    rows.map(row => row.person),
    people,
  )
  const column = (name: string) => rows.map(row => row[name])
  const plain = unweighted(network)
  const paths = pathPositions(plain)
  near(degrees(network), column('degree'), 0, 'degree')
  near(strengths(network), column('strength'), 0, 'strength')
  near(paths.betweenness, column('betweenness'), 1e-9, 'betweenness', 1)
  near(paths.closeness, column('closeness'), 1e-9, 'closeness')
  near(paths.harmonic, column('harmonic'), 1e-9, 'harmonic')
  near(eigenvectorCentrality(plain), column('eigenvector'), 1e-9, 'eigenvector', 1)
  near(eigenvectorCentrality(network), column('eigenvector_weighted'), 1e-9, 'weighted eigenvector', 1)
  near(pageRank(plain), column('pagerank'), 1e-9, 'PageRank')
  near(pageRank(network), column('pagerank_weighted'), 1e-9, 'weighted PageRank')
  near(coreness(network), column('coreness'), 0, 'coreness')
  near(clustering(network), column('local_clustering'), 1e-9, 'clustering')
  near(constraint(plain), column('constraint_unweighted'), 1e-9, 'constraint')
  near(constraint(network), column('constraint_weighted'), 1e-9, 'weighted constraint')
  const weighted = pathPositions(network, true)
  near(weighted.betweenness, column('betweenness_cost_inv_weight'), 1e-3, 'betweenness by cost', 10)
  const links = referenceTable('network/expected_edges.csv').map(row => row.edge_betweenness)
  near(paths.linkBetweenness, links, 1e-9, 'edge betweenness')
  assert.equal(Math.max(...components(network).sizes), 241)
})

test('communities are as good as those of igraph, and modularity is its modularity', { skip }, () => {
  const { people, network } = coOffending()
  const published = referenceTable('network/expected_communities.csv')
  assert.deepEqual(
    published.map(row => row.person),
    people,
  )
  const meta = referenceJson('network/expected_meta.json')
  const score = (name: string) =>
    modularity(
      network,
      published.map(row => Number(row[name])),
    )
  near([score('louvain_best')], [`${meta.modularity_of_published_best_partition}`], 1e-9, 'modularity')
  near([score('leiden')], [`${meta.leiden_modularity}`], 1e-9, 'modularity')
  near([score('fast_greedy')], [`${meta.fast_greedy_modularity}`], 1e-9, 'modularity')
  const found = communities(network, randomFrom(7, 'network').unit, 10)
  assert.ok(found.modularity >= meta.louvain_modularity.median - 0.005, `${found.modularity}`)
  // Theirs is rounded to fifteen digits.
  const byLeiden = communities(network, randomFrom(7, 'network').unit, 10, 'leiden')
  assert.ok(byLeiden.modularity >= meta.leiden_modularity - 1e-12, `${byLeiden.modularity}`)
})

test('key players are those of an exhaustive greedy search', { skip }, () => {
  const { people, network } = coOffending()
  const meta = referenceJson('network/expected_meta_python.json')
  for (const [found, expected] of [
    [keyPlayersByFragmentation(network, 5), meta.greedy_fragmentation],
    [keyPlayersByReach(network, 5), meta.greedy_distance_weighted_reach],
  ] as const) {
    assert.deepEqual(
      found.players.map(v => people[v]),
      expected.at(-1)[0],
    )
    near(
      found.values,
      expected.map((step: [string[], number]) => `${step[1]}`),
      1e-9,
      'value',
    )
  }
})

for (const [name, edges, ends] of [
  ['london-gang', 'london-gang-edges', ['from', 'to']],
  ['caviar-full', 'caviar-full-directed-edges', ['from', 'to']],
] as const) {
  test(`the published centralities of ${name} are reproduced`, { skip }, () => {
    const rows = referenceTable(`../data/networks/${name}-reference-centralities.csv`)
    const nodes = rows.map(row => row.node!)
    const list = referenceTable(`../data/networks/${edges}.csv`)
    const [a, b] = ends.map(end => list.map(row => nodes.indexOf(row[end]!)))
    const network = unweighted(networkOf(nodes.length, a!, b!))
    const column = (of: string) => rows.map(row => row[of])
    const paths = pathPositions(network)
    // Six decimals are published for the first, eight for the rest.
    near(degrees(network), column('degree'), 0, 'degree')
    near(paths.betweenness, column('betweenness'), 1e-6, 'betweenness', 1)
    near(
      paths.closeness.map(c => c * (nodes.length - 1)),
      column('closeness_norm'),
      1e-8,
      'closeness',
      1,
    )
    near(eigenvectorCentrality(network), column('eigenvector'), 1e-8, 'eigenvector', 1)
    near(pageRank(network), column('pagerank'), 1e-8, 'PageRank', 1)
    near(coreness(network), column('coreness'), 0, 'coreness')
    near(clustering(network), column('local_clustering'), 1e-8, 'clustering', 1)
  })
}
