/** Plans, what is said and offered in them, and every action with its history. */
import type { ProgramTransaction } from '../../governance/access/as-member.ts'
import { londonDay } from '../../platform/calendar.ts'
import { insertRows } from './insert-rows.ts'
import type { SyntheticAction } from './plan-actions.ts'
import type { Plans } from './plans.ts'

export async function writePlans(tx: ProgramTransaction, { known, plans, actions }: Plans): Promise<void> {
  await writeKnown(tx, known)
  await insertRows(
    tx,
    'plans',
    `id uuid, reference text, person_id uuid, group_id uuid, place_id uuid, line_id uuid, placement uuid, called text, child boolean,
     aim text, lead_agency text, owner uuid, state text, closed_at timestamptz, outcome text, made_by uuid,
     made_at timestamptz, changed_at timestamptz, edition integer, purpose text, legal_basis text, review_on date,
     delete_on date, suspended_on date`,
    plans.map(p => ({
      id: p.id,
      reference: p.reference,
      person_id: p.person,
      group_id: p.group,
      place_id: p.place,
      line_id: p.line,
      placement: p.placement,
      called: p.called,
      child: p.child,
      aim: p.aim,
      lead_agency: p.owner.agency,
      owner: p.owner.id,
      state: p.closedAt ? 'closed' : 'open',
      closed_at: p.closedAt,
      outcome: p.outcome,
      made_by: p.owner.id,
      made_at: p.madeAt,
      changed_at: p.madeAt,
      edition: 1,
      purpose: p.purpose,
      legal_basis: p.legalBasis,
      review_on: p.reviewOn,
      delete_on: p.deleteOn,
      suspended_on: p.suspendedOn,
    })),
  )
  await insertRows(
    tx,
    'plan_members',
    'plan uuid, agency text, users uuid[], since timestamptz, added_by uuid',
    plans.flatMap(p =>
      p.members.map(m => ({
        plan: p.id,
        agency: m.agency,
        users: m.users,
        since: m.since,
        added_by: p.owner.id,
      })),
    ),
  )
  // What the row says is what the history says: a test folds every one of them.
  await withoutTrigger(tx, 'plan_moves', 'plan_state', () =>
    insertRows(
      tx,
      'plan_moves',
      `plan uuid, seq integer, move text, state_after text, by_user uuid, by_agency text, at timestamptz,
       request_key uuid, to_agency text, review_on date, detail jsonb`,
      plans.flatMap((p, n) =>
        p.moves.map((m, i) => ({
          plan: p.id,
          seq: i + 1,
          move: m.move,
          state_after: m.move === 'close' ? 'closed' : 'open',
          by_user: m.by.id,
          by_agency: m.by.agency,
          at: m.at,
          request_key: keyOf('a', n, i),
          to_agency: m.toAgency,
          review_on: m.reviewOn,
          detail: m.detail,
        })),
      ),
    ),
  )
  await insertRows(
    tx,
    'plan_statements',
    `id uuid, plan uuid, kind text, text text, on_day date, pathway text, turning text, entries uuid[], agency text,
     author uuid, made_at timestamptz, changed_at timestamptz, edition integer, ended_at timestamptz, ended_by uuid,
     ended_because text`,
    plans.flatMap(p =>
      p.statements.map(s => ({
        id: s.id,
        plan: p.id,
        kind: s.kind,
        text: s.text,
        on_day: s.onDay,
        pathway: s.pathway,
        turning: s.turning,
        entries: [],
        agency: s.by.agency,
        author: s.by.id,
        made_at: s.at,
        changed_at: s.ended?.at ?? s.at,
        edition: s.ended ? 2 : 1,
        ended_at: s.ended?.at ?? null,
        ended_by: s.ended ? s.by.id : null,
        ended_because: s.ended?.because ?? null,
      })),
    ),
  )
  const offers = plans.flatMap(p => p.offers.map(offer => ({ plan: p.id, ...offer })))
  await insertRows(
    tx,
    'plan_offers',
    `id uuid, plan uuid, need uuid, pathway text, what text, provider text, state text, state_at timestamptz,
     agency text, author uuid, made_at timestamptz`,
    offers.map(o => ({
      id: o.id,
      plan: o.plan,
      need: o.need,
      pathway: o.pathway,
      what: o.what,
      provider: o.provider,
      state: 'offered',
      state_at: o.at,
      agency: o.by.agency,
      author: o.by.id,
      made_at: o.at,
    })),
  )
  await insertRows(
    tx,
    'offer_moves',
    `offer uuid, seq integer, move text, state_after text, on_day date, by_user uuid, by_agency text, at timestamptz,
     request_key uuid, detail jsonb`,
    offers.flatMap((o, n) =>
      o.moves.map((m, i) => ({
        offer: o.id,
        seq: i + 1,
        move: m.move,
        state_after: m.after,
        on_day: londonDay(m.at),
        by_user: o.by.id,
        by_agency: o.by.agency,
        at: m.at,
        request_key: keyOf('b', n, i),
        detail: m.note ? { note: m.note } : {},
      })),
    ),
  )
  await writeActions(tx, actions)
}

