/** Bids for resources: the list, one, several side by side, and every step that the table lets the reader take. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import { placeMeasures } from '../../../measures/pictures/place-inputs.ts'
import { addDays, calendarWords, type Day, londonDay } from '../../../platform/calendar.ts'
import { NotThere } from '../../../platform/errors.ts'
import { type Faults, type Typed, typedNumber } from '../../../platform/typed-form.ts'
import { withQuery } from '../../../web/addresses.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { dateItems } from '../../../web/date-field.ts'
import { errorsOf } from '../../../web/form-errors.ts'
import { PAGE_SIZE, pagination } from '../../../web/pagination.ts'
import { AnyForm, PageNumber } from '../../../web/route-schemas.ts'
import { formMarks, orKeepText } from '../../intake/referrals/form-marks.ts'
import { findLooseWords } from '../meetings/loose-words.ts'
import { criteriaOn, type MadeMove, moves, possibleMoves, stateWords } from './bid.ts'
import { beforeAndAfter } from './bid-figures-pages.ts'
import { type BidChoices, isStep, readNewBid, readStep, type Step, stepWords } from './bid-form.ts'
import {
  askForResource,
  type BidLine,
  type BidShow,
  bidShows,
  bidsSideBySide,
  listBids,
  moveBid,
  readBid,
  resourcesOf,
} from './bid-store.ts'

const text = Type.Optional(Type.String({ maxLength: 100 }))
const BidAddress = Type.Object({ reference: Type.String({ pattern: '^BID-\\d{4}-\\d{4,9}$' }) })
const StepAddress = Type.Object({ ...BidAddress.properties, step: Type.String({ maxLength: 20 }) })

interface Shown {
  typed: Typed
  faults: Faults
  careful?: { word: string; because: string }[]
}

export function bidPages(app: WebServer, context: PageContext): void {
  const { casework, clock, pack } = context

  app.get(
    '/bids',
    {
      schema: { querystring: Type.Object({ show: text, resource: text, page: Type.Optional(PageNumber) }) },
      config: { may: 'see-bids', records: 'bids-listed' },
    },
    async (request, reply) => {
      const { show: asked = '', resource: id = '', page = 1 } = request.query
      const show = Object.hasOwn(bidShows, asked) ? (asked as BidShow) : 'open'
      const { found, resources } = await casework.as(request, async tx => {
        const resources = await resourcesOf(tx)
        const resource = resources.find(r => r.id === id)?.id ?? null
        const found = await listBids(
          tx,
          { show, resource },
          { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE },
        )
        await tx.record('bids-listed', { kind: 'bid', detail: { show, shown: found.lines.length } })
        return { found, resources }
      })
      const without = (name: string) => withQuery(request.url, { [name]: null, page: null })
      const chosen = resources.find(r => r.id === id)
      return reply.header('cache-control', 'no-store').page('casework/tasking/bids/views/bids.njk', {
        title: 'Bids for resources',
        show,
        shows: bidShows,
        resources,
        resource: chosen?.id ?? '',
        chosen: [
          { text: bidShows[show], ...(show === 'open' ? {} : { href: without('show') }) },
          ...(chosen ? [{ text: chosen.name, href: without('resource') }] : []),
        ],
        lines: found.lines.map(shownLine),
        pages: pagination(found.total, page, request.url),
      })
    },
  )

  app.get(
    '/bids/side-by-side',
    {
      schema: {
        querystring: Type.Object({ resource: text, bid: Type.Optional(Type.String({ maxLength: 20 })) }),
      },
      config: { may: 'see-bids', records: 'bids-listed' },
    },
    async (request, reply) => {
      const { resource = '', bid } = request.query
      const today = londonDay(clock())
      const { of, lines, from, to } = await casework.as(request, async tx => {
        const one = bid ? await readBid(tx, bid) : null
        const of = (await resourcesOf(tx)).find(r => r.id === (one?.resource ?? resource))
        if (!of) throw new NotThere()
        // Those for the same days as one bid; or everything from today on.
        const from = one?.startsOn ?? today
        const to = one?.endsOn ?? addDays(today, FURTHEST_DAYS)
        const lines = await bidsSideBySide(tx, { resource: of.id, from, to })
        await tx.record('bids-listed', { kind: 'bid', detail: { resource: of.id, shown: lines.length } })
        return { of, lines, from, to }
      })
      const disclosure = request.viewer.disclosure
      return reply.header('cache-control', 'no-store').page('casework/tasking/bids/views/side-by-side.njk', {
        title: `Bids for ${of.name}`,
        of,
        from,
        to,
        forOne: bid !== undefined,
        criteria: [...new Set(lines.flatMap(l => l.answers.map(a => a.name)))],
        lines: await Promise.all(
          lines.map(async line => ({
            ...shownLine(line),
            said: Object.fromEntries(line.answers.map(a => [a.name, a.says])),
            recorded: (await beforeAndAfter(context, line, disclosure))?.before ?? null,
          })),
        ),
        back: { text: 'Bids for resources', href: '/bids' },
      })
    },
  )

  app.get(
    '/bids/new',
    {
      schema: { querystring: Type.Object({ resource: text }) },
      config: { may: 'make-bids', records: 'nothing' },
    },
    (request, reply) => newPage(request, reply, { typed: { ...request.query }, faults: {} }),
  )

  app.post(
    '/bids/new',
    { schema: { body: AnyForm }, config: { may: 'make-bids', records: 'bid-made', proof: 'form' } },
    async (request, reply) => {
      const typed: Typed = request.body
      const faults: Faults = {}
      const { choices, agencies } = await casework.as(request, choicesFor)
      const bid = readNewBid(typed, londonDay(clock()), choices, faults)
      if (Object.keys(faults).length > 0) return newPage(request, reply.code(400), { typed, faults })
      const careful = findLooseWords([bid.aim, ...bid.answers.map(a => a.says)].join('\n'), agencies)
      if (careful.length > 0 && typed.keep !== 'yes')
        return newPage(request, reply, { typed, faults, careful })
      const reference = await casework.as(request, tx => askForResource(tx, bid, formMarks(typed)))
      return reply.redirect(`/bids/${reference}`, 303)
    },
  )

  app.get(
    '/bids/:reference',
    { schema: { params: BidAddress }, config: { may: 'see-bids', records: 'bid-opened' } },
    async (request, reply) => {
      const { reference } = request.params
      const bid = await casework.as(
        request,
        async tx => {
          const found = await readBid(tx, reference)
          await tx.record('bid-opened', { kind: 'bid', id: reference })
          return found
        },
        { caseReference: reference },
      )
      const measured = await beforeAndAfter(context, bid, request.viewer.disclosure)
      return reply.header('cache-control', 'no-store').page('casework/tasking/bids/views/bid.njk', {
        title: `${bid.resourceName}: ${bid.subject}`,
        bid,
        ...shownStanding(bid),
        // Of a deployment that is over there is an after; before that, only what it is asked for against.
        measured: measured && { ...measured, after: bid.state === 'ended' ? measured.after : null },
        can: possibleMoves(bid.state, bid.mover).filter(m => m !== 'ask'),
        moves,
        result: bid.made.find(m => m.move === 'end')?.detail ?? null,
        history: shownMoves(bid.made),
        back: { text: 'Bids for resources', href: '/bids' },
      })
    },
  )

  app.get(
    '/bids/:reference/:step',
    { schema: { params: StepAddress }, config: { may: 'see-bids', records: 'nothing' } },
    (request, reply) => {
      const { step } = request.params
      if (!isStep(step)) throw new NotThere()
      return stepPage(request, reply, step, { typed: {}, faults: {} })
    },
  )

  app.post(
    '/bids/:reference/:step',
    {
      schema: { params: StepAddress, body: AnyForm },
      config: { may: 'see-bids', records: 'bid-moved', proof: 'form' },
    },
    async (request, reply) => {
      const { reference, step } = request.params
      if (!isStep(step)) throw new NotThere()
      const typed: Typed = request.body
      const faults: Faults = {}
      const { grantedFrom, agencies } = await casework.as(request, async tx => ({
        grantedFrom: (await readBid(tx, reference)).grantedFrom,
        agencies: await namesOfAgencies(tx),
      }))
      const form = readStep(step, typed, { today: londonDay(clock()), grantedFrom }, faults)
      if (Object.keys(faults).length > 0) return stepPage(request, reply.code(400), step, { typed, faults })
      const { because, what, result, counted } = form.detail
      const careful = findLooseWords(
        [because, what, result, counted?.what].filter(Boolean).join('\n'),
        agencies,
      )
      if (careful.length > 0 && typed.keep !== 'yes')
        return stepPage(request, reply, step, { typed, faults, careful })
      return orKeepText(
        async () => {
          await casework.as(request, tx => moveBid(tx, reference, step, { ...formMarks(typed), ...form }), {
            caseReference: reference,
          })
          return reply.redirect(`/bids/${reference}`, 303)
        },
        sentence => stepPage(request, reply.code(409), step, { typed, faults: { 'main-content': sentence } }),
      )
    },
  )

  async function choicesFor(tx: MemberTransaction): Promise<{
    choices: BidChoices & {
      resources: { id: string; name: string }[]
      cohorts: { id: string; name: string }[]
    }
    agencies: { name: string }[]
  }> {
    return {
      choices: {
        resources: (await resourcesOf(tx)).filter(r => r.inPack),
        cohorts: await tx.query('select id, name from cohorts where in_pack order by name, id'),
        areas: pack.localAuthorities,
        measures: placeMeasures(),
        criteria: criteriaOn(pack.bidCriteria, londonDay(tx.now)),
      },
      agencies: await namesOfAgencies(tx),
    }
  }

  async function newPage(
    request: FastifyRequest,
    reply: FastifyReply,
    { typed, faults, careful = [] }: Shown,
  ) {
    const { choices } = await casework.as(request, choicesFor)
    const items = (list: readonly { value: string; text: string }[], name: string, none: string) => [
      { value: '', text: none },
      ...list.map(item => ({ ...item, selected: typed[name] === item.value })),
    ]
    return reply.header('cache-control', 'no-store').page('casework/tasking/bids/views/new.njk', {
      title: 'Ask for a resource',
      typed,
      ...errorsOf(faults, { startsOn: 'startsOn-day', endsOn: 'endsOn-day' }),
      resources: items(named(choices.resources), 'resource', 'Choose'),
      cohorts: items(named(choices.cohorts), 'cohort', 'Choose'),
      areas: items(
        pack.localAuthorities.map(a => ({ value: a.code, text: a.name })),
        'area',
        'None of them alone',
      ),
      measures: items(
        placeMeasures().map(m => ({ value: m.id, text: m.title })),
        'measure',
        'Nothing of the catalogue',
      ),
      criteria: choices.criteria,
      startItems: dateItems('startsOn', typed),
      endItems: dateItems('endsOn', typed),
      careful,
      csrf: reply.generateCsrf(),
      key: typed.key ?? randomUUID(),
      back: { text: 'Bids for resources', href: '/bids' },
    })
  }

  async function stepPage(
    request: FastifyRequest<{ Params: { reference: string } }>,
    reply: FastifyReply,
    step: Step,
    { typed, faults, careful = [] }: Shown,
  ) {
    const { reference } = request.params
    const bid = await casework.as(request, async tx => readBid(tx, reference))
    if (!possibleMoves(bid.state, bid.mover).includes(step) && !faults['main-content']) throw new NotThere()
    return reply.header('cache-control', 'no-store').page('casework/tasking/bids/views/step.njk', {
      ...stepWords[step],
      step,
      bid,
      ...shownStanding(bid),
      typed,
      ...errorsOf(faults, { fromOn: 'fromOn-day', toOn: 'toOn-day' }),
      fromItems: dateItems(
        'fromOn',
        typed['fromOn-day'] === undefined ? (bid.grantedFrom ?? bid.startsOn) : typed,
      ),
      toItems: dateItems('toOn', typed['toOn-day'] === undefined ? bid.endsOn : typed),
      careful,
      csrf: reply.generateCsrf(),
      key: typed.key ?? randomUUID(),
      seen: typedNumber(typed, 'seen') && !faults['main-content'] ? typed.seen : bid.made.at(-1)!.seq,
      back: { text: reference, href: `/bids/${reference}` },
    })
  }
}

/** As far ahead as anything is asked for. */
const FURTHEST_DAYS = 272

const namesOfAgencies = (tx: MemberTransaction): Promise<{ name: string }[]> =>
  tx.query('select name from agencies')

const named = (list: readonly { id: string; name: string }[]) =>
  list.map(({ id, name }) => ({ value: id, text: name }))

const days = (from: Day, to: Day): string => `${calendarWords(from)} to ${calendarWords(to)}`

const shownLine = (line: BidLine) => ({ ...line, ...shownStanding(line) })

const shownStanding = (line: BidLine) => ({
  stateWords: stateWords[line.state],
  asks: days(line.startsOn, line.endsOn),
  holds: line.grantedFrom && line.grantedTo ? days(line.grantedFrom, line.grantedTo) : null,
})

/** Newest first. */
const shownMoves = (made: readonly MadeMove[]) =>
  made
    .map(({ byName, at, move, fromOn, toOn, detail }) => ({
      by: byName,
      at,
      says:
        move === 'grant'
          ? `granted it for ${days(fromOn!, toOn!)}`
          : move === 'deploy'
            ? `said what was deployed from ${calendarWords(fromOn!)} on`
            : moves[move].says,
      text: detail.because ?? detail.what ?? detail.result ?? null,
    }))
    .toReversed()
