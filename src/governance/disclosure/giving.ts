/** Giving to another agency: what may be given on this occasion, what was chosen, and whether it can go as it is. */
import { addDays, type Day } from '../../platform/calendar.ts'
import type { Faults } from '../../platform/typed-form.ts'
import type { MemberTransaction } from '../access/as-member.ts'
import { agreementState, findAgreement } from '../agreements/agreement.ts'
import { agreementsOf, type KeptAgreement } from '../agreements/agreement-store.ts'
import { type DisclosableField, disclosableFields } from './disclosable-fields.ts'
import {
  boxOf,
  type Chosen,
  type Composed,
  compose,
  type OwnEntry,
  type OwnRecord,
} from './disclosure-content.ts'
import { ownRecord } from './disclosure-store.ts'
import { findRequest, type SharingRequest } from './request-store.ts'

/** R13: it ends. A disclosure is for the work in hand, and is asked for again if that goes on. */
export const LONGEST_DAYS = 180
export const USUAL_DAYS = 28

export interface Occasion {
  person: string
  to: string
  toName: string
  purpose: string
  /** Null where it is offered unasked. */
  request: SharingRequest | null
  /** In force, between the two, for the purpose. */
  agreements: KeptAgreement[]
  record: OwnRecord
  entries: OwnEntry[]
}

/** Answering a request that the viewer's agency was asked and has not answered; null for any other. */
export async function answering(tx: MemberTransaction, id: string, today: Day): Promise<Occasion | null> {
  const request = await findRequest(tx, id)
  if (request?.to !== tx.member.agency || request.answer !== null) return null
  return occasion(tx, today, {
    person: request.person,
    to: request.from,
    toName: request.fromName,
    purpose: request.purpose,
    request,
  })
}

/** Offering unasked, for the purpose of the moment. */
export async function offering(
  tx: MemberTransaction,
  { person, to }: { person: string; to: string },
  today: Day,
): Promise<Occasion | null> {
  const [agency] = await tx.query<{ name: string }>('select name from agencies where id = $1', [to])
  if (!agency || tx.member.purpose === null) return null
  return occasion(tx, today, { person, to, toName: agency.name, purpose: tx.member.purpose, request: null })
}

async function occasion(
  tx: MemberTransaction,
  today: Day,
  about: Omit<Occasion, 'agreements' | 'record' | 'entries'>,
): Promise<Occasion | null> {
  const own = await ownRecord(tx, about.person)
  if (!own) return null
  const agreements = (await agreementsOf(tx, tx.member.agency)).filter(
    a =>
      a.purpose === about.purpose && a.parties.includes(about.to) && agreementState(a, today) === 'in force',
  )
  return { ...about, ...own, agreements }
}

/** Fields that an agreement of the occasion names and that travel in a disclosure. */
export function fieldsToChoose({ agreements }: Occasion): DisclosableField[] {
  const named = new Set(agreements.flatMap(a => a.fields))
  return disclosableFields.filter(f => named.has(f.id) && f.source.from !== 'query')
}

export interface GivingForm {
  fields: readonly string[]
  written: Readonly<Record<string, string>>
  /** Boxes of the preview that were left ticked; null on the way to the preview. */
  entries: readonly string[] | null
  /** Number and edition of the record that was previewed. */
  recordSeen: string | null
  because: string
  told: string
  toldDetail: string
  endsOn: Day | null
}

export interface Prepared {
  composed: Composed
  agreement: KeptAgreement | null
  faults: Faults
}

export const recordBox = ({ id, edition }: OwnRecord) => `${id}:${edition}`

/** What would go, and what is wrong with the choice of it. */
export function prepare(occasion: Occasion, form: GivingForm, agency: string, today: Day): Prepared {
  const choosable = new Set(fieldsToChoose(occasion).map(f => f.id))
  const fields = form.fields.filter(f => choosable.has(f))
  const chosen: Chosen = { fields, written: form.written, entries: form.entries && new Set(form.entries) }
  const composed = compose(occasion.record, occasion.entries, chosen)
  const going = Object.keys(composed.content)
  const found = findAgreement(
    occasion.agreements,
    { one: agency, other: occasion.to, purpose: occasion.purpose, fields: going },
    today,
  )
  const agreement = 'agreement' in found ? found.agreement : null
  const faults: Faults = {}
  if (fields.length === 0) faults.fields = 'Choose what to give'
  else if (going.length === 0)
    faults.fields = 'There is nothing to give under what you chose: write a summary, or refuse'
  else if (!agreement) faults.fields = 'No single agreement covers all of this: give it in parts'
  return { composed, agreement, faults }
}

/** What is wrong with the rest of the form, once the preview was seen. */
export function confirmFaults(occasion: Occasion, form: GivingForm, today: Day): Faults {
  const faults: Faults = {}
  const boxes = new Set(occasion.entries.map(boxOf))
  const changed =
    form.recordSeen !== recordBox(occasion.record) || (form.entries ?? []).some(box => !boxes.has(box))
  if (changed) faults.preview = 'The record was changed while you looked. Look again at what would be given'
  if (occasion.request === null && form.because === '') faults.because = 'Enter why you give it'
  if (form.told !== 'told' && form.told !== 'not-told') faults.told = 'Say whether the person was told'
  else if (form.toldDetail === '') {
    faults.toldDetail =
      form.told === 'told' ? 'Enter when and how they were told' : 'Enter why they were not told'
  }
  if (form.endsOn === null || form.endsOn < today)
    faults.endsOn = 'Enter the last day on which they may read it'
  else if (form.endsOn > addDays(today, LONGEST_DAYS)) {
    faults.endsOn = `It may be read for ${LONGEST_DAYS} days at most`
  }
  return faults
}

export const toldWords = (told: string, detail: string): string =>
  `${told === 'told' ? 'Told' : 'Not told'}: ${detail}`
