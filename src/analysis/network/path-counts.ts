/**
 * How many shortest paths lead from one node to each other, where every link is one step. Levels of few links are
 * pushed outwards; where the links of the level outnumber a part of those still waiting, the waiting nodes pull
 * (Beamer, Asanović and Patterson, Direction-optimizing breadth-first search, 2012). A node that waits can only have
 * neighbours of the last level among those with paths, so that it adds up all its neighbours without looking at their
 * levels: the loop over links has no branch to guess wrong, which is where such searches lose their time.
 */

/** Neighbour lists as in `Network`. A node may stand for several that have the same neighbours. */
export interface PathNet {
  nodes: number
  offsets: Int32Array
  ends: Int32Array
  /** How many nodes each stands for; null where that is 1 throughout. */
  multiplicity: Float64Array | null
}

export interface PathCounts {
  /** Nodes reached, level by level: level d is `order[starts[d]]` up to `order[starts[d + 1]]`. */
  order: Int32Array
  starts: Int32Array
  /** Paths to each node times its multiplicity; 1 at the source, 0 out of reach. */
  paths: Float64Array
  /** Counts the paths from `source`; returns the number of levels, that of the source included. */
  count(source: number): number
}

/** Links that can be pulled in the time that one takes to be pushed; measured, and flat from 2 to 6. */
const PULLS_A_PUSH = 4

export function pathCounts({ nodes, offsets, ends, multiplicity }: PathNet): PathCounts {
  const order = new Int32Array(nodes)
  const starts = new Int32Array(nodes + 1)
  const paths = new Float64Array(nodes)
  /** 1 at the source; 0 before a node is reached. */
  const level = new Int32Array(nodes)
  const waiting = new Int32Array(nodes)
  const pulled = new Float64Array(nodes)

  function count(source: number): number {
    paths.fill(0)
    level.fill(0)
    order[0] = source
    starts[1] = 1
    paths[source] = 1
    level[source] = 1
    let levels = 1
    let first = 0
    let reached = 1
    let left = -1
    let frontier = offsets[source + 1]! - offsets[source]!
    let unreached = ends.length - frontier
    while (first < reached) {
      const stop = reached
      const next = levels + 1
      if (frontier * PULLS_A_PUSH < unreached) {
        for (let i = first; i < stop; i++) {
          const v = order[i]!
          const own = paths[v]!
          const last = offsets[v + 1]!
          for (let e = offsets[v]!; e < last; e++) {
            const w = ends[e]!
            const known = level[w]!
            if (known === 0) {
              level[w] = next
              order[reached++] = w
              paths[w] = own
            } else if (known === next) paths[w]! += own
          }
        }
      } else {
        if (left === -1) {
          left = 0
          for (let v = 0; v < nodes; v++) if (level[v] === 0) waiting[left++] = v
        }
        let kept = 0
        for (let i = 0; i < left; i++) {
          const v = waiting[i]!
          if (level[v] !== 0) continue
          const last = offsets[v + 1]!
          let sum = 0
          for (let e = offsets[v]!; e < last; e++) sum += paths[ends[e]!]!
          if (sum > 0) {
            pulled[reached] = sum
            order[reached++] = v
          } else waiting[kept++] = v
        }
        left = kept
        // Not before the level is complete: nodes of one level must not pull from each other.
        for (let i = stop; i < reached; i++) {
          const v = order[i]!
          level[v] = next
          paths[v] = pulled[i]!
        }
      }
      frontier = 0
      for (let i = stop; i < reached; i++) {
        const v = order[i]!
        frontier += offsets[v + 1]! - offsets[v]!
        if (multiplicity) paths[v]! *= multiplicity[v]!
      }
      unreached -= frontier
      first = stop
      if (reached > stop) starts[++levels] = reached
    }
    return levels
  }

  return { order, starts, paths, count }
}
