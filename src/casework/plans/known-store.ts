/** Places and lines in so far as plans can be about them: each agency its own. Of people there is nothing here. */
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import { retentionDates } from '../../governance/retention/retention-dates.ts'
import { type Day, londonDay } from '../../platform/calendar.ts'

/** Kinds of places that papers and reviews name (board paper of September 2019; national locality reviews). */
export const placeKinds = {
  school: 'School or pupil referral unit',
  'childrens-home': 'Children’s home',
  home: 'Home that others may have taken over',
  'licensed-premises': 'Licensed premises or shop',
  transport: 'Station, stop or route',
  prison: 'Prison or young offender institution',
  'open-space': 'Street, park or open space',
  other: 'Another place',
} as const

export type PlaceKind = keyof typeof placeKinds

export const lineStatuses = { active: 'Active', disrupted: 'Disrupted', closed: 'Closed' } as const

export type LineStatus = keyof typeof lineStatuses

export type KnownKind = 'place' | 'line'

const tables = { place: 'places', line: 'lines' } as const satisfies Record<KnownKind, string>

export interface Known {
  id: string
  name: string
  reviewOn: Day
  deleteOn: Day
  suspendedOn: Day | null
}

export interface KnownPlace extends Known {
  kind: PlaceKind
  address: string
}

export interface KnownLine extends Known {
  origin: string
  destinations: string[]
  status: LineStatus
}

const kept = 'review_on as "reviewOn", delete_on as "deleteOn", suspended_on as "suspendedOn"'

export const knownPlaces = (tx: MemberTransaction): Promise<KnownPlace[]> =>
  tx.query(`select id, name, kind, address, ${kept} from places order by name, id limit 500`)

export const knownLines = (tx: MemberTransaction): Promise<KnownLine[]> =>
  tx.query(`select id, name, origin, destinations, status, ${kept} from lines order by name, id limit 500`)

export async function readKnown(tx: MemberTransaction, kind: KnownKind, id: string): Promise<Known | null> {
  const [known] = await tx.query<Known>(`select id, name, ${kept} from ${tables[kind]} where id = $1`, [id])
  return known ?? null
}

interface Marks {
  key: string
  legalBasis: string
}

/** Adds it once, however often the form is sent. */
export async function addPlace(
  tx: MemberTransaction,
  { name, kind, address }: Pick<KnownPlace, 'name' | 'kind' | 'address'>,
  { key, legalBasis }: Marks,
): Promise<void> {
  const { reviewOn, deleteOn } = retentionDates('place', londonDay(tx.now), { child: false })
  const [added] = await tx.query(
    `insert into places (id, name, kind, address, agency, owner, purpose, legal_basis, created_at, review_on, delete_on)
     values ($1, $2, $3, $4, $5, $6, viewer_purpose(), $7, present(), $8, $9) on conflict (id) do nothing returning id`,
    [key, name, kind, address, tx.member.agency, tx.member.user, legalBasis, reviewOn, deleteOn],
  )
  if (added) await tx.record('place-added', { kind: 'place', id: key })
}

export async function addLine(
  tx: MemberTransaction,
  { name, origin, destinations, status }: Pick<KnownLine, 'name' | 'origin' | 'destinations' | 'status'>,
  { key, legalBasis }: Marks,
): Promise<void> {
  const { reviewOn, deleteOn } = retentionDates('line', londonDay(tx.now), { child: false })
  const [added] = await tx.query(
    `insert into lines (id, name, origin, destinations, status, agency, owner, purpose, legal_basis, created_at, review_on,
       delete_on)
     values ($1, $2, $3, $4, $5, $6, $7, viewer_purpose(), $8, present(), $9, $10)
     on conflict (id) do nothing returning id`,
    [
      key,
      name,
      origin,
      destinations,
      status,
      tx.member.agency,
      tx.member.user,
      legalBasis,
      reviewOn,
      deleteOn,
    ],
  )
  if (added) await tx.record('line-added', { kind: 'line', id: key })
}

/** R10: it is still needed. False where it is not there. */
export async function reviewKnown(tx: MemberTransaction, kind: KnownKind, id: string): Promise<boolean> {
  const { reviewOn } = retentionDates(kind, londonDay(tx.now), { child: false })
  const [reviewed] = await tx.query(
    `update ${tables[kind]} set review_on = least($2, delete_on), suspended_on = null where id = $1 returning id`,
    [id, reviewOn],
  )
  if (reviewed) await tx.record('known-place-reviewed', { kind, id })
  return reviewed !== undefined
}
