/**
 * One school's and one charity's casework in which every personal field says "Quokka" and its own name, so that a byte of it
 * on anybody else's page is found, and told where it came from. Everything is invented.
 */
import { randomUUID } from 'node:crypto'
import { asProgram, type Member } from '../../src/governance/access/as-member.ts'
import { morning, type TestCasework } from '../casework-for-tests.ts'

export const leaks = (body: string): string[] => [...new Set(body.match(/Quokka-[a-z-]+/g) ?? [])]

const word = (field: string) => `Quokka-${field}`

export interface Canaries {
  person: string
  /** Numbers by what they are of. */
  ids: Record<
    | 'record'
    | 'person'
    | 'entry'
    | 'circle'
    | 'note'
    | 'request'
    | 'offered'
    | 'emergency'
    | 'glass'
    | 'referral'
    | 'draft'
    | 'item'
    | 'placement'
    | 'group'
    | 'group-link'
    | 'relation'
    | 'placement-draft'
    | 'seat'
    | 'removal',
    string
  >
  draft: string
  reference: string
  author: string
}

const meetingType = {
  id: 'quokka-meeting',
  name: 'Meeting of the canaries',
  purpose: 'safeguarding',
  cadence: { kind: 'called' },
  chair: 'oak-school',
  members: ['oak-school', 'charity', 'police', 'council'],
  quorum: { agencies: 1 },
  sees: ['person', 'topic'],
  agenda: [],
  source: 'Invented for tests',
}

const boardType = { ...meetingType, id: 'quokka-board', name: 'Board of the canaries', in_pack: true }

