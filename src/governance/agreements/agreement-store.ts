/** Agreements in the database. Everybody at work reads them; the policies say who makes and ends them. */
import { WrongMove } from '../../platform/errors.ts'
import type { Queryable } from '../../platform/postgres.ts'
import type { MemberTransaction } from '../access/as-member.ts'
import type { Agreement } from './agreement.ts'
import type { NewAgreement } from './agreement-form.ts'

export interface KeptAgreement extends Agreement {
  title: string
  legalBasis: string
  /** A post. */
  owner: string
  endedBecause: string | null
  partyNames: string[]
}

const select = `
  select a.id, a.title, a.purpose, a.legal_basis as "legalBasis", a.owner, a.starts_on as "startsOn",
    a.ends_on as "endsOn", a.ended_on as "endedOn", a.ended_because as "endedBecause",
    array(select p.agency from agreement_parties p where p.agreement = a.id order by p.agency) as parties,
    array(select g.name from agreement_parties p join agencies g on g.id = p.agency
      where p.agreement = a.id order by g.name) as "partyNames",
    array(select f.field from agreement_fields f where f.agreement = a.id order by f.field) as fields
  from agreements a`

export const listAgreements = (tx: Queryable): Promise<KeptAgreement[]> =>
  tx.query<KeptAgreement>(`${select} order by a.ends_on desc, a.title, a.id`)

export async function findKeptAgreement(tx: Queryable, id: string): Promise<KeptAgreement | null> {
  const [agreement] = await tx.query<KeptAgreement>(`${select} where a.id = $1`, [id])
  return agreement ?? null
}

/** Agreements of the agency, whatever their state. */
export const agreementsOf = (tx: Queryable, agency: string): Promise<KeptAgreement[]> =>
  tx.query<KeptAgreement>(
    `${select} where exists (select from agreement_parties p where p.agreement = a.id and p.agency = $1)
     order by a.ends_on, a.id`,
    [agency],
  )

/** `id` is the form's: sent twice, it is made once. */
export async function makeAgreement(tx: MemberTransaction, id: string, made: NewAgreement): Promise<void> {
  if (await findKeptAgreement(tx, id)) return
  await tx.query(
    `insert into agreements (id, title, purpose, legal_basis, owner, starts_on, ends_on, created_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, present())`,
    [id, made.title, made.purpose, made.legalBasis, made.owner, made.startsOn, made.endsOn, tx.member.user],
  )
  await tx.query('insert into agreement_parties (agreement, agency) select $1, unnest($2::text[])', [
    id,
    made.parties,
  ])
  await tx.query('insert into agreement_fields (agreement, field) select $1, unnest($2::text[])', [
    id,
    made.fields,
  ])
  await tx.record('agreement-made', { kind: 'agreement', id, detail: { parties: made.parties } })
}

/** From today on it is not in force, and nothing that was given under it is read any more. */
export async function endAgreement(tx: MemberTransaction, id: string, because: string): Promise<void> {
  const ended = await tx.query(
    `update agreements set ended_on = present_day(), ended_because = $2 where id = $1 and ended_on is null returning id`,
    [id, because],
  )
  if (ended.length === 0) throw new WrongMove('The agreement has been ended already.')
  await tx.record('agreement-ended', { kind: 'agreement', id })
}
