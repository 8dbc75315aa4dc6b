/**
 * What agencies of the synthetic partnership ask and give each other: only what an agreement of today covers, between
 * agencies that both hold the person, as the policies of the database would have it.
 */

import { findAgreement } from '../../governance/agreements/agreement.ts'
import type { Content } from '../../governance/disclosure/disclosure-content.ts'
import { purposes } from '../../governance/purposes.ts'
import { addDays, type Day, londonDay } from '../../platform/calendar.ts'
import { addWorkingDays } from '../../platform/working-days.ts'
import type { Random } from '../random.ts'
import type { SyntheticAgreement } from './agreed.ts'
import type { SyntheticEntry } from './entries.ts'
import { chooseContent, type Given, type MayBeGiven, openEntries } from './given-content.ts'
import type { Register, SyntheticRecord } from './people.ts'
import { ago, earlier, invented, later, pick, type Setting, shuffled } from './setting.ts'
import { emergencies, offeredBecause, questions, refusals, told, writtenAnswers } from './sharing-texts.ts'
import type { Staff, Worker } from './staff.ts'

const ANSWERED = 260
const REFUSED = 80
const OFFERED = 140
const EMERGENCIES = 16
/** Asked and not yet answered, of each agency that holds records. */
const WAITING = 3
/** Days for which it may be read. */
const READ_FOR = 28
/** Older ones have been deleted. */
const OLDEST = 190

export interface SyntheticRequest {
  id: string
  person: string
  from: string
  to: string
  askedBy: Worker
  askedAt: Date
  purpose: string
  question: string
  because: string
  answer: 'disclosed' | 'refused' | null
  answeredBy: Worker | null
  answeredAt: Date | null
  answerBecause: string | null
}

export interface SyntheticDisclosure {
  id: string
  person: string
  request: string | null
  agreement: string | null
  from: string
  to: string
  kind: 'answer' | 'offered' | 'emergency'
  purpose: string
  legalBasis: string
  content: Content
  entries: string[]
  because: string
  personTold: string
  madeBy: Worker
  madeAt: Date
  endsOn: Day
  withdrawnAt: Date | null
  reviewOn: Day | null
  reviewedBy: Worker | null
  reviewedAt: Date | null
}

export interface Sharing {
  requests: SyntheticRequest[]
  disclosures: SyntheticDisclosure[]
}

/** Two records of one person: whose agency asks, and whose is asked. */
interface Pair {
  asking: SyntheticRecord
  asked: SyntheticRecord
}

export function inventSharing(
  setting: Setting,
  staff: Staff,
  { records }: Register,
  entries: readonly SyntheticEntry[],
  agreements: readonly SyntheticAgreement[],
): Sharing {
  const random = setting.chance('sharing')
  const sharing: Sharing = { requests: [], disclosures: [] }
  const may = { agreements, entries: openEntries(entries), today: setting.today }
  const table: Table = { random, setting, staff, sharing, may }
  const pairs = shuffled(random, pairsOf(records))
  const waiting = new Map<string, number>()
  for (const pair of pairs) {
    const { agency } = pair.asked
    const asked = waiting.get(agency) ?? 0
    if (asked < WAITING && ask(table, pair, ago(random, setting, 1, 5))) waiting.set(agency, asked + 1)
    else if (sharing.requests.length < WAITING * waiting.size + ANSWERED + REFUSED) {
      const request = ask(table, pair, ago(random, setting, 4, random.chance(0.5) ? 40 : OLDEST))
      if (request) answer(table, pair, request)
    } else if (sharing.disclosures.length < ANSWERED + OFFERED) {
      offer(table, pair)
    } else if (sharing.disclosures.length < ANSWERED + OFFERED + EMERGENCIES) {
      shareInEmergency(table, pair)
    }
  }
  return sharing
}

interface Table {
  random: Random
  setting: Setting
  staff: Staff
  sharing: Sharing
  may: MayBeGiven
}

const pairsOf = (records: readonly SyntheticRecord[]): Pair[] =>
  records.flatMap(asking =>
    asking.siblings
      .filter(asked => asked.person === asking.person && asked.agency !== asking.agency)
      .filter(asked => !asked.sensitive && !asked.suspendedOn && !asking.suspendedOn)
      .map(asked => ({ asking, asked })),
  )

/** Who acts for an agency: of the cast about every second time, so that their mornings have something in them. */
function actor({ random, staff }: Table, agency: string): Worker {
  const keepers = staff.keepers(agency)
  return random.chance(0.5) ? keepers[0]! : pick(random, keepers)
}

