/** Cases before a panel: the queue, one with what its members may read, and every step that the table lets the reader take. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import { addDays, calendarWords, type Day, londonDay } from '../../../platform/calendar.ts'
import { NotThere } from '../../../platform/errors.ts'
import { type Faults, readText, type Typed, typedList, typedNumber } from '../../../platform/typed-form.ts'
import { withQuery } from '../../../web/addresses.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { dateItems } from '../../../web/date-field.ts'
import { errorsOf } from '../../../web/form-errors.ts'
import { PAGE_SIZE, pagination } from '../../../web/pagination.ts'
import { AnyForm, ByPerson, PageNumber } from '../../../web/route-schemas.ts'
import { formMarks, orKeepText } from '../../intake/referrals/form-marks.ts'
import { findCarefulWords } from '../../language/careful-words.ts'
import { mayBeChild } from '../../register/birth-date.ts'
import { usualName } from '../../register/names.ts'
import { recordsOf } from '../../register/record-store.ts'
import type { AgencyRecord } from '../../register/register.ts'
import { outcomes, outcomesFor } from './outcomes.ts'
import {
  admissions,
  isPaperKind,
  type MadeMove,
  moves,
  type PaperKind,
  paperKinds,
  possibleMoves,
  stateWords,
} from './panel-case.ts'
import { isStep, readNewCase, readStep, type Step, stepWords } from './panel-case-form.ts'
import {
  addPaper,
  type CaseShow,
  caseShows,
  listPanelCases,
  movePanelCase,
  type PanelCase,
  panelsOf,
  readPanelCase,
  referToPanel,
} from './panel-case-store.ts'

const CaseAddress = Type.Object({ reference: Type.String({ pattern: '^JP-\\d{4}-\\d{4,9}$' }) })
const PaperAddress = Type.Object({ ...CaseAddress.properties, kind: Type.String({ maxLength: 20 }) })
const StepAddress = Type.Object({ ...CaseAddress.properties, step: Type.String({ maxLength: 20 }) })

/** Weeks that a plan takes where nobody says otherwise. */
const USUAL_DAYS = 84

interface Shown {
  typed: Typed
  faults: Faults
  careful?: { word: string; because: string }[]
}

