/**
 * A figure's request as an address, and back, spelt as on the command line:
 *
 *     /figures/knife-crime?from=2018-04&to=2019-03&by=npu,month&where=npu=BW&compare=baseline&per=1000
 *
 * `by` may be repeated or hold commas; `where` and `variant` are `name=value` and may be repeated, so that
 * plain checkboxes make them. `pandemic=left-out` leaves the pandemic's months out.
 */
import { type Static, Type } from 'typebox'
import type { DimensionId, FigureRequest } from '../measures/figure.ts'
import { filtersOf } from '../measures/where.ts'
import { fromWords } from '../platform/calendar.ts'
import { UsageFault } from '../platform/errors.ts'

const text = (description: string) => Type.Optional(Type.String({ description, maxLength: 200 }))
const texts = (description: string) =>
  Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { description, maxItems: 100 }))

/** Query string of everything that shows a figure. Spread it into a larger object where a page has more. */
export const figureQuery = {
  from: text('First month (2018-04) or day (2018-04-01); the whole of what is held when absent'),
  to: text('Last month or day, included'),
  by: texts('Dimensions to split by, separated by commas'),
  where: texts('Filters, each dimension=value; several of one dimension are alternatives'),
  compare: text('2018-04..2019-03, baseline, previous, year-before or rolling-year'),
  per: text('Residents per which a rate is given: 1000, 100000 or 1000000; 100 is per 100 victims'),
  variant: texts('Parameters of the measure, each name=value'),
  pandemic: text('left-out: leaves out the months that the area marks as pandemic'),
}

export const FigureQuery = Type.Object(figureQuery)
export type FigureQuery = Static<typeof FigureQuery>

const given = (value: string | undefined): string | undefined => value?.trim() || undefined

const typedEnd = (value: string | undefined): string | undefined => {
  const typed = given(value)
  return typed && fromWords(typed)
}

const pairs = (values: string[] | undefined, name: string): [string, string][] =>
  (values ?? [])
    .filter(v => v.trim() !== '')
    .map(value => {
      const at = value.indexOf('=')
      if (at < 1) throw new UsageFault(`Write ${name} as name=value, not "${value}".`)
      return [value.slice(0, at), value.slice(at + 1)]
    })

/** Throws UsageFault where the query cannot be read; what the measure does not know is for it to refuse. */
export function figureRequest(measure: string, query: FigureQuery): FigureRequest {
  const where = filtersOf(pairs(query.where, 'where'))
  const by = (query.by ?? []).flatMap(b => b.split(',')).filter(b => b !== '')
  const per = given(query.per)
  if (per && !['100', '1000', '100000', '1000000'].includes(per)) {
    throw new UsageFault(`A rate is per 1000, 100000 or 1000000 residents, or per 100 victims, not "${per}".`)
  }
  return {
    measure,
    from: typedEnd(query.from),
    to: typedEnd(query.to),
    ...(by.length > 0 ? { by: by as DimensionId[] } : {}),
    ...(Object.keys(where).length > 0 ? { where } : {}),
    compare: given(query.compare),
    per: per ? (Number(per) as FigureRequest['per']) : undefined,
    ...((query.variant ?? []).length > 0
      ? { variant: Object.fromEntries(pairs(query.variant, 'variant')) }
      : {}),
    ...(query.pandemic === 'left-out' ? { leaveOutPandemic: true } : {}),
  }
}

export type FigureFormat = 'csv' | 'xlsx' | 'svg' | 'json'

/** Query string of a request, without the measure; empty text where everything is the default. */
export function figureQueryString(request: FigureRequest): string {
  const parameters = new URLSearchParams()
  const put = (name: string, value: string | undefined) => {
    if (value) parameters.append(name, value)
  }
  put('from', request.from)
  put('to', request.to)
  put('by', request.by?.join(','))
  for (const [dimension, values] of Object.entries(request.where ?? {})) {
    for (const value of values) put('where', `${dimension}=${value}`)
  }
  put('compare', request.compare)
  put('per', request.per?.toString())
  for (const [name, value] of Object.entries(request.variant ?? {})) put('variant', `${name}=${value}`)
  put('pandemic', request.leaveOutPandemic ? 'left-out' : undefined)
  const query = parameters.toString()
  return query ? `?${query}` : ''
}

/** Address of the page that says how a figure was counted, or of a download of it. */
export const figureAddress = (request: FigureRequest, format?: FigureFormat): string =>
  `/figures/${encodeURIComponent(request.measure)}${format ? `/download/${format}` : ''}${figureQueryString(request)}`
