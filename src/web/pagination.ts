/** Which part of a list is shown, and the links to the others. */
import { withQuery } from './addresses.ts'

export const PAGE_SIZE = 25

export interface Pagination {
  total: number
  first: number
  last: number
  page: number
  pages: number
  /** Rows to skip. */
  offset: number
  previous?: { href: string }
  next?: { href: string }
  items: ({ number: number; href: string; current: boolean } | { ellipsis: true })[]
}

/** `page` begins at 1; what lies outside is brought to the nearest page. */
export function pagination(total: number, page: number, url: string, size = PAGE_SIZE): Pagination {
  const pages = Math.max(1, Math.ceil(total / size))
  const current = Math.min(Math.max(1, page), pages)
  const href = (n: number) => withQuery(url, { page: n === 1 ? null : String(n) })
  const near = [...new Set([1, current - 1, current, current + 1, pages])].filter(n => n >= 1 && n <= pages)
  return {
    total,
    first: total === 0 ? 0 : (current - 1) * size + 1,
    last: Math.min(current * size, total),
    page: current,
    pages,
    offset: (current - 1) * size,
    ...(current > 1 ? { previous: { href: href(current - 1) } } : {}),
    ...(current < pages ? { next: { href: href(current + 1) } } : {}),
    items: near.flatMap((n, i) => [
      ...(i > 0 && n - near[i - 1]! > 1 ? [{ ellipsis: true as const }] : []),
      { number: n, href: href(n), current: n === current },
    ]),
  }
}
