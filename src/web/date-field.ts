/** A day that is typed into three boxes, as GOV.UK asks for dates. */
import type { Day } from '../platform/calendar.ts'
import type { DatePart, Typed } from '../platform/typed-form.ts'
import { TypedText } from './route-schemas.ts'

/** Fields of a form's body for the date of the name: `endsOn-day`, `endsOn-month`, `endsOn-year`. */
export const dateParts = <Name extends string>(name: Name) =>
  ({ [`${name}-day`]: TypedText, [`${name}-month`]: TypedText, [`${name}-year`]: TypedText }) as Record<
    `${Name}-${DatePart}`,
    typeof TypedText
  >

const parts: DatePart[] = ['day', 'month', 'year']

/** The boxes for `govukDateInput`, with what was typed, or with a day to begin with. */
export function dateItems(name: string, typed: Typed | Day | null) {
  const given: Typed =
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
