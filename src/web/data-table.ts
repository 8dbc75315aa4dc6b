/** A table as pages show it: words in cells, with the links that sort it. Drawn by `components/data-table.njk`. */
import { withQuery } from './addresses.ts'

export interface TableColumn {
  key: string
  title: string
  numeric?: boolean
  /** A sortable column has a link in its heading. */
  sortable?: boolean
}

export interface TableCell {
  text: string
  href?: string
  /** What the cell sorts by; its text where absent. Null comes last. */
  sort?: number | string | null
  /** Said in grey: suppressed, not sent. */
  withheld?: boolean
}

export interface DataTable {
  caption: string
  captionHidden: boolean
  columns: (TableColumn & { sort: { href: string; direction: 'ascending' | 'descending' | null } | null })[]
  rows: TableCell[][]
  total: TableCell[] | null
  /** On a phone: rows become blocks, or the table scrolls inside itself. */
  layout: 'blocks' | 'scroll'
}

export interface Sorting {
  /** Address of the page, for the links in the headings. */
  url: string
  sort?: string | undefined
  order?: string | undefined
}

export function dataTable(table: {
  caption: string
  captionHidden?: boolean
  columns: TableColumn[]
  rows: TableCell[][]
  total?: TableCell[] | null
  layout?: DataTable['layout']
  sorting?: Sorting | undefined
}): DataTable {
  const { sorting } = table
  const at = table.columns.findIndex(c => c.sortable && c.key === sorting?.sort)
  const direction = at < 0 ? null : sorting?.order === 'ascending' ? 'ascending' : 'descending'
  return {
    caption: table.caption,
    captionHidden: table.captionHidden ?? false,
    columns: table.columns.map((column, i) => ({
      ...column,
      sort:
        sorting && column.sortable
          ? {
              href: withQuery(sorting.url, {
                sort: column.key,
                order: nextOrder(column, i === at ? direction : null),
              }),
              direction: i === at ? direction : null,
            }
          : null,
    })),
    rows: direction ? sorted(table.rows, at, direction) : table.rows,
    total: table.total ?? null,
    layout: table.layout ?? 'blocks',
  }
}

/** Numbers start with the largest, words with A. */
const nextOrder = (column: TableColumn, now: 'ascending' | 'descending' | null): string =>
  now === null
    ? column.numeric
      ? 'descending'
      : 'ascending'
    : now === 'ascending'
      ? 'descending'
      : 'ascending'

function sorted(rows: TableCell[][], at: number, direction: 'ascending' | 'descending'): TableCell[][] {
  const sortValue = (row: TableCell[]) => {
    const cell = row[at]!
    return cell.sort === undefined ? cell.text : cell.sort
  }
  const sign = direction === 'ascending' ? 1 : -1
  return [...rows].sort((a, b) => {
    const [x, y] = [sortValue(a), sortValue(b)]
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1
    return (
      sign * (typeof x === 'number' && typeof y === 'number' ? x - y : compareWords(String(x), String(y)))
    )
  })
}

const words = new Intl.Collator('en-GB', { numeric: true })
const compareWords = (a: string, b: string): number => words.compare(a, b)