export function panelCasePages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/panel-cases',
    {
      schema: {
        querystring: Type.Object({
          show: Type.Optional(Type.String({ maxLength: 100 })),
          page: Type.Optional(PageNumber),
        }),
      },
      config: { may: 'use-panel-cases', records: 'panel-cases-listed' },
    },
    async (request, reply) => {
      const { show: asked = '', page = 1 } = request.query
      const show = Object.hasOwn(caseShows, asked) ? (asked as CaseShow) : 'waiting'
      const today = londonDay(clock())
      const { total, lines } = await casework.as(request, async tx => {
        const found = await listPanelCases(tx, show, { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE })
        await tx.record('panel-cases-listed', {
          kind: 'panel-case',
          detail: { show, shown: found.lines.length },
        })
        return found
      })
      return reply.header('cache-control', 'no-store').page('casework/tasking/panels/views/cases.njk', {
        title: 'Cases for panels',
        show,
        shows: caseShows,
        chosen: [
          {
            text: caseShows[show],
            ...(show === 'waiting' ? {} : { href: withQuery(request.url, { show: null, page: null }) }),
          },
        ],
        lines: lines.map(line => ({
          ...line,
          stateWords: stateWords[line.state],
          outcomeWords: line.outcome && outcomes[line.outcome].title,
          overdue: overdue(line, today),
          missing: line.state === 'waiting' && !line.papers.includes('assessment'),
        })),
        pages: pagination(total, page, request.url),
      })
    },
  )

  app.get(
    '/panel-cases/new/:person',
    { schema: { params: ByPerson }, config: { may: 'refer-to-panels', records: 'nothing' } },
    (request, reply) => newPage(request, reply, { typed: {}, faults: {} }),
  )

  app.post(
    '/panel-cases/new/:person',
    {
      schema: { params: ByPerson, body: AnyForm },
      config: { may: 'refer-to-panels', records: 'panel-case-referred', proof: 'form' },
    },
    async (request, reply) => {
      const { person } = request.params
      const typed: Typed = request.body
      const faults: Faults = {}
      const panels = await casework.as(request, async tx => {
        await ownRecord(tx, person)
        return panelsOf(tx)
      })
      const given = readNewCase(typed, { today: londonDay(clock()), panels }, faults)
      if (Object.keys(faults).length > 0) return newPage(request, reply.code(400), { typed, faults })
      const careful = findCarefulWords(given.offence)
      if (careful.length > 0 && typed.keep !== 'yes')
        return newPage(request, reply, { typed, faults, careful })
      return orKeepText(
        async () => {
          const reference = await casework.as(request, async tx => {
            const record = await ownRecord(tx, person)
            return referToPanel(
              tx,
              {
                ...given,
                person,
                called: usualName(record.names),
                child: mayBeChild(record.birth, given.offenceOn),
              },
              formMarks(typed),
            )
          })
          return reply.redirect(`/panel-cases/${reference}`, 303)
        },
        sentence => newPage(request, reply.code(409), { typed, faults: { 'main-content': sentence } }),
      )
    },
  )

  app.get(
    '/panel-cases/:reference',
    { schema: { params: CaseAddress }, config: { may: 'use-panel-cases', records: 'panel-case-opened' } },
    async (request, reply) => {
      const { reference } = request.params
      const found = await casework.as(
        request,
        async tx => {
          const read = await readPanelCase(tx, reference)
          await tx.record('panel-case-opened', { person: read.person, kind: 'panel-case', id: reference })
          return read
        },
        { caseReference: reference },
      )
      const decision = found.made.find(m => m.move === 'decide') ?? null
      return reply.header('cache-control', 'no-store').page('casework/tasking/panels/views/case.njk', {
        title: found.called,
        found,
        stateWords: stateWords[found.state],
        admission: admissions[found.admitted],
        overdue: overdue(found, londonDay(clock())),
        decision: decision && { ...decision, outcomeWords: outcomes[decision.outcome!].title },
        result: found.made.findLast(m => m.move === 'complete' || m.move === 'return')?.detail ?? null,
        papers: (Object.keys(paperKinds) as PaperKind[]).map(id => ({
          id,
          ...paperKinds[id],
          lines: found.papers.filter(p => p.kind === id),
        })),
        can: possibleMoves(found.state, found.mover).filter(m => m !== 'refer'),
        moves,
        history: shownMoves(found.made),
        back: { text: 'Cases for panels', href: '/panel-cases' },
      })
    },
  )

  app.get(
    '/panel-cases/:reference/papers/:kind',
    { schema: { params: PaperAddress }, config: { may: 'use-panel-cases', records: 'nothing' } },
    (request, reply) => paperPage(request, reply, { typed: {}, faults: {} }),
  )

  app.post(
    '/panel-cases/:reference/papers/:kind',
    {
      schema: { params: PaperAddress, body: AnyForm },
      config: { may: 'use-panel-cases', records: 'panel-paper-added', proof: 'form' },
    },
    async (request, reply) => {
      const { reference, kind } = request.params
      if (!isPaperKind(kind)) throw new NotThere()
      const typed: Typed = request.body
      const faults: Faults = {}
      await casework.as(request, tx => readPanelCase(tx, reference))
      const text = readText(
        typed,
        'text',
        { label: 'The text', most: 5000, needed: 'Write it down.' },
        faults,
      )
      if (Object.keys(faults).length > 0) return paperPage(request, reply.code(400), { typed, faults })
      const careful = findCarefulWords(text)
      if (careful.length > 0 && typed.keep !== 'yes')
        return paperPage(request, reply, { typed, faults, careful })
      return orKeepText(
        async () => {
          await casework.as(
            request,
            async tx => addPaper(tx, await readPanelCase(tx, reference), kind, text, formMarks(typed)),
            { caseReference: reference },
          )
          return reply.redirect(`/panel-cases/${reference}#${kind}`, 303)
        },
        sentence => paperPage(request, reply.code(409), { typed, faults: { 'main-content': sentence } }),
      )
    },
  )

  app.get(
    '/panel-cases/:reference/:step',
    { schema: { params: StepAddress }, config: { may: 'use-panel-cases', records: 'nothing' } },
    (request, reply) => {
      const { step } = request.params
      if (!isStep(step)) throw new NotThere()
      return stepPage(request, reply, step, { typed: {}, faults: {} })
    },
  )

  app.post(
    '/panel-cases/:reference/:step',
    {
      schema: { params: StepAddress, body: AnyForm },
      config: { may: 'use-panel-cases', records: 'panel-case-moved', proof: 'form' },
    },
    async (request, reply) => {
      const { reference, step } = request.params
      if (!isStep(step)) throw new NotThere()
      const typed: Typed = request.body
      const faults: Faults = {}
      const { found, bringable } = await casework.as(request, async tx => {
        const read = await readPanelCase(tx, reference)
        return { found: read, bringable: await bringableTo(tx, read) }
      })
      const form = readStep(step, typed, found, { today: londonDay(clock()), bringable }, faults)
      if (Object.keys(faults).length > 0) return stepPage(request, reply.code(400), step, { typed, faults })
      const { because, result, plan, dissent } = form.detail ?? {}
      const careful = findCarefulWords([because, result, plan, dissent].filter(Boolean).join('\n'))
      if (careful.length > 0 && typed.keep !== 'yes')
        return stepPage(request, reply, step, { typed, faults, careful })
      return orKeepText(
        async () => {
          await casework.as(
            request,
            tx => movePanelCase(tx, reference, step, { ...formMarks(typed), ...form }),
            {
              caseReference: reference,
            },
          )
          return reply.redirect(`/panel-cases/${reference}`, 303)
        },
        sentence => stepPage(request, reply.code(409), step, { typed, faults: { 'main-content': sentence } }),
      )
    },
  )

  async function newPage(
    request: FastifyRequest<{ Params: { person: string } }>,
    reply: FastifyReply,
    { typed, faults, careful = [] }: Shown,
  ) {
    const { person } = request.params
    const { name, panels } = await casework.as(request, async tx => ({
      name: usualName((await ownRecord(tx, person)).names),
      panels: await panelsOf(tx),
    }))
    return reply.header('cache-control', 'no-store').page('casework/tasking/panels/views/new.njk', {
      title: `Refer ${name} to a panel`,
      person,
      panels: panels.map(p => ({ value: p.id, text: p.name, checked: typed.panel === p.id })),
      typed,
      ...errorsOf(faults, { offenceOn: 'offenceOn-day' }),
      dayItems: dateItems('offenceOn', typed),
      admissions: Object.entries(admissions).map(([value, text]) => ({
        value,
        text,
        checked: typed.admitted === value,
      })),
      careful,
      csrf: reply.generateCsrf(),
      key: typed.key ?? randomUUID(),
      back: { text: name, href: `/register/${person}` },
    })
  }

  async function paperPage(
    request: FastifyRequest<{ Params: { reference: string; kind: string } }>,
    reply: FastifyReply,
    { typed, faults, careful = [] }: Shown,
  ) {
    const { reference, kind } = request.params
    if (!isPaperKind(kind)) throw new NotThere()
    const found = await casework.as(request, tx => readPanelCase(tx, reference))
    return reply.header('cache-control', 'no-store').page('casework/tasking/panels/views/paper.njk', {
      title: paperKinds[kind].add,
      hint: paperKinds[kind].hint,
      kind,
      found,
      typed,
      ...errorsOf(faults),
      careful,
      csrf: reply.generateCsrf(),
      key: typed.key ?? randomUUID(),
      back: { text: reference, href: `/panel-cases/${reference}` },
    })
  }

  async function stepPage(
    request: FastifyRequest<{ Params: { reference: string } }>,
    reply: FastifyReply,
    step: Step,
    { typed, faults, careful = [] }: Shown,
  ) {
    const { reference } = request.params
    const { found, bringable } = await casework.as(request, async tx => {
      const read = await readPanelCase(tx, reference)
      return { found: read, bringable: step === 'bring' ? await bringableTo(tx, read) : [] }
    })
    if (!possibleMoves(found.state, found.mover).includes(step) && !faults['main-content'])
      throw new NotThere()
    const today = londonDay(clock())
    const there = typedList(typed, 'there')
    const first = step === 'defer' ? addDays(today, 7) : addDays(today, USUAL_DAYS)
    return reply.header('cache-control', 'no-store').page('casework/tasking/panels/views/step.njk', {
      ...stepWords[step],
      step,
      found,
      typed,
      ...errorsOf(faults, { dueOn: 'dueOn-day' }),
      outcomes: outcomesFor(found).map(id => ({
        value: id,
        text: outcomes[id].title,
        hint: { text: outcomes[id].needs },
        checked: typed.outcome === id,
      })),
      agencies: (step === 'bring' ? bringable : found.panelMembers).map(a => ({
        value: a.id,
        text: a.name,
        selected: typed.agency === a.id,
      })),
      there: found.panelMembers.map(a => ({ value: a.id, text: a.name, checked: there.includes(a.id) })),
      dueItems: dateItems('dueOn', typed['dueOn-day'] === undefined ? first : typed),
      careful,
      csrf: reply.generateCsrf(),
      key: typed.key ?? randomUUID(),
      seen: typedNumber(typed, 'seen') && !faults['main-content'] ? typed.seen : found.made.at(-1)!.seq,
      back: { text: reference, href: `/panel-cases/${reference}` },
    })
  }
}

