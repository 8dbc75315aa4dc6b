/**
 * The copy that an access request is answered with: everything held about somebody, by agency, and for each entry what it
 * is, for what it is held, who received it, and when it ends (UK GDPR, article 15(1); Data Protection Act 2018, section
 * 45(2)). What belongs to others is taken out by people, entry by entry, before it leaves.
 */
import { calendarWords, type Day } from '../../platform/calendar.ts'
import { fieldTitle } from '../disclosure/disclosable-fields.ts'
import { purposes } from '../purposes.ts'

export type PackItemKind =
  | 'record'
  | 'entry'
  | 'disclosure'
  | 'request'
  | 'opening'
  | 'offer'
  | 'referral'
  | 'draft'
  | 'concern'
  | 'action'
  | 'meeting-entry'
  | 'agenda-item'
  | 'placement'
  | 'placement-draft'
  | 'plan'
  | 'plan-statement'
  | 'plan-offer'
  | 'consequence-entry'
  | 'panel-case'
  | 'panel-paper'
  | 'custody'
  | 'custody-concern'
  | 'arrangement'
  | 'group-link'

/** As it was gathered. */
export interface PackItem {
  /** Kind and number: "entry-5f0c…". */
  item: string
  kind: PackItemKind
  agency: string
  on: Day
  /** Null where this officer may not read it: a closed circle, for police (R17). */
  text?: string | null
  content?: Record<string, unknown> | null
  source?: string | null
  names?: { given?: string; family?: string }[]
  birthDate?: Day | null
  gender?: string | null
  ethnicity?: string | null
  address?: string | null
  phone?: string | null
  school?: string | null
  reference?: string | null
  nature?: string
  entryKind?: string
  roleInEvent?: string | null
  circle?: string | null
  /** Post of whoever wrote it. */
  by?: string
  to?: string
  fields?: string[]
  purpose?: string
  legalBasis?: string
  deleteOn?: Day | null
  restricted?: boolean
  suspended?: boolean
  withdrawn?: boolean
}

/** How often an agency's people opened or used something about them: counts, from the record of acts. */
export interface Looked {
  agency: string
  times: number
  first: Day
  last: Day
}

export type PackDecision = 'keep' | 'redact' | 'withhold'

export interface ItemDecision {
  item: string
  decision: PackDecision
  redacted: string | null
  because: string
  decidedBy: string
}

/** As the person receives it. */
export interface ReleasedItem {
  title: string
  agency: string
  on: Day
  text: string
  /** True where part of the text was taken out. */
  redacted: boolean
  facts: [string, string][]
}

export interface ReleasedPack {
  items: ReleasedItem[]
  looked: Looked[]
  /** How many entries were withheld as a whole. */
  withheld: number
}

const titles: Record<PackItemKind, string> = {
  record: 'What is kept about who you are',
  entry: 'A statement',
  disclosure: 'What was given to another agency',
  request: 'A question of one agency to another',
  opening: 'An opening of records without a right, for a stated reason',
  referral: 'A referral',
  draft: 'A referral that was begun and not sent',
  offer: 'An offer of help, and what became of it',
  concern: 'A noted concern',
  action: 'What an agency said it would do, and what came of it',
  'meeting-entry': 'What was said in a meeting',
  'agenda-item': 'A matter that was brought up in a meeting',
  placement: 'Your place in a cohort: who proposed it, on what grounds, and what was decided',
  'placement-draft': 'A proposal for a cohort that was begun and not sent',
  plan: 'A plan',
  'plan-statement': 'A statement in a plan',
  'plan-offer': 'An offer in a plan, and what became of it',
  'consequence-entry': 'What was written about you after an incident',
  'panel-case': 'A case of yours before a panel, and what was decided',
  'panel-paper': 'What an agency wrote for the panel',
  custody: 'Your time in custody',
  'custody-concern': 'What there was to mind for you in custody',
  arrangement: 'Who else works with you',
  'group-link': 'That you were seen with a group: when, as which source says, and what was decided',
}

const natureWords: Record<string, string> = {
  fact: 'A fact',
  reported: 'What somebody reported, not known to be so',
  assessment: 'What somebody concluded',
}