export async function settleCanaries(casework: TestCasework): Promise<Canaries> {
  const school = await casework.member('school')
  const charity = await casework.member('charity')
  const agreement = await casework.agree(['school', 'charity'], ['known-to', 'summary', 'circle-notes'])
  const { person, record } = await casework.record(school)
  await casework.record(charity, person)
  const ids = {
    record,
    person,
    entry: randomUUID(),
    circle: randomUUID(),
    note: randomUUID(),
    request: randomUUID(),
    offered: randomUUID(),
    emergency: randomUUID(),
    glass: randomUUID(),
    referral: randomUUID(),
    draft: randomUUID(),
    concern: randomUUID(),
    invitation: randomUUID(),
    rights: randomUUID(),
    breach: randomUUID(),
    action: randomUUID(),
    meeting: randomUUID(),
    item: randomUUID(),
    said: randomUUID(),
    escalation: randomUUID(),
    placement: randomUUID(),
    group: randomUUID(),
    'group-link': randomUUID(),
    relation: randomUUID(),
    'placement-draft': randomUUID(),
    seat: randomUUID(),
    removal: randomUUID(),
    plan: randomUUID(),
    statement: randomUUID(),
    offer: randomUUID(),
    place: randomUUID(),
    line: randomUUID(),
    consequence: randomUUID(),
    bid: randomUUID(),
    'panel-case': randomUUID(),
    'consequence-entry': randomUUID(),
    spell: randomUUID(),
    inside: randomUUID(),
    arrangement: randomUUID(),
  }
  const at = morning.toISOString()
  const kept = {
    created_at: at,
    changed_at: at,
    edition: 1,
    review_on: '2028-01-01',
    delete_on: '2030-01-01',
  }
  const entry = (id: string, circle: string | null, of: Member) => ({
    ...kept,
    id,
    record_id: of.agency === school.agency ? record : null,
    person_id: person,
    agency: of.agency,
    nature: 'fact',
    kind: 'contact',
    occurred_on: '2026-11-01',
    text: word(circle ? 'note' : 'entry'),
    source: word('source'),
    handling: 'C',
    handling_conditions: word('conditions'),
    circle,
    author: of.user,
  })
  const disclosure = (id: string, more: Record<string, unknown>) => ({
    id,
    person_id: person,
    from_agency: school.agency,
    to_agency: charity.agency,
    purpose: 'safeguarding',
    legal_basis: 'for tests',
    fields: ['summary'],
    content: { summary: word('disclosed') },
    entries: [],
    made_by: school.user,
    made_at: at,
    ends_on: '2028-01-01',
    ...more,
  })
  await asProgram(casework.database, morning, async ({ query }) => {
    const insert = (table: string, row: Record<string, unknown>) =>
      query(`insert into ${table} select * from jsonb_populate_record(null::${table}, $1::jsonb)`, [
        JSON.stringify(row),
      ])
    await query(
      `update agency_records set names = $2, reference = $3, address = $4, postcode = $5, phone = $6, school = $7,
         gender = $8, ethnicity_self = $9 where id = $1`,
      [
        record,
        JSON.stringify([{ given: word('given'), family: word('family'), kind: 'usual' }]),
        word('reference'),
        word('address'),
        word('postcode'),
        word('phone'),
        word('school'),
        word('gender'),
        word('ethnicity'),
      ],
    )
    await insert('circles', {
      id: ids.circle,
      name: word('circle'),
      kind: 'mediation',
      agency: school.agency,
      owner: school.user,
      created_at: at,
      review_on: '2028-01-01',
    })
    await insert('circle_members', {
      circle: ids.circle,
      user_id: school.user,
      added_by: school.user,
      added_at: at,
    })
    await insert('entries', entry(ids.entry, null, school))
    await insert('entries', entry(ids.note, ids.circle, school))
    await insert('sharing_requests', {
      id: ids.request,
      person_id: person,
      from_agency: charity.agency,
      to_agency: school.agency,
      asked_by: charity.user,
      asked_at: at,
      purpose: 'safeguarding',
      question: word('question'),
      because: word('need'),
    })
    await insert(
      'disclosures',
      disclosure(ids.offered, {
        kind: 'offered',
        agreement,
        because: word('offered-because'),
        person_told: word('offered-told'),
      }),
    )
    await insert(
      'disclosures',
      disclosure(ids.emergency, {
        kind: 'emergency',
        review_on: '2026-11-23',
        because: word('emergency-because'),
        person_told: word('emergency-told'),
      }),
    )
    await insert('break_glass', {
      id: ids.glass,
      person_id: person,
      user_id: charity.user,
      reason: word('glass-reason'),
      starts_at: at,
      ends_at: new Date(morning.getTime() + 3_600_000).toISOString(),
      review_on: '2026-11-27',
    })
    const answers = { name: word('answer'), concern: word('answer') }
    await insert('referral_drafts', {
      id: ids.draft,
      agency: school.agency,
      author: school.user,
      answers,
      started_at: at,
      changed_at: at,
      delete_on: '2027-01-01',
    })
    await insert('referrals', {
      id: ids.referral,
      reference: 'R-2026-0001',
      from_agency: school.agency,
      to_agency: 'partnership',
      author: school.user,
      kind: 'child',
      urgency: 'routine',
      answers,
      purpose: 'safeguarding',
      legal_basis: 'for tests',
      shared_under: 'agreement',
      state: 'sent',
      state_by: school.user,
      state_at: at,
      sent_at: at,
      due_at: at,
      review_on: '2027-01-01',
      delete_on: '2028-01-01',
    })
    await insert('referral_invitations', {
      id: ids.invitation,
      reference: 'INV-2026-0001',
      agency: school.agency,
      invited_by: school.user,
      to_agency: 'partnership',
      purpose: 'safeguarding',
      legal_basis: 'for tests',
      organisation: word('club'),
      post: word('post'),
      guest_name: word('guest'),
      email: `${word('mail')}@club.example`,
      what_for: word('what-for'),
      made_at: at,
      ends_at: new Date(morning.getTime() + 3 * 86_400_000).toISOString(),
      token_hash: word('hash'),
      delete_on: '2027-02-01',
    })
    await insert('concerns', {
      id: ids.concern,
      reference: 'C-2026-0001',
      agency: school.agency,
      author: school.user,
      given: word('concern-given'),
      family: word('concern-family'),
      noticed_on: '2026-11-18',
      text: word('concern'),
      purpose: 'safeguarding',
      legal_basis: 'for tests',
      noted_at: at,
      review_on: '2027-01-01',
      delete_on: '2028-01-01',
    })
    await insert('rights_cases', {
      id: ids.rights,
      reference: 'SAR-2026-0001',
      kind: 'access',
      regime: 'general',
      given: word('rights-given'),
      family: word('rights-family'),
      asked_by: word('rights-asker'),
      reach_at: word('rights-address'),
      about: word('rights-about'),
      received_on: '2026-11-18',
      subjects: [],
      agency: school.agency,
      opened_by: school.user,
      opened_at: at,
    })
    await insert('meeting_types', {
      id: 'quokka-meeting',
      name: 'Meeting of the canaries',
      definition: meetingType,
      in_pack: true,
    })
    await insert('meetings', {
      id: ids.meeting,
      reference: 'M-2026-0001',
      type: 'quokka-meeting',
      starts_at: at,
      place: word('meeting-place'),
      purpose: 'safeguarding',
      agencies: meetingType.members,
      quorum: meetingType.quorum,
      sees: meetingType.sees,
      planned_at: at,
      state: 'open',
      moves: 1,
      changes: 0,
    })
    await insert('meeting_members', {
      meeting: ids.meeting,
      user_id: school.user,
      agency: school.agency,
      part: 'secretary',
      attendance: 'present',
      changed: 0,
    })
    await insert('agenda_items', {
      id: ids.item,
      meeting: ids.meeting,
      seq: 1,
      section: 'Brought up by members',
      kind: 'person',
      title: word('matter'),
      agency: school.agency,
      called: word('called'),
      person_id: person,
      added_by: school.user,
      added_at: at,
      changed: 0,
      delete_on: '2029-01-01',
      purpose: 'safeguarding',
    })
    await insert('meeting_entries', {
      id: ids.said,
      meeting: ids.meeting,
      agenda_item: ids.item,
      seq: 0,
      kind: 'shared',
      text: word('said'),
      agency: school.agency,
      by_user: school.user,
      by_agency: school.agency,
      at,
      delete_on: '2029-01-01',
    })
    await insert('tier_schemes', {
      id: 'canaries',
      name: 'Of the canaries',
      from_day: '2020-01-01',
      source: 'for tests',
      in_pack: true,
    })
    await insert('tiers', {
      scheme: 'canaries',
      id: 'one',
      name: 'One',
      purpose: 'for tests',
      rank: 1,
      lead_agency: charity.agency,
      lead_rank: 'Manager',
      above_support: true,
      custody: false,
      first_contact_days: 3,
      review_days: 42,
      review_days_child: 28,
      expected_activity: 'for tests',
      may_place: ['coordinator'],
      may_move: ['coordinator'],
      may_archive: ['coordinator'],
      in_pack: true,
    })
    await insert('cohorts', {
      id: 'of-the-school',
      name: 'Led by the charity',
      scheme: 'canaries',
      lead_agency: charity.agency,
      purpose: 'for tests',
      source: 'for tests',
      in_pack: true,
    })
    // A party by name: what keeps the council out is that nobody of it sits.
    await insert('cohort_parties', { cohort: 'of-the-school', agency: charity.agency })
    await insert('cohort_parties', { cohort: 'of-the-school', agency: 'council' })
    await insert('panel_members', {
      id: ids.seat,
      cohort: 'of-the-school',
      user_id: charity.user,
      part: 'chair',
      since: '2026-01-01',
      added_by: charity.user,
      added_at: at,
    })
    await insert('placements', {
      id: ids.placement,
      reference: 'T-2026-0001',
      cohort: 'of-the-school',
      scheme: 'canaries',
      person_id: person,
      called: word('called'),
      from_agency: school.agency,
      proposed_by: school.user,
      lead_agency: charity.agency,
      purpose: 'safeguarding',
      legal_basis: word('placement-basis'),
      created_at: at,
      state: 'new',
      wanted: 'one',
      review_on: '2027-01-01',
      delete_on: '2028-01-01',
    })
    await insert('placement_moves', {
      placement: ids.placement,
      seq: 1,
      action: 'propose-with-approver',
      state_after: 'to-approve',
      by_user: school.user,
      by_agency: school.agency,
      at,
      request_key: randomUUID(),
      detail: {
        tier: 'one',
        strengths: word('strengths'),
        protective: word('protective'),
        view: word('view'),
        because: word('placement-because'),
        grounds: [
          { ground: 'weapon', on: '2026-11-01', source: word('ground-source'), says: word('ground') },
        ],
      },
    })
    await insert('placement_evidence', {
      placement: ids.placement,
      entry: ids.entry,
      added_by: school.user,
      added_at: at,
    })
    const group = {
      called: word('group-called'),
      territory: word('group-territory'),
      children: true,
      agency: school.agency,
      owner: school.user,
      purpose: 'safeguarding',
      legal_basis: 'for tests',
      made_at: at,
      state: 'stands',
      level: 'gang',
      test: 'street-gang',
      assessed_on: '2026-11-19',
      assessed_until: '2027-05-18',
      review_on: '2027-01-01',
      delete_on: '2028-01-01',
    }
    const other = randomUUID()
    await insert('groups', { ...group, id: ids.group, reference: 'G-2026-0001' })
    await insert('groups', { ...group, id: other, reference: 'G-2026-0002' })
    await insert('group_moves', {
      group_id: ids.group,
      seq: 1,
      action: 'propose',
      state_after: 'stands',
      by_user: school.user,
      by_agency: school.agency,
      at,
      request_key: ids.group,
      detail: {
        test: 'street-gang',
        because: word('group-because'),
        findings: [
          {
            criterion: 'crime',
            found: 'met',
            says: word('group-says'),
            source: word('group-source'),
            on: '2026-11-02',
          },
        ],
      },
    })
    await insert('group_relations', {
      id: ids.relation,
      group_id: ids.group,
      other_id: other,
      kind: 'rivalry',
      says: word('relation-says'),
      source: word('relation-source'),
      on_day: '2026-11-02',
      agency: school.agency,
      author: school.user,
      made_at: at,
      delete_on: '2027-01-01',
    })
    await insert('group_links', {
      id: ids['group-link'],
      group_id: ids.group,
      person_id: person,
      called: word('link-called'),
      child: true,
      ground: 'acted-together',
      says: word('link-says'),
      on_day: '2026-11-02',
      source: word('link-source'),
      entry: ids.entry,
      agency: school.agency,
      author: school.user,
      made_at: at,
      purpose: 'safeguarding',
      legal_basis: word('link-basis'),
      state: 'stands',
      review_on: '2027-01-01',
      delete_on: '2028-01-01',
    })
    await insert('group_link_moves', {
      link: ids['group-link'],
      seq: 1,
      action: 'see',
      state_after: 'stands',
      by_user: school.user,
      by_agency: school.agency,
      at,
      request_key: ids['group-link'],
      detail: { because: word('link-because') },
    })
    await insert('placement_drafts', {
      id: ids['placement-draft'],
      agency: school.agency,
      author: school.user,
      person_id: person,
      answers: { strengths: word('proposal-answer') },
      started_at: at,
      changed_at: at,
      delete_on: '2027-01-01',
    })
    await insert('removals', {
      id: ids.removal,
      placement: randomUUID(),
      reference: 'T-2026-0002',
      cohort: 'of-the-school',
      agency: charity.agency,
      how: 'archived',
      told_at: at,
      delete_on: '2028-01-01',
    })
    await insert('meeting_types', { ...boardType, definition: boardType })
    await insert('escalations', {
      id: ids.escalation,
      reference: 'E-2026-0001',
      from_type: 'quokka-meeting',
      from_meeting: ids.meeting,
      to_type: boardType.id,
      what: word('escalated'),
      because: word('escalated-because'),
      agency: school.agency,
      by_user: school.user,
      at,
      state: 'raised',
      delete_on: '2029-01-01',
    })
    await insert('meeting_copies', {
      id: randomUUID(),
      reference: 'MC-2026-0001',
      request_key: randomUUID(),
      meeting: ids.meeting,
      what: 'agenda',
      recipient: school.user,
      agency: school.agency,
      names_because: word('copy-because'),
      given_by: school.user,
      given_by_agency: school.agency,
      given_at: at,
      ends_on: '2026-12-04',
      delete_on: '2029-01-01',
    })
    await insert('breaches', {
      id: ids.breach,
      reference: 'B-2026-0001',
      what: word('breach'),
      page: '',
      agency: school.agency,
      reported_by: school.user,
      reported_at: at,
      aware_at: at,
    })
    await query(
      `insert into actions (id, reference, what, agency, due_on, escalate_to, person_id, made_by, made_by_agency, made_at,
         purpose, legal_basis, review_days, review_on, delete_on)
       values ($1, 'A-2026-0001', $2, $3, '2026-12-01', 'charity', $4, $5, $3, $6, 'safeguarding', 'for tests', 42, '2027-01-01', '2028-01-01')`,
      [ids.action, word('action'), school.agency, person, school.user, at],
    )
    const known = {
      name: word('known-place'),
      agency: school.agency,
      owner: school.user,
      purpose: 'safeguarding',
      legal_basis: 'for tests',
      created_at: at,
      review_on: '2027-01-01',
      delete_on: '2028-01-01',
    }
    await insert('places', { ...known, id: ids.place, kind: 'school', address: word('known-address') })
    await insert('lines', {
      ...known,
      id: ids.line,
      origin: word('line-origin'),
      destinations: [],
      status: 'active',
    })
    await insert('plans', {
      id: ids.plan,
      reference: 'P-2026-0001',
      person_id: person,
      called: word('plan-called'),
      child: true,
      aim: word('plan-aim'),
      lead_agency: school.agency,
      owner: school.user,
      state: 'open',
      made_by: school.user,
      made_at: at,
      changed_at: at,
      edition: 1,
      purpose: 'safeguarding',
      legal_basis: 'for tests',
      review_on: '2027-01-01',
      delete_on: '2028-01-01',
    })
    await insert('plan_moves', {
      plan: ids.plan,
      seq: 1,
      move: 'make',
      state_after: 'open',
      by_user: school.user,
      by_agency: school.agency,
      at,
      request_key: ids.plan,
      detail: { note: word('plan-note') },
    })
    await insert('plan_statements', {
      id: ids.statement,
      plan: ids.plan,
      kind: 'need',
      text: word('plan-need'),
      on_day: '2026-11-18',
      entries: [],
      agency: school.agency,
      author: school.user,
      made_at: at,
      changed_at: at,
      edition: 1,
    })
    await insert('plan_offers', {
      id: ids.offer,
      plan: ids.plan,
      pathway: 'mentoring',
      what: word('plan-offer'),
      provider: word('plan-provider'),
      state: 'offered',
      state_at: at,
      agency: school.agency,
      author: school.user,
      made_at: at,
    })
    await insert('plan_templates', {
      id: ids.plan,
      agency: school.agency,
      name: word('template'),
      subject: 'person',
      actions: [{ what: word('template-action'), fourP: 'protect', agencyKind: null, days: 5 }],
      made_by: school.user,
      made_at: at,
    })
    await insert('meeting_types', {
      id: 'tasking-of-the-canaries',
      name: 'Tasking of the canaries',
      definition: { ...meetingType, id: 'tasking-of-the-canaries', members: ['oak-school'] },
      in_pack: true,
    })
    await insert('resources', {
      id: 'of-the-canaries',
      name: 'A team',
      agency: school.agency,
      at_once: 1,
      decided_by: 'tasking-of-the-canaries',
      what: 'A team',
      source: 'for tests',
      in_pack: true,
    })
    await insert('bids', {
      id: ids.bid,
      reference: 'BID-2026-0001',
      resource: 'of-the-canaries',
      from_agency: school.agency,
      asked_by: school.user,
      asked_at: at,
      place: word('bid-place'),
      starts_on: '2026-12-01',
      ends_on: '2026-12-02',
      aim: word('bid-aim'),
      answers: [{ name: 'Harm', says: word('bid-answer') }],
      state: 'asked',
      delete_on: '2028-01-01',
    })
    await insert('bid_moves', {
      bid: ids.bid,
      seq: 1,
      move: 'ask',
      state_after: 'asked',
      by_user: school.user,
      by_agency: school.agency,
      at,
      request_key: ids.bid,
      detail: { because: word('bid-because') },
    })
    await insert('panel_cases', {
      id: ids['panel-case'],
      reference: 'JP-2026-0001',
      panel: 'quokka-meeting',
      person_id: person,
      called: word('panel-called'),
      child: true,
      crime: word('panel-crime'),
      offence: word('panel-offence'),
      offence_on: '2026-11-01',
      admitted: 'yes',
      from_agency: school.agency,
      referred_by: school.user,
      referred_at: at,
      brought: [],
      state: 'waiting',
      assess_by: '2026-12-01',
      decide_by: '2026-12-08',
      purpose: 'safeguarding',
      legal_basis: 'for tests',
      review_days: 42,
      review_on: '2027-01-01',
      delete_on: '2028-01-01',
    })
    await insert('panel_papers', {
      id: ids['panel-case'],
      panel_case: ids['panel-case'],
      kind: 'own-view',
      text: word('panel-paper'),
      agency: school.agency,
      author: school.user,
      made_at: at,
      purpose: 'safeguarding',
    })
    await insert('panel_case_moves', {
      panel_case: ids['panel-case'],
      seq: 1,
      move: 'refer',
      state_after: 'waiting',
      by_user: school.user,
      by_agency: school.agency,
      at,
      request_key: ids['panel-case'],
      detail: { because: word('panel-because') },
    })
    await insert('consequences', {
      id: ids.consequence,
      reference: 'CM-2026-0001',
      what: word('consequence'),
      happened_on: '2026-11-19',
      place: word('consequence-place'),
      incident: word('incident'),
      lead_agency: school.agency,
      owner: school.user,
      state: 'open',
      review_due_on: '2026-11-26',
      opened_by: school.user,
      opened_at: at,
      purpose: 'safeguarding',
      legal_basis: 'for tests',
      review_days: 42,
      review_on: '2027-01-01',
      delete_on: '2028-01-01',
    })
    await insert('consequence_moves', {
      consequence: ids.consequence,
      seq: 1,
      move: 'open',
      state_after: 'open',
      by_user: school.user,
      by_agency: school.agency,
      at,
      request_key: ids.consequence,
      due_on: '2026-11-26',
      detail: { because: word('consequence-because') },
    })
    await insert('consequence_entries', {
      id: ids['consequence-entry'],
      consequence: ids.consequence,
      kind: 'affected',
      nature: 'fact',
      text: word('affected'),
      on_day: '2026-11-19',
      called: word('affected-called'),
      person_id: person,
      role: 'injured',
      agency: school.agency,
      author: school.user,
      made_at: at,
      purpose: 'safeguarding',
      delete_on: '2028-01-01',
    })
    const ends = {
      purpose: 'safeguarding',
      legal_basis: 'for tests',
      review_on: '2027-01-01',
      delete_on: '2028-01-01',
    }
    await insert('custody_spells', {
      ...ends,
      id: ids.spell,
      reference: 'CU-2026-0001',
      person_id: person,
      called: word('custody-called'),
      child: true,
      agency: school.agency,
      since: '2026-11-02',
      made_by: school.user,
      made_at: at,
      state: 'in',
      establishment: word('establishment'),
      wing: word('wing'),
      owner: school.user,
      changed_at: at,
    })
    await insert('custody_moves', {
      spell: ids.spell,
      seq: 1,
      move: 'enter',
      state_after: 'in',
      by_user: school.user,
      by_agency: school.agency,
      at,
      request_key: ids.spell,
      detail: { note: word('custody-note') },
    })
    await insert('custody_concerns', {
      id: ids.inside,
      spell: ids.spell,
      kind: 'conflict',
      nature: 'reported',
      text: word('conflict'),
      source: word('conflict-source'),
      on_day: '2026-11-10',
      agency: school.agency,
      author: school.user,
      made_at: at,
    })
    await insert('gate_marks', { plan: ids.plan, need: ids.statement, marked_by: school.user, marked_at: at })
    await insert('arrangement_kinds', {
      id: 'of-the-canaries',
      name: 'Social care',
      since: '2020-01-01',
      told_to: [],
      source: 'for tests',
      in_pack: true,
    })
    await insert('arrangements', {
      ...ends,
      id: ids.arrangement,
      person_id: person,
      kind: 'of-the-canaries',
      child: true,
      agency: school.agency,
      since: '2026-11-02',
      lead_worker: word('lead-worker'),
      contact: word('arrangement-contact'),
      told_by: word('told-by'),
      author: school.user,
      made_at: at,
      changed_at: at,
      edition: 1,
    })
    await insert('action_moves', {
      action: ids.action,
      seq: 1,
      action_name: 'make',
      state_after: 'open',
      by_user: school.user,
      by_agency: school.agency,
      at,
      request_key: ids.action,
      detail: { note: word('action-note') },
    })
  })
  return {
    person,
    ids,
    draft: ids.draft,
    reference: 'R-2026-0001',
    author: school.user,
  }
}

