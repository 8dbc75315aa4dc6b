/**
 * Why somebody may read a thing, or may not. The database's policies decide; this says the same in words that a governance
 * officer reads. The two are written apart and compared over thousands of combinations (`access-matrix.test.ts`).
 */
import { type Day, londonDay } from '../../platform/calendar.ts'
import { agreementState, findAgreement, type NoAgreement } from '../agreements/agreement.ts'
import { may } from '../permissions.ts'
import type {
  AccessFacts,
  BreakGlassThing,
  CircleThing,
  DisclosureThing,
  EntryThing,
  PointerThing,
  RecordThing,
  RequestThing,
  Thing,
} from './access-facts.ts'
import type { Member } from './as-member.ts'
import { explainArrangement, explainCustody } from './explain-custody.ts'
import { explainGroup, explainGroupLink } from './explain-group.ts'
import { explainPlacement } from './explain-placement.ts'

export const allowedWords = {
  'own agency': 'It is their own agency’s.',
  'looks after what is suspended': 'It is suspended, and they are the coordinator who reviews it.',
  'broke the glass': 'They broke the glass on this person, and it has not closed yet.',
  'in the circle': 'They were named as a member of the circle.',
  'owns the circle': 'They own the circle. Its notes are for its members.',
  'given to their agency': 'It was given to their agency for this purpose, under an agreement in force.',
  'given in an emergency': 'It was given to their agency in an emergency, which crosses purposes.',
  'their agency gave it': 'Their agency gave it.',
  'asked or was asked': 'Their agency asked, or was asked.',
  'an agreement points there':
    'Both agencies hold a record of the person, and an agreement lets them know it.',
  'broke it themselves': 'They broke the glass themselves.',
  'to be told': 'They own the agency’s record of the person, or coordinate for the agency, and are told.',
  'governance reviews it': 'Information governance reviews every opening without a right.',
  'on its panel': 'They sit on the panel of the cohort.',
  'proposed it': 'They proposed it.',
  'looks after them': 'They are the lead worker of the person.',
  'brought to it by name': 'Their agency was brought to this one person by name.',
  'works with them': 'They work with the person, and an agreement in force lets them know it.',
  'an agreement shows it': 'An agreement in force shows it to agencies that work on groups.',
} as const

export const refusedWords = {
  'role sees no people': 'Their role does not see records about people.',
  'no purpose': 'They had not said for what purpose they were working.',
  'other agency holds it': 'Another agency holds it. They may ask that agency.',
  'the glass has closed': 'They broke the glass on this person, and the time that was shown is over.',
  'in a circle': 'It stands in a closed circle, and they were not named as a member.',
  'police and a closed circle':
    'Police cannot open a circle for mediation, youth work or health notes (R17).',
  'circle not reviewed': 'The circle is shut: nobody reviewed it in time (R10).',
  suspended: 'It is suspended: nobody reviewed it in time (R10).',
  restricted: 'It is restricted while its accuracy is disputed (R22).',
  'disclosure ended': 'What was given has ended.',
  'disclosure withdrawn': 'The agency that gave it has taken it back.',
  'other purpose': 'It was given, or agreed, for another purpose.',
  'agreement not in force': 'The agreement is not in force.',
  'no agreement': 'No agreement in writing joins the two agencies (R13).',
  'field not agreed': 'The agreement does not name it.',
  'nothing named': 'Nothing was named that could be shared.',
  'released by its author alone':
    'Its author released it from a closed circle; within the agency it stays theirs.',
  'nothing held': 'The agency holds no record of the person that it may say so of.',
  'own agency does not know them':
    'Their own agency holds no record of the person: asking is no way to search (R18).',
  'their own agency': 'It is their own agency: there is nothing to point to.',
  'does not concern them': 'It does not concern a record of theirs.',
  'not brought to it':
    'They do not sit on its panel, did not propose it, do not look after it, and were not brought to it.',
  'kind without lists':
    'Agencies of this kind are never given a list of people: a seat on a panel shows them nothing (R14).',
  'taken back': 'Whoever wrote it down has taken it back: it was a mistake.',
  'not told what there is to mind':
    'They may know that the person is in custody; where, and what there is to mind, is for the kinds of agency that the area pack names.',
  'kind not told of it': 'Agencies of their kind are not told of such an arrangement.',
  'does not work with them':
    'Their agency holds no record of the person, and they were brought to them neither in a cohort nor on a plan.',
  'works on no groups': 'Groups are there for police, youth justice and coordinators (R14).',
  'not approved': 'No second approver has confirmed it, so it is its own agency’s alone (R3).',
  'link ended': 'It was removed, withdrawn or not confirmed: there is no list of what was (R11).',
  'no list of a group':
    'Their agency neither leads the group nor holds a record of the person: nobody is given a list (R14).',
  'placement ended': 'It has ended, and their agency has confirmed that nothing of it is kept (R11).',
} as const

