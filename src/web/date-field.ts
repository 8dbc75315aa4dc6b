/** A day that is typed into three boxes, as GOV.UK asks for dates. */
import { Type } from 'typebox'
import { type Day, isDay } from '../platform/calendar.ts'

const part = Type.Optional(Type.String({ maxLength: 40 }))

/** Fields of a form's body for the date of the name: `endsOn-day`, `endsOn-month`, `endsOn-year`. */
export const dateParts = <Name extends string>(name: Name) =>
  ({ [`${name}-day`]: part, [`${name}-month`]: part, [`${name}-year`]: part }) as Record<
    `${Name}-${'day' | 'month' | 'year'}`,
    typeof part
  >

const parts = ['day', 'month', 'year'] as const

/** Null for what is no day of the calendar, such as 31 2 2026. */
export function readDay(body: Record<string, unknown>, name: string): Day | null {
  const [day, month, year] = parts.map(p => String(body[`${name}-${p}`] ?? '').trim())
  if (!/^\d{1,2}$/.test(day!) || !/^\d{1,2}$/.test(month!) || !/^\d{4}$/.test(year!)) return null
  const text = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`
  return isDay(text) ? text : null
}

/** The boxes for `govukDateInput`, with what was typed, or with a day to begin with. */
export function dateItems(name: string, typed: Record<string, unknown> | Day | null) {
  const given: Record<string, unknown> =
    typeof typed === 'string'
      ? {
          [`${name}-day`]: String(Number(typed.slice(8, 10))),
          [`${name}-month`]: String(Number(typed.slice(5, 7))),
          [`${name}-year`]: typed.slice(0, 4),
        }
      : (typed ?? {})
  return parts.map(p => ({
    id: `${name}-${p}`,
    name: `${name}-${p}`,
    label: p.charAt(0).toUpperCase() + p.slice(1),
    value: given[`${name}-${p}`] ?? '',
    classes: p === 'year' ? 'govuk-input--width-4' : 'govuk-input--width-2',
  }))
}
