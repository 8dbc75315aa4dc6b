/**
 * An undirected network as neighbour lists in typed arrays (compressed rows): the neighbours of node v are
 * `ends[offsets[v]]` up to `ends[offsets[v + 1]]`, ascending.
 */
export interface Network {
  nodes: number
  offsets: Int32Array
  ends: Int32Array
  /** Weight of the link to each entry of `ends`. */
  weights: Float64Array
  /** Number of the link, for each entry of `ends`. */
  links: Int32Array
  /** Each link once, from its lower node to its higher, in ascending order. */
  from: Int32Array
  to: Int32Array
}

/**
 * `a` and `b` are node numbers below `nodes`; pairs that come more than once, either way round, are one link with
 * their weights added. Throws RangeError for a node linked to itself, and for weights that are not above 0.
 */
export function networkOf(
  nodes: number,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  weight: ArrayLike<number> | null = null,
): Network {
  const added = new Map<number, number>()
  for (let i = 0; i < a.length; i++) {
    const low = Math.min(a[i]!, b[i]!)
    const high = Math.max(a[i]!, b[i]!)
    const w = weight ? weight[i]! : 1
    if (!(Number.isInteger(low) && Number.isInteger(high) && low >= 0 && high < nodes)) {
      throw new RangeError(`A link from ${a[i]} to ${b[i]} among ${nodes} nodes`)
    }
    if (low === high) throw new RangeError(`Node ${low} is linked to itself`)
    if (!(w > 0 && Number.isFinite(w))) throw new RangeError(`${w} is no weight of a link`)
    const key = low * nodes + high
    added.set(key, (added.get(key) ?? 0) + w)
  }
  const keys = Float64Array.from(added.keys()).sort()
  const from = Int32Array.from(keys, key => Math.floor(key / nodes))
  const to = Int32Array.from(keys, key => key % nodes)
  const offsets = new Int32Array(nodes + 1)
  for (let l = 0; l < from.length; l++) {
    offsets[from[l]! + 1]!++
    offsets[to[l]! + 1]!++
  }
  for (let v = 0; v < nodes; v++) offsets[v + 1]! += offsets[v]!
  const next = offsets.slice()
  const ends = new Int32Array(2 * from.length)
  const weights = new Float64Array(ends.length)
  const links = new Int32Array(ends.length)
  const put = (node: number, end: number, link: number) => {
    const place = next[node]!++
    ends[place] = end
    weights[place] = added.get(keys[link]!)!
    links[place] = link
  }
  // Lower neighbours first, then higher: both passes ascend, so every list does.
  for (let l = 0; l < from.length; l++) put(to[l]!, from[l]!, l)
  for (let l = 0; l < from.length; l++) put(from[l]!, to[l]!, l)
  return { nodes, offsets, ends, weights, links, from, to }
}

/** The same links, all of weight 1. */
export const unweighted = (network: Network): Network => ({
  ...network,
  weights: new Float64Array(network.weights.length).fill(1),
})

/** Links of each node. */
export const degrees = ({ nodes, offsets }: Network): Int32Array =>
  Int32Array.from({ length: nodes }, (_, v) => offsets[v + 1]! - offsets[v]!)

/** Weights of the links of each node, added. */
export function strengths({ nodes, offsets, weights }: Network): Float64Array {
  const sums = new Float64Array(nodes)
  for (let v = 0; v < nodes; v++) {
    for (let i = offsets[v]!; i < offsets[v + 1]!; i++) sums[v]! += weights[i]!
  }
  return sums
}