const writeActions = async (tx: ProgramTransaction, actions: readonly SyntheticAction[]): Promise<void> => {
  await insertRows(
    tx,
    'actions',
    `id uuid, reference text, what text, four_p text, need uuid, agency text, owner uuid, start_on date, due_on date,
     state text, started_at timestamptz, closed_at timestamptz, result text, escalate_to text, escalated_at timestamptz,
     plan uuid, placement uuid, person_id uuid, group_id uuid, place_id uuid, line_id uuid, made_by uuid, made_by_agency text,
     made_at timestamptz, purpose text, legal_basis text, under text, review_days integer, review_on date, delete_on date,
     suspended_on date`,
    actions.map(a => ({
      id: a.id,
      reference: a.reference,
      what: a.what,
      four_p: a.fourP,
      need: a.need,
      agency: a.agency,
      owner: a.owner,
      start_on: a.startOn,
      due_on: a.dueOn,
      state: a.state,
      started_at: a.startedAt,
      closed_at: a.closedAt,
      result: a.result,
      escalate_to: a.escalateTo,
      escalated_at: a.escalatedAt,
      plan: a.plan,
      placement: a.placement,
      person_id: a.person,
      group_id: a.group,
      place_id: a.place,
      line_id: a.line,
      made_by: a.maker.id,
      made_by_agency: a.maker.agency,
      made_at: a.madeAt,
      purpose: a.maker.purpose,
      legal_basis: a.legalBasis,
      under: a.under,
      review_days: a.reviewDays,
      review_on: a.reviewOn,
      delete_on: a.deleteOn,
      suspended_on: a.suspendedOn,
    })),
  )
  await withoutTrigger(tx, 'action_moves', 'action_state', () =>
    insertRows(
      tx,
      'action_moves',
      `action uuid, seq integer, action_name text, state_after text, by_user uuid, by_agency text, at timestamptz,
       request_key uuid, to_user uuid, to_agency text, due_on date, detail jsonb`,
      actions.flatMap((a, n) =>
        a.moves.map((m, i) => ({
          action: a.id,
          seq: i + 1,
          action_name: m.move,
          state_after: m.after,
          by_user: m.by.id,
          by_agency: m.by.agency,
          at: m.at,
          request_key: keyOf('c', n, i),
          to_user: m.toUser,
          to_agency: m.toAgency,
          due_on: m.dueOn,
          detail: m.detail,
        })),
      ),
    ),
  )
  // Whoever answers an escalation reads what was escalated.
  await tx.query(
    `insert into action_audience (action, agency, under)
     select id, escalate_to, case when personal then 'plan' end from actions
     where escalated_at is not null and escalate_to not in (agency, made_by_agency)`,
  )
}

const writeKnown = async (tx: ProgramTransaction, known: Plans['known']): Promise<void> => {
  const kept = (k: Plans['known'][number]) => ({
    id: k.id,
    name: k.name,
    agency: k.owner.agency,
    owner: k.owner.id,
    purpose: k.owner.purpose,
    legal_basis: 'Police, Crime, Sentencing and Courts Act 2022, section 16',
    created_at: k.createdAt,
    review_on: k.reviewOn,
    delete_on: k.deleteOn,
  })
  const columns = `id uuid, name text, agency text, owner uuid, purpose text, legal_basis text, created_at timestamptz,
    review_on date, delete_on date`
  await insertRows(
    tx,
    'places',
    `${columns}, kind text, address text`,
    known.filter(k => k.kind === 'place').map(k => ({ ...kept(k), kind: k.placeKind, address: '' })),
  )
  await insertRows(
    tx,
    'lines',
    `${columns}, origin text, destinations text[], status text`,
    known
      .filter(k => k.kind === 'line')
      .map(k => ({ ...kept(k), origin: k.origin, destinations: k.destinations, status: k.status })),
  )
}

/** Thirty thousand rows would each rewrite the row that they belong to, which is written as they lead. */
async function withoutTrigger(
  tx: ProgramTransaction,
  table: string,
  trigger: string,
  act: () => Promise<void>,
): Promise<void> {
  await tx.query(`alter table ${table} disable trigger ${trigger}`)
  await act()
  await tx.query(`alter table ${table} enable trigger ${trigger}`)
}

/** Of a form that nobody sent: told apart by what it is of, and by its place there. */
const keyOf = (of: 'a' | 'b' | 'c', n: number, i: number): string =>
  `${(n + 1).toString(16).padStart(8, '0')}-5e7d-4000-800${of}-${(i + 1).toString(16).padStart(12, '0')}`
