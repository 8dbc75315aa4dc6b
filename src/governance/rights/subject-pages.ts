/** Whom a case is about, and which statements are disputed: numbers and agencies, never contents. */
import { Type } from 'typebox'
import { WrongMove } from '../../platform/errors.ts'
import { type Faults, readText } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { csrfField, TypedText, Uuid } from '../../web/route-schemas.ts'
import { disputableStatements, liftRestriction, restrictionsOf, restrictStatement } from './restrictions.ts'
import { caseText } from './rights-form.ts'
import { CaseAddress } from './rights-pages.ts'
import { type RightsCase, readCase } from './rights-store.ts'
import { type Candidate, candidatesOf, settleSubjects } from './rights-subjects.ts'
import { caseTrail } from './shown-pack.ts'

export function subjectPages(app: WebServer, { casework }: PageContext): void {
  /** Throws WrongMove with what has to happen first. */
  function insistOnIdentity({ stands, reference }: RightsCase): void {
    if (stands.state === 'closed')
      throw new WrongMove(`${reference} is closed: nothing is looked for any more.`)
    if (!stands.identified) {
      throw new WrongMove(
        'Nothing is looked for until the asker has shown who they are. You can note that they have.',
      )
    }
  }

  const subjectPage = (found: RightsCase, candidates: readonly Candidate[], fault: string | null) => ({
    title: 'Who holds something about them',
    breadcrumbs: caseTrail(found.reference),
    case: found,
    candidates: candidates.map(c => ({
      ...c,
      checked: !fault && (found.subjects.includes(c.person) || (c.sameName && c.sameBirthDate)),
    })),
    ...errorsOf(fault ? { person: fault } : {}),
  })

  app.get(
    '/governance/rights/:reference/subject',
    { schema: { params: CaseAddress }, config: { may: 'handle-rights', records: 'rights-subject-sought' } },
    async (request, reply) => {
      const { reference } = request.params
      const { found, candidates } = await casework.as(
        request,
        async tx => {
          const found = await readCase(tx, reference)
          insistOnIdentity(found)
          return { found, candidates: await candidatesOf(tx, found.id) }
        },
        { caseReference: reference },
      )
      return reply.header('cache-control', 'no-store').page('governance/rights/views/subject.njk', {
        ...subjectPage(found, candidates, null),
        csrf: reply.generateCsrf(),
      })
    },
  )

  app.post(
    '/governance/rights/:reference/subject',
    {
      schema: {
        params: CaseAddress,
        body: Type.Object({
          ...csrfField,
          person: Type.Array(Uuid, { minItems: 0, maxItems: 20, default: [] }),
        }),
      },
      config: { may: 'handle-rights', records: 'rights-subject-settled', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      const { person } = request.body
      const unchosen = await casework.as(
        request,
        async tx => {
          const found = await readCase(tx, reference)
          insistOnIdentity(found)
          if (person.length === 0) return { found, candidates: await candidatesOf(tx, found.id) }
          if (!(await settleSubjects(tx, found.id, person))) {
            throw new WrongMove(
              'Who was chosen is not on the list any more. You can look again who holds something.',
            )
          }
          return null
        },
        { caseReference: reference },
      )
      if (unchosen) {
        const fault = 'Choose at least one person; if nobody is theirs, answer that nothing is held'
        return reply
          .code(422)
          .header('cache-control', 'no-store')
          .page('governance/rights/views/subject.njk', {
            ...subjectPage(unchosen.found, unchosen.candidates, fault),
            csrf: reply.generateCsrf(),
          })
      }
      return reply.redirect(`/governance/rights/${reference}`, 303)
    },
  )

  app.get(
    '/governance/rights/:reference/restrict',
    {
      schema: { params: CaseAddress },
      config: { may: 'handle-rights', records: 'disputable-statements-listed' },
    },
    async (request, reply) => {
      const { reference } = request.params
      const { statements, restrictions } = await casework.as(
        request,
        async tx => {
          const found = await readCase(tx, reference)
          insistOnIdentity(found)
          await tx.record('disputable-statements-listed', { kind: 'rights-case', id: reference })
          return {
            statements: await disputableStatements(tx, found.id),
            restrictions: await restrictionsOf(tx, found.id),
          }
        },
        { caseReference: reference },
      )
      return reply.header('cache-control', 'no-store').page('governance/rights/views/restrict.njk', {
        title: 'Statements in dispute',
        breadcrumbs: caseTrail(reference),
        reference,
        statements: statements.map(s => ({ ...s, short: s.id.slice(0, 8) })),
        restrictions,
      })
    },
  )

  const StatementAddress = Type.Object({
    ...CaseAddress.properties,
    act: Type.Union([Type.Literal('restrict'), Type.Literal('lift')]),
    statement: Uuid,
  })
  const acts = {
    restrict: {
      title: 'Restrict a statement',
      lead: 'It goes from every page, list and copy at once, for its own agency too. Only an officer of information governance can bring it back.',
      label: 'What do they dispute?',
      button: 'Restrict it now',
      late: 'It is restricted already, or is no statement about the person of this case.',
    },
    lift: {
      title: 'Lift the restriction',
      lead: 'It is back on pages and lists at once. The person is told before that (UK GDPR, article 18(3)).',
      label: 'Why, and how were they told?',
      button: 'Lift it',
      late: 'It is not restricted any more.',
    },
  } as const
  const statementPage = (
    address: { reference: string; act: keyof typeof acts; statement: string },
    typed: string,
    faults: Faults,
  ) => ({
    title: acts[address.act].title,
    breadcrumbs: caseTrail(address.reference),
    ...address,
    words: acts[address.act],
    short: address.statement.slice(0, 8),
    because: typed,
    ...errorsOf(faults),
  })

  app.get(
    '/governance/rights/:reference/:act/:statement',
    { schema: { params: StatementAddress }, config: { may: 'handle-rights', records: 'nothing' } },
    async (request, reply) => {
      await casework.as(request, tx => readCase(tx, request.params.reference))
      return reply.page('governance/rights/views/restrict-one.njk', {
        ...statementPage(request.params, '', {}),
        csrf: reply.generateCsrf(),
      })
    },
  )

  app.post(
    '/governance/rights/:reference/:act/:statement',
    {
      schema: { params: StatementAddress, body: Type.Object({ ...csrfField, because: TypedText }) },
      config: { may: 'handle-rights', records: 'statement-restricted', proof: 'form' },
    },
    async (request, reply) => {
      const { reference, act, statement } = request.params
      const faults: Faults = {}
      const because = readText(request.body, 'because', caseText('What you wrote', 'Enter this'), faults)
      if (faults.because) {
        return reply.code(422).page('governance/rights/views/restrict-one.njk', {
          ...statementPage(request.params, because, faults),
          csrf: reply.generateCsrf(),
        })
      }
      await casework.as(
        request,
        async tx => {
          const found = await readCase(tx, reference)
          const done =
            act === 'restrict'
              ? await restrictStatement(tx, found.id, statement, because)
              : await liftRestriction(tx, statement, because)
          if (!done) throw new WrongMove(acts[act].late)
        },
        { caseReference: reference },
      )
      return reply.redirect(`/governance/rights/${reference}/restrict`, 303)
    },
  )
}
