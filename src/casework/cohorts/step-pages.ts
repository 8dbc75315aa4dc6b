/** One step of a placement: its form, what is wrong with it, and what becomes of what was typed where it does not fit. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import { londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import {
  type Faults,
  readChoice,
  readText,
  type Typed,
  typedDay,
  typedText,
} from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { dateItems } from '../../web/date-field.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { AnyForm } from '../../web/route-schemas.ts'
import { formMarks, orKeepText } from '../intake/referrals/form-marks.ts'
import { type FoundWord, findCarefulWords } from '../language/careful-words.ts'
import { findInadmissibleGrounds } from '../language/inadmissible-grounds.ts'
import { challengePlacement } from './challenge-store.ts'
import { type ContactWay, contactWays, noteContact } from './contact-store.ts'
import { possibleLeads } from './panel-store.ts'
import { insist, type MoveDetail, type PlacementMove } from './placement.ts'
import {
  latestReview,
  movePlacement,
  moveProposal,
  type Placement,
  readPlacement,
  tierRules,
} from './placement-store.ts'
import { shareable, sharePlacement } from './share-store.ts'
import { choicesOf, readStep, type StepContext, type StepField, type StepName, steps } from './steps.ts'

export const PlacementAddress = Type.Object({
  reference: Type.String({ pattern: '^T-\\d{4}-\\d{4,9}$' }),
})

const StepAddress = Type.Object({ ...PlacementAddress.properties, step: Type.String({ maxLength: 40 }) })

const isStep = (text: string): text is StepName => Object.hasOwn(steps, text)

interface Asked {
  placement: Placement
  context: StepContext
}

export function placementStepPages(app: WebServer, { casework, clock }: PageContext): void {
  const today = () => londonDay(clock())

  app.get(
    '/cohorts/placements/:reference/step/:step',
    { schema: { params: StepAddress }, config: { may: 'work-in-cohorts', records: 'nothing' } },
    async (request, reply) => {
      const { reference, step } = request.params
      if (!isStep(step)) throw new NotThere()
      const asked = await casework.as(request, async tx => {
        const found = await readAsked(tx, reference)
        insist(step, found.placement.stands, found.placement.mover, tierRules(found.placement.cohort))
        return found
      })
      return stepPage(reply, asked, step, beginning(step, asked.context), {})
    },
  )

  app.post(
    '/cohorts/placements/:reference/step/:step',
    {
      schema: { params: StepAddress, body: AnyForm },
      config: { may: 'work-in-cohorts', records: 'placement-reviewed', proof: 'form' },
    },
    async (request, reply) => {
      const { reference, step } = request.params
      if (!isStep(step)) throw new NotThere()
      const typed: Typed = request.body
      const asked = await read(request, reference)
      const faults: Faults = {}
      const detail = readStep(typed, step, asked.context, faults)
      if (Object.keys(faults).length > 0) return stepPage(reply.code(422), asked, step, typed, faults)
      const careful = wordsIn(step, detail)
      if (careful.length > 0 && typedText(typed, 'meant') === '') {
        return stepPage(reply, asked, step, typed, {}, careful)
      }
      return orKeepText(
        async () => {
          const to = await casework.as(request, tx => take(tx, reference, step, typed, detail), {
            caseReference: reference,
          })
          return reply.redirect(to, 303)
        },
        async sentence =>
          stepPage(reply.code(409), await read(request, reference), step, typed, {
            'main-content': sentence,
          }),
      )
    },
  )

  /** Gives the address to go to. */
  async function take(
    tx: MemberTransaction,
    reference: string,
    step: StepName,
    typed: Typed,
    detail: MoveDetail,
  ): Promise<string> {
    const page = `/cohorts/placements/${reference}`
    const marks = formMarks(typed)
    const placement = await readPlacement(tx, reference)
    if (step === 'challenge') {
      const { words = '', reachAt = '', askedBy = '' } = detail as Record<string, string>
      await challengePlacement(tx, placement, { key: marks.key, words, reachAt, askedBy })
      return page
    }
    const tier = step === 'propose-move' && tierRules(placement.cohort)(detail.tier ?? '')
    const name: PlacementMove = tier ? moveProposal(placement, tier) : step
    const leans = findInadmissibleGrounds(detail.because ?? '').map(f => f.word)
    await movePlacement(tx, reference, name, {
      ...marks,
      detail: { ...detail, ...(step === 'propose-move' && leans.length > 0 && { asked: leans }) },
    })
    return step === 'archive' || step === 'remove' ? '/cohorts/removals' : page
  }

  app.post(
    '/cohorts/placements/:reference/contact',
    {
      schema: { params: PlacementAddress, body: AnyForm },
      config: { may: 'work-in-cohorts', records: 'placement-contact-noted', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      const typed: Typed = request.body
      const faults: Faults = {}
      const how = readChoice<ContactWay>(typed, 'how', contactWays, 'Choose how it went.', faults)
      const day = typedDay(typed, 'onDay') ?? (typedDay(typed, 'onDay') === undefined ? today() : null)
      if (day === null || day > today())
        faults.onDay = 'Enter a day up to today, or leave it empty for today.'
      if (how && day && Object.keys(faults).length === 0) {
        await casework.as(
          request,
          async tx =>
            noteContact(tx, await readPlacement(tx, reference), {
              id: formMarks(typed).key,
              onDay: day,
              how,
            }),
          { caseReference: reference },
        )
        return reply.redirect(`/cohorts/placements/${reference}#contacts`, 303)
      }
      const placement = await casework.as(request, tx => readPlacement(tx, reference))
      return reply
        .code(422)
        .header('cache-control', 'no-store')
        .page('casework/cohorts/views/contact.njk', {
          title: 'Note a contact',
          reference,
          called: placement.called,
          ways: contactWays,
          typed,
          onDay: dateItems('onDay', typed),
          key: formMarks(typed).key,
          ...errorsOf(faults, { onDay: 'onDay-day' }),
          csrf: reply.generateCsrf(),
          back: { text: reference, href: `/cohorts/placements/${reference}` },
        })
    },
  )

  app.get(
    '/cohorts/placements/:reference/share',
    { schema: { params: PlacementAddress }, config: { may: 'work-in-cohorts', records: 'nothing' } },
    async (request, reply) => sharePage(request, reply, {}, {}),
  )

  app.post(
    '/cohorts/placements/:reference/share',
    {
      schema: { params: PlacementAddress, body: AnyForm },
      config: { may: 'work-in-cohorts', records: 'placement-shared', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      const typed: Typed = request.body
      const faults: Faults = {}
      const agency = typedText(typed, 'agency')
      if (agency === '') faults.agency = 'Choose the agency.'
      const because = readText(
        typed,
        'because',
        { label: 'The reason', most: 1000, needed: 'Say what this agency can do for this person.' },
        faults,
      )
      if (Object.keys(faults).length > 0) return sharePage(request, reply.code(422), typed, faults)
      await casework.as(
        request,
        async tx => sharePlacement(tx, await readPlacement(tx, reference), agency, because),
        { caseReference: reference },
      )
      return reply.redirect(`/cohorts/placements/${reference}#given`, 303)
    },
  )

  async function sharePage(
    request: FastifyRequest<{ Params: { reference: string } }>,
    reply: FastifyReply,
    typed: Typed,
    faults: Faults,
  ) {
    const { reference } = request.params
    const { placement, agencies } = await casework.as(request, async tx => {
      const found = await readPlacement(tx, reference)
      if (!found.weighed) throw new NotThere()
      return { placement: found, agencies: await shareable(tx, found) }
    })
    return reply.header('cache-control', 'no-store').page('casework/cohorts/views/share.njk', {
      title: 'Bring an agency to this person',
      reference,
      called: placement.called,
      agencies: agencies.map(a => ({
        value: a.agency,
        text: a.name,
        selected: typedText(typed, 'agency') === a.agency,
      })),
      typed,
      ...errorsOf(faults),
      csrf: reply.generateCsrf(),
      back: { text: reference, href: `/cohorts/placements/${reference}` },
    })
  }

  const read = (request: FastifyRequest, reference: string) =>
    casework.as(request, tx => readAsked(tx, reference))
}

/** Only what is theirs to weigh, but for a challenge, which anybody hears. */
async function readAsked(tx: MemberTransaction, reference: string): Promise<Asked> {
  const placement = await readPlacement(tx, reference)
  const leads = placement.weighed ? await possibleLeads(tx, placement.cohort.id) : []
  return {
    placement,
    context: {
      today: londonDay(tx.now),
      child: placement.child,
      latestReview: latestReview(placement, placement.tier, tx.now),
      placedOn: placement.placedOn,
      tiers: Object.fromEntries(
        placement.cohort.tiers.filter(t => t.inPack && t.id !== placement.tier).map(t => [t.id, t.name]),
      ),
      leads: Object.fromEntries(leads.map(l => [l.user, `${l.name}, ${l.post}, ${l.agencyName}`])),
    },
  }
}

/** A review is proposed for the last day that the tier allows. */
function beginning(step: StepName, { latestReview: last }: StepContext): Typed {
  if (step !== 'review' && step !== 'renew') return {}
  const [year = '', month = '', day = ''] = last.split('-')
  return {
    'reviewOn-day': String(Number(day)),
    'reviewOn-month': String(Number(month)),
    'reviewOn-year': year,
  }
}

/** Words that label (R26), and where grounds are given also those that are no ground (R4): asked about once. */
function wordsIn(step: StepName, detail: MoveDetail): FoundWord[] {
  if (step === 'challenge') return []
  const careful = findCarefulWords(
    [detail.because, detail.changed, detail.strengths].filter(Boolean).join('\n'),
  )
  return step === 'propose-move' ? [...findInadmissibleGrounds(detail.because ?? ''), ...careful] : careful
}

function stepPage(
  reply: FastifyReply,
  { placement, context }: Asked,
  step: StepName,
  typed: Typed,
  faults: Faults,
  careful: FoundWord[] = [],
) {
  const { title, lead, button, fields } = steps[step]
  const days = Object.fromEntries(fields.filter(f => f.kind === 'day').map(f => [f.name, `${f.name}-day`]))
  const firsts = Object.fromEntries(
    fields.filter(f => f.kind === 'confirm').map(f => [f.name, `${f.name}-yes`]),
  )
  return reply.header('cache-control', 'no-store').page('casework/cohorts/views/step.njk', {
    title,
    lead,
    button,
    step,
    reference: placement.reference,
    called: placement.called,
    fields: fields.map(field => shownField(field, typed, context)),
    careful,
    typed,
    ...errorsOf(faults, { ...days, ...firsts }),
    // The same key while the form is mended, so that pressing twice is one step.
    key: typedText(typed, 'key') || randomUUID(),
    seen: placement.stands.seq,
    csrf: reply.generateCsrf(),
    back: { text: placement.reference, href: `/cohorts/placements/${placement.reference}` },
  })
}

const shownField = (field: StepField, typed: Typed, context: StepContext) => ({
  ...field,
  value: typedText(typed, field.name),
  items:
    field.kind === 'day'
      ? dateItems(field.name, typed)
      : field.kind === 'confirm'
        ? [{ value: 'yes', text: field.label, checked: typedText(typed, field.name) !== '' }]
        : Object.entries(choicesOf(field.name, context)).map(([value, text]) => ({
            value,
            text,
            checked: [typed[field.name] ?? []].flat().map(String).includes(value),
          })),
})
