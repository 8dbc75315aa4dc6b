/**
 * Invitations of partners without an account, in every state: what some sent is among the referrals, as from a partner. The
 * links of those that are open belong to nobody: whoever wants to try one invites somebody.
 */
import { invitationEnd } from '../../casework/intake/invitations/invitation-rules.ts'
import { findAgreement } from '../../governance/agreements/agreement.ts'
import { purposes } from '../../governance/purposes.ts'
import { retentionDates } from '../../governance/retention/retention-dates.ts'
import { type Day, londonDay } from '../../platform/calendar.ts'
import type { SyntheticAgreement } from './agreed.ts'
import type { SyntheticReferral } from './referrals.ts'
import { ago, earlier, invented, later, pick, type Setting } from './setting.ts'
import type { Staff, Worker } from './staff.ts'

export interface SyntheticInvitation {
  id: string
  reference: string
  by: Worker
  to: string
  agreement: string | null
  legalBasis: string
  partner: Partner
  whatFor: string
  madeAt: Date
  endsAt: Date
  takenBackAt: Date | null
  usedAt: Date | null
  /** Of what was sent with it. */
  referral: string | null
  deleteOn: Day
}

interface Partner {
  organisation: string
  post: string
  name: string | null
}

const partners: readonly Partner[] = [
  {
    organisation: 'Canal Street Boxing Club (synthetic)',
    post: 'Youth club leader',
    name: 'Dana Specimen (synthetic)',
  },
  { organisation: 'Harbour Saturday School (synthetic)', post: 'Head of the Saturday school', name: null },
  {
    organisation: 'Northfield Rovers Juniors (synthetic)',
    post: 'Football coach',
    name: 'Piotr Standin (synthetic)',
  },
  { organisation: 'Lantern Community Kitchen (synthetic)', post: 'Volunteer coordinator', name: null },
  {
    organisation: 'Elm Road Mosque (synthetic)',
    post: 'Imam',
    name: 'Yusuf Exemplar (synthetic)',
  },
  { organisation: 'St Mark’s Youth Choir (synthetic)', post: 'Choir leader', name: null },
]

const whatFor = [
  'What you told me on the telephone on Tuesday',
  'What your volunteers saw outside on two evenings',
  'The worry that you raised at the community meeting',
]

/** Referrals so many days old at most, so that the invitation is still kept. */
const USED_WITHIN_DAYS = 60
const DAYS_OPEN = 7

type Unnumbered = Omit<SyntheticInvitation, 'id' | 'reference'> & { id?: string }

/** The invitations, and the referrals with what partners sent among them. */
export function inventInvitations(
  setting: Setting,
  staff: Staff,
  referrals: readonly SyntheticReferral[],
  agreements: readonly SyntheticAgreement[],
): { invitations: SyntheticInvitation[]; referrals: SyntheticReferral[] } {
  const random = setting.chance('invitations')
  const to = setting.pack.agencies.find(a => a.kind === 'partnership')?.id
  if (!to) return { invitations: [], referrals: [...referrals] }
  const robin = staff.castOf('Triage coordinator')
  const inviters = staff.keepers(to)
  const invitation = (n: number, by: Worker, madeAt: Date, more: Partial<Unnumbered>): Unnumbered => ({
    by,
    to,
    ...ground(by, to, agreements, setting.today),
    partner: partners[n % partners.length]!,
    whatFor: pick(random, whatFor),
    madeAt,
    endsAt: invitationEnd(madeAt, DAYS_OPEN),
    takenBackAt: null,
    usedAt: null,
    referral: null,
    deleteOn: retentionDates('invitation', londonDay(madeAt), { child: false }).deleteOn,
    ...more,
  })
  const at = (n: number) => (robin && n % 2 === 0 ? robin : pick(random, inviters))
  const unused = [
    ...[0, 1, 2].map(n => invitation(n, at(n), ago(random, setting, 0, 3), {})),
    ...[3, 4].map(n => invitation(n, at(n), ago(random, setting, 14, 40), {})),
    ...[5, 6].map(n => {
      const madeAt = ago(random, setting, 4, 30)
      return invitation(n, at(n), madeAt, {
        takenBackAt: earlier(later(madeAt, random.between(60, 1400)), setting.now),
      })
    }),
  ]
  const used = fromPartners(setting, referrals, to).map((sent, n) => ({
    // What was sent has the number of the invitation that it came by.
    id: sent.id,
    ...invitation(n + 3, sent.author, later(sent.sentAt, -random.between(90, 2800)), {
      usedAt: sent.sentAt,
      referral: sent.reference,
    }),
  }))
  const invitations = numbered([...unused, ...used])
  const guests = new Map(
    invitations.flatMap(({ referral, ...by }) => (referral === null ? [] : [[referral, by] as const])),
  )
  return {
    invitations,
    referrals: referrals.map(referral => {
      const by = guests.get(referral.reference)
      if (!by) return referral
      const guest = { invitation: by.id, reference: by.reference, ...by.partner }
      const name = `${guest.post}, ${guest.organisation}`
      return {
        ...referral,
        guest,
        actions: referral.actions.map(a => (a.action === 'send' ? { ...a, byUser: null, byName: name } : a)),
      }
    }),
  }
}

/** Two that wait, one that was accepted, one that was declined, and two that came through the partnership itself. */
function fromPartners(
  { now }: Setting,
  referrals: readonly SyntheticReferral[],
  to: string,
): SyntheticReferral[] {
  const lately = referrals.filter(
    r =>
      r.sharedUnder !== 'emergency' &&
      r.suspendedOn === null &&
      now.getTime() - r.sentAt.getTime() < USED_WITHIN_DAYS * 86_400_000,
  )
  const standing = (state: string, last: number) =>
    lately.filter(r => r.from !== to && r.actions.at(-1)!.stateAfter === state).slice(-last)
  const own = lately.filter(r => r.from === to).slice(-2)
  return [...standing('sent', 2), ...standing('accepted', 1), ...standing('declined', 1), ...own]
}

function ground(by: Worker, to: string, agreements: readonly SyntheticAgreement[], today: Day) {
  if (by.agency === to) {
    const bases = purposes.find(p => p.id === by.purpose)?.legalBases ?? []
    return { agreement: null, legalBasis: bases.join('; ') }
  }
  const crossing = { one: by.agency, other: to, purpose: by.purpose, fields: ['referral'] }
  const found = findAgreement(agreements, crossing, today)
  if ('because' in found) throw new RangeError(`${by.agency} invites without an agreement: ${found.because}`)
  return { agreement: found.agreement.id, legalBasis: found.agreement.legalBasis }
}

/** In the order in which they were made, each year from one. */
function numbered(made: readonly Unnumbered[]): SyntheticInvitation[] {
  const last = new Map<string, number>()
  return made
    .toSorted((a, b) => a.madeAt.getTime() - b.madeAt.getTime())
    .map((one, n) => {
      const year = londonDay(one.madeAt).slice(0, 4)
      const number = (last.get(year) ?? 0) + 1
      last.set(year, number)
      return {
        reference: `INV-${year}-${String(number).padStart(4, '0')}`,
        ...one,
        id: one.id ?? invented('invitation', n + 1),
      }
    })
}
