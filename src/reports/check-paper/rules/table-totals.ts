/** Totals of a table, by row and by column, with subtotals; percentages of a table against its own counts; spending against plan. */
import type { Finding } from '../finding.ts'
import { cellNumber, type PaperNumber } from '../numbers.ts'
import type { TableBlock } from '../paper.ts'
import { canStandFor, countWords, percentWords } from '../rounding.ts'

/** A table with its headings apart, its cells as numbers, and rows that a page broke in two put together. */
export interface ReadTable {
  headings: string[]
  rows: { label: string; cells: (PaperNumber | null)[]; text: string }[]
  block: TableBlock
}

const isTotal = (label: string) =>
  /\b(?:sub-?\s?)?totals?\b|\ball\b|\boverall\b|^force(?:wide)?$/i.test(label)
const isRule = (row: readonly string[]) => row.every(cell => /^[\s:|–-]*$/.test(cell))

export function readTable(block: TableBlock): ReadTable {
  const width = Math.max(0, ...block.rows.map(row => row.length))
  const lines = block.rows
    .filter(row => !isRule(row))
    .map(row => Array.from({ length: width }, (_, i) => (row[i] ?? '').trim()))
  const isNumeric = (row: readonly string[]) =>
    row.slice(1).some(cell => cellNumber(cell) !== null) && !/^(?:19|20)\d\d$/.test(row[1] ?? '')
  const first = Math.max(0, lines.findIndex(isNumeric))
  const headings = Array.from({ length: width }, (_, i) => {
    const own = lines.slice(0, first).map(row => row[i]!)
    return [groupAbove(lines.slice(0, first), i), ...own]
      .filter((text, at, all) => text !== '' && all.indexOf(text) === at)
      .join(' ')
  })
  const rows: ReadTable['rows'] = []
  let broken = ''
  for (const line of lines.slice(first)) {
    if (line.slice(1).every(cell => cell === '')) {
      broken = line[0]!
      continue
    }
    const label = broken && !/funding$|^total/i.test(broken) ? `${broken} ${line[0]}` : line[0]!
    broken = ''
    rows.push({ label, cells: line.map(cell => cellNumber(cell)), text: line.join(' | ') })
  }
  return { headings, rows, block }
}

/** A heading over several columns stands once, and the cells beside it are empty. */
function groupAbove(lines: readonly (readonly string[])[], column: number): string {
  const top = lines[0]
  if (!top || lines.length < 2 || column === 0) return ''
  for (let i = column; i > 0; i--) if (top[i] !== '') return top[i]!
  return ''
}

export function tableTotals(table: ReadTable): Finding[] {
  return [...columnTotals(table), ...rowTotals(table), ...rowShares(table), ...overspends(table)]
}

const close = (stated: PaperNumber, sum: number, parts: number) =>
  // Parts that were rounded each may be off by half a step, and all of them together by as many halves.
  Math.abs(stated.value - sum) <= (stated.step === 1 ? 0.5 : (stated.step * (parts + 1)) / 2) + 1e-9

/** A total row is the sum of the rows since the last total, or of the last total and those, or of all single rows. */
function columnTotals({ headings, rows, block }: ReadTable): Finding[] {
  const findings: Finding[] = []
  let since: ReadTable['rows'] = []
  const singles: ReadTable['rows'] = []
  let last: ReadTable['rows'][number] | null = null
  for (const row of rows) {
    if (!isTotal(row.label)) {
      since.push(row)
      singles.push(row)
      continue
    }
    for (const [column, stated] of row.cells.entries()) {
      if (column === 0 || !stated || stated.kind === 'percent' || isRateHeading(headings[column]!)) continue
      const sumOf = (parts: typeof rows) => parts.reduce((sum, r) => sum + (r.cells[column]?.value ?? 0), 0)
      const groups = [since, ...(last ? [[last, ...since], singles] : [])].filter(
        parts => parts.filter(r => r.cells[column]).length > 1,
      )
      if (groups.length === 0) continue
      const group =
        groups.find(parts => close(stated, sumOf(parts), parts.length)) ??
        groups.at(groups.length > 1 ? 1 : 0)!
      const sum = sumOf(group)
      findings.push({
        kind: 'total',
        verdict: close(stated, sum, group.length) ? 'agrees' : 'disagrees',
        sentence: row.text,
        claim: `${row.label}, ${headings[column] || `column ${column + 1}`}: ${stated.text}`,
        computation: `${group.length} rows add up to ${countWords(sum)}${close(stated, sum, group.length) ? '' : `, ${countWords(Math.abs(stated.value - sum))} ${stated.value > sum ? 'less' : 'more'}`}`,
        place: block.place,
      })
    }
    last = row
    since = []
  }
  return findings
}

const isRateHeading = (heading: string) =>
  /%|per cent|percent|rate|average|mean|median|per \d|change|rank|year\b/i.test(heading)

