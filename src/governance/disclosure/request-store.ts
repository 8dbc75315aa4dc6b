/** One agency asks another what it knows about somebody, for a purpose; the other answers or refuses. */
import { WrongMove } from '../../platform/errors.ts'
import type { Queryable } from '../../platform/postgres.ts'
import type { MemberTransaction } from '../access/as-member.ts'
import { notify } from '../notices/notify.ts'

export interface SharingRequest {
  id: string
  person: string
  from: string
  fromName: string
  to: string
  toName: string
  askedBy: string
  askedAt: Date
  purpose: string
  question: string
  because: string
  answer: 'disclosed' | 'refused' | null
  answeredAt: Date | null
  answerBecause: string | null
}

const select = `
  select q.id, q.person_id as person, q.from_agency as "from", f.name as "fromName", q.to_agency as "to",
    t.name as "toName", u.name || ', ' || u.post as "askedBy", q.asked_at as "askedAt", q.purpose, q.question,
    q.because, q.answer, q.answered_at as "answeredAt", q.answer_because as "answerBecause"
  from sharing_requests q
  join agencies f on f.id = q.from_agency join agencies t on t.id = q.to_agency join users u on u.id = q.asked_by`

/** Requests to and from the viewer's agency: those without an answer first, the oldest of them first. */
export const listRequests = (tx: Queryable, limit: number): Promise<SharingRequest[]> =>
  tx.query<SharingRequest>(
    `${select} order by q.answered_at is not null, case when q.answered_at is null then q.asked_at end,
       q.answered_at desc, q.id limit $1`,
    [limit],
  )

export const requestsAbout = (tx: Queryable, person: string): Promise<SharingRequest[]> =>
  tx.query<SharingRequest>(`${select} where q.person_id = $1 order by q.asked_at desc, q.id`, [person])

export async function findRequest(tx: Queryable, id: string): Promise<SharingRequest | null> {
  const [request] = await tx.query<SharingRequest>(`${select} where q.id = $1`, [id])
  return request ?? null
}

export interface NewRequest {
  /** The form's: sent twice, it is asked once. */
  id: string
  person: string
  to: string
  question: string
  because: string
}

/** The policies refuse it for somebody whom one's own agency does not know, or where no pointer shows the other. */
export async function askAgency(tx: MemberTransaction, request: NewRequest): Promise<void> {
  if (await findRequest(tx, request.id)) return
  const { member } = tx
  await tx.query(
    `insert into sharing_requests (id, person_id, from_agency, to_agency, asked_by, asked_at, purpose, question, because)
     values ($1, $2, $3, $4, $5, present(), $6, $7, $8)`,
    [
      request.id,
      request.person,
      member.agency,
      request.to,
      member.user,
      member.purpose,
      request.question,
      request.because,
    ],
  )
  await tx.record('information-asked-for', {
    person: request.person,
    kind: 'request',
    id: request.id,
    detail: { to: request.to },
  })
  await notify(tx, 'information-asked-for', request.id)
}

/** Closes the request. Throws WrongMove where somebody answered first. */
export async function closeRequest(
  tx: MemberTransaction,
  { id, person }: Pick<SharingRequest, 'id' | 'person'>,
  answer: 'disclosed' | 'refused',
  because: string | null,
): Promise<void> {
  const closed = await tx.query(
    `update sharing_requests set answer = $2, answered_by = $3, answered_at = present(), answer_because = $4
     where id = $1 and answered_at is null returning id`,
    [id, answer, tx.member.user, because],
  )
  if (closed.length === 0) throw new WrongMove('Somebody of your agency has answered this request already.')
  if (answer === 'refused') await tx.record('request-refused', { person, kind: 'request', id })
  await notify(tx, 'request-answered', id)
}
