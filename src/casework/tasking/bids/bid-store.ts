/** Bids in the database: asked for, decided, deployed, listed. The policies say who finds which. Nobody is named in one. */
import type { AreaPack } from '../../../areas/area-pack.ts'
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import { notify } from '../../../governance/notices/notify.ts'
import { retentionDates } from '../../../governance/retention/retention-dates.ts'
import { calendarWords, type Day, londonDay } from '../../../platform/calendar.ts'
import { NotThere, WrongMove } from '../../../platform/errors.ts'
import type { Queryable } from '../../../platform/postgres.ts'
import {
  type BidMove,
  type BidState,
  insist,
  type MadeMove,
  type MoveDetail,
  type Mover,
  moves,
} from './bid.ts'

/** Brings the resources up to date with the pack. One that it no longer names keeps its name, and takes no more bids. */
export const syncResources = (database: Queryable, { resources }: AreaPack): Promise<unknown> =>
  database.query(
    `with named as (
       insert into resources (id, name, agency, at_once, decided_by, what, source)
       select id, name, agency, "atOnce", "decidedBy", what, source
       from jsonb_to_recordset($1) as r (id text, name text, agency text, "atOnce" integer, "decidedBy" text, what text, source text)
       on conflict (id) do update set name = excluded.name, agency = excluded.agency, at_once = excluded.at_once,
         decided_by = excluded.decided_by, what = excluded.what, source = excluded.source, in_pack = true
     )
     update resources set in_pack = false where in_pack and id not in (select r ->> 'id' from jsonb_array_elements($1) r)`,
    [JSON.stringify(resources)],
  )

export interface Resource {
  id: string
  name: string
  agency: string
  agencyName: string
  atOnce: number
  what: string
  decidedByName: string
  inPack: boolean
}

/** Those over which the viewer's agency sits in the meeting that decides, by name. */
export const resourcesOf = (tx: MemberTransaction): Promise<Resource[]> =>
  tx.query(
    `select r.id, r.name, r.agency, a.name as "agencyName", r.at_once as "atOnce", r.what, t.name as "decidedByName",
       r.in_pack as "inPack"
     from resources r join agencies a on a.id = r.agency join meeting_types t on t.id = r.decided_by
     where r.id in (select viewer_resources()) order by r.in_pack desc, r.name, r.id`,
  )

export interface NewBid {
  resource: string
  /** Empty for a cohort. */
  place: string
  cohort: string | null
  /** Code of the local authority; null where it is not of one. */
  area: string | null
  measure: string | null
  startsOn: Day
  endsOn: Day
  aim: string
  answers: { name: string; says: string }[]
}

interface Marks {
  key: string
}

/** Asks for it and gives the reference; asked for already with this key, that of the one that there is. */
export async function askForResource(tx: MemberTransaction, bid: NewBid, { key }: Marks): Promise<string> {
  const known = await askedWith(tx, key)
  if (known) return known
  const [made] = await tx.query<{ reference: string }>(
    `insert into bids (id, reference, resource, from_agency, asked_by, asked_at, place, cohort, area, measure, starts_on,
       ends_on, aim, answers, delete_on)
     values ($1, next_reference('BID'), $2, $3, $4, present(), $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict (id) do nothing returning reference`,
    [
      key,
      bid.resource,
      tx.member.agency,
      tx.member.user,
      bid.place,
      bid.cohort,
      bid.area,
      bid.measure,
      bid.startsOn,
      bid.endsOn,
      bid.aim,
      JSON.stringify(bid.answers),
      retentionDates('bid', londonDay(tx.now), { child: false }).deleteOn,
    ],
  )
  if (!made) {
    const first = await askedWith(tx, key)
    if (first) return first
    throw new NotThere()
  }
  await tx.query(
    `insert into bid_moves (bid, seq, move, state_after, by_user, by_agency, at, request_key)
     values ($1, 1, 'ask', 'asked', $2, $3, present(), $1)`,
    [key, tx.member.user, tx.member.agency],
  )
  await tx.record('bid-made', { kind: 'bid', id: made.reference, detail: { resource: bid.resource } })
  return made.reference
}

