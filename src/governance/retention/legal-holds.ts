/** Legal holds: what is due to end stays, for a reason and until a day (R12). */
import { addDays, type Day, londonDay } from '../../platform/calendar.ts'
import { WrongMove } from '../../platform/errors.ts'
import { type Faults, readText, type Typed, typedDay, typedText } from '../../platform/typed-form.ts'
import { isUuid } from '../../platform/uuid.ts'
import type { MemberTransaction } from '../access/as-member.ts'

/** A hold is looked at again within a year; another can follow it. */
export const LONGEST_HOLD_DAYS = 366

export interface LegalHold {
  id: string
  person: string
  because: string
  endsOn: Day
  placedAt: Date
  placedBy: string
  liftedAt: Date | null
  liftedBecause: string | null
}

/** Those in force first, the one that ends soonest before others. */
export const listHolds = (tx: MemberTransaction): Promise<LegalHold[]> =>
  tx.query<LegalHold>(
    `select h.id, h.person_id as person, h.because, h.ends_on as "endsOn", h.placed_at as "placedAt",
       u.name || ', ' || u.post as "placedBy", h.lifted_at as "liftedAt", h.lifted_because as "liftedBecause"
     from legal_holds h join users u on u.id = h.placed_by
     order by h.lifted_at is not null, h.ends_on, h.id limit 500`,
  )

export const isInForce = ({ liftedAt, endsOn }: LegalHold, today: Day): boolean =>
  liftedAt === null && endsOn >= today

/** `id` comes from the form: sent twice, it is placed once. A person who is not there is refused by the database. */
export async function placeHold(
  tx: MemberTransaction,
  id: string,
  { person, because, endsOn }: NewHold,
): Promise<void> {
  if ((await tx.query('select from legal_holds where id = $1', [id])).length > 0) return
  await tx.query(
    `insert into legal_holds (id, person_id, because, ends_on, placed_by, placed_at)
     values ($1, $2, $3, $4, $5, present())`,
    [id, person, because, endsOn, tx.member.user],
  )
  await tx.record('hold-placed', { person, kind: 'hold', id, detail: { endsOn } })
}

/** Throws WrongMove where it is lifted already. */
export async function liftHold(tx: MemberTransaction, id: string, because: string): Promise<void> {
  const [lifted] = await tx.query<{ person: string }>(
    `update legal_holds set lifted_by = $2, lifted_at = present(), lifted_because = $3
     where id = $1 and lifted_at is null returning person_id as person`,
    [id, tx.member.user, because],
  )
  if (!lifted)
    throw new WrongMove('This hold is lifted already, or there is none such. You can place another.')
  await tx.record('hold-lifted', { person: lifted.person, kind: 'hold', id })
}

export interface NewHold {
  person: string
  because: string
  endsOn: Day
}

/** What to place; null with a sentence in `faults` for each field that cannot be used. */
export function readHold(typed: Typed, now: Date, faults: Faults): NewHold | null {
  const today = londonDay(now)
  const person = typedText(typed, 'person')
  if (!isUuid(person)) {
    faults.person = 'Enter the number of the person, as the record of acts or a rights case shows it'
  }
  const needed = 'Enter the reason: which proceedings, and who asked for the hold'
  const because = readText(typed, 'because', { label: 'The reason', least: 10, most: 2000, needed }, faults)
  const endsOn = typedDay(typed, 'endsOn')
  if (!endsOn) faults.endsOn = 'Enter the day on which it ends, such as 1 3 2027'
  else if (endsOn <= today) faults.endsOn = 'It has to end after today'
  else if (endsOn > addDays(today, LONGEST_HOLD_DAYS)) {
    faults.endsOn = 'A hold ends within a year; place another then, if it is still needed'
  }
  return !endsOn || Object.keys(faults).length > 0 ? null : { person, because, endsOn }
}
