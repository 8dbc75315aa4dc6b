/** Requests of people about their own data: the list by deadline, a new case, a case with its next steps. */
import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { londonDay } from '../../platform/calendar.ts'
import { type Faults, type Typed, typedDay } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { dateItems, dateParts } from '../../web/date-field.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { csrfField, TypedText, Uuid } from '../../web/route-schemas.ts'
import { may } from '../permissions.ts'
import { readPack } from './pack-store.ts'
import { restrictionsOf } from './restrictions.ts'
import { moves, possibleMoves } from './rights-case.ts'
import { readCase as readCaseForm } from './rights-form.ts'
import { kindNames, kinds, regimes } from './rights-kinds.ts'
import { listCases, openCase, readCase } from './rights-store.ts'
import { actionWords, byDeadline, clockWords, shownCase } from './shown-case.ts'

export const CaseAddress = Type.Object({ reference: Type.String({ pattern: '^RR-\\d{4}-\\d{4,}$' }) })

const NewForm = Type.Object({
  ...csrfField,
  key: Uuid,
  kind: TypedText,
  regime: TypedText,
  given: TypedText,
  family: TypedText,
  askedBy: TypedText,
  reachAt: TypedText,
  about: TypedText,
  aboutReferral: TypedText,
  ...dateParts('birthDate'),
  ...dateParts('receivedOn'),
})

export function rightsPages(app: WebServer, { casework, clock }: PageContext): void {
  const today = () => londonDay(clock())
  const breadcrumbs = [{ text: 'Rights', href: '/governance/rights' }]

  app.get(
    '/governance/rights',
    { config: { may: 'review-challenges', records: 'rights-cases-listed' } },
    async (request, reply) => {
      const cases = await casework.as(request, async tx => {
        await tx.record('rights-cases-listed')
        return listCases(tx)
      })
      const shown = byDeadline(cases, today())
      return reply.header('cache-control', 'no-store').page('governance/rights/views/cases.njk', {
        title: may(request.viewer.role, 'handle-rights')
          ? 'Requests about people’s own data'
          : 'Challenges given to you',
        open: shown.filter(c => c.open),
        closed: shown.filter(c => !c.open),
      })
    },
  )

  const newPage = (body: Typed, faults: Faults) => ({
    title: 'New request',
    breadcrumbs,
    ...errorsOf(faults, { birthDate: 'birthDate-day', receivedOn: 'receivedOn-day' }),
    key: body.key ?? randomUUID(),
    typed: body,
    kinds: kindNames.map(id => ({
      value: id,
      text: kinds[id].title,
      hint: { text: kinds[id].hint },
      checked: body.kind === id,
    })),
    regimes: Object.entries(regimes).map(([id, { title, hint }]) => ({
      value: id,
      text: title,
      hint: { text: hint },
      checked: body.regime === id,
    })),
    birthDate: dateItems('birthDate', body),
    receivedOn: dateItems('receivedOn', body.key ? body : today()),
  })

  app.get(
    '/governance/rights/new',
    { config: { may: 'handle-rights', records: 'nothing' } },
    async (_request, reply) =>
      reply.header('cache-control', 'no-store').page('governance/rights/views/new-case.njk', {
        ...newPage({}, {}),
        csrf: reply.generateCsrf(),
      }),
  )

  app.post(
    '/governance/rights/new',
    {
      schema: { body: NewForm },
      config: { may: 'handle-rights', records: 'rights-case-opened', proof: 'form' },
    },
    async (request, reply) => {
      const { body } = request
      const read = readCaseForm(
        body,
        { birthDate: typedDay(body, 'birthDate'), receivedOn: typedDay(body, 'receivedOn') },
        today(),
      )
      if ('faults' in read) {
        return reply
          .code(422)
          .header('cache-control', 'no-store')
          .page('governance/rights/views/new-case.njk', {
            ...newPage(body, read.faults),
            csrf: reply.generateCsrf(),
          })
      }
      const reference = await casework.as(request, tx => openCase(tx, body.key, read.asked))
      return reply.redirect(`/governance/rights/${reference}`, 303)
    },
  )

  app.get(
    '/governance/rights/:reference',
    { schema: { params: CaseAddress }, config: { may: 'review-challenges', records: 'rights-case-read' } },
    async (request, reply) => {
      const { reference } = request.params
      const { found, restrictions, pack } = await casework.as(
        request,
        async tx => {
          const found = await readCase(tx, reference)
          await tx.record('rights-case-read', { kind: 'rights-case', id: reference })
          return {
            found,
            restrictions: await restrictionsOf(tx, found.id),
            pack: found.kind === 'access' ? await readPack(tx, found.id) : null,
          }
        },
        { caseReference: reference },
      )
      const open = found.stands.state !== 'closed'
      const working = open && found.stands.identified && found.mover.officer
      return reply.header('cache-control', 'no-store').page('governance/rights/views/case.njk', {
        title: reference,
        breadcrumbs,
        case: found,
        shown: shownCase(found, today()),
        law: clockWords(found),
        moves: possibleMoves(found, found.stands, found.mover, today()).map(id => ({
          id,
          button: moves[id].button,
          main: id === 'confirm-identity' || id === 'answer' || id === 'decide',
        })),
        history: found.actions.map(action => ({
          ...action,
          words: actionWords(action, found.kind),
        })),
        officer: found.mover.officer,
        maySeek: working,
        mayGather: working && found.kind === 'access' && found.subjects.length > 0,
        mayRestrict:
          working && found.subjects.length > 0 && found.kind !== 'access' && found.kind !== 'complaint',
        waitsForIdentity: open && !found.stands.identified && found.mover.officer,
        restrictions,
        pack,
        packKey: randomUUID(),
        csrf: reply.generateCsrf(),
      })
    },
  )
}
