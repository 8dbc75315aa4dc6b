/** A plan as its members read it, on a screen and on paper. Opening it is recorded, with whom it is about. */
import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import { addDays, londonDay } from '../../platform/calendar.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { recordsOf } from '../register/record-store.ts'
import { type ActionLine, actionsOf } from '../tasking/actions/action-store.ts'
import { shownLine } from '../tasking/actions/log-pages.ts'
import { type Offer, offersOf } from './offer-store.ts'
import { moves, possibleMoves, statementKinds } from './plan.ts'
import { type Plan, readPlan } from './plan-store.ts'
import {
  aboutWords,
  headings,
  planHistory,
  reviewIsNear,
  sections,
  shownNeeds,
  shownOffer,
} from './shown-plan.ts'
import { type Statement, statementsOf } from './statement-store.ts'

export const PlanAddress = Type.Object({ reference: Type.String({ pattern: '^P-\\d{4}-\\d{4,9}$' }) })

/** More than any plan has. */
const ACTIONS = 2000

const REVIEW_SOON_DAYS = 14

interface Opened {
  plan: Plan
  statements: Statement[]
  offers: Offer[]
  lines: ActionLine[]
  /** The page of whom or what it is about, for who may open that. */
  subjectHref: string | null
  /** How many needs and actions go through the gate of a custody of which the viewer may know; null where of none. */
  gate: number | null
}

export function planPages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/plans/:reference',
    { schema: { params: PlanAddress }, config: { may: 'use-plans', records: 'plan-opened' } },
    async (request, reply) => {
      const opened = await open(request, request.params.reference, 'plan-opened')
      const { plan } = opened
      const can = possibleMoves(plan.state, plan.mover)
      return reply.header('cache-control', 'no-store').page('casework/plans/views/plan.njk', {
        ...shown(opened, request),
        can,
        moves,
        statementKinds,
        csrf: reply.generateCsrf(),
        key: randomUUID(),
        back: { text: 'Plans', href: '/plans' },
      })
    },
  )

  app.get(
    '/plans/:reference/print',
    { schema: { params: PlanAddress }, config: { may: 'use-plans', records: 'plan-printed' } },
    async (request, reply) => {
      const { reference } = request.params
      const opened = await open(request, reference, 'plan-printed')
      return reply.header('cache-control', 'no-store').page('casework/plans/views/print.njk', {
        ...shown(opened, request),
        back: { text: `Plan ${reference}`, href: `/plans/${reference}` },
      })
    },
  )

  const open = (
    request: FastifyRequest,
    reference: string,
    event: 'plan-opened' | 'plan-printed',
  ): Promise<Opened> =>
    casework.as(
      request,
      async tx => {
        const plan = await readPlan(tx, reference)
        await tx.record(event, { person: plan.subject.person, kind: 'plan', id: reference })
        return {
          plan,
          statements: await statementsOf(tx, plan.id),
          offers: await offersOf(tx, plan.id),
          lines: (await actionsOf(tx, { plan: plan.id }, { limit: ACTIONS, offset: 0 })).lines,
          subjectHref: await hrefOfSubject(tx, plan),
          gate: await markedForGate(tx, plan),
        }
      },
      { caseReference: reference },
    )

  function shown({ plan, statements, offers, lines, subjectHref, gate }: Opened, request: FastifyRequest) {
    const today = londonDay(clock())
    const viewer = request.viewer.member?.user ?? ''
    const worded = lines.map(line => shownLine(line, today, viewer))
    return {
      title: plan.called,
      plan,
      about: aboutWords(plan),
      subjectHref,
      gate,
      needs: shownNeeds(statements, offers, lines),
      otherOffers: offers
        .filter(o => !statements.some(s => s.kind === 'need' && s.id === o.need))
        .map(shownOffer),
      headings: headings(worded),
      onlyPursue: lines.every(line => line.fourP === 'pursue' || line.state === 'withdrawn'),
      unheaded: worded.filter(line => line.fourP === null),
      sections: sections(statements, plan.kind),
      history: planHistory(plan.made),
      mayWrite: plan.writes,
      viewerUser: viewer,
      coordinates: request.viewer.member?.role === 'coordinator',
      viewerAgency: request.viewer.member?.agency,
      reviewNear: plan.state === 'open' && reviewIsNear(plan.reviewOn, addDays(today, REVIEW_SOON_DAYS)),
    }
  }
}

/** Null where the viewer may open neither the person's page nor the group's. */
async function hrefOfSubject(tx: MemberTransaction, { subject }: Plan): Promise<string | null> {
  if (subject.person) {
    const [record] = await recordsOf(tx, subject.person)
    return record ? `/register/${subject.person}` : null
  }
  if (!subject.group) return null
  const [group] = await tx.query<{ reference: string }>('select reference from groups where id = $1', [
    subject.group,
  ])
  return group ? `/groups/${group.reference}` : null
}

async function markedForGate(tx: MemberTransaction, { id }: Plan): Promise<number | null> {
  const [row] = await tx.query<{ marked: number | null }>(
    `select case when $1 in (select viewer_gate_plans()) then (select count(*)::integer from gate_marks where plan = $1) end
       as marked`,
    [id],
  )
  return row!.marked
}
