/**
 * The record of acts that follows from what was invented: every act of the pages leaves the entry that it would have left,
 * in the order of time, with some of looking and signing in between.
 */

import type { ReferralMove } from '../../casework/intake/referrals/referral.ts'
import type { AuditEvent } from '../../governance/audit/audit-events.ts'
import type { Casework } from './casework.ts'
import { ago, earlier, inOfficeHours, later, latest, pick, type Setting } from './setting.ts'
import type { Worker } from './staff.ts'

export interface Act {
  at: Date
  /** Null: the program. */
  by: Worker | null
  /** An invited partner acted, whom `by` had invited. */
  guest?: true
  event: AuditEvent
  refused?: true
  person?: string
  kind?: string
  subject?: string
  caseReference?: string
  detail?: Record<string, unknown>
}

/** Days of which looking and signing in are told: the rest would be a wall of them. */
const LOOKED_BACK = 30
const LOOKS = 2400
const REFUSALS = 12

export function actsOf(setting: Setting, casework: Casework): Act[] {
  const hours = setting.chance('hours of reviews')
  const acts = [
    ...casework.records.map(
      (r): Act => ({
        at: r.createdAt,
        by: r.owner,
        event: 'person-added',
        person: r.person,
        kind: 'record',
        subject: r.id,
      }),
    ),
    ...casework.records.flatMap(({ reviewedOn, createdAt, owner, person, id }): Act[] => {
      if (!reviewedOn) return []
      const at = earlier(inOfficeHours(hours, reviewedOn), setting.now)
      const about = { person, kind: 'record', subject: id }
      return [{ ...about, at: latest(at, createdAt), by: owner, event: 'record-reviewed' }]
    }),
    ...casework.entries.map(
      (e): Act => ({
        at: e.createdAt,
        by: e.author,
        event: 'entry-added',
        person: e.record.person,
        kind: 'entry',
        subject: e.id,
      }),
    ),
    ...referralActs(casework),
    ...sharingActs(casework),
    ...circleActs(casework),
    ...noteActs(casework),
    ...meetingActs(casework),
    ...planActs(casework),
    ...custodyActs(casework),
    ...groupActs(casework),
    ...actionActs(setting, casework),
    ...looks(setting, casework),
  ]
  return acts.sort((a, b) => a.at.getTime() - b.at.getTime())
}

const custodyActs = ({ spells, arrangements }: Casework): Act[] => [
  ...spells.flatMap(({ reference, person, owner, moves, concerns, turned }): Act[] => {
    const about = { kind: 'custody', subject: reference, person }
    return [
      ...moves.map(
        ({ move, at }): Act => ({
          ...about,
          at,
          by: owner,
          event: move === 'enter' ? 'custody-entered' : 'custody-moved',
          detail: move === 'enter' ? {} : { move },
        }),
      ),
      ...concerns.flatMap(({ kind, by, at, over }): Act[] => [
        { ...about, at, by, event: 'custody-concern-added', detail: { kind } },
        ...(over
          ? [{ ...about, at: over.at, by, event: 'custody-concern-ended', detail: { kind } } as Act]
          : []),
      ]),
      ...(turned
        ? [
            {
              kind: 'plan',
              subject: turned.plan.reference,
              person,
              at: moves.at(-1)!.at,
              by: owner,
              event: 'plan-statement-added',
              detail: { kind: 'turning-point' },
            } as Act,
          ]
        : []),
    ]
  }),
  ...arrangements.map(
    ({ id, person, kind, by, madeAt }): Act => ({
      kind: 'arrangement',
      subject: id,
      person,
      at: madeAt,
      by,
      event: 'arrangement-noted',
      detail: { arrangement: kind },
    }),
  ),
]

const groupActs = ({ groups, groupLinks }: Casework): Act[] => [
  ...groups.flatMap(({ reference, steps }) =>
    steps.map(
      ({ action, by, at, detail }): Act => ({
        kind: 'group',
        subject: reference,
        at,
        by,
        event: action === 'propose' ? 'group-proposed' : 'group-moved',
        detail: action === 'propose' ? { test: detail.test } : { move: action },
      }),
    ),
  ),
  ...groupLinks.flatMap(({ id, entry, steps }) =>
    steps.map(
      ({ action, by, at }): Act => ({
        kind: 'group-link',
        subject: id,
        person: entry.record.person,
        at,
        by,
        event: action === 'see' ? 'group-link-made' : 'group-link-moved',
        detail: action === 'see' ? {} : { move: action },
      }),
    ),
  ),
]

