/**
 * Betweenness and communities against graphology in the same run. Ours runs on the threads of the product: on the
 * thread where graphology keeps its graph, every array that we ask for sets off a search for garbage through all of
 * its objects, which can take longer than our work.
 */
import { createRequire } from 'node:module'
import { UndirectedGraph } from 'graphology'
import type Louvain from 'graphology-communities-louvain'
import type Betweenness from 'graphology-metrics/centrality/betweenness.js'
import { betweennessInParts } from '../src/analysis/network/betweenness.ts'
import type { Network } from '../src/analysis/network/network.ts'
import type { CommunitiesTask } from '../src/analysis/tasks.ts'
import { type MethodRunner, openMethodRunner } from '../src/measures/methods/run-method.ts'
import { randomFrom } from '../src/synthetic/random.ts'
import { alternate, median, ms, type Result } from './medians.ts'
import { circles, coOffending, preferential, type Sample, uniform } from './network-samples.ts'

// Their types say that they export a default, which they do not.
const require = createRequire(import.meta.url)
const peerLouvain: typeof Louvain.default = require('graphology-communities-louvain')
const peerBetweenness: typeof Betweenness.default = require('graphology-metrics/centrality/betweenness')

const THREADS = 2
/** Four for each thread: whichever is done first takes the next. */
const PARTS = 4 * THREADS
const BYTES_A_MS = 1e7

export async function benchNetworks(rounds: number): Promise<Result[]> {
  const methods = openMethodRunner(THREADS)
  try {
    await warm(methods)
    return [
      await besidePeer(methods, rounds, uniform(10_000, 50_000), { aim: 2950, of: 'graph-tool', took: 5900 }),
      await besidePeer(methods, rounds, coOffending(10_000), null),
      await withoutPeer(methods, preferential(50_000, 4), { aim: 138_500, of: 'graph-tool', took: 277_000 }),
      await communitiesOf(methods, rounds, circles(50_000, 200_000)),
      await communitiesOf(methods, rounds, preferential(50_000, 4)),
      await communitiesOf(methods, rounds, circles(200_000, 1_000_000)),
    ]
  } finally {
    await methods.close()
  }
}

/** So that the compiler's share of the first runs is in nobody's figure. */
async function warm(methods: MethodRunner): Promise<void> {
  const { network } = preferential(2000, 5)
  await searched(methods, uniform(2000, 10_000).network)
  const tasks = Array.from({ length: PARTS * 5 }, (_, seed): CommunitiesTask => {
    return { network, search: seed % 2 === 0 ? 'leiden' : 'louvain', tries: 1, seed }
  })
  await Promise.all(tasks.map(task => methods.run('communities', task)))
  peerLouvain(graphOf(network))
}

const searched = (methods: MethodRunner, network: Network): Promise<Float64Array> =>
  betweennessInParts(network, PARTS, sources => methods.run('block-betweenness', sources))

/** A time that was measured elsewhere, on a machine like this. */
interface Elsewhere {
  aim: number
  of: string
  took: number
}

const aimOf = ({ aim, of, took }: Elsewhere): string => `${ms(aim)}, 2× faster than ${of} (${ms(took)})`

/** Each link looked at once outwards and once back in each search: a number and a value. */
function searchFloor({ nodes, from }: Network): string {
  const bytes = nodes * from.length * 2 * 12
  return `floor ${ms(bytes / BYTES_A_MS / THREADS)} for ${(bytes / 1e9).toFixed(1)} GB, each link once each way for each person, at 10 GB/s a thread`
}

async function besidePeer(
  methods: MethodRunner,
  rounds: number,
  { name, network }: Sample,
  elsewhere: Elsewhere | null,
): Promise<Result> {
  const graph = graphOf(network)
  let ours: Float64Array = new Float64Array()
  let theirs: Record<string, number> = {}
  const { kernel, peer } = await alternate(rounds, {
    kernel: async () => {
      ours = await searched(methods, network)
    },
    peer: async () => {
      theirs = peerBetweenness(graph, { normalized: false, getEdgeWeight: null })
    },
  })
  const apart = ours.reduce((most, value, v) => {
    const expected = theirs[v]!
    return Math.max(most, Math.abs(value - expected) / Math.max(1, expected))
  }, 0)
  const ratio = peer!.median / kernel!.median
  return {
    what: `Betweenness, ${name}`,
    headline: `${ratio.toFixed(1)}× faster than graphology`,
    aim: elsewhere ? aimOf(elsewhere) : 'faster than graphology',
    met: apart <= 1e-9 && (elsewhere ? kernel!.median <= elsewhere.aim : ratio > 1),
    detail: `${ms(kernel!.median)} on ${THREADS} threads against ${ms(peer!.median)} on the one that it uses, at most ${apart.toExponential(0)} apart; ${searchFloor(network)}`,
  }
}

/** Where graphology would take many minutes; once. */
async function withoutPeer(
  methods: MethodRunner,
  { name, network }: Sample,
  elsewhere: Elsewhere,
): Promise<Result> {
  const { kernel } = await alternate(1, {
    kernel: async () => {
      await searched(methods, network)
    },
  })
  const took = kernel!.median
  return {
    what: `Betweenness, ${name}`,
    headline: `${(elsewhere.took / took).toFixed(1)}× faster than ${elsewhere.of} (measured earlier)`,
    aim: aimOf(elsewhere),
    met: took <= elsewhere.aim,
    detail: `${ms(took)} on ${THREADS} threads, one run; ${searchFloor(network)}`,
  }
}

async function communitiesOf(
  methods: MethodRunner,
  rounds: number,
  { name, network }: Sample,
): Promise<Result> {
  const graph = graphOf(network)
  const found: Record<'leiden' | 'louvain' | 'peer', number[]> = { leiden: [], louvain: [], peer: [] }
  const ours = (search: 'leiden' | 'louvain') => async () => {
    const task: CommunitiesTask = { network, search, tries: 1, seed: found[search].length }
    found[search].push((await methods.run('communities', task)).modularity)
  }
  const {
    leiden,
    louvain: plain,
    peer,
  } = await alternate(rounds, {
    leiden: ours('leiden'),
    louvain: ours('louvain'),
    peer: async () => {
      const rng = randomFrom(found.peer.length, 'bench of communities').unit
      found.peer.push(peerLouvain.detailed(graph, { getEdgeWeight: null, rng }).modularity)
    },
  })
  const took = leiden!.median
  const q = (of: keyof typeof found) => median(found[of])
  return {
    what: `Communities by Leiden, ${name}`,
    headline: `${(peer!.median / took).toFixed(1)}× faster than graphology’s Louvain, modularity ${q('leiden').toFixed(4)} against ${q('peer').toFixed(4)}`,
    aim: 'faster, and no less modularity',
    met: took < peer!.median && q('leiden') >= q('peer'),
    detail: `${ms(took)} against ${ms(peer!.median)}; our Louvain ${ms(plain!.median)} for ${q('louvain').toFixed(4)}; floor ${ms((network.ends.length * 16) / BYTES_A_MS)} to read each link with its weight and community once at 10 GB/s`,
  }
}

function graphOf(network: Network): UndirectedGraph {
  const graph = new UndirectedGraph()
  for (let v = 0; v < network.nodes; v++) graph.addNode(v)
  for (let l = 0; l < network.from.length; l++) graph.addEdge(network.from[l], network.to[l])
  return graph
}