/** Null where the pointer would not show the other agency, or they did not know the person yet. */
function ask(table: Table, { asking, asked }: Pair, askedAt: Date): SyntheticRequest | null {
  const { random, setting, sharing } = table
  const by = actor(table, asking.agency)
  const crossing = { one: asking.agency, other: asked.agency, purpose: by.purpose, fields: ['known-to'] }
  if (!('agreement' in findAgreement(table.may.agreements, crossing, setting.today))) return null
  if (asking.createdAt > askedAt || asked.createdAt > askedAt) return null
  const request: SyntheticRequest = {
    id: invented('request', sharing.requests.length + 1),
    person: asking.person,
    from: asking.agency,
    to: asked.agency,
    askedBy: by,
    askedAt,
    purpose: by.purpose,
    ...pick(random, questions),
    answer: null,
    answeredBy: null,
    answeredAt: null,
    answerBecause: null,
  }
  sharing.requests.push(request)
  return request
}

function answer(table: Table, { asked, asking }: Pair, request: SyntheticRequest): void {
  const { random, setting } = table
  request.answeredBy = actor(table, asked.agency)
  request.answeredAt = earlier(later(request.askedAt, random.between(60, 4000)), setting.now)
  const given = random.chance(ANSWERED / (ANSWERED + REFUSED))
    ? chooseContent(random, table.may, { from: asked, to: asking.agency, purpose: request.purpose })
    : null
  request.answer = given ? 'disclosed' : 'refused'
  if (!given) {
    request.answerBecause = pick(random, refusals)
    return
  }
  disclose(table, { from: asked, to: asking.agency, by: request.answeredBy, at: request.answeredAt }, given, {
    kind: 'answer',
    request: request.id,
    purpose: request.purpose,
    because: request.because,
  })
}

function offer(table: Table, { asked, asking }: Pair): void {
  const { random, setting } = table
  const by = actor(table, asked.agency)
  const given = chooseContent(random, table.may, { from: asked, to: asking.agency, purpose: by.purpose })
  const at = ago(random, setting, 1, random.chance(0.5) ? 27 : OLDEST)
  if (!given || asked.createdAt > at) return
  disclose(table, { from: asked, to: asking.agency, by, at }, given, {
    kind: 'offered',
    request: null,
    purpose: by.purpose,
    because: pick(random, offeredBecause),
  })
}

/** The last of them wait for their review, two of these beyond its day. */
function shareInEmergency(table: Table, { asked, asking }: Pair): void {
  const { random, setting, staff, sharing } = table
  const by = actor(table, asked.agency)
  const number = sharing.disclosures.filter(d => d.kind === 'emergency').length
  const at = number < 5 ? ago(random, setting, 1, number < 2 ? 6 : 1) : ago(random, setting, 10, 150)
  if (asked.createdAt > at) return
  const summary = pick(random, writtenAnswers.summary!)
  disclose(
    table,
    { from: asked, to: asking.agency, by, at },
    { content: { summary }, entries: [], agreement: null },
    {
      kind: 'emergency',
      request: null,
      purpose: by.purpose,
      because: pick(random, emergencies),
    },
  )
  const made = sharing.disclosures.at(-1)!
  made.reviewOn = addWorkingDays(londonDay(at), 1)
  made.reviewedBy = number < 5 ? null : staff.castOf('Information governance officer')
  made.reviewedAt = made.reviewedBy && earlier(later(at, 1600), setting.now)
}

function disclose(
  { random, setting, sharing }: Table,
  { from, to, by, at }: { from: SyntheticRecord; to: string; by: Worker; at: Date },
  { content, entries, agreement }: Given,
  why: Pick<SyntheticDisclosure, 'kind' | 'request' | 'purpose' | 'because'>,
): void {
  const withdrawn = why.kind !== 'emergency' && random.chance(0.05)
  sharing.disclosures.push({
    ...why,
    id: invented('disclosure', sharing.disclosures.length + 1),
    person: from.person,
    agreement,
    from: from.agency,
    to,
    legalBasis: purposes.find(p => p.id === why.purpose)!.legalBases[0]!,
    content,
    entries,
    personTold: pick(random, told),
    madeBy: by,
    madeAt: at,
    endsOn: addDays(londonDay(at), READ_FOR),
    withdrawnAt: withdrawn ? earlier(later(at, random.between(300, 9000)), setting.now) : null,
    reviewOn: null,
    reviewedBy: null,
    reviewedAt: null,
  })
}