const planActs = ({ plans }: Casework): Act[] =>
  plans.flatMap(({ reference, person, moves, statements }) => {
    const about = { kind: 'plan', subject: reference, ...(person ? { person } : {}) }
    return [
      ...moves.map(
        ({ move, by, at }): Act => ({
          ...about,
          at,
          by,
          event: move === 'make' ? 'plan-made' : 'plan-moved',
          detail: move === 'make' ? {} : { move },
        }),
      ),
      ...statements.map(
        ({ kind, by, at }): Act => ({ ...about, at, by, event: 'plan-statement-added', detail: { kind } }),
      ),
    ]
  })

/** Of the time of which looking is told: three years of them would be a wall. */
const actionActs = ({ now }: Setting, { actions }: Casework): Act[] =>
  actions.flatMap(({ reference, person, moves }) =>
    moves
      .filter(({ at }) => now.getTime() - at.getTime() < LOOKED_BACK * 86_400_000)
      .map(
        ({ move, by, at }): Act => ({
          kind: 'action',
          subject: reference,
          ...(person ? { person } : {}),
          at,
          by,
          event: move === 'make' ? 'action-made' : 'action-moved',
          detail: move === 'make' ? {} : { move },
        }),
      ),
  )

const moved: Readonly<Record<ReferralMove, AuditEvent>> = {
  send: 'referral-sent',
  take: 'referral-taken',
  accept: 'referral-accepted',
  decline: 'referral-declined',
  challenge: 'referral-challenged',
  withdraw: 'referral-withdrawn',
  correct: 'referral-corrected',
  review: 'referral-reviewed',
}

const referralActs = ({ invitations, referrals, drafts }: Casework): Act[] => [
  ...invitations.flatMap(({ by, madeAt, takenBackAt, reference, to }): Act[] => {
    const about = { by, kind: 'invitation', subject: reference }
    const made: Act = { ...about, at: madeAt, event: 'partner-invited', detail: { to, days: 7, by: 'hand' } }
    return takenBackAt ? [made, { ...about, at: takenBackAt, event: 'invitation-taken-back' }] : [made]
  }),
  ...referrals.flatMap(referral =>
    referral.actions.map(({ action, at, worker, detail }): Act => {
      const { kind, urgency, sharedUnder: under, to, reference, guest } = referral
      return {
        at,
        by: worker,
        event: moved[action],
        kind: 'referral',
        subject: reference,
        ...(action === 'send' ? { detail: { kind, urgency, under, to } } : { caseReference: reference }),
        ...(action === 'send' && guest ? { guest: true as const, caseReference: guest.reference } : {}),
        ...(detail.decision
          ? { detail: { route: detail.decision.route, reason: detail.decision.reason } }
          : {}),
      }
    }),
  ),
  ...drafts.map(
    (d): Act => ({
      at: d.startedAt,
      by: d.author,
      event: 'referral-draft-started',
      kind: 'referral-draft',
      subject: d.id,
    }),
  ),
]

function sharingActs({ requests, disclosures, glass }: Casework): Act[] {
  const acts: Act[] = []
  for (const { id, person, to, askedBy, askedAt, answer, answeredBy, answeredAt } of requests) {
    const about = { person, kind: 'request', subject: id }
    acts.push({ ...about, at: askedAt, by: askedBy, event: 'information-asked-for', detail: { to } })
    if (answer === 'refused')
      acts.push({ ...about, at: answeredAt!, by: answeredBy, event: 'request-refused' })
  }
  for (const d of disclosures) {
    const about = { person: d.person, kind: 'disclosure', subject: d.id }
    const event = d.kind === 'emergency' ? 'shared-in-emergency' : 'information-given'
    const detail = { to: d.to, fields: Object.keys(d.content) }
    acts.push({ ...about, at: d.madeAt, by: d.madeBy, event, detail })
    if (d.withdrawnAt) acts.push({ ...about, at: d.withdrawnAt, by: d.madeBy, event: 'disclosure-withdrawn' })
    if (d.reviewedAt) {
      acts.push({
        at: d.reviewedAt,
        by: d.reviewedBy,
        event: 'emergency-reviewed',
        kind: 'disclosure',
        subject: d.id,
      })
    }
  }
  for (const { id, person, by, startsAt, endsAt, reviewedAt, reviewedBy } of glass) {
    const about = { person, kind: 'break-glass', subject: id }
    const hours = (endsAt.getTime() - startsAt.getTime()) / 3_600_000
    acts.push({ ...about, at: startsAt, by, event: 'glass-broken', detail: { hours } })
    if (reviewedAt) acts.push({ ...about, at: reviewedAt, by: reviewedBy, event: 'broken-glass-reviewed' })
  }
  return acts
}

