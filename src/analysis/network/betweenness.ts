/**
 * Betweenness of nodes on its own, where links are one step each: the same numbers as `pathPositions` gives, for
 * networks that are too large for it. Before paths are counted the network is taken apart at its cut nodes, so that
 * people with one link and everything else that hangs on one person need no search, and people with the same
 * neighbours share one (Sarıyüce, Kaya, Saule and Çatalyürek 2017). Co-offending networks are full of both.
 */
import { inSharedMemory } from '../shared-arrays.ts'
import { unwatched, type Watch } from '../watch.ts'
import { type Block, type BlockSources, blockBetweenness } from './block-betweenness.ts'
import { type Blocks, blocksOf } from './blocks.ts'
import type { Network } from './network.ts'
import { type NeighbourLists, twinsOf } from './twins.ts'

/** Each pair counts once. One step of the watch is a search. */
export function betweenness(network: Network, watch: Watch = unwatched): Float64Array {
  const { between, pieces } = piecesOf(network)
  const of = pieces.reduce((sum, { block }) => sum + block.nodes, 0)
  let done = 0
  for (const piece of pieces) {
    const found = blockBetweenness({ block: piece.block, first: 0, stop: piece.block.nodes }, () => {
      watch.step(++done, of)
    })
    addTo(between, piece, [found])
  }
  return between
}

/** Searches times entries of neighbour lists; below so many, a block takes a few milliseconds wherever it is done. */
const WORTH_A_THREAD = 2_000_000

/**
 * The same with the searches handed out: `run` is `blockBetweenness` wherever it pleases. The parts are added in their
 * order, so that neither threads nor luck change a digit; the number of parts may change the last ones.
 */
export async function betweennessInParts(
  network: Network,
  parts: number,
  run: (sources: BlockSources) => Promise<Float64Array>,
): Promise<Float64Array> {
  const { between, pieces } = piecesOf(network)
  const found = await Promise.all(
    pieces.map(({ block }) => {
      const whole = { block, first: 0, stop: block.nodes }
      if (block.nodes * block.ends.length < WORTH_A_THREAD) return [blockBetweenness(whole)]
      const edge = (part: number) => Math.floor((block.nodes * part) / parts)
      // Moved once, for all parts to read.
      const common = inSharedMemory(block)
      return Promise.all(
        Array.from({ length: parts }, (_, part) =>
          run({ block: common, first: edge(part), stop: edge(part + 1) }),
        ),
      )
    }),
  )
  pieces.forEach((piece, i) => {
    addTo(between, piece, found[i]!)
  })
  return between
}

/** A block as it is searched, and which nodes of the network its nodes stand for. */
interface Piece {
  block: Block
  /** Nodes of the network, and beside each the node of the block that stands for it. */
  members: Int32Array
  standsFor: Int32Array
  /** By node of the block: what lies between people who share all their neighbours, which no search sees. */
  amongTwins: Float64Array
}

function addTo(between: Float64Array, piece: Piece, parts: readonly Float64Array[]): void {
  const { members, standsFor } = piece
  const sums = piece.amongTwins.slice()
  for (const part of parts) for (let g = 0; g < sums.length; g++) sums[g]! += part[g]!
  // Both directions of each pair were counted.
  for (let i = 0; i < members.length; i++) between[members[i]!]! += sums[standsFor[i]!]! / 2
}

function piecesOf(network: Network): { between: Float64Array; pieces: Piece[] } {
  const blocks = blocksOf(network)
  const links = linksByBlock(blocks)
  const local = new Int32Array(network.nodes)
  const pieces: Piece[] = []
  for (let b = 0; b < blocks.count; b++) {
    const size = blocks.starts[b + 1]! - blocks.starts[b]!
    const linked = links.of.subarray(links.starts[b]!, links.starts[b + 1]!)
    // Where all know each other, nobody is between.
    if (linked.length < (size * (size - 1)) / 2) pieces.push(pieceOf(network, blocks, b, linked, local))
  }
  return { between: blocks.pairsCut, pieces }
}