const askedWith = async (tx: MemberTransaction, key: string): Promise<string | undefined> =>
  (await tx.query<{ reference: string }>('select reference from bids where id = $1', [key]))[0]?.reference

export interface BidLine {
  id: string
  reference: string
  resource: string
  resourceName: string
  atOnce: number
  fromAgencyName: string
  /** What for: the place, or the name of the cohort. */
  subject: string
  cohort: string | null
  area: string | null
  measure: string | null
  startsOn: Day
  endsOn: Day
  aim: string
  answers: { name: string; says: string }[]
  state: Exclude<BidState, 'unmade'>
  grantedFrom: Day | null
  grantedTo: Day | null
  deployedOn: Day | null
}

export interface Bid extends BidLine {
  askedByName: string
  askedAt: Date
  decidedByName: string
  holderName: string
  deleteOn: Day
  made: MadeMove[]
  mover: Mover
}

const lineColumns = `b.id, b.reference, b.resource, r.name as "resourceName", r.at_once as "atOnce", f.name as "fromAgencyName",
  coalesce(c.name, b.place) as subject, b.cohort, b.area, b.measure, b.starts_on as "startsOn", b.ends_on as "endsOn", b.aim,
  b.answers, b.state, b.granted_from as "grantedFrom", b.granted_to as "grantedTo", b.deployed_on as "deployedOn"`

const lineFrom = `bids b join resources r on r.id = b.resource join agencies f on f.id = b.from_agency
  left join cohorts c on c.id = b.cohort`

/** Throws NotThere. Records nothing. */
export async function readBid(tx: MemberTransaction, reference: string): Promise<Bid> {
  const [row] = await tx.query<
    Omit<Bid, 'made' | 'mover'> & { asks: boolean; chairs: boolean; own: string; holder: string }
  >(
    `select ${lineColumns}, u.name || ', ' || u.post as "askedByName", b.asked_at as "askedAt", t.name as "decidedByName",
       h.name as "holderName", b.delete_on as "deleteOn", b.asked_by = viewer_user() as asks,
       viewer_chairs(r.decided_by) as chairs, b.from_agency as own, r.agency as holder
     from ${lineFrom} join users u on u.id = b.asked_by join meeting_types t on t.id = r.decided_by
     join agencies h on h.id = r.agency where b.reference = $1`,
    [reference],
  )
  if (!row) throw new NotThere()
  const made = await tx.query<MadeMove>(
    `select m.seq, m.move, u.name || ', ' || g.name as "byName", m.at, m.from_on as "fromOn", m.to_on as "toOn", m.detail
     from bid_moves m join users u on u.id = m.by_user join agencies g on g.id = m.by_agency where m.bid = $1 order by m.seq`,
    [row.id],
  )
  const { asks, chairs, own, holder, ...bid } = row
  const { agency, role } = tx.member
  const withPeople = role === 'practitioner' || role === 'coordinator' || role === 'commander'
  return {
    ...bid,
    made,
    mover: {
      asker: own === agency && (asks || role === 'coordinator' || role === 'commander'),
      chair: chairs && !asks,
      holder: holder === agency && withPeople,
      either: agency === holder || agency === own,
    },
  }
}

export const bidShows = {
  open: 'Asked for, granted or deployed',
  asked: 'To be decided',
  own: 'Of your agency',
  over: 'Over',
} as const

export type BidShow = keyof typeof bidShows

/** The nearest first; of those that are over, the latest. Records nothing. */
export async function listBids(
  tx: MemberTransaction,
  { show, resource }: { show: BidShow; resource: string | null },
  { limit, offset }: { limit: number; offset: number },
): Promise<{ total: number; lines: BidLine[] }> {
  const wheres: Record<BidShow, string> = {
    open: `b.state in ('asked', 'granted', 'deployed')`,
    asked: `b.state = 'asked'`,
    own: 'b.from_agency = viewer_agency()',
    over: `b.state in ('refused', 'withdrawn', 'not-deployed', 'ended')`,
  }
  const where = `${wheres[show]} and ($1::text is null or b.resource = $1)`
  const [count] = await tx.query<{ n: number }>(`select count(*) as n from bids b where ${where}`, [resource])
  const lines = await tx.query<BidLine>(
    `select ${lineColumns} from ${lineFrom} where ${where}
     order by b.starts_on ${show === 'over' || show === 'own' ? 'desc' : ''}, b.reference limit $2 offset $3`,
    [resource, limit, offset],
  )
  return { total: count!.n, lines }
}

