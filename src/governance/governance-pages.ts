/** The morning of information governance: what is due, what waits, what ended last night. */
import { listEmergencies } from '../casework/intake/referrals/emergency-store.ts'
import { addDays, type Day, londonDay } from '../platform/calendar.ts'
import type { Queryable } from '../platform/postgres.ts'
import type { PageContext, WebServer } from '../web/context.ts'
import { flagSentences } from './audit/audit-sentences.ts'
import { breachClock } from './breaches/breach.ts'
import { listBreaches } from './breaches/breach-store.ts'
import { listBrokenGlass } from './disclosure/break-glass-store.ts'
import { listEmergencyShares } from './disclosure/emergency-reviews.ts'
import { deletionCounts } from './retention/deletion-counts.ts'
import { isInForce, listHolds } from './retention/legal-holds.ts'
import { listCases } from './rights/rights-store.ts'
import { byDeadline } from './rights/shown-case.ts'

const MOST = 10
const FLAG_DAYS = 7
/** Holds that end within so many days are shown, while there is time to place another. */
const HOLD_DAYS = 30

export function governancePages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/governance',
    { config: { may: 'handle-rights', records: 'governance-opened' } },
    async (request, reply) => {
      const now = clock()
      const today = londonDay(now)
      const found = await casework.as(request, async tx => {
        await tx.record('governance-opened')
        return {
          cases: await listCases(tx),
          breaches: await listBreaches(tx),
          emergencies: await listEmergencyShares(tx, 200),
          glass: await listBrokenGlass(tx, 200),
          referrals: await listEmergencies(tx),
          holds: await listHolds(tx),
          flags: await flagsSince(tx, addDays(today, -FLAG_DAYS)),
          deletions: await deletionCounts(tx, addDays(today, -1)),
        }
      })
      const rights = byDeadline(found.cases, today).filter(c => c.open)
      const breaches = found.breaches
        .filter(breach => breach.stands.state !== 'closed')
        .map(breach => ({ ...breach, clock: breachClock(breach.awareAt, breach.stands, now) }))
        .sort((a, b) => endOf(a.clock) - endOf(b.clock))
      const reviews = [
        ...found.emergencies.map(share =>
          reviewOf(share, 'An emergency share', `/sharing/reviews/emergency/${share.id}`),
        ),
        ...found.glass.map(glass =>
          reviewOf(glass, 'An opening without a right', `/sharing/reviews/glass/${glass.id}`),
        ),
        ...found.referrals.map(sent =>
          reviewOf(sent, 'A referral without an agreement', `/referrals/emergencies#outcome-${sent.id}`),
        ),
      ]
        .filter(item => !item.reviewed)
        .map(item => ({ ...item, late: item.reviewOn < today }))
        .sort((one, other) => one.reviewOn.localeCompare(other.reviewOn))
      return reply.header('cache-control', 'no-store').page('governance/views/governance.njk', {
        title: 'This morning',
        rights: rights.slice(0, MOST),
        rightsInAll: rights.length,
        breaches: breaches.slice(0, MOST),
        breachesInAll: breaches.length,
        reviews: reviews.slice(0, MOST),
        reviewsInAll: reviews.length,
        holds: found.holds.filter(h => isInForce(h, today) && h.endsOn <= addDays(today, HOLD_DAYS)),
        flags: found.flags,
        flagDays: FLAG_DAYS,
        deletions: found.deletions,
        deleted: found.deletions.reduce((sum, row) => sum + row.records, 0),
      })
    },
  )
}

const reviewOf = (
  { id, reviewOn, reviewedAt }: { id: string; reviewOn: Day; reviewedAt: Date | null },
  what: string,
  href: string,
) => ({ short: id.slice(0, 8), what, href, reviewOn, reviewed: reviewedAt !== null })

const endOf = (clock: { endsAt: Date } | null): number => clock?.endsAt.getTime() ?? Number.POSITIVE_INFINITY

interface Flagged {
  seq: number
  at: Date
  userName: string
  agencyName: string
  person: string
  sentences: string[]
}

/** Look-ups that an officer should look at (R19), the newest first, fifty at most. */
async function flagsSince(tx: Queryable, from: Day): Promise<Flagged[]> {
  const rows = await tx.query<Omit<Flagged, 'sentences'> & { flags: string[] }>(
    `with span as (
       select min(seq) as low, max(seq) as high from audit where at >= ($1::date)::timestamp at time zone 'Europe/London'
     )
     select a.seq, a.at, u.name as "userName", coalesce(g.name, '') as "agencyName", a.person_id as person,
       array_agg(distinct f.flag) as flags
     from span, audit_flags(span.low, span.high) f join audit a on a.seq = f.seq
     join users u on u.id = a.user_id left join agencies g on g.id = a.agency
     group by a.seq, a.at, u.name, g.name, a.person_id order by a.seq desc limit 50`,
    [from],
  )
  return rows.map(({ flags, ...row }) => ({ ...row, sentences: flagSentences({ flags }) }))
}
