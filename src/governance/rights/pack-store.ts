/** Packs of access cases: gathered, decided on entry by entry, finished, and ended by the nightly job. */
import { londonDay } from '../../platform/calendar.ts'
import { NotThere, WrongMove } from '../../platform/errors.ts'
import type { MemberTransaction } from '../access/as-member.ts'
import { retentionDates } from '../retention/retention-dates.ts'
import {
  type ItemDecision,
  itemText,
  type Looked,
  type PackItem,
  type ReleasedPack,
  release,
} from './access-pack.ts'

export interface Pack {
  id: string
  madeAt: Date
  deleteOn: string
  /** Until it is finished. */
  items: PackItem[]
  looked: Looked[]
  decisions: ItemDecision[]
  finishedAt: Date | null
  /** Once it is finished: what the person is given, and nothing else of it any more. */
  released: ReleasedPack | null
}

/** Throws WrongMove where the case is not open, or nobody knows whom it is about, or who asks. */
export async function gatherPack(
  tx: MemberTransaction,
  id: string,
  rightsCase: { id: string; stands: { state: string; identified: boolean } },
): Promise<void> {
  if ((await tx.query('select from rights_packs where id = $1', [id])).length > 0) return
  const { deleteOn } = retentionDates('access-pack', londonDay(tx.now), { child: false })
  const [answer] = await tx.query<{ done: boolean }>('select gather_access_pack($1, $2, $3) as done', [
    id,
    rightsCase.id,
    deleteOn,
  ])
  if (answer!.done) return
  const { state, identified } = rightsCase.stands
  throw new WrongMove(
    state === 'closed'
      ? 'The case is closed, so nothing is gathered for it any more.'
      : identified
        ? 'Find the person first: a pack is gathered about the people whom the case names.'
        : 'A pack is gathered when the asker has shown who they are, and is an answer to a request for a copy.',
  )
}

/** The newest of the case; null where there is none. */
export async function readPack(tx: MemberTransaction, rightsCase: string): Promise<Pack | null> {
  const [row] = await tx.query<{
    id: string
    madeAt: Date
    finishedAt: Date | null
    deleteOn: string
    content: { items: PackItem[]; looked: Looked[] } | ReleasedPack
  }>(
    `select id, made_at as "madeAt", finished_at as "finishedAt", delete_on as "deleteOn", content
     from rights_packs where rights_case = $1 order by made_at desc, id limit 1`,
    [rightsCase],
  )
  if (!row) return null
  const { content, ...pack } = row
  const decisions = await tx.query<ItemDecision>(
    `select item, decision, redacted, because, decided_by as "decidedBy" from rights_pack_decisions where pack = $1`,
    [row.id],
  )
  return row.finishedAt
    ? { ...pack, items: [], looked: content.looked, decisions, released: content as ReleasedPack }
    : { ...pack, items: content.items as PackItem[], looked: content.looked, decisions, released: null }
}

/** Throws NotThere for an item that the pack does not have, and WrongMove once it is finished. */
export async function decideOnItem(tx: MemberTransaction, pack: Pack, decision: ItemDecision): Promise<void> {
  if (pack.finishedAt)
    throw new WrongMove('This pack is finished. You can gather a new one, and decide again.')
  const item = pack.items.find(i => i.item === decision.item)
  if (!item) throw new NotThere()
  if (itemText(item) === null && decision.decision !== 'withhold') {
    throw new WrongMove(
      'You may not read this entry. You can withhold it, or let an officer of another agency decide.',
    )
  }
  await tx.query(
    `insert into rights_pack_decisions (pack, item, decision, redacted, because, decided_by, by_user, at)
     values ($1, $2, $3, $4, $5, $6, $7, present())
     on conflict (pack, item) do update set decision = excluded.decision, redacted = excluded.redacted,
       because = excluded.because, decided_by = excluded.decided_by, by_user = excluded.by_user, at = excluded.at`,
    [
      pack.id,
      decision.item,
      decision.decision,
      decision.redacted,
      decision.because,
      decision.decidedBy,
      tx.member.user,
    ],
  )
  await tx.record('access-pack-decided', {
    kind: 'pack',
    id: pack.id,
    detail: { item: decision.item, decision: decision.decision },
  })
}

/** From now on the pack is what is given, and no more: what was taken out is not kept in it. */
export async function finishPack(tx: MemberTransaction, pack: Pack): Promise<void> {
  if (pack.finishedAt) return
  const released = release(pack.items, pack.looked, pack.decisions)
  if (!released) {
    const open = pack.items.length - pack.decisions.length
    throw new WrongMove(
      `${open === 1 ? 'One entry is' : `${open} entries are`} still to be decided on. You can finish the pack when every one is.`,
    )
  }
  await tx.query('update rights_packs set content = $2, finished_at = present() where id = $1', [
    pack.id,
    JSON.stringify(released),
  ])
  await tx.record('access-pack-finished', {
    kind: 'pack',
    id: pack.id,
    detail: { given: released.items.length, withheld: released.withheld },
  })
}
