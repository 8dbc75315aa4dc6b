import type { Partition } from '../../analysis/network/communities.ts'
import { components } from '../../analysis/network/components.ts'
import { keyPlayersByFragmentation, keyPlayersByReach } from '../../analysis/network/key-players.ts'
import { clustering, constraint, coreness } from '../../analysis/network/local-structure.ts'
import { degrees, type Network, networkOf, strengths, unweighted } from '../../analysis/network/network.ts'
import { project } from '../../analysis/network/projection.ts'
import type { PathPositions } from '../../analysis/network/shortest-paths.ts'
import { eigenvectorCentrality, pageRank } from '../../analysis/network/spectral.ts'
import { openMethodRunner } from '../../measures/methods/run-method.ts'
import { UsageFault } from '../../platform/errors.ts'
import { oneOf } from '../arguments.ts'
import { type AnalyseResult, analyseMethod, type InputTable } from './analyse-method.ts'
import { numberOption } from './option-values.ts'

export const networkMethod = analyseMethod({
  name: 'network',
  summary: 'How people are linked in one chart: positions, groups and bridges',
  usage: '[--from event-person] [--weighted] [--communities louvain|leiden] [--seed S]',
  details: [
    '  --from event-person   the file names people at events, and sharing an event is a link',
    '  --weighted            count weights: a link is as short as 1/weight, and pulls as much as its weight',
    '  --communities louvain|leiden   how groups are looked for: louvain (the default), or leiden, whose groups each',
    '                        hang together and whose modularity is the greater',
    '  --seed S              a whole number: the same seed gives the same communities (1)',
    '',
    'Reads: a, b and weight (optional, 1 where there is none); a pair that stands twice, either way round, has its',
    'weights added. With --from event-person: event, person; the weight is the number of shared events.',
    'Writes: person, degree, strength, betweenness, closeness, harmonic, eigenvector, pagerank, coreness, clustering,',
    'constraint, community, in the order of the persons’ ids. Betweenness counts each pair once, closeness is 1 over',
    'the sum of distances within the component, the greatest eigenvector value is 1, PageRank is damped by 0.85.',
    'Closeness and constraint are empty for a person without links. Communities (the best of ten orders) always',
    'count weights. --json adds link betweenness, modularity, components, and the sets of up to five people',
    'without whom the largest component falls apart, or from whom it is reached; the sets are left out where it has',
    'more than 2,000 people. Positions describe the links inside one chart. They are no score of a person.',
  ].join('\n'),
  options: {
    from: { type: 'string' },
    weighted: { type: 'boolean' },
    communities: { type: 'string' },
    seed: { type: 'string' },
  },
  prepare: values => {
    const seed = numberOption('--seed', values.seed ?? '1', { whole: true })
    const search = oneOf('--communities', values.communities ?? 'louvain', ['louvain', 'leiden'])
    const { from } = values
    if (from !== undefined && from !== 'event-person') {
      throw new UsageFault(`--from is "${from}" but must be event-person.`)
    }
    const isEvents = from === 'event-person'
    return {
      columns: isEvents
        ? [
            { name: 'event', kind: 'text' },
            { name: 'person', kind: 'text' },
          ]
        : [
            { name: 'a', kind: 'text' },
            { name: 'b', kind: 'text' },
            { name: 'weight', kind: 'number', optional: true },
          ],
      unique: isEvents ? ['event', 'person'] : [],
      run: async (table, { signal, progress }) => {
        const { people, network } = isEvents ? fromEvents(table) : fromLinks(table)
        const weighted = values.weighted ?? false
        // On threads of their own, so that large networks can be stopped.
        const methods = openMethodRunner(2)
        try {
          const [paths, groups] = await Promise.all([
            methods.run(
              'path-positions',
              { network, weighted },
              { signal, onProgress: (done, of) => progress({ label: 'searches', done, of }) },
            ),
            methods.run('communities', { network, search, tries: TRIES, seed }, { signal }),
          ])
          return positions(people, network, weighted, paths, groups)
        } finally {
          await methods.close()
        }
      },
    }
  },
})

const TRIES = 10
const MOST_KEY_PLAYERS = 5
/** The greedy search looks through the whole component for each of its people. */
const LARGEST_SEARCHED = 2000

interface People {
  /** In the order of their ids, by code point. */
  people: string[]
  network: Network
}

const inOrder = (names: Iterable<string>): string[] => [...new Set(names)].sort()
const numbersOf = (names: readonly string[]): Map<string, number> =>
  new Map(names.map((name, i) => [name, i]))

function fromLinks(table: InputTable): People {
  const [a, b] = [table.texts('a'), table.texts('b')]
  const weight = table.has('weight') ? table.numbers('weight') : null
  const people = inOrder([...a, ...b])
  const number = numbersOf(people)
  for (let row = 0; row < table.rows; row++) {
    if (a[row] === b[row]) throw table.fault(row, 'b', `"${b[row]}" is linked to itself`)
    if (weight && !(weight[row]! > 0)) throw table.fault(row, 'weight', `${weight[row]} is not above 0`)
  }
  const numbered = (names: readonly string[]) => names.map(name => number.get(name)!)
  return { people, network: networkOf(people.length, numbered(a), numbered(b), weight) }
}

function fromEvents(table: InputTable): People {
  const people = inOrder(table.texts('person'))
  const person = numbersOf(people)
  const event = numbersOf([...new Set(table.texts('event'))])
  const { a, b, sharedEvents } = project(
    event.size,
    people.length,
    table.texts('event').map(name => event.get(name)!),
    table.texts('person').map(name => person.get(name)!),
  )
  return { people, network: networkOf(people.length, a, b, sharedEvents) }
}

function positions(
  people: readonly string[],
  network: Network,
  weighted: boolean,
  paths: PathPositions,
  groups: Partition,
): AnalyseResult {
  const counted = weighted ? network : unweighted(network)
  const { sizes } = components(network)
  return {
    columns: [
      { name: 'person', values: people },
      { name: 'degree', values: degrees(network) },
      { name: 'strength', values: strengths(network) },
      { name: 'betweenness', values: paths.betweenness },
      { name: 'closeness', values: paths.closeness },
      { name: 'harmonic', values: paths.harmonic },
      { name: 'eigenvector', values: eigenvectorCentrality(counted) },
      { name: 'pagerank', values: pageRank(counted) },
      { name: 'coreness', values: coreness(network) },
      { name: 'clustering', values: clustering(network) },
      { name: 'constraint', values: constraint(counted) },
      { name: 'community', values: groups.of.map(community => community + 1) },
    ],
    more: {
      modularity: groups.modularity,
      component_sizes: sizes,
      edges: Array.from(network.from, (a, link) => ({
        a: people[a],
        b: people[network.to[link]!],
        edge_betweenness: paths.linkBetweenness[link],
      })),
      key_players: Math.max(0, ...sizes) > LARGEST_SEARCHED ? null : keyPlayers(people, network),
    },
  }
}

/** Sets of one, two and more, each in the order of ids: who was chosen first is no ranking. */
function keyPlayers(people: readonly string[], network: Network) {
  const setsOf = ({ players, values }: { players: number[]; values: number[] }) =>
    values.map((value, i) => ({
      people: players
        .slice(0, i + 1)
        .sort((a, b) => a - b)
        .map(v => people[v]),
      value,
    }))
  return {
    fragmentation: setsOf(keyPlayersByFragmentation(network, MOST_KEY_PLAYERS)),
    reach: setsOf(keyPlayersByReach(network, MOST_KEY_PLAYERS)),
  }
}
