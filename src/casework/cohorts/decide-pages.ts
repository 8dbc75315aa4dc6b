/** The panel's decision: recorded by a chair, with who sat, how each stood, reasons and dissent (R6). */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import { londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import { type Faults, type Typed, typedText } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { dateItems } from '../../web/date-field.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { AnyForm } from '../../web/route-schemas.ts'
import { formMarks, orKeepText } from '../intake/referrals/form-marks.ts'
import { findInadmissibleGrounds } from '../language/inadmissible-grounds.ts'
import { type DecisionContext, outcomes, readDecision, seatChoices } from './decision-form.ts'
import { panelOf, panelParts, possibleLeads } from './panel-store.ts'
import { insist } from './placement.ts'
import { latestReview, movePlacement, type Placement, readPlacement, tierRules } from './placement-store.ts'
import { PlacementAddress } from './step-pages.ts'
import { groundsField } from './steps.ts'

interface Asked {
  placement: Placement
  context: DecisionContext
}

export function decidePages(app: WebServer, { casework }: PageContext): void {
  app.get(
    '/cohorts/placements/:reference/decide',
    { schema: { params: PlacementAddress }, config: { may: 'work-in-cohorts', records: 'nothing' } },
    async (request, reply) => {
      const asked = await casework.as(request, async tx => {
        const found = await readAsked(tx, request.params.reference)
        const { placement, context } = found
        insist(context.what, placement.stands, placement.mover, tierRules(placement.cohort))
        return found
      })
      return decisionPage(reply, asked, null, {})
    },
  )

  app.post(
    '/cohorts/placements/:reference/decide',
    {
      schema: { params: PlacementAddress, body: AnyForm },
      config: { may: 'work-in-cohorts', records: 'placement-placed', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      const typed: Typed = request.body
      const asked = await read(request, reference)
      const decision = readDecision(typed, asked.context)
      if ('faults' in decision) return decisionPage(reply.code(422), asked, typed, decision.faults)
      const { name, detail } = decision
      const leans = findInadmissibleGrounds(detail.because ?? '')
      if (leans.length > 0 && typedText(typed, 'meant') === '') {
        return decisionPage(reply, asked, typed, {}, leans)
      }
      return orKeepText(
        async () => {
          await casework.as(
            request,
            tx => movePlacement(tx, reference, name, { ...formMarks(typed), detail }),
            { caseReference: reference },
          )
          return reply.redirect(`/cohorts/placements/${reference}`, 303)
        },
        async sentence =>
          decisionPage(reply.code(409), await read(request, reference), typed, { 'main-content': sentence }),
      )
    },
  )

  const read = (request: FastifyRequest, reference: string) =>
    casework.as(request, tx => readAsked(tx, reference))
}

async function readAsked(tx: MemberTransaction, reference: string): Promise<Asked> {
  const placement = await readPlacement(tx, reference)
  if (!placement.weighed) throw new NotThere()
  const leads = await possibleLeads(tx, placement.cohort.id)
  const tier = placement.stands.proposal?.tier ?? ''
  return {
    placement,
    context: {
      today: londonDay(tx.now),
      what: placement.stands.tier === null ? 'place' : 'move',
      tier,
      panel: await panelOf(tx, placement.cohort.id),
      chair: tx.member.user,
      latestReview: latestReview(placement, tier, tx.now),
      leads: Object.fromEntries(leads.map(l => [l.user, `${l.name}, ${l.post}, ${l.agencyName}`])),
    },
  }
}

/** `typed` is null on the first look: the chair and nobody else is there already, and the review lies as far off as it may. */
function decisionPage(
  reply: FastifyReply,
  { placement, context }: Asked,
  typed: Typed | null,
  faults: Faults,
  careful: { word: string; because: string }[] = [],
) {
  const { proposal } = placement.stands
  const given = typed ?? {}
  const seats = context.panel.map(p => ({ ...p, field: `seat-${p.user}` }))
  return reply.header('cache-control', 'no-store').page('casework/cohorts/views/decide.njk', {
    title: context.what === 'place' ? 'The decision of the panel' : 'The decision about the move',
    reference: placement.reference,
    called: placement.called,
    cohort: placement.cohort,
    child: placement.child,
    tier: tierRules(placement.cohort)(context.tier),
    proposal,
    careful,
    outcomes: Object.entries(outcomes).map(([value, words]) => ({
      value,
      text: words[context.what],
      checked: given.outcome === value,
    })),
    seats: seats.map(seat => ({
      ...seat,
      partTitle: panelParts[seat.part].title,
      adviser: seat.part === 'adviser',
      because: typedText(given, `${seat.field}-because`),
      items: Object.entries(seatChoices)
        .filter(([value]) => seat.part !== 'adviser' || value === 'abstained' || value === 'absent')
        .map(([value, text]) => ({
          value,
          text: seat.part === 'adviser' && value === 'abstained' ? 'Was there' : text,
          checked:
            typed === null
              ? value === (seat.user === context.chair ? 'agreed' : 'absent')
              : typedText(typed, seat.field) === value,
        })),
    })),
    leads: Object.entries(context.leads).map(([value, text]) => ({
      value,
      text,
      selected: (typedText(given, 'owner') || placement.owner?.user) === value,
    })),
    reviewOn: dateItems('reviewOn', typed === null ? context.latestReview : typed),
    latestReview: context.latestReview,
    groundsLabel: groundsField.label,
    groundsLooked: typedText(given, 'grounds') !== '',
    typed: given,
    ...errorsOf(faults, {
      reviewOn: 'reviewOn-day',
      grounds: 'grounds-yes',
      panel: seats[0]?.field ?? 'main-content',
    }),
    key: typedText(given, 'key') || randomUUID(),
    seen: placement.stands.seq,
    csrf: reply.generateCsrf(),
    back: { text: placement.reference, href: `/cohorts/placements/${placement.reference}` },
  })
}
