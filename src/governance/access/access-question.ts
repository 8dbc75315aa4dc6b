/** "May this person see that, and why?", asked by information governance of numbers in the record of acts. */

import { agreementsOf } from '../agreements/agreement-store.ts'
import { isPurpose } from '../purposes.ts'
import { isMemberRole } from '../roles.ts'
import {
  type AccessFacts,
  type ArrangementThing,
  type CustodyThing,
  type GroupLinkThing,
  type GroupThing,
  nobodyReached,
  type PlacementThing,
  type ReachFacts,
  type RecordThing,
  type Thing,
} from './access-facts.ts'
import type { Member, MemberTransaction } from './as-member.ts'
import { type Access, accessWords, barred, explainAccess, refusedWords } from './explain-access.ts'
import { type Crossable, explainAsking, explainOffering } from './explain-acts.ts'
import { explainWeighing } from './explain-placement.ts'

export const questionKinds = {
  person: 'A person, and what agencies hold',
  entry: 'An entry',
  request: 'A request',
  disclosure: 'A disclosure',
  'break-glass': 'An opening without a right',
  circle: 'A circle',
  placement: 'A place in a cohort',
  custody: 'Somebody’s time in custody',
  arrangement: 'That an arrangement works with somebody',
  group: 'A group',
  'group-link': 'That somebody was seen with a group',
} as const

export type QuestionKind = keyof typeof questionKinds

export const isQuestionKind = (text: string): text is QuestionKind => Object.hasOwn(questionKinds, text)

export interface AccessAnswer {
  what: string
  ok: boolean
  words: string
}

interface KeptFacts {
  thing: Thing | { kind: 'person' }
  records: RecordThing[]
  brokenGlass: { person: string; user: string; startsAt: string; endsAt: string }[]
  circles: AccessFacts['circles']
}

/**
 * What the policies would answer to the user now, working for the purpose. Null where there is no such user or thing.
 */
export async function answerAccess(
  tx: MemberTransaction,
  asked: { user: string; purpose: string; kind: QuestionKind; id: string },
): Promise<AccessAnswer[] | null> {
  const [user] = await tx.query<Omit<Member, 'purpose' | 'role'> & { role: string }>(
    `select u.id as user, u.name, u.post, u.agency, a.name as "agencyName", a.kind as "agencyKind", u.role
     from users u join agencies a on a.id = u.agency where u.id = $1`,
    [asked.user],
  )
  if (!user || !isMemberRole(user.role)) return null
  const member: Member = {
    ...user,
    role: user.role,
    purpose: isPurpose(asked.purpose) ? asked.purpose : null,
  }
  if (asked.kind === 'placement') return answerPlacement(tx, member, asked.id)
  if (asked.kind === 'custody' || asked.kind === 'arrangement')
    return answerCustody(tx, member, asked.kind, asked.id)
  if (asked.kind === 'group' || asked.kind === 'group-link')
    return answerGroup(tx, member, asked.kind, asked.id)
  const [row] = await tx.query<{ facts: KeptFacts | null }>('select access_facts($1, $2) as facts', [
    asked.kind,
    asked.id,
  ])
  if (!row?.facts) return null
  const { thing, records, brokenGlass, circles } = row.facts
  const facts: AccessFacts = {
    now: tx.now,
    agreements: await agreementsOf(tx, member.agency),
    records,
    panels: [],
    reach: nobodyReached,
    circles,
    brokenGlass: brokenGlass.map(({ startsAt, endsAt, ...rest }) => ({
      ...rest,
      startsAt: new Date(startsAt),
      endsAt: new Date(endsAt),
    })),
  }
  const see = (what: string, seen: Thing): AccessAnswer => {
    const access = explainAccess(member, seen, facts)
    return { what, ok: access.ok, words: accessWords(access) }
  }
  if (thing.kind !== 'person') return [see(questionKinds[thing.kind as QuestionKind], revived(thing))]
  const named = await tx.query<{ id: string; name: string }>('select id, name from agencies')
  const nameOf = (agency: string) => named.find(a => a.id === agency)?.name ?? agency
  const person = asked.id
  return records.flatMap(record => {
    const { agency } = record
    const answers = [see(`Reading the record of ${nameOf(agency)}`, record)]
    if (agency === member.agency) return answers
    return [
      ...answers,
      see(`Knowing that ${nameOf(agency)} holds one`, { kind: 'pointer', person, agency }),
      crossing(`Asking ${nameOf(agency)}`, explainAsking(member, { person, to: agency }, facts)),
      crossing(
        `Offering ${nameOf(agency)} a summary`,
        explainOffering(member, { person, to: agency, fields: ['summary'] }, facts),
      ),
    ]
  })
}