/** Throws NotThere for whom the viewer's agency holds no record of. */
async function ownRecord(tx: MemberTransaction, person: string): Promise<AgencyRecord> {
  const [record] = await recordsOf(tx, person)
  if (record?.agency !== tx.member.agency) throw new NotThere()
  return record
}

/** Agencies that an agreement lets read it, and that see no queue of the panel: they are brought to one case by name (R14). */
const bringableTo = (
  tx: MemberTransaction,
  { fromAgency, purpose, brought }: PanelCase,
): Promise<{ id: string; name: string }[]> =>
  tx.query(
    `select g.id, g.name from agencies g
     where g.closed_on is null and g.id <> $1 and g.id <> all ($3) and agreement_covers($1, g.id, $2, array['meeting'])
     order by g.name`,
    [fromAgency, purpose, brought.map(b => b.id)],
  )

const overdue = (
  { state, decideBy, completeBy }: Pick<PanelCase, 'state' | 'decideBy' | 'completeBy'>,
  today: Day,
): boolean =>
  (state === 'waiting' && decideBy < today) ||
  (state === 'decided' && completeBy !== null && completeBy < today)

/** Newest first. */
const shownMoves = (made: readonly MadeMove[]) =>
  made
    .map(({ byName, at, move, toAgency, dueOn, detail }) => ({
      by: byName,
      at,
      says:
        move === 'defer'
          ? `deferred it until ${calendarWords(dueOn!)}`
          : move === 'bring'
            ? `brought ${toAgency} to it`
            : moves[move].says,
      text: detail.because ?? detail.result ?? null,
    }))
    .toReversed()