function linksByBlock({ count, blockOfLink }: Blocks) {
  const starts = new Int32Array(count + 1)
  for (let l = 0; l < blockOfLink.length; l++) starts[blockOfLink[l]! + 1]!++
  for (let b = 0; b < count; b++) starts[b + 1]! += starts[b]!
  const next = starts.slice()
  const of = new Int32Array(blockOfLink.length)
  for (let l = 0; l < blockOfLink.length; l++) of[next[blockOfLink[l]!]!++] = l
  return { starts, of }
}

function pieceOf(network: Network, blocks: Blocks, b: number, linked: Int32Array, local: Int32Array): Piece {
  const unsorted = blocks.members.subarray(blocks.starts[b]!, blocks.starts[b + 1]!)
  const beyond = blocks.beyond.subarray(blocks.starts[b]!, blocks.starts[b + 1]!)
  const members = unsorted.slice().sort()
  for (let i = 0; i < members.length; i++) local[members[i]!] = i
  const lists = listsOf(network, linked, members.length, local)
  const { count, groupOf, first } = twinsOf(lists)

  const degree = first.map(v => lists.offsets[v + 1]! - lists.offsets[v]!)
  // By falling degree: the nodes that all paths lead through lie together in the cache, and neighbours in the order
  // have lists of one length, which the processor learns to foresee.
  const order = Int32Array.from(first.keys()).sort((g, h) => degree[h]! - degree[g]! || g - h)
  const rank = new Int32Array(count)
  for (let i = 0; i < count; i++) rank[order[i]!] = i
  const standsFor = groupOf.map(group => rank[group]!)

  const multiplicity = new Float64Array(count)
  const people = new Float64Array(count)
  const squares = new Float64Array(count)
  for (let i = 0; i < unsorted.length; i++) {
    const g = standsFor[local[unsorted[i]!]!]!
    multiplicity[g]!++
    people[g]! += beyond[i]!
    squares[g]! += beyond[i]! ** 2
  }

  const offsets = new Int32Array(count + 1)
  const ends = new Int32Array(lists.ends.length)
  const amongTwins = new Float64Array(count)
  const seen = new Int32Array(count).fill(-1)
  let kept = 0
  for (let g = 0; g < count; g++) {
    const v = first[order[g]!]!
    let around = 0
    let hasTwinBeside = false
    for (let i = lists.offsets[v]!; i < lists.offsets[v + 1]!; i++) {
      const h = standsFor[lists.ends[i]!]!
      if (h === g) hasTwinBeside = true
      else if (seen[h] !== g) {
        seen[h] = g
        ends[kept++] = h
        around += multiplicity[h]!
      }
    }
    offsets[g + 1] = kept
    // Twins that are not linked with each other have a path through each of their neighbours.
    if (hasTwinBeside) continue
    const pairs = people[g]! ** 2 - squares[g]!
    for (let i = offsets[g]!; i < kept; i++) amongTwins[ends[i]!]! += pairs / around
  }
  const block = { nodes: count, offsets, ends: ends.slice(0, kept), multiplicity, people }
  return { block, members, standsFor, amongTwins }
}

/** Neighbours within a block, ascending: its links ascend, and `local` numbers its nodes in their order. */
function listsOf(
  { from, to }: Network,
  linked: Int32Array,
  nodes: number,
  local: Int32Array,
): NeighbourLists {
  const offsets = new Int32Array(nodes + 1)
  for (const link of linked) {
    offsets[local[from[link]!]! + 1]!++
    offsets[local[to[link]!]! + 1]!++
  }
  for (let v = 0; v < nodes; v++) offsets[v + 1]! += offsets[v]!
  const next = offsets.slice()
  const ends = new Int32Array(2 * linked.length)
  for (const link of linked) ends[next[local[to[link]!]!]!++] = local[from[link]!]!
  for (const link of linked) ends[next[local[from[link]!]!]!++] = local[to[link]!]!
  return { nodes, offsets, ends }
}