async function answerPlacement(
  tx: MemberTransaction,
  member: Member,
  id: string,
): Promise<AccessAnswer[] | null> {
  const [row] = await tx.query<{
    facts: { thing: PlacementThing; panels: AccessFacts['panels'] } | null
  }>('select placement_access_facts($1) as facts', [id])
  if (!row?.facts) return null
  const { thing, panels } = row.facts
  const facts: AccessFacts = {
    now: tx.now,
    agreements: await agreementsOf(tx, member.agency),
    records: [],
    circles: [],
    brokenGlass: [],
    panels,
    reach: nobodyReached,
  }
  const placement = { ...thing, restrictedAt: thing.restrictedAt && new Date(thing.restrictedAt) }
  const reads = explainAccess(member, placement, facts)
  const bar = barred(member)
  const weighs: Access = bar ? { ok: false, because: bar } : explainWeighing(member, placement, facts)
  return [
    {
      what: 'That they are in the cohort, and who looks after them',
      ok: reads.ok,
      words: accessWords(reads),
    },
    { what: 'Grounds, evidence and decisions', ok: weighs.ok, words: accessWords(weighs) },
  ]
}

async function answerCustody(
  tx: MemberTransaction,
  member: Member,
  kind: 'custody' | 'arrangement',
  id: string,
): Promise<AccessAnswer[] | null> {
  const [row] = await tx.query<{
    facts:
      | ({ thing: Omit<CustodyThing, 'depth'> | ArrangementThing; records: RecordThing[] } & ReachFacts &
          Pick<AccessFacts, 'panels'>)
      | null
  }>('select custody_access_facts($1, $2) as facts', [kind, id])
  if (!row?.facts) return null
  const { thing, records, panels, placements, plans, insideKinds } = row.facts
  const facts: AccessFacts = {
    now: tx.now,
    agreements: await agreementsOf(tx, member.agency),
    records,
    circles: [],
    brokenGlass: [],
    panels,
    reach: { placements, plans, insideKinds },
  }
  const see = (what: string, seen: Thing): AccessAnswer => {
    const access = explainAccess(member, seen, facts)
    return { what, ok: access.ok, words: accessWords(access) }
  }
  if (thing.kind === 'arrangement') return [see('That it works with them, and who leads it there', thing)]
  return [
    see('That they are in custody, until when, and whom to ask', { ...thing, depth: 'existence' }),
    see('Where they are, and what there is to mind inside', { ...thing, depth: 'inside' }),
  ]
}

async function answerGroup(
  tx: MemberTransaction,
  member: Member,
  kind: 'group' | 'group-link',
  id: string,
): Promise<AccessAnswer[] | null> {
  const [row] = await tx.query<{ thing: GroupThing | GroupLinkThing | null }>(
    'select group_access_facts($1) as thing',
    [id],
  )
  if (row?.thing?.kind !== kind) return null
  const { thing } = row
  const access = explainAccess(
    member,
    thing.kind === 'group-link'
      ? { ...thing, restrictedAt: thing.restrictedAt && new Date(thing.restrictedAt) }
      : thing,
    {
      now: tx.now,
      agreements: await agreementsOf(tx, member.agency),
      records: [],
      circles: [],
      brokenGlass: [],
      panels: [],
      reach: nobodyReached,
    },
  )
  return [{ what: questionKinds[kind], ok: access.ok, words: accessWords(access) }]
}

function crossing(what: string, crossable: Crossable): AccessAnswer {
  if (crossable.ok) return { what, ok: true, words: 'An agreement in force lets them.' }
  const { because } = crossable
  return {
    what,
    ok: false,
    words: because === 'role shares nothing' ? 'Their role shares nothing.' : refusedWords[because],
  }
}

/** Instants come as text from the database's JSON. */
function revived(thing: Thing): Thing {
  if (thing.kind === 'entry')
    return { ...thing, restrictedAt: thing.restrictedAt && new Date(thing.restrictedAt) }
  if (thing.kind === 'disclosure')
    return { ...thing, withdrawnAt: thing.withdrawnAt && new Date(thing.withdrawnAt) }
  return thing
}
