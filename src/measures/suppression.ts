/**
 * Which cells of a table to withhold so that no count from 1 to 4 is shown and none can be worked out from
 * rows, columns and totals (R27).
 *
 * A table with its margins is a circulation: the total flows into rows, through cells into columns, and back.
 * A reader who knows what is shown can change withheld cells only along closed paths, one up and the next
 * down, and none below 1, because zeros are shown. So a withheld cell is safe exactly when such a path runs
 * through it: then another table, with another count in that cell, agrees with everything shown. Where there
 * is none, the cheapest path is withheld as well. Cox, "Network models for complementary cell suppression",
 * Journal of the American Statistical Association 1995.
 *
 * Margins are decided first, each as the table that it is when asked for alone, so that two figures of the
 * same counts withhold the same and cannot be played off against each other.
 */

export interface Withheld {
  /** Row by row. */
  cells: boolean[]
  rows: boolean[]
  columns: boolean[]
  total: boolean
}

/** Counts below this, and above 0, are withheld. An area may raise it, never lower it. */
const SMALLEST_SHOWN = 5

export const isSmall = (count: number): boolean => count > 0 && count < SMALLEST_SHOWN

/** A flow from one node to another: a cell, a margin or the total. */
interface Flow {
  from: number
  to: number
  count: number
  withheld: boolean
  /** How loath we are to withhold it: fewest cells first, then fewest cases; margins only where nothing else helps. */
  cost: number
}

const MARGIN_COST = 1e6

/** One line of counts and their total. A count of a row for which nothing was sent is 0 here. */
export function withholdLine(counts: readonly number[]): { cells: boolean[]; total: boolean } {
  const sum = add(counts)
  const source = 0
  const sink = 1
  const flows = counts.map(count => cellFlow(source, sink, count, sum))
  const total: Flow = { from: sink, to: source, count: sum, withheld: isSmall(sum), cost: MARGIN_COST }
  secure(2, [...flows, total])
  return { cells: flows.map(f => f.withheld), total: total.withheld }
}

/** A table of two dimensions, row by row, with row totals, column totals and the total. */
export function withholdTable(counts: readonly number[], columnCount: number): Withheld {
  const rowCount = columnCount === 0 ? 0 : counts.length / columnCount
  const at = (r: number, c: number) => counts[r * columnCount + c]!
  const indices = (n: number) => Array.from({ length: n }, (_, i) => i)
  const rowSums = indices(rowCount).map(r => add(indices(columnCount).map(c => at(r, c))))
  const columnSums = indices(columnCount).map(c => add(indices(rowCount).map(r => at(r, c))))
  const sum = add(rowSums)
  const rowLine = withholdLine(rowSums)
  const columnLine = withholdLine(columnSums)

  const source = 0
  const sink = 1
  const rowNode = (r: number) => 2 + r
  const columnNode = (c: number) => 2 + rowCount + c
  const margin = (from: number, to: number, count: number, withheld: boolean): Flow => ({
    from,
    to,
    count,
    withheld,
    cost: MARGIN_COST,
  })
  const cells = counts.map((count, i) =>
    cellFlow(rowNode(Math.floor(i / columnCount)), columnNode(i % columnCount), count, sum),
  )
  const rows = rowSums.map((count, r) => margin(source, rowNode(r), count, rowLine.cells[r]!))
  const columns = columnSums.map((count, c) => margin(columnNode(c), sink, count, columnLine.cells[c]!))
  const total = margin(sink, source, sum, rowLine.total || columnLine.total)
  secure(2 + rowCount + columnCount, [...cells, ...rows, ...columns, total])
  const flags = (flows: Flow[]) => flows.map(f => f.withheld)
  return { cells: flags(cells), rows: flags(rows), columns: flags(columns), total: total.withheld }
}

const add = (counts: readonly number[]): number => counts.reduce((sum, n) => sum + n, 0)

const cellFlow = (from: number, to: number, count: number, sum: number): Flow => ({
  from,
  to,
  count,
  withheld: isSmall(count),
  cost: 1 + count / (sum + 1),
})