/** Everything that stands in the tables of the school and the charity, row by row as text. */
export async function heldRows(casework: TestCasework): Promise<string[]> {
  const tables = [
    ...[
      'agency_records',
      'entries',
      'circles',
      'circle_members',
      'sharing_requests',
      'disclosures',
      'break_glass',
    ],
    ...[
      'referrals',
      'referral_drafts',
      'referral_actions',
      'referral_invitations',
      'concerns',
      'rights_cases',
      'breaches',
      'actions',
      'action_moves',
      'action_audience',
      'plans',
      'plan_members',
      'plan_moves',
      'plan_statements',
      'plan_offers',
      'offer_moves',
      'plan_templates',
      'places',
      'lines',
      'panel_cases',
      'panel_papers',
      'panel_case_moves',
      'bids',
      'bid_moves',
      'consequences',
      'consequence_agencies',
      'consequence_moves',
      'consequence_entries',
      'custody_spells',
      'custody_moves',
      'custody_concerns',
      'gate_marks',
      'arrangements',
    ],
    ...[
      'meetings',
      'meeting_members',
      'meeting_moves',
      'agenda_items',
      'meeting_entries',
      'escalations',
      'escalation_moves',
      'meeting_copies',
      'meeting_copy_takings',
    ],
    ...['groups', 'group_moves', 'group_links', 'group_link_moves', 'group_relations'],
    ...[
      'placements',
      'placement_moves',
      'placement_drafts',
      'placement_evidence',
      'panel_members',
      'removals',
    ],
  ]
  const rows: string[] = []
  for (const table of tables) {
    const found = await casework.database.query<{ row: string }>(`select t::text as row from ${table} t`)
    rows.push(...found.map(({ row }) => `${table} ${row}`))
  }
  return rows
}