/** A column called total is the sum of the columns since the last one, where that holds of any row at all. */
function rowTotals({ headings, rows, block }: ReadTable): Finding[] {
  const findings: Finding[] = []
  let from = 1
  for (const [column, heading] of headings.entries()) {
    if (column === 0 || !/\btotal\b|\ball\b/i.test(lastHeading(block, column) || heading)) continue
    const parts = Array.from({ length: column - from }, (_, i) => from + i).filter(
      c => !isRateHeading(headings[c]!),
    )
    const tests = rows.flatMap(row => {
      const stated = row.cells[column]
      const values = parts.flatMap(c => row.cells[c] ?? [])
      if (
        !stated ||
        stated.kind === 'percent' ||
        values.length === 0 ||
        values.some(v => v.kind === 'percent')
      )
        return []
      const sum = values.reduce((total, v) => total + v.value, 0)
      return [{ row, stated, sum, values, fits: close(stated, sum, values.length) }]
    })
    from = column + 1
    // A column that never adds up is no sum of these: a base, or a total of something else.
    if (parts.length < 2 || tests.filter(t => t.fits).length * 2 < tests.length) continue
    for (const { row, stated, sum, values, fits } of tests) {
      findings.push({
        kind: 'total',
        verdict: fits ? 'agrees' : 'disagrees',
        sentence: row.text,
        claim: `${row.label}, ${heading}: ${stated.text}`,
        computation: `${values.map(v => v.text).join(' + ')} = ${countWords(sum)}`,
        place: block.place,
      })
    }
  }
  return findings
}

/** The lowest heading of a column, without the group that stands over it. */
function lastHeading(block: TableBlock, column: number): string {
  for (const row of block.rows.filter(r => !isRule(r)).toReversed()) {
    const cell = (row[column] ?? '').trim()
    if (cell !== '' && !cellNumber(cell)) return cell
  }
  return ''
}

export interface ShareColumn {
  percent: number
  part: number
  whole: number
}

/** Columns of which one gives the percentage that another is of a third, in most rows. */
export function shareColumns({ headings, rows }: ReadTable): ShareColumn[] {
  const columns = headings.map((_, i) => i).slice(1)
  const kindOf = (c: number) => rows.map(r => r.cells[c]).find(cell => cell)?.kind
  const percents = columns.filter(
    c => kindOf(c) === 'percent' || (isPercentHeading(headings[c]!) && kindOf(c) === 'count'),
  )
  const counts = columns.filter(c => kindOf(c) === 'count' && !percents.includes(c))
  return percents.flatMap(percent => {
    for (const part of counts) {
      for (const whole of counts) {
        if (part === whole) continue
        const tests = rows.flatMap(({ cells }) => {
          const [p, n, w] = [cells[percent], cells[part], cells[whole]]
          return p && n && w && w.value > 0
            ? [canStandFor(p, [(100 * n.value) / w.value, (100 * n.value) / w.value])]
            : []
        })
        if (tests.length >= 3 && tests.filter(Boolean).length >= tests.length * 0.6)
          return [{ percent, part, whole }]
      }
    }
    return []
  })
}

const isPercentHeading = (heading: string) => /%|per ?cent|proportion|share/i.test(heading)

function rowShares(table: ReadTable): Finding[] {
  const { headings, rows, block } = table
  return shareColumns(table).flatMap(({ percent, part, whole }) =>
    rows.flatMap(row => {
      const [p, n, w] = [row.cells[percent], row.cells[part], row.cells[whole]]
      if (!p || !n || !w || w.value === 0) return []
      const share = (100 * n.value) / w.value
      return [
        {
          kind: 'share' as const,
          verdict: canStandFor(p, [share, share]) ? ('agrees' as const) : ('disagrees' as const),
          sentence: row.text,
          claim: `${row.label}, ${headings[percent]}: ${p.text}`,
          computation: `${n.text} ÷ ${w.text} = ${percentWords(share, p.step)}`,
          place: block.place,
        },
      ]
    }),
  )
}

const PLAN = /\b(?:plan|planned|budget|grant|allocation|allocated|award|approved)\b/i
const SPENDING = /\b(?:forecast|outturn|actual|spend|spent|ytd|expenditure)\b/i

/** The last column of the plan beside the last of the spending: rows in which more is spent than was planned. */
function overspends({ headings, rows, block }: ReadTable): Finding[] {
  const columns = headings.map((heading, i) => ({ heading, i })).slice(1)
  const spending = columns.findLast(
    ({ heading }) => SPENDING.test(heading) && !/\b(?:varian|differen|%)/i.test(heading),
  )
  const plan = columns.findLast(
    ({ heading, i }) => PLAN.test(heading) && !SPENDING.test(heading) && i < (spending?.i ?? 0),
  )
  if (!plan || !spending) return []
  return rows.flatMap(row => {
    const [planned, spent] = [row.cells[plan.i], row.cells[spending.i]]
    if (!planned || !spent || planned.value <= 0 || planned.kind === 'percent') return []
    const over = spent.value - planned.value
    return [
      {
        kind: 'budget' as const,
        verdict: over > 0 ? ('disagrees' as const) : ('agrees' as const),
        sentence: row.text,
        claim: `${row.label}: ${planned.text} (${plan.heading}) against ${spent.text} (${spending.heading})`,
        computation:
          over > 0
            ? `${spent.text} − ${planned.text} = ${countWords(over)} more than planned (${percentWords((100 * over) / planned.value, 0.1)})`
            : `${countWords(Math.abs(over))} within the plan`,
        place: block.place,
      },
    ]
  })
}
