/** How long an invitation is open, and how many one person makes. Dated, because a partnership's own rules change. */
import { addDays, type Day, londonDay } from '../../../platform/calendar.ts'
import { londonInstant } from '../../../platform/london-time.ts'

interface InvitationRule {
  since: Day
  /** Days after today on which it is open still. The database lets none be open for longer than a week. */
  days: number
  /** Choices of whoever invites, in days; an area may do without the longer ones. */
  choices: readonly number[]
  /** Invitations that one person makes in a day: enough for work, too few to send e-mail about. */
  mostADay: number
  source: string
}

const invitationRules: readonly InvitationRule[] = [
  {
    since: '2018-05-25',
    days: 7,
    choices: [1, 3, 7],
    mostADay: 20,
    source:
      'A proposal for a partnership to confirm, as long as an invitation to have an account; UK GDPR, article 32: a link is a key',
  },
]

export const invitationRuleOn = (day: Day): InvitationRule =>
  invitationRules.filter(rule => rule.since <= day).toSorted((a, b) => b.since.localeCompare(a.since))[0] ??
  invitationRules[0]!

/** Days for which it may be open here; the last is the usual one. `areaDays`: what the area allows, where it says so. */
export function daysToChoose(day: Day, areaDays: number | undefined): number[] {
  const { days, choices } = invitationRuleOn(day)
  const most = Math.min(days, areaDays ?? days)
  return [...choices.filter(choice => choice < most), most]
}

/** It is open until the end of a day, Europe/London. */
export const invitationEnd = (madeAt: Date, days: number): Date =>
  londonInstant(addDays(londonDay(madeAt), days + 1), 0)

/** The last day on which it is open. */
export const lastDayOf = (endsAt: Date): Day => londonDay(new Date(endsAt.getTime() - 1))