export type Allowed = keyof typeof allowedWords
export type Refused = keyof typeof refusedWords
export type Access = { ok: true; because: Allowed } | { ok: false; because: Refused }

const yes = (because: Allowed): Access => ({ ok: true, because })
const no = (because: Refused): Access => ({ ok: false, because })

export const accessWords = ({ ok, because }: Access): string =>
  ok ? allowedWords[because as Allowed] : refusedWords[because as Refused]

/** What keeps somebody from everything about people; null for nothing. */
export function barred({ role, purpose }: Member): Refused | null {
  if (!may(role, 'see-people')) return 'role sees no people'
  return purpose === null ? 'no purpose' : null
}

/** Whether the member may read the thing, and why. The facts are those of `facts.now`. */
export function explainAccess(member: Member, thing: Thing, facts: AccessFacts): Access {
  if (thing.kind === 'break-glass') return readBreakGlass(member, thing, facts)
  const bar = barred(member)
  if (bar) return no(bar)
  switch (thing.kind) {
    case 'record':
      return readRecord(member, thing, facts)
    case 'entry':
      return readEntry(member, thing, facts)
    case 'disclosure':
      return readDisclosure(member, thing, facts)
    case 'request':
      return readRequest(member, thing)
    case 'pointer':
      return seePointer(member, thing, facts)
    case 'circle':
      return readCircle(member, thing, facts)
    case 'placement':
      return explainPlacement(member, thing, facts)
    case 'custody':
      return explainCustody(member, thing, facts)
    case 'arrangement':
      return explainArrangement(member, thing, facts)
    case 'group':
      return explainGroup(member, thing, facts)
    case 'group-link':
      return explainGroupLink(member, thing, facts)
  }
}

/** True where the agency holds a record of the person that gives it ground to ask, to be asked or to share. */
export const holds = (facts: AccessFacts, agency: string, person: string): boolean =>
  facts.records.some(r => r.agency === agency && r.person === person && r.suspendedOn === null)

function throughGlass(member: Member, person: string, { now, brokenGlass }: AccessFacts): Access {
  const mine = brokenGlass.filter(g => g.person === person && g.user === member.user && g.startsAt <= now)
  if (mine.some(g => g.endsAt > now)) return yes('broke the glass')
  return no(mine.length > 0 ? 'the glass has closed' : 'other agency holds it')
}

function readRecord(member: Member, record: RecordThing, facts: AccessFacts): Access {
  const own = record.agency === member.agency
  if (record.suspendedOn !== null) {
    return own && member.role === 'coordinator' ? yes('looks after what is suspended') : no('suspended')
  }
  return own ? yes('own agency') : throughGlass(member, record.person, facts)
}

