/** Ways of counting that several families share. */
import { recorded } from './conditions.ts'
import type { Clock, Counting, Role } from './measure.ts'

/** Recorded offences that meet every condition. */
export const offencesWhere = (...where: string[]): Counting => ({
  sources: [{ kind: 'events', table: 'offences', where, clock: recorded }],
})

/** Offences that meet every condition and in which somebody of the roles was under 25: each counts once. */
export const offencesOfUnder25 = (roles: Role[], ...where: string[]): Counting => ({
  sources: [{ kind: 'offences-by-age', where, clock: recorded, roles, underAge: 25 }],
})

/** People of a role in offences that meet every condition. */
export const peopleWhere = (role: Role, chosenAge: string | undefined, ...where: string[]): Counting => ({
  sources: [
    {
      kind: 'people',
      role,
      where,
      clock: recorded,
      ...(chosenAge === 'under-25' ? { underAge: 25 } : {}),
    },
  ],
})

/** Rows of another table that meet every condition. */
export const eventsWhere = (table: string, day: string | null, ...where: string[]): Counting => ({
  sources: [{ kind: 'events', table, where, clock: clockOf(day) }],
})

/** The same, of people under 25. */
export const eventsOfUnder25 = (table: string, day: string, ...where: string[]): Counting => ({
  sources: [{ kind: 'events', table, where, clock: clockOf(day), underAge: 25 }],
})

export const clockOf = (day: string | null): Clock => ({
  month: 'e.month',
  day: day === null ? null : `e.${day}`,
})