const noteActs = ({ concerns, offers, rightsCases }: Casework): Act[] => [
  ...concerns.map(
    (c): Act => ({
      at: c.notedAt,
      by: c.author,
      event: 'concern-noted',
      kind: 'concern',
      subject: c.reference,
    }),
  ),
  ...offers.map(({ at, by, entry, answer }): Act => {
    const about = { person: entry.record.person, kind: 'entry', subject: entry.id }
    return { ...about, at, by, event: 'help-offered', detail: { answer } }
  }),
  ...rightsCases.flatMap(({ reference, kind, officer, actions }) =>
    actions.map(({ action, at }): Act => {
      const about = { at, by: officer, kind: 'rights-case', subject: reference }
      return action === 'open'
        ? { ...about, event: 'rights-case-opened', detail: { kind } }
        : { ...about, event: 'rights-case-moved', detail: { move: action } }
    }),
  ),
]

const meetingActs = ({ meetings }: Casework): Act[] =>
  meetings.flatMap(({ reference, type, moves, items, entries }): Act[] => {
    const about = { kind: 'meeting', subject: reference }
    return [
      ...moves.map(
        ({ action, by, at }): Act =>
          action === 'plan'
            ? { ...about, at, by, event: 'meeting-planned', detail: { type: type.id } }
            : { ...about, at, by, event: 'meeting-moved', detail: { move: action } },
      ),
      ...items.flatMap(({ addedBy, passedAt, passedBy, kind }): Act[] => [
        ...(addedBy
          ? [
              {
                ...about,
                at: moves[1]!.at,
                by: addedBy,
                event: 'meeting-item-added' as const,
                detail: { kind },
              },
            ]
          : []),
        ...(passedAt
          ? [
              {
                ...about,
                at: passedAt,
                by: passedBy,
                event: 'meeting-item-passed' as const,
                detail: { passed: true },
              },
            ]
          : []),
      ]),
      ...entries.map(
        ({ at, worker, kind }): Act => ({
          ...about,
          at,
          by: worker,
          event: 'meeting-entry-added',
          detail: { kind, agency: worker.agency },
        }),
      ),
    ]
  })

const circleActs = ({ circles }: Casework): Act[] =>
  circles.flatMap(({ id, owner, members, createdAt }) => [
    { at: createdAt, by: owner, event: 'circle-made', kind: 'circle', subject: id },
    ...members
      .filter(m => m !== owner)
      .map(
        (m): Act => ({
          at: later(createdAt, 5),
          by: owner,
          event: 'circle-member-added',
          kind: 'circle',
          subject: id,
          detail: { user: m.id },
        }),
      ),
  ])

/** Signing in, opening one's own agency's people, being refused; once by somebody who has the person's family name. */
function looks(setting: Setting, { staff, records }: Casework): Act[] {
  const random = setting.chance('looks')
  const byAgency = Map.groupBy(records, r => r.agency)
  const readers = staff.workers.filter(w => byAgency.has(w.agency) && staff.keepers(w.agency).includes(w))
  const acts: Act[] = []
  for (let n = 0; n < LOOKS && readers.length > 0; n++) {
    const by = pick(random, readers)
    const at = ago(random, setting, 0, LOOKED_BACK)
    const { person } = pick(random, byAgency.get(by.agency)!)
    if (n % 3 === 0) {
      acts.push({
        at,
        by,
        event: 'person-signed-in',
        kind: 'user',
        subject: by.id,
        detail: { way: 'account' },
      })
    }
    acts.push(
      n < REFUSALS
        ? { at, by, event: 'refused-access', refused: true, kind: 'page', subject: '/audit' }
        : { at, by, event: 'person-opened', person, kind: 'person', subject: person },
    )
  }
  const namesake = readers.flatMap(by =>
    byAgency
      .get(by.agency)!
      .flatMap(({ person, names }) =>
        names.some(n => n.family !== '' && ` ${by.name} `.includes(` ${n.family} `)) ? [{ by, person }] : [],
      ),
  )[0]
  if (namesake) {
    const { by, person } = namesake
    acts.push({
      at: ago(random, setting, 1, 3),
      by,
      event: 'person-opened',
      person,
      kind: 'person',
      subject: person,
    })
  }
  return acts
}
