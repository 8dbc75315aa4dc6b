/** One step in a rights case: its form, and what is wrong with it. */
import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import { type Faults, type Typed, typedDay } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { dateItems, dateParts } from '../../web/date-field.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { csrfField, Seen, TypedText, Uuid } from '../../web/route-schemas.ts'
import { insist, isMove, moves, type RightsMove } from './rights-case.ts'
import { moveFields, needsOutcome, readMove } from './rights-form.ts'
import { kinds } from './rights-kinds.ts'
import { CaseAddress } from './rights-pages.ts'
import { moveCase, possibleReviewers, type Reviewer, type RightsCase, readCase } from './rights-store.ts'

const StepAddress = Type.Object({ ...CaseAddress.properties, move: Type.String({ maxLength: 40 }) })

const StepForm = Type.Object({
  ...csrfField,
  key: Uuid,
  seen: Seen,
  because: TypedText,
  told: TypedText,
  outcome: TypedText,
  reviewer: TypedText,
  ...dateParts('on'),
})

export function stepPages(app: WebServer, { casework, clock }: PageContext): void {
  const today = () => londonDay(clock())

  const page = (
    found: RightsCase,
    move: RightsMove,
    reviewers: readonly Reviewer[],
    body: Typed,
    faults: Faults,
  ) => {
    const fields = moveFields[move]
    return {
      title: fields.title,
      breadcrumbs: [
        { text: 'Rights', href: '/governance/rights' },
        { text: found.reference, href: `/governance/rights/${found.reference}` },
      ],
      ...errorsOf(faults, { on: 'on-day' }),
      reference: found.reference,
      move,
      button: moves[move].button,
      fields,
      typed: body,
      key: body.key ?? randomUUID(),
      seen: body.seen ?? found.stands.seq,
      on: dateItems('on', body.key ? body : today()),
      outcomes: needsOutcome(move, found)
        ? Object.entries(kinds[found.kind].outcomes).map(([value, text]) => ({
            value,
            text,
            checked: body.outcome === value,
          }))
        : null,
      reviewers:
        move === 'assign-reviewer'
          ? reviewers.map(r => ({
              value: r.id,
              text: `${r.name}, ${r.post}`,
              hint: { text: r.agency },
              checked: body.reviewer === r.id,
            }))
          : null,
    }
  }

  app.get(
    '/governance/rights/:reference/step/:move',
    { schema: { params: StepAddress }, config: { may: 'review-challenges', records: 'nothing' } },
    async (request, reply) => {
      const { reference, move } = request.params
      if (!isMove(move)) throw new NotThere()
      const { found, reviewers } = await casework.as(request, async tx => {
        const found = await readCase(tx, reference)
        insist(move, found, found.stands, found.mover, londonDay(tx.now))
        return { found, reviewers: await possibleReviewers(tx, found.id) }
      })
      return reply.header('cache-control', 'no-store').page('governance/rights/views/step.njk', {
        ...page(found, move, reviewers, {}, {}),
        csrf: reply.generateCsrf(),
      })
    },
  )

  app.post(
    '/governance/rights/:reference/step/:move',
    {
      schema: { params: StepAddress, body: StepForm },
      config: { may: 'review-challenges', records: 'rights-case-moved', proof: 'form' },
    },
    async (request, reply) => {
      const { reference, move } = request.params
      if (!isMove(move)) throw new NotThere()
      const { body } = request
      const faulty = await casework.as(
        request,
        async tx => {
          const found = await readCase(tx, reference)
          const reviewers = move === 'assign-reviewer' ? await possibleReviewers(tx, found.id) : []
          const read = readMove(body, move, found, { day: typedDay(body, 'on'), today: londonDay(tx.now) })
          const faults: Faults = 'faults' in read ? read.faults : {}
          if (move === 'assign-reviewer' && !reviewers.some(r => r.id === body.reviewer)) {
            faults.reviewer = 'Choose who looks at it'
          }
          if (!('detail' in read) || Object.keys(faults).length > 0) return { found, reviewers, faults }
          await moveCase(tx, reference, move, {
            key: body.key,
            seen: body.seen,
            detail: read.detail,
            ...(move === 'assign-reviewer' && body.reviewer ? { reviewer: body.reviewer } : {}),
          })
          return null
        },
        { caseReference: reference },
      )
      if (faulty) {
        return reply
          .code(422)
          .header('cache-control', 'no-store')
          .page('governance/rights/views/step.njk', {
            ...page(faulty.found, move, faulty.reviewers, body, faulty.faults),
            csrf: reply.generateCsrf(),
          })
      }
      return reply.redirect(`/governance/rights/${reference}`, 303)
    },
  )
}