/**
 * Bids for one resource that ask for the same days, or hold them: by the name of the place or cohort, so that the order says
 * nothing of which is better.
 */
export const bidsSideBySide = (
  tx: MemberTransaction,
  { resource, from, to }: { resource: string; from: Day; to: Day },
): Promise<BidLine[]> =>
  tx.query<BidLine>(
    `select ${lineColumns} from ${lineFrom}
     where b.resource = $1 and b.state in ('asked', 'granted', 'deployed')
       and coalesce(b.granted_from, b.starts_on) <= $3 and coalesce(b.granted_to, b.ends_on) >= $2
     order by coalesce(c.name, b.place), b.reference limit 50`,
    [resource, from, to],
  )

export interface MoveForm extends Marks {
  seen: number
  detail?: MoveDetail
  fromOn?: Day
  toOn?: Day
}

/** Moves it. Throws WrongMove with what is possible where the move does not fit, or where the resource is taken. */
export async function moveBid(
  tx: MemberTransaction,
  reference: string,
  name: Exclude<BidMove, 'ask'>,
  form: MoveForm,
): Promise<void> {
  const bid = await readBid(tx, reference)
  if (await isMoved(tx, form.key)) return
  insist(name, bid.state, bid.mover)
  const seq = bid.made.at(-1)!.seq
  if (form.seen !== seq) throw changedMeanwhile(bid, form.seen)
  if (name === 'grant') await insistOnFree(tx, bid, form)
  const [done] = await tx.query(
    `insert into bid_moves (bid, seq, move, state_after, by_user, by_agency, at, request_key, from_on, to_on, detail)
     values ($1, $2, $3, $4, $5, $6, present(), $7, $8, $9, $10) on conflict do nothing returning seq`,
    [
      bid.id,
      seq + 1,
      name,
      moves[name].to,
      tx.member.user,
      tx.member.agency,
      form.key,
      name === 'grant' || name === 'deploy' ? form.fromOn : null,
      name === 'grant' ? form.toOn : null,
      JSON.stringify(form.detail ?? {}),
    ],
  )
  if (!done) {
    if (await isMoved(tx, form.key)) return
    throw changedMeanwhile(await readBid(tx, reference), form.seen)
  }
  await tx.record('bid-moved', { kind: 'bid', id: reference, detail: { move: name } })
  if (name === 'grant' || name === 'refuse') await notify(tx, 'bid-decided', bid.id)
}

/** Says which bids hold the resource for those days. The trigger refuses the same, whoever comes past here. */
async function insistOnFree(tx: MemberTransaction, bid: Bid, { fromOn, toOn }: MoveForm): Promise<void> {
  const from = fromOn ?? bid.startsOn
  const to = toOn ?? bid.endsOn
  const taken = (await bidsSideBySide(tx, { resource: bid.resource, from, to })).filter(
    b => b.id !== bid.id && b.state !== 'asked',
  )
  if (taken.length < bid.atOnce) return
  const held = taken.map(
    b => `${b.reference} (${b.subject}, ${calendarWords(b.grantedFrom!)} to ${calendarWords(b.grantedTo!)})`,
  )
  throw new WrongMove(
    `${bid.resourceName} is granted for these days to ${held.join(' and ')}. You can grant other days, or refuse it.`,
  )
}

const isMoved = async (tx: MemberTransaction, key: string): Promise<boolean> =>
  (await tx.query('select 1 from bid_moves where request_key = $1', [key])).length > 0

const changedMeanwhile = ({ reference, made }: Bid, seen: number): WrongMove => {
  const since = made.filter(m => m.seq > seen).map(m => `${m.byName} ${moves[m.move].says}`)
  return new WrongMove(
    `Something happened to ${reference} while you had it open (${since.join('; ')}). Read it again, then decide.`,
  )
}
