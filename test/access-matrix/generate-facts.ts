/**
 * A small partnership in which everything that a policy turns on is drawn by lot: who holds a record, in what state; what
 * stands in circles; agreements and disclosures with dates on, before and after each instant that is asked about. The same
 * facts go into the database and to the explanation. Everything is invented.
 */
import { seededRandom } from '../../src/analysis/seeded-random.ts'
import type {
  AccessFacts,
  ArrangementThing,
  CircleFact,
  CustodyThing,
  DisclosureThing,
  EntryThing,
  GroupLinkThing,
  GroupThing,
  PanelFact,
  PlacementThing,
  PlanFact,
  RecordThing,
  RequestThing,
} from '../../src/governance/access/access-facts.ts'
import { asProgram, type Member } from '../../src/governance/access/as-member.ts'
import type { Agreement } from '../../src/governance/agreements/agreement.ts'
import type { PurposeId } from '../../src/governance/purposes.ts'
import { type MemberRole, memberRoles } from '../../src/governance/roles.ts'
import { addDays, londonDay } from '../../src/platform/calendar.ts'
import type { Database } from '../../src/platform/postgres.ts'
import { caseworkForTests, type TestAgency } from '../casework-for-tests.ts'

/** A working morning, the same evening, a month on, and the hour in which London's day is not UTC's. */
export const instants = [
  new Date('2026-11-20T08:40:00Z'),
  new Date('2026-11-20T20:10:00Z'),
  new Date('2026-12-21T09:00:00Z'),
  new Date('2027-06-30T23:30:00Z'),
]

const agencies: TestAgency[] = ['school', 'police', 'council', 'partnership', 'charity']
const purposes: PurposeId[] = ['safeguarding', 'violence-prevention']
const fields = [
  'known-to',
  'attendance',
  'safety',
  'circle-notes',
  'cohort',
  'plan',
  'custody',
  'arrangement',
  'group',
]

export type Numbered<T> = T & { id: string }

export interface GeneratedFacts {
  facts: Omit<AccessFacts, 'now'>
  members: Member[]
  persons: string[]
  records: Numbered<RecordThing>[]
  entries: Numbered<EntryThing>[]
  requests: Numbered<RequestThing>[]
  disclosures: Numbered<DisclosureThing>[]
  brokenGlass: Numbered<AccessFacts['brokenGlass'][number]>[]
  placements: Numbered<PlacementThing & { person: string }>[]
  custody: Numbered<CustodyThing>[]
  arrangements: Numbered<ArrangementThing>[]
  groups: Numbered<GroupThing>[]
  groupLinks: Numbered<GroupLinkThing>[]
  random: () => number
}

