/** Writing a group down, assessing it anew, changing its name: a written test, criterion by criterion (R3). */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { worksOnGroups } from '../../governance/access/explain-group.ts'
import { purposes } from '../../governance/purposes.ts'
import { londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import { type Faults, readChoice, type Typed, typedText } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { dateItems } from '../../web/date-field.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { AnyForm } from '../../web/route-schemas.ts'
import { formMarks, orKeepText } from '../intake/referrals/form-marks.ts'
import { type FoundWord, findCarefulWords } from '../language/careful-words.ts'
import { nameFault, readAssessment, readGroupWords, wordsToMean } from './assessment-form.ts'
import { type Assessment, insist, whyNot } from './group.ts'
import { GroupAddress } from './group-pages.ts'
import { type Group, moveGroup, proposeGroup, readGroup } from './group-store.ts'
import { findings, isTest, levels, type TestId, testOf, testsOn } from './group-tests.ts'

const Test = Type.Object({ test: Type.String({ maxLength: 40 }) })
const OneTest = Type.Object({ ...GroupAddress.properties, ...Test.properties })

const childrenWords = { yes: 'Yes, or nobody knows', no: 'No' } as const

interface Shown {
  typed: Typed
  faults: Faults
  careful?: FoundWord[]
}

export function assessPages(app: WebServer, { casework, clock }: PageContext): void {
  const today = () => londonDay(clock())
  const known = (test: string): TestId => {
    if (!isTest(test) || !testsOn(today()).includes(test)) throw new NotThere()
    return test
  }

  app.get('/groups/new', { config: { may: 'keep-groups', records: 'nothing' } }, async (request, reply) => {
    await insistOnGroups(request)
    return choosePage(reply, 'Write a group down', '/groups/new', { text: 'Groups', href: '/groups' })
  })

  app.get(
    '/groups/new/:test',
    { schema: { params: Test }, config: { may: 'keep-groups', records: 'nothing' } },
    async (request, reply) => {
      await insistOnGroups(request)
      return assessPage(reply, known(request.params.test), null, { typed: {}, faults: {} })
    },
  )

  app.post(
    '/groups/new/:test',
    {
      schema: { params: Test, body: AnyForm },
      config: { may: 'keep-groups', records: 'group-proposed', proof: 'form' },
    },
    async (request, reply) => {
      await insistOnGroups(request)
      const test = known(request.params.test)
      const typed: Typed = request.body
      const faults: Faults = {}
      const words = readGroupWords(typed, faults)
      const children = readChoice(
        typed,
        'children',
        childrenWords,
        'Choose whether it concerns anybody under 18.',
        faults,
      )
      const assessment = readAssessment(typed, test, today(), faults)
      const wrongName = nameFault(test, words.called)
      if (wrongName) faults.called = wrongName
      const again = (status: number, more: Partial<Shown> = {}) =>
        assessPage(reply.code(status), test, null, { typed, faults, ...more })
      if (Object.keys(faults).length > 0) return again(400)
      const careful = [...wordsToMean(assessment), ...findCarefulWords(words.territory)]
      if (careful.length > 0 && typedText(typed, 'meant') === '') return again(200, { careful })
      return orKeepText(
        async () => {
          const { reference } = await casework.as(request, tx => {
            const legalBasis = purposes.find(p => p.id === tx.member.purpose)?.legalBases[0]
            if (!legalBasis) throw new NotThere()
            return proposeGroup(
              tx,
              { ...words, children: children !== 'no', assessment, legalBasis },
              formMarks(typed),
            )
          })
          return reply.redirect(`/groups/${reference}`, 303)
        },
        async sentence => again(409, { faults: { 'main-content': sentence } }),
      )
    },
  )

  app.get(
    '/groups/:reference/assess',
    { schema: { params: GroupAddress }, config: { may: 'keep-groups', records: 'nothing' } },
    async (request, reply) => {
      const { reference } = request.params
      const { group } = await assessed(request, reference)
      return choosePage(reply, `Assess ${group.called} anew`, `/groups/${reference}/assess`, {
        text: reference,
        href: `/groups/${reference}`,
      })
    },
  )

  app.get(
    '/groups/:reference/assess/:test',
    { schema: { params: OneTest }, config: { may: 'keep-groups', records: 'nothing' } },
    async (request, reply) => {
      const test = known(request.params.test)
      const { group } = await assessed(request, request.params.reference)
      return assessPage(reply, test, group, { typed: beginningOf(group, test), faults: {} })
    },
  )

  app.post(
    '/groups/:reference/assess/:test',
    {
      schema: { params: OneTest, body: AnyForm },
      config: { may: 'keep-groups', records: 'group-moved', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      const test = known(request.params.test)
      const typed: Typed = request.body
      const faults: Faults = {}
      const assessment = readAssessment(typed, test, today(), faults)
      const group = await casework.as(request, tx => readGroup(tx, reference))
      const again = (status: number, more: Partial<Shown> = {}) =>
        assessPage(reply.code(status), test, group, { typed, faults, ...more })
      if (Object.keys(faults).length > 0) return again(400)
      const careful = wordsToMean(assessment)
      if (careful.length > 0 && typedText(typed, 'meant') === '') return again(200, { careful })
      return orKeepText(
        async () => {
          await casework.as(
            request,
            async tx =>
              moveGroup(tx, reference, group.state === 'lapsed' ? 'propose-anew' : 'reassess', {
                ...formMarks(typed),
                detail: assessment,
              }),
            { caseReference: reference },
          )
          return reply.redirect(`/groups/${reference}`, 303)
        },
        async sentence => again(409, { faults: { 'main-content': sentence } }),
      )
    },
  )

  app.get(
    '/groups/:reference/change',
    { schema: { params: GroupAddress }, config: { may: 'keep-groups', records: 'nothing' } },
    (request, reply) => changePage(request, reply, { typed: null, faults: {} }),
  )

  app.post(
    '/groups/:reference/change',
    {
      schema: { params: GroupAddress, body: AnyForm },
      config: { may: 'keep-groups', records: 'group-moved', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      const typed: Typed = request.body
      const faults: Faults = {}
      const words = readGroupWords(typed, faults)
      if (Object.keys(faults).length > 0) return changePage(request, reply.code(400), { typed, faults })
      const careful = findCarefulWords(words.territory)
      if (careful.length > 0 && typedText(typed, 'meant') === '')
        return changePage(request, reply, { typed, faults, careful })
      return orKeepText(
        async () => {
          await casework.as(
            request,
            tx => moveGroup(tx, reference, 'change', { ...formMarks(typed), detail: words }),
            { caseReference: reference },
          )
          return reply.redirect(`/groups/${reference}`, 303)
        },
        sentence =>
          changePage(request, reply.code(409), { typed, faults: { 'main-content': sentence }, behind: true }),
      )
    },
  )

  /** R14: nobody learns more than that it is not there. */
  const insistOnGroups = (request: FastifyRequest): Promise<void> =>
    casework.as(request, async tx => {
      if (!worksOnGroups(tx.member)) throw new NotThere()
    })

  const assessed = (request: FastifyRequest, reference: string): Promise<{ group: Group }> =>
    casework.as(request, async tx => {
      const group = await readGroup(tx, reference)
      insist(
        whyNot('propose-anew', group.stands, group.mover) === null ? 'propose-anew' : 'reassess',
        group.stands,
        group.mover,
      )
      return { group }
    })

  const choosePage = (
    reply: FastifyReply,
    title: string,
    address: string,
    back: { text: string; href: string },
  ) =>
    reply.header('cache-control', 'no-store').page('casework/groups/views/choose-test.njk', {
      title,
      tests: testsOn(today()).map(id => ({
        ...testOf(id),
        href: `${address}/${id}`,
        levelWords: levels[testOf(id).level].title,
      })),
      back,
    })

  function assessPage(
    reply: FastifyReply,
    test: TestId,
    group: Group | null,
    { typed, faults, careful = [] }: Shown,
  ) {
    const { criteria, ...about } = testOf(test)
    const days = Object.fromEntries(criteria.map(c => [`${c.id}-on`, `${c.id}-on-day`]))
    return reply.header('cache-control', 'no-store').page('casework/groups/views/assess.njk', {
      title: about.title,
      about,
      group,
      action: group ? `/groups/${group.reference}/assess/${test}` : `/groups/new/${test}`,
      criteria: criteria.map(c => ({ ...c, onItems: dateItems(`${c.id}-on`, typed) })),
      findings,
      childrenWords,
      typed,
      careful,
      ...errorsOf(faults, days),
      key: typedText(typed, 'key') || randomUUID(),
      seen:
        typedText(typed, 'seen') && !faults['main-content'] ? typedText(typed, 'seen') : group?.stands.seq,
      csrf: reply.generateCsrf(),
      back: group
        ? { text: group.reference, href: `/groups/${group.reference}` }
        : { text: 'Groups', href: '/groups' },
    })
  }

  async function changePage(
    request: FastifyRequest<{ Params: { reference: string } }>,
    reply: FastifyReply,
    {
      typed,
      faults,
      careful = [],
      behind = false,
    }: Omit<Shown, 'typed'> & { typed: Typed | null; behind?: boolean },
  ) {
    const { reference } = request.params
    const group = await casework.as(request, async tx => {
      const found = await readGroup(tx, reference)
      insist('change', found.stands, found.mover)
      return found
    })
    return reply.header('cache-control', 'no-store').page('casework/groups/views/change.njk', {
      title: 'Change its name or territory',
      group,
      typed: typed ?? { called: group.called, territory: group.territory },
      ...errorsOf(faults),
      stands: behind ? group : null,
      careful,
      key: (typed && typedText(typed, 'key')) || randomUUID(),
      seen: typed && !behind ? typedText(typed, 'seen') : group.stands.seq,
      csrf: reply.generateCsrf(),
      back: { text: reference, href: `/groups/${reference}` },
    })
  }
}

/** Assessing it anew by the same test begins with what was written; every finding has to be looked at again. */
function beginningOf({ stands }: Group, test: TestId): Typed {
  const earlier: Assessment | null = stands.approved
  if (earlier?.test !== test) return {}
  return Object.fromEntries(
    earlier.findings.flatMap(({ criterion, says, source }) => [
      [`${criterion}-says`, says],
      [`${criterion}-source`, source],
    ]),
  )
}