function readEntry(member: Member, entry: EntryThing, facts: AccessFacts): Access {
  if (entry.restrictedAt !== null) return no('restricted')
  if (entry.suspendedOn !== null) {
    const reviews = entry.agency === member.agency && member.role === 'coordinator' && entry.circle === null
    return reviews ? yes('looks after what is suspended') : no('suspended')
  }
  if (entry.circle !== null) {
    const inside = inCircle(member, entry.circle, facts)
    if (!inside.ok || entry.agency === member.agency) return inside
    const found = agreed(facts, entry.agency, member, ['circle-notes'])
    return found ? no(found) : inside
  }
  return entry.agency === member.agency ? yes('own agency') : throughGlass(member, entry.person, facts)
}

function inCircle(member: Member, id: string, { circles, now }: AccessFacts): Access {
  const circle = circles.find(c => c.id === id)
  if (!circle?.members.includes(member.user)) return no('in a circle')
  if (shutToPolice(member, circle.kind)) return no('police and a closed circle')
  return circle.reviewOn < londonDay(now) ? no('circle not reviewed') : yes('in the circle')
}

const shutToPolice = ({ agencyKind }: Member, kind: string) =>
  agencyKind === 'police' && kind !== 'restricted-case'

function readCircle(member: Member, { circle: id }: CircleThing, facts: AccessFacts): Access {
  const circle = facts.circles.find(c => c.id === id)
  const owns = circle?.owner === member.user && circle.agency === member.agency
  if (owns && !shutToPolice(member, circle.kind)) return yes('owns the circle')
  return inCircle(member, id, facts)
}

function readDisclosure(member: Member, thing: DisclosureThing, facts: AccessFacts): Access {
  if (thing.copiesRestricted) return no('restricted')
  if (thing.from === member.agency) {
    const released = thing.way === 'threat-to-life' && thing.madeBy !== member.user
    return released ? no('released by its author alone') : yes('their agency gave it')
  }
  if (thing.to !== member.agency) return no('other agency holds it')
  if (thing.withdrawnAt !== null) return no('disclosure withdrawn')
  const today = londonDay(facts.now)
  if (thing.endsOn < today) return no('disclosure ended')
  if (thing.agreement === null) return yes('given in an emergency')
  if (thing.purpose !== member.purpose) return no('other purpose')
  return stillInForce(thing.agreement, facts, today)
    ? yes('given to their agency')
    : no('agreement not in force')
}

const stillInForce = (id: string, { agreements }: AccessFacts, today: Day): boolean =>
  agreements.some(a => a.id === id && agreementState(a, today) === 'in force')

const readRequest = ({ agency }: Member, { from, to }: RequestThing): Access =>
  from === agency || to === agency ? yes('asked or was asked') : no('other agency holds it')

function seePointer(member: Member, { person, agency }: PointerThing, facts: AccessFacts): Access {
  if (agency === member.agency) return no('their own agency')
  if (!holds(facts, member.agency, person)) return no('own agency does not know them')
  const held = facts.records.some(
    r => r.person === person && r.agency === agency && r.suspendedOn === null && !r.sensitive,
  )
  if (!held) return no('nothing held')
  const lacking = agreed(facts, agency, member, ['known-to'])
  return lacking ? no(lacking) : yes('an agreement points there')
}

/** What an agreement between the agency and the member's lacks for the fields; null where one covers them. */
function agreed(facts: AccessFacts, agency: string, member: Member, fields: string[]): NoAgreement | null {
  const found = findAgreement(
    facts.agreements,
    { one: agency, other: member.agency, purpose: member.purpose ?? '', fields },
    londonDay(facts.now),
  )
  return 'because' in found ? found.because : null
}

function readBreakGlass(member: Member, { user, person }: BreakGlassThing, facts: AccessFacts): Access {
  if (member.role === 'information-governance-officer') return yes('governance reviews it')
  const bar = barred(member)
  if (bar) return no(bar)
  if (user === member.user) return yes('broke it themselves')
  const told =
    (member.role === 'coordinator' && holds(facts, member.agency, person)) ||
    facts.records.some(r => r.person === person && r.agency === member.agency && r.owner === member.user)
  return told ? yes('to be told') : no('does not concern them')
}