/** Writes the facts into the database. `people` is how many there are. */
export async function generateFacts(
  database: Database,
  seed: number,
  people: number,
): Promise<GeneratedFacts> {
  const random = seededRandom(seed)
  const below = (n: number) => Math.floor(random() * n)
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!
  const chance = (share: number) => random() < share
  const some = <T>(list: readonly T[], share: number) => list.filter(() => chance(share))
  /** A version 4 number from the seed, so that a failure can be had again. */
  const number = () => {
    const hex = Array.from({ length: 32 }, () => below(16).toString(16))
    hex[12] = '4'
    hex[16] = pick(['8', '9', 'a', 'b'])
    return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  }
  /** The days on which something turns: the eve, the day itself and the day after, of an instant. */
  const turningDay = () => addDays(londonDay(pick(instants)), below(3) - 1)
  const turningTime = () => new Date(pick(instants).getTime() + (below(3) - 1) * 3_600_000)

  const casework = await caseworkForTests(database)
  const members: Member[] = []
  for (const agency of agencies) {
    for (const role of memberRoles) members.push(await casework.member(agency, role as MemberRole))
  }
  const atWork = members.filter(m => ['practitioner', 'coordinator', 'commander'].includes(m.role))
  const mover = members.find(m => m.agency === 'charity' && m.role === 'practitioner')!
  const agencyIds = [...new Set(members.map(m => m.agency))]
  const memberOf = (agency: string) => pick(atWork.filter(m => m.agency === agency))

  const agreements: Agreement[] = Array.from({ length: 14 }, () => {
    const startsOn = turningDay()
    return {
      id: number(),
      purpose: pick(purposes),
      parties: some(agencyIds, 0.35),
      fields: some(fields, 0.75),
      startsOn: chance(0.6) ? '2026-01-01' : startsOn,
      endsOn: chance(0.5) ? '2028-01-01' : addDays(startsOn, 1 + below(40)),
      endedOn: chance(0.25) ? turningDay() : null,
    }
  })
  const circles: CircleFact[] = Array.from({ length: 12 }, () => {
    const kind = pick(['mediation', 'youth-work', 'health', 'restricted-case'] as const)
    const mayEnter = atWork.filter(m => kind === 'restricted-case' || m.agencyKind !== 'police')
    const owner = pick(mayEnter)
    return {
      id: number(),
      kind,
      agency: owner.agency,
      owner: owner.user,
      members: [...new Set([...some(mayEnter, 0.5).map(m => m.user), mover.user])],
      reviewOn: chance(0.6) ? '2028-01-01' : turningDay(),
    }
  })

  const persons = Array.from({ length: people }, number)
  const records: Numbered<RecordThing>[] = []
  const entries: Numbered<EntryThing>[] = []
  for (const person of persons) {
    for (const agency of some(agencyIds, 0.45)) {
      records.push({
        id: number(),
        kind: 'record',
        person,
        agency,
        sensitive: chance(0.15),
        suspendedOn: chance(0.15) ? '2026-11-01' : null,
        owner: memberOf(agency).user,
      })
      for (let i = below(4); i > 0; i--) {
        entries.push({
          id: number(),
          kind: 'entry',
          person,
          agency,
          circle: chance(0.4) ? pick(circles).id : null,
          suspendedOn: chance(0.12) ? '2026-11-01' : null,
          restrictedAt: chance(0.1) ? new Date('2026-11-02T09:00:00Z') : null,
          author: memberOf(agency).user,
        })
      }
    }
  }
  const pair = () => {
    const from = pick(agencyIds)
    return { from, to: pick(agencyIds.filter(a => a !== from)) }
  }
  const requests = Array.from({ length: people }, () => ({
    id: number(),
    kind: 'request' as const,
    person: pick(persons),
    ...pair(),
  }))
  const copies = new Map<string, string[]>()
  const disclosures = Array.from({ length: people * 2 }, (): Numbered<DisclosureThing> => {
    const id = number()
    const under = pick(agreements.filter(a => a.parties.length > 1))
    const emergency = chance(0.3)
    const { from, to } = emergency ? pair() : { from: under.parties[0]!, to: under.parties[1]! }
    const copied = chance(0.3) && entries.length > 0 ? [pick(entries)] : []
    copies.set(
      id,
      copied.map(e => e.id),
    )
    return {
      id,
      kind: 'disclosure',
      person: pick(persons),
      from,
      to,
      way: emergency ? pick(['emergency', 'threat-to-life'] as const) : 'offered',
      purpose: emergency ? pick(purposes) : under.purpose,
      agreement: emergency ? null : under.id,
      madeBy: memberOf(from).user,
      endsOn: chance(0.5) ? '2028-01-01' : turningDay(),
      withdrawnAt: chance(0.15) ? instants[0]! : null,
      copiesRestricted: copied.some(e => e.restrictedAt !== null),
    }
  })
  const brokenGlass = Array.from({ length: people }, () => {
    const startsAt = turningTime()
    return {
      id: number(),
      person: pick(persons),
      user: pick(atWork).user,
      startsAt,
      endsAt: new Date(startsAt.getTime() + (1 + below(3)) * 3_600_000),
    }
  })

  const cohorts = ['police', 'council'].map(lead => ({
    id: `led-by-${lead}`,
    lead,
    // The school as well, which no pack would let in: its kind alone has to keep it out.
    parties: [...new Set([lead, ...some(agencyIds, 0.7)])],
  }))
  const panels: PanelFact[] = cohorts.flatMap(({ id, lead, parties }) =>
    some(atWork, 0.6).map(({ user }) => ({
      cohort: id,
      lead,
      parties,
      user,
      part: pick(['chair', 'member', 'adviser'] as const),
      since: chance(0.7) ? '2026-01-01' : turningDay(),
      until: null,
    })),
  )
  for (const seat of panels) {
    if (chance(0.3)) seat.until = [seat.since, turningDay()].toSorted()[1]!
  }
  const placements = persons.flatMap((person): Numbered<PlacementThing & { person: string }>[] => {
    const { id: cohort, lead } = pick(cohorts)
    const proposer = pick(atWork)
    const state = pick(['to-decide', 'placed', 'placed', 'refused', 'archived', 'removed'])
    const hasEnded = state === 'archived' || state === 'removed'
    return [
      {
        id: number(),
        kind: 'placement' as const,
        person,
        cohort,
        lead,
        from: proposer.agency,
        proposedBy: proposer.user,
        owner: chance(0.7) ? pick(atWork).user : null,
        state,
        suspendedOn: chance(0.15) ? '2026-11-01' : null,
        restrictedAt: chance(0.1) ? new Date('2026-11-02T09:00:00Z') : null,
        brought: some(agencyIds, 0.3),
        unconfirmed: hasEnded ? some(agencyIds, 0.5) : [],
      },
    ]
  })

  const plans: Numbered<PlanFact>[] = some(persons, 0.5).map(person => {
    const lead = pick(agencyIds)
    return {
      id: number(),
      person,
      lead,
      purpose: pick(purposes),
      state: chance(0.8) ? 'open' : 'closed',
      suspendedOn: chance(0.15) ? '2026-11-01' : null,
      members: some(agencyIds, 0.5)
        .filter(agency => agency !== lead)
        .map(agency => ({ agency, users: chance(0.4) ? [memberOf(agency).user] : [] })),
    }
  })
  const hidden = () => ({
    suspendedOn: chance(0.15) ? '2026-11-01' : null,
    restrictedAt: chance(0.1) ? new Date('2026-11-02T09:00:00Z') : null,
  })
  const custody = persons.map(
    (person): Numbered<CustodyThing> => ({
      id: number(),
      kind: 'custody',
      depth: 'existence',
      person,
      agency: pick(agencyIds),
      state: pick(['in', 'in', 'released', 'withdrawn']),
      ...hidden(),
    }),
  )
  const toldTo = { everybody: [], some: ['police', 'council'] }
  const arrangements = persons.map((person): Numbered<ArrangementThing> & { of: keyof typeof toldTo } => {
    const of = chance(0.5) ? 'everybody' : 'some'
    return {
      id: number(),
      kind: 'arrangement',
      person,
      agency: pick(agencyIds),
      toldTo: toldTo[of],
      of,
      ...hidden(),
    }
  })
  const insideKinds = [
    { kind: 'police', since: '2026-01-01', until: null },
    { kind: 'council', since: '2026-01-01', until: '2026-12-21' },
    { kind: 'charity', since: '2026-11-21', until: null },
  ]
  const groups = Array.from(
    { length: 16 },
    (): Numbered<GroupThing> => ({
      id: number(),
      kind: 'group',
      agency: pick(agencyIds),
      state: pick(['to-approve', 'stands', 'stands', 'stands', 'to-approve-again', 'ended']),
      suspendedOn: chance(0.15) ? '2026-11-01' : null,
    }),
  )
  // Each rests on a statement, of which one agency alone may have written.
  const groupLinks = entries.map(
    (entry): Numbered<GroupLinkThing> & { entry: string; group: Numbered<GroupThing> } => ({
      id: number(),
      kind: 'group-link',
      group: pick(groups),
      person: entry.person,
      agency: entry.agency,
      state: pick(['to-confirm', 'stands', 'stands', 'stands', 'removed']),
      suspendedOn: chance(0.1) ? '2026-11-01' : null,
      restrictedAt: entry.restrictedAt,
      holders: records.filter(r => r.person === entry.person && r.suspendedOn === null).map(r => r.agency),
      entry: entry.id,
    }),
  )

  await asProgram(database, instants[0]!, async ({ query }) => {
    const insert = (table: string, rows: readonly Record<string, unknown>[]) =>
      query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [
        JSON.stringify(rows),
      ])
    const at = instants[0]
    const dates = {
      created_at: at,
      changed_at: at,
      edition: 1,
      review_on: '2028-01-01',
      delete_on: '2030-01-01',
    }
    await insert(
      'agreements',
      agreements.map(a => ({
        id: a.id,
        title: 'Drawn by lot',
        purpose: a.purpose,
        legal_basis: 'for tests',
        owner: 'council',
        starts_on: a.startsOn,
        ends_on: a.endsOn,
        ended_on: a.endedOn,
        created_at: at,
      })),
    )
    await insert(
      'agreement_parties',
      agreements.flatMap(a => a.parties.map(agency => ({ agreement: a.id, agency }))),
    )
    await insert(
      'agreement_fields',
      agreements.flatMap(a => a.fields.map(field => ({ agreement: a.id, field }))),
    )
    await insert(
      'circles',
      circles.map(c => ({
        id: c.id,
        name: 'Drawn by lot',
        kind: c.kind,
        agency: c.agency,
        owner: c.owner,
        created_at: at,
        review_on: c.reviewOn,
      })),
    )
    await insert(
      'circle_members',
      circles.flatMap(c =>
        c.members.map(m => ({ circle: c.id, user_id: m, added_by: c.owner, added_at: at })),
      ),
    )
    await insert(
      'persons',
      persons.map(id => ({ id, created_at: at })),
    )
    await insert(
      'agency_records',
      records.map(r => ({
        ...dates,
        id: r.id,
        person_id: r.person,
        agency: r.agency,
        names: [{ given: 'Synthetic', family: 'Person', kind: 'usual' }],
        sensitive: r.sensitive,
        purpose: 'safeguarding',
        legal_basis: 'for tests',
        owner: r.owner,
        suspended_on: r.suspendedOn,
      })),
    )
    await insert(
      'entries',
      entries.map(e => ({
        ...dates,
        id: e.id,
        record_id: records.find(r => r.person === e.person && r.agency === e.agency)!.id,
        person_id: e.person,
        agency: e.agency,
        nature: 'fact',
        kind: 'contact',
        occurred_on: '2026-11-01',
        text: 'Drawn by lot.',
        source: 'for tests',
        handling: 'P',
        circle: e.circle,
        author: e.author,
        suspended_on: e.suspendedOn,
        restricted_at: e.restrictedAt,
      })),
    )
    await insert(
      'sharing_requests',
      requests.map(q => ({
        id: q.id,
        person_id: q.person,
        from_agency: q.from,
        to_agency: q.to,
        asked_by: memberOf(q.from).user,
        asked_at: at,
        purpose: 'safeguarding',
        question: 'Drawn by lot',
        because: 'for tests',
      })),
    )
    await insert(
      'disclosures',
      disclosures.map(d => ({
        id: d.id,
        person_id: d.person,
        agreement: d.agreement,
        from_agency: d.from,
        to_agency: d.to,
        kind: d.way,
        purpose: d.purpose,
        legal_basis: 'for tests',
        fields: ['safety'],
        content: { safety: 'Drawn by lot' },
        entries: copies.get(d.id),
        because: 'for tests',
        person_told: 'yes',
        made_by: d.madeBy,
        made_at: at,
        ends_on: d.endsOn,
        withdrawn_at: d.withdrawnAt,
        review_on: d.agreement === null ? '2026-11-23' : null,
      })),
    )
    await insert(
      'break_glass',
      brokenGlass.map(g => ({
        id: g.id,
        person_id: g.person,
        user_id: g.user,
        reason: 'Drawn by lot, for tests',
        starts_at: g.startsAt,
        ends_at: g.endsAt,
        review_on: '2026-11-27',
      })),
    )
    await query(`insert into tier_schemes values ('lots', 'Drawn by lot', '2020-01-01', 'for tests')`)
    await insert(
      'cohorts',
      cohorts.map(c => ({
        id: c.id,
        name: 'Drawn by lot',
        scheme: 'lots',
        lead_agency: c.lead,
        purpose: 'for tests',
        source: 'for tests',
        in_pack: true,
      })),
    )
    await insert(
      'cohort_parties',
      cohorts.flatMap(c => c.parties.map(agency => ({ cohort: c.id, agency }))),
    )
    await insert(
      'panel_members',
      panels.map(({ cohort, user, part, since, until }) => ({
        id: number(),
        cohort,
        user_id: user,
        part,
        since,
        until,
        added_by: user,
        added_at: at,
      })),
    )
    await insert(
      'placements',
      placements.map((p, n) => ({
        id: p.id,
        reference: `T-2026-${String(n + 1).padStart(4, '0')}`,
        cohort: p.cohort,
        scheme: 'lots',
        person_id: persons[n],
        called: 'Drawn by lot',
        from_agency: p.from,
        proposed_by: p.proposedBy,
        lead_agency: p.lead,
        purpose: 'safeguarding',
        legal_basis: 'for tests',
        created_at: at,
        state: p.state,
        owner: p.owner,
        review_on: '2028-01-01',
        delete_on: '2030-01-01',
        suspended_on: p.suspendedOn,
        restricted_at: p.restrictedAt,
      })),
    )
    await insert(
      'placement_shares',
      placements.flatMap(p =>
        p.brought.map(agency => ({
          placement: p.id,
          agency,
          because: 'Drawn by lot',
          shared_by: p.proposedBy,
          shared_at: at,
        })),
      ),
    )
    await insert(
      'removals',
      placements.flatMap((p, n) =>
        p.unconfirmed.map(agency => ({
          id: number(),
          placement: p.id,
          reference: `T-2026-${String(n + 1).padStart(4, '0')}`,
          cohort: p.cohort,
          agency,
          how: p.state,
          told_at: at,
          delete_on: '2030-01-01',
        })),
      ),
    )
    await insert(
      'plans',
      plans.map((p, n) => ({
        id: p.id,
        reference: `P-2026-${String(n + 1).padStart(4, '0')}`,
        person_id: p.person,
        called: 'Drawn by lot',
        child: false,
        aim: 'Drawn by lot',
        lead_agency: p.lead,
        owner: memberOf(p.lead).user,
        state: p.state,
        closed_at: p.state === 'closed' ? at : null,
        made_by: memberOf(p.lead).user,
        made_at: at,
        purpose: p.purpose,
        legal_basis: 'for tests',
        suspended_on: p.suspendedOn,
        ...{ changed_at: at, edition: 1, review_on: '2028-01-01', delete_on: '2030-01-01' },
      })),
    )
    await insert(
      'plan_members',
      plans.flatMap(p =>
        p.members.map(({ agency, users }) => ({
          plan: p.id,
          agency,
          users,
          since: at,
          added_by: memberOf(p.lead).user,
        })),
      ),
    )
    await insert(
      'custody_kinds',
      insideKinds.map(kind => ({ ...kind, source: 'for tests' })),
    )
    // By somebody of long ago: whoever has just written something reads it, whatever else holds.
    const longAgo = { made_at: '2026-01-05T09:00:00Z', changed_at: at, purpose: 'safeguarding' }
    const ends = { legal_basis: 'for tests', review_on: '2028-01-01', delete_on: '2030-01-01' }
    await insert(
      'custody_spells',
      custody.map((s, n) => ({
        ...longAgo,
        ...ends,
        id: s.id,
        reference: `CU-2026-${String(n + 1).padStart(4, '0')}`,
        person_id: s.person,
        called: 'Drawn by lot',
        child: false,
        agency: s.agency,
        since: '2026-01-05',
        made_by: memberOf(s.agency).user,
        state: s.state,
        establishment: 'Drawn by lot',
        wing: '',
        released_on: s.state === 'released' ? '2026-11-01' : null,
        owner: memberOf(s.agency).user,
        suspended_on: s.suspendedOn,
        restricted_at: s.restrictedAt,
      })),
    )
    await insert(
      'arrangement_kinds',
      Object.entries(toldTo).map(([id, told]) => ({
        id,
        name: 'Drawn by lot',
        since: '2020-01-01',
        told_to: told,
        source: 'for tests',
        in_pack: true,
      })),
    )
    await insert(
      'arrangements',
      arrangements.map(r => ({
        ...longAgo,
        ...ends,
        id: r.id,
        person_id: r.person,
        kind: r.of,
        child: false,
        agency: r.agency,
        since: '2026-01-05',
        lead_worker: 'Drawn by lot',
        contact: 'Drawn by lot',
        told_by: 'Drawn by lot',
        author: memberOf(r.agency).user,
        edition: 1,
        suspended_on: r.suspendedOn,
        restricted_at: r.restrictedAt,
      })),
    )
    await insert(
      'groups',
      groups.map((g, n) => ({
        id: g.id,
        reference: `G-2026-${String(n + 1).padStart(4, '0')}`,
        called: 'Drawn by lot',
        territory: '',
        children: true,
        agency: g.agency,
        owner: memberOf(g.agency).user,
        purpose: 'safeguarding',
        legal_basis: 'for tests',
        made_at: at,
        state: g.state,
        review_on: '2028-01-01',
        delete_on: '2030-01-01',
        suspended_on: g.suspendedOn,
      })),
    )
    await insert(
      'group_links',
      groupLinks.map(l => ({
        id: l.id,
        group_id: l.group.id,
        person_id: l.person,
        called: 'Drawn by lot',
        child: false,
        ground: 'acted-together',
        says: 'Drawn by lot.',
        on_day: '2026-11-01',
        source: 'for tests',
        entry: l.entry,
        agency: l.agency,
        author: memberOf(l.agency).user,
        made_at: at,
        purpose: 'safeguarding',
        legal_basis: 'for tests',
        state: l.state,
        review_on: '2028-01-01',
        delete_on: '2030-01-01',
        suspended_on: l.suspendedOn,
      })),
    )
    // Put into circles while with the charity, and with the police since.
    await query(`update users set agency = 'police' where id = $1`, [mover.user])
  })
  Object.assign(mover, { agency: 'police', agencyName: 'Police (synthetic)', agencyKind: 'police' })
  return {
    facts: { agreements, circles, brokenGlass, records, panels, reach: { placements, plans, insideKinds } },
    members,
    persons,
    records,
    entries,
    requests,
    disclosures,
    brokenGlass,
    placements,
    custody,
    arrangements,
    groups,
    groupLinks,
    random,
  }
}