export const itemTitle = ({ kind, entryKind }: PackItem): string =>
  kind === 'entry' && entryKind
    ? `${titles.entry}: ${entryKind === 'view' ? 'your own view' : entryKind}`
    : titles[kind]

/** What is read, marked and decided on. Null where this officer may not read it. */
export function itemText(item: PackItem): string | null {
  switch (item.kind) {
    case 'record':
      return lines([
        ['Names', (item.names ?? []).map(n => [n.given, n.family].filter(Boolean).join(' ')).join('; ')],
        ['Born', item.birthDate ? calendarWords(item.birthDate) : null],
        ['Gender', item.gender],
        ['Ethnicity', item.ethnicity],
        ['Address', item.address],
        ['Telephone', item.phone],
        ['School', item.school],
        ['Their number for you', item.reference],
      ])
    case 'disclosure':
    case 'offer':
    case 'referral':
    case 'draft':
    case 'action':
    case 'placement':
    case 'placement-draft':
    case 'plan':
    case 'plan-offer':
    case 'panel-case':
    case 'custody':
    case 'arrangement':
    case 'group-link':
      return item.content
        ? lines(Object.entries(item.content).map(([key, value]) => [readable(key), flat(value)] as const))
        : null
    default:
      if (item.text === null || item.text === undefined) return null
      return item.source ? `${item.text}\nKnown from: ${item.source}` : item.text
  }
}

/** What stands beside the text, in the order in which it is read. */
export function itemFacts(item: PackItem): [string, string][] {
  const purpose = purposes.find(p => p.id === item.purpose)?.title ?? item.purpose
  const facts: [string, string | null | undefined][] = [
    ['What it is', item.nature ? natureWords[item.nature] : null],
    ['Your part in the event', item.roleInEvent],
    ['Written by', item.by],
    ['Given to', item.to],
    ['Under', item.fields?.map(fieldTitle).join(', ')],
    ['Kept for', purpose],
    ['Legal basis', item.legalBasis],
    ['State', stateOf(item)],
    ['Deleted on', item.deleteOn ? calendarWords(item.deleteOn) : null],
  ]
  return facts.filter((fact): fact is [string, string] => Boolean(fact[1]))
}

const stateOf = ({ restricted, suspended, withdrawn }: PackItem): string | null =>
  [
    restricted && 'restricted while in dispute',
    suspended && 'hidden because nobody reviewed it',
    withdrawn && 'taken back',
  ]
    .filter(Boolean)
    .join(', ') || null

/** Null while an item is undecided, or kept though this officer could not read it. */
export function release(
  items: readonly PackItem[],
  looked: readonly Looked[],
  decisions: readonly ItemDecision[],
): ReleasedPack | null {
  const decided = new Map(decisions.map(d => [d.item, d]))
  const released: ReleasedItem[] = []
  let withheld = 0
  for (const item of items) {
    const decision = decided.get(item.item)
    if (!decision) return null
    if (decision.decision === 'withhold') {
      withheld++
      continue
    }
    const text = decision.decision === 'redact' ? decision.redacted : itemText(item)
    if (text === null) return null
    released.push({
      title: itemTitle(item),
      agency: item.agency,
      on: item.on,
      text,
      redacted: decision.decision === 'redact',
      facts: itemFacts(item),
    })
  }
  return { items: released, looked: [...looked], withheld }
}

const lines = (pairs: readonly (readonly [string, string | null | undefined])[]): string =>
  pairs
    .filter(([, value]) => value)
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n')

/** A field of a disclosure by its title, an answer of a referral as words: "birthDate" is "Birth date". */
function readable(key: string): string {
  const title = fieldTitle(key)
  if (title !== key) return title
  const words = key.replaceAll(/([A-Z])/g, ' $1').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function flat(value: unknown): string {
  if (Array.isArray(value)) {
    return value
      .map(flat)
      .filter(Boolean)
      .join(value.some(Array.isArray) ? '; ' : ', ')
  }
  if (value !== null && typeof value === 'object')
    return Object.values(value).map(flat).filter(Boolean).join(', ')
  return value === null || value === undefined ? '' : String(value)
}
