/**
 * A table with its margins as a circulation: the total flows into rows, through cells into columns, and back.
 *
 * A reader who knows what is shown can change withheld counts only along closed paths, one up and the next
 * down, and none below 1. So a withheld count is safe exactly when such a path runs through it: then another
 * table, with another count in that place, agrees with everything shown. Cox, "Network models for
 * complementary cell suppression", Journal of the American Statistical Association 1995.
 *
 * Flows are numbered: cells row by row, then row totals, column totals, the total. Nodes: the source 0 (where
 * the total parts into rows), the sink 1 (where columns join), rows from 2, columns after them.
 */
export interface Flows {
  rows: number
  columns: number
  count: readonly number[]
  /** 1 where withheld. */
  withheld: Uint8Array
}

export const tableFlows = (
  rows: number,
  columns: number,
  count: readonly number[],
  withheld: readonly boolean[],
): Flows => ({ rows, columns, count, withheld: Uint8Array.from(withheld, Number) })

const SOURCE = 0
const SINK = 1

/** Margins are withheld only where no cell would help. */
const MARGIN_COST = 1e6

const cellsOf = ({ rows, columns }: Flows): number => rows * columns
const nodesOf = ({ rows, columns }: Flows): number => 2 + rows + columns

function fromNode(flows: Flows, flow: number): number {
  const cells = cellsOf(flows)
  if (flow < cells) return 2 + Math.floor(flow / flows.columns)
  if (flow < cells + flows.rows) return SOURCE
  return flow < cells + flows.rows + flows.columns ? 2 + flow - cells : SINK
}

function toNode(flows: Flows, flow: number): number {
  const cells = cellsOf(flows)
  if (flow < cells) return 2 + flows.rows + (flow % flows.columns)
  if (flow < cells + flows.rows) return 2 + flow - cells
  return flow < cells + flows.rows + flows.columns ? SINK : SOURCE
}

const degreeOf = ({ rows, columns }: Flows, node: number): number =>
  node === SOURCE ? rows + 1 : node === SINK ? columns + 1 : node < 2 + rows ? columns + 1 : rows + 1

/** The i-th flow at a node; a margin comes last, so that cells are tried before it. */
function flowAt(flows: Flows, node: number, i: number): number {
  const { rows, columns } = flows
  const cells = cellsOf(flows)
  if (node === SOURCE) return i < rows ? cells + i : cells + rows + columns
  if (node === SINK) return cells + rows + i
  if (node < 2 + rows) return i < columns ? (node - 2) * columns + i : cells + node - 2
  const column = node - 2 - rows
  return i < rows ? i * columns + column : cells + rows + column
}

/** The flow between two nodes, or −1. */
function between(flows: Flows, a: number, b: number): number {
  if (a > b) return between(flows, b, a)
  const { rows, columns } = flows
  const cells = cellsOf(flows)
  const isRow = (node: number) => node >= 2 && node < 2 + rows
  if (a === SOURCE) return b === SINK ? cells + rows + columns : isRow(b) ? cells + b - 2 : -1
  if (a === SINK) return isRow(b) ? -1 : cells + b - 2
  return isRow(a) && !isRow(b) ? (a - 2) * columns + b - 2 - rows : -1
}

/** Whether a flow may change when passed from a node: up along its direction, down against it but not below 1. */
const passable = (flows: Flows, flow: number, node: number): boolean =>
  flows.count[flow]! > 0 && (fromNode(flows, flow) === node || flows.count[flow]! >= 2)

/** Whether a withheld flow lies on a closed path of withheld flows. */
export function isClosed(flows: Flows, flow: number): boolean {
  const from = fromNode(flows, flow)
  const to = toNode(flows, flow)
  return reaches(flows, to, from, flow) || (flows.count[flow]! >= 2 && reaches(flows, from, to, flow))
}

/** Depth first, looking one step ahead: in a dense table the end is nearly always next door. */
function reaches(flows: Flows, start: number, end: number, without: number): boolean {
  const open = (flow: number, node: number) =>
    flow >= 0 && flow !== without && flows.withheld[flow] === 1 && passable(flows, flow, node)
  const seen = new Uint8Array(nodesOf(flows))
  seen[start] = 1
  const path: { node: number; next: number }[] = [{ node: start, next: 0 }]
  for (let at = path.at(-1); at; at = path.at(-1)) {
    if (at.next === 0 && open(between(flows, at.node, end), at.node)) return true
    if (at.next === degreeOf(flows, at.node)) {
      path.pop()
      continue
    }
    const flow = flowAt(flows, at.node, at.next++)
    if (!open(flow, at.node)) continue
    const other = fromNode(flows, flow) === at.node ? toNode(flows, flow) : fromNode(flows, flow)
    if (seen[other]) continue
    seen[other] = 1
    path.push({ node: other, next: 0 })
  }
  return false
}

/** The cheapest flows that, withheld as well, close a path through this one. */
export function closingPath(flows: Flows, flow: number): number[] {
  const from = fromNode(flows, flow)
  const to = toNode(flows, flow)
  const up = cheapestPath(flows, to, from, flow)
  const down = flows.count[flow]! >= 2 ? cheapestPath(flows, from, to, flow) : null
  if (!up || !down) return (up ?? down)?.path ?? []
  return up.cost <= down.cost ? up.path : down.path
}

/** Fewest cells first, then fewest cases. */
function costOf(flows: Flows, flow: number): number {
  if (flows.withheld[flow] === 1) return 0
  return flow < cellsOf(flows) ? 1 + flows.count[flow]! / (flows.count.at(-1)! + 1) : MARGIN_COST
}

/** Dijkstra. Nodes number a few hundred, so the nearest is found by looking at all of them. */
function cheapestPath(
  flows: Flows,
  start: number,
  end: number,
  without: number,
): { cost: number; path: number[] } | null {
  const nodes = nodesOf(flows)
  const cost = new Float64Array(nodes).fill(Number.POSITIVE_INFINITY)
  const done = new Uint8Array(nodes)
  const arrivedBy = new Int32Array(nodes).fill(-1)
  cost[start] = 0
  for (;;) {
    let node = -1
    for (let i = 0; i < nodes; i++) {
      if (!done[i] && (node < 0 || cost[i]! < cost[node]!)) node = i
    }
    if (node < 0 || cost[node] === Number.POSITIVE_INFINITY) return null
    if (node === end) break
    done[node] = 1
    const degree = degreeOf(flows, node)
    for (let i = 0; i < degree; i++) {
      const flow = flowAt(flows, node, i)
      if (flow === without || !passable(flows, flow, node)) continue
      const other = fromNode(flows, flow) === node ? toNode(flows, flow) : fromNode(flows, flow)
      const there = cost[node]! + costOf(flows, flow)
      if (there < cost[other]!) {
        cost[other] = there
        arrivedBy[other] = flow
      }
    }
  }
  const path: number[] = []
  for (let node = end; node !== start; ) {
    const flow = arrivedBy[node]!
    path.push(flow)
    node = fromNode(flows, flow) === node ? toNode(flows, flow) : fromNode(flows, flow)
  }
  return { cost: cost[end]!, path }
}
