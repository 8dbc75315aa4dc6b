/** Offers of a plan: need, offer, take-up, outcome. */
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import type { Day } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import { insistOnOffer, type MadeOfferMove, type OfferMove, type OfferState, offerMoves } from './offer.ts'
import type { PathwayId } from './pathways.ts'
import type { Plan } from './plan-store.ts'

export interface NewOffer {
  pathway: PathwayId
  what: string
  /** Who gives the help. */
  provider: string
  need: string | null
}

export interface Offer extends NewOffer {
  id: string
  state: OfferState
  stateAt: Date
  agencyName: string
  authorName: string
  madeAt: Date
  moved: MadeOfferMove[]
}

/** In the order in which they were made. Records nothing. */
export const offersOf = (tx: MemberTransaction, plan: string): Promise<Offer[]> =>
  tx.query<Offer>(
    `select o.id, o.pathway, o.what, o.provider, o.need, o.state, o.state_at as "stateAt", g.name as "agencyName",
       u.name as "authorName", o.made_at as "madeAt",
       coalesce((select jsonb_agg(jsonb_build_object('move', m.move, 'onDay', m.on_day, 'byName', b.name, 'at', m.at,
           'note', m.detail ->> 'note') order by m.seq)
         from offer_moves m join users b on b.id = m.by_user where m.offer = o.id), '[]') as moved
     from plan_offers o join agencies g on g.id = o.agency join users u on u.id = o.author
     where o.plan = $1 order by o.made_at, o.id`,
    [plan],
  )

export async function readOffer(tx: MemberTransaction, plan: Plan, id: string): Promise<Offer> {
  const found = (await offersOf(tx, plan.id)).find(o => o.id === id)
  if (!found) throw new NotThere()
  return found
}

/** Makes it once, however often the form is sent. */
export async function makeOffer(
  tx: MemberTransaction,
  plan: Plan,
  { pathway, what, provider, need }: NewOffer,
  { key }: { key: string },
): Promise<void> {
  const [made] = await tx.query(
    `insert into plan_offers (id, plan, need, pathway, what, provider, state, state_at, agency, author, made_at)
     values ($1, $2, $3, $4, $5, $6, 'offered', present(), $7, $8, present()) on conflict (id) do nothing returning plan`,
    [key, plan.id, need, pathway, what, provider, tx.member.agency, tx.member.user],
  )
  if (made) await recordOn(tx, plan, 'plan-offer-made', {})
}

/** Moves an offer. Throws WrongMove with what is possible where the move does not fit. */
export async function moveOffer(
  tx: MemberTransaction,
  plan: Plan,
  id: string,
  move: OfferMove,
  { onDay, note, key }: { onDay: Day; note: string; key: string },
): Promise<void> {
  if ((await tx.query('select 1 from offer_moves where request_key = $1', [key])).length > 0) return
  const offer = await readOffer(tx, plan, id)
  insistOnOffer(move, offer.state)
  await tx.query(
    `insert into offer_moves (offer, seq, move, state_after, on_day, by_user, by_agency, at, request_key, detail)
     values ($1, $2, $3, $4, $5, $6, $7, present(), $8, $9)`,
    [
      id,
      offer.moved.length + 1,
      move,
      offerMoves[move].to,
      onDay,
      tx.member.user,
      tx.member.agency,
      key,
      JSON.stringify(note ? { note } : {}),
    ],
  )
  await recordOn(tx, plan, 'plan-offer-moved', { move })
}

const recordOn = (
  tx: MemberTransaction,
  { reference, subject }: Plan,
  event: 'plan-offer-made' | 'plan-offer-moved',
  detail: Record<string, unknown>,
) => tx.record(event, { person: subject.person, kind: 'plan', id: reference, detail })
