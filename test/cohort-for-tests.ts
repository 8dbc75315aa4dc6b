/** A cohort in the small partnership of the tests, its panel, and proposals before it. Everything is invented. */
import { randomUUID } from 'node:crypto'
import type { PackCohort, PackTier } from '../src/areas/area-pack.ts'
import { syncCohorts } from '../src/casework/cohorts/pack-cohorts.ts'
import type { MoveDetail, PlacementMove } from '../src/casework/cohorts/placement.ts'
import { movePlacement, readPlacement } from '../src/casework/cohorts/placement-store.ts'
import type { ProposalAnswers } from '../src/casework/cohorts/proposal.ts'
import { saveProposal, sendProposal, startProposal } from '../src/casework/cohorts/proposal-store.ts'
import { asMember, asProgram, type Member } from '../src/governance/access/as-member.ts'
import type { PurposeId } from '../src/governance/purposes.ts'
import { morning, type TestAgency, type TestCasework } from './casework-for-tests.ts'
import { packForTests } from './pack-for-tests.ts'

const everybody: PackTier['mayPlace'] = ['practitioner', 'coordinator', 'commander']

const tier = (id: string, rank: number, more: Partial<PackTier> = {}): PackTier => ({
  id,
  name: `Tier ${rank} (invented)`,
  purpose: 'for tests',
  rank,
  leadAgency: 'police',
  leadRank: 'Inspector',
  aboveSupport: true,
  firstContactDays: 3,
  reviewDays: 42,
  reviewDaysChild: 28,
  expectedActivity: 'A visit every fortnight',
  visits: { every: 14 },
  mayPlace: ['commander'],
  mayMove: ['commander'],
  mayArchive: everybody,
  ...more,
})

export const schemeForTests = {
  id: 'three-tier',
  name: 'Three tiers (invented)',
  from: '2021-12-21',
  source: 'for tests',
  tiers: [
    tier('enforced', 1),
    tier('managed', 2),
    tier('support', 3, { aboveSupport: false, mayPlace: everybody, reviewDays: 90, reviewDaysChild: 42 }),
  ],
}

export const cohort = (id: string, more: Partial<PackCohort> = {}): PackCohort => ({
  id,
  name: `Cohort ${id} (invented)`,
  scheme: 'three-tier',
  leadAgency: 'police',
  parties: ['police', 'council', 'partnership', 'charity'],
  purpose: 'for tests',
  source: 'for tests',
  ...more,
})

export interface TestCohorts {
  /** Named to the panel from the day of the tests on. */
  seat(cohort: string, member: Member, part: 'chair' | 'member' | 'adviser'): Promise<void>
  /** Another person at work, of whatever agency and role. */
  another(agency: TestAgency, role: Member['role'], purpose?: PurposeId): Promise<Member>
  /** Sends a proposal about the person by the member, and gives its reference. */
  propose(by: Member, person: string, more?: ProposalAnswers): Promise<string>
  move(by: Member, reference: string, name: PlacementMove, detail?: MoveDetail, now?: Date): Promise<void>
  /** Records that the panel decides so, the chair and the members agreeing. */
  decide(
    chair: Member,
    reference: string,
    name: 'place' | 'refuse' | 'move' | 'refuse-move',
    members: readonly Member[],
    detail?: MoveDetail,
    now?: Date,
  ): Promise<void>
  born(person: string, day: string | null): Promise<void>
}

export const proposalAnswers = (more: ProposalAnswers = {}): ProposalAnswers => ({
  cohort: 'north',
  strengths: 'Plays football every week; trusts his aunt.',
  protective: 'His aunt takes him in at weekends.',
  view: 'Wants to be left alone, and to work with cars.',
  grounds: [
    {
      ground: 'weapon',
      on: '2026-11-02',
      source: 'officer who was there',
      says: 'Had a kitchen knife at the bus station.',
    },
  ],
  tier: 'managed',
  because: 'A named worker who visits; support alone was turned away twice.',
  ...more,
})

export async function cohortsForTests(casework: TestCasework): Promise<TestCohorts> {
  const { database } = casework
  await syncCohorts(database, {
    ...packForTests,
    tierSchemes: [schemeForTests],
    cohorts: [cohort('north'), cohort('south'), cohort('east', { leadAgency: 'council' })],
  })
  let people = 0
  const seen = (by: Member, reference: string, now: Date) =>
    asMember(database, by, { now }, async tx => (await readPlacement(tx, reference)).stands)
  const move: TestCohorts['move'] = async (by, reference, name, detail = {}, now = morning) => {
    const { seq } = await seen(by, reference, now)
    await asMember(database, by, { now }, tx =>
      movePlacement(tx, reference, name, { key: randomUUID(), seen: seq, detail }),
    )
  }
  return {
    seat: (id, member, part) =>
      asProgram(database, morning, async tx => {
        await tx.query(
          `insert into panel_members (cohort, user_id, part, since, added_by, added_at)
           values ($1, $2, $3, '2026-01-01', $2, present())`,
          [id, member.user, part],
        )
      }),
    another: async (agency, role, purpose = 'safeguarding') => {
      const model = await casework.member(agency, role, purpose)
      const user = randomUUID()
      const name = `Another ${role} ${++people} of ${model.agencyName}`
      await database.query(
        'insert into users (id, agency, name, post, email, role, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
        [user, model.agency, name, role, `${user}@example`, role, morning.toISOString()],
      )
      return { ...model, user, name }
    },
    propose: async (by, person, more = {}) => {
      const sending = await asMember(database, by, { now: morning }, async tx => {
        const id = await startProposal(tx, person)
        await saveProposal(tx, id, proposalAnswers(more))
        return sendProposal(tx, id)
      })
      if (sending.outcome !== 'sent') throw new Error(JSON.stringify(sending))
      return sending.reference
    },
    move,
    decide: async (chair, reference, name, members, detail = {}, now = morning) => {
      const { proposal } = await seen(chair, reference, now)
      await move(
        chair,
        reference,
        name,
        {
          ...(proposal && ['place', 'move'].includes(name) && { tier: proposal.tier }),
          ...(name === 'place' && { owner: members[0]?.user, reviewOn: '2026-12-18' }),
          because: 'The panel was of one mind.',
          panel: [chair, ...members].map(m => ({ user: m.user, view: 'agreed' })),
          ...detail,
        },
        now,
      )
    },
    born: async (person, day) => {
      await database.query(
        'update agency_records set birth_date = $2, birth_date_known = $3 where person_id = $1',
        [person, day, day && 'day'],
      )
    },
  }
}