/** Withholds more flows until every withheld one lies on a closed path. Zeros are shown, so they carry none. */
function secure(nodeCount: number, all: readonly Flow[]): void {
  const flows = all.filter(f => f.count > 0)
  const touching: Flow[][] = Array.from({ length: nodeCount }, () => [])
  for (const flow of flows) {
    touching[flow.from]!.push(flow)
    touching[flow.to]!.push(flow)
  }
  // Smallest first: the path that saves a 1 often saves its neighbours too.
  for (const flow of flows.filter(f => f.withheld).sort((a, b) => a.count - b.count)) {
    const path = cheapestClosing(flow, touching)
    for (const step of path ?? []) step.withheld = true
  }
}

/** The cheapest set of flows that closes a path through this one; empty when it is closed already. */
function cheapestClosing(flow: Flow, touching: readonly Flow[][]): Flow[] | null {
  const up = cheapestPath(flow.to, flow.from, flow, touching)
  if (up?.cost === 0 || flow.count < 2) return up?.flows ?? null
  const down = cheapestPath(flow.from, flow.to, flow, touching)
  if (!up || !down) return (up ?? down)?.flows ?? null
  return up.cost <= down.cost ? up.flows : down.flows
}

/** Dijkstra over what could change: a flow may grow along its direction, and shrink against it down to 1. */
function cheapestPath(
  start: number,
  end: number,
  without: Flow,
  touching: readonly Flow[][],
): { cost: number; flows: Flow[] } | null {
  const cost = new Map<number, number>([[start, 0]])
  const arrivedBy = new Map<number, { flow: Flow; node: number }>()
  const queue = new Queue()
  queue.push(start, 0)
  const done = new Set<number>()
  for (let node = queue.pop(); node !== null; node = queue.pop()) {
    if (node === end) break
    if (done.has(node)) continue
    done.add(node)
    const soFar = cost.get(node)!
    for (const flow of touching[node]!) {
      if (flow === without || (flow.from !== node && flow.count < 2)) continue
      const next = flow.from === node ? flow.to : flow.from
      const there = soFar + (flow.withheld ? 0 : flow.cost)
      if (there < (cost.get(next) ?? Number.POSITIVE_INFINITY)) {
        cost.set(next, there)
        arrivedBy.set(next, { flow, node })
        queue.push(next, there)
      }
    }
  }
  const total = cost.get(end)
  if (total === undefined) return null
  const flows: Flow[] = []
  for (let node = end; node !== start; ) {
    const step = arrivedBy.get(node)!
    flows.push(step.flow)
    node = step.node
  }
  return { cost: total, flows }
}

/** A binary heap of nodes by cost; equal costs leave by node, so that the result does not depend on luck. */
class Queue {
  readonly #heap: { node: number; cost: number }[] = []

  push(node: number, cost: number): void {
    const heap = this.#heap
    heap.push({ node, cost })
    for (let i = heap.length - 1; i > 0; ) {
      const parent = (i - 1) >> 1
      if (!before(heap[i]!, heap[parent]!)) break
      swap(heap, i, parent)
      i = parent
    }
  }

  pop(): number | null {
    const heap = this.#heap
    const first = heap[0]
    if (!first) return null
    const last = heap.pop()!
    if (heap.length > 0) {
      heap[0] = last
      for (let i = 0; ; ) {
        const left = 2 * i + 1
        if (left >= heap.length) break
        const child = left + 1 < heap.length && before(heap[left + 1]!, heap[left]!) ? left + 1 : left
        if (!before(heap[child]!, heap[i]!)) break
        swap(heap, i, child)
        i = child
      }
    }
    return first.node
  }
}

const before = (a: { node: number; cost: number }, b: { node: number; cost: number }): boolean =>
  a.cost < b.cost || (a.cost === b.cost && a.node < b.node)

function swap<T>(list: T[], i: number, j: number): void {
  const kept = list[i]!
  list[i] = list[j]!
  list[j] = kept
}
