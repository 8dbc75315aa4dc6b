/** The list of plans, and a new one. By the nearest review: nothing about anybody decides the order (R6). */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import { purposes } from '../../governance/purposes.ts'
import { londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import type { Faults, Typed } from '../../platform/typed-form.ts'
import { withQuery } from '../../web/addresses.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { PAGE_SIZE, pagination } from '../../web/pagination.ts'
import { AnyForm, Uuid } from '../../web/route-schemas.ts'
import { groupForWork } from '../groups/group-store.ts'
import { formMarks, orKeepText } from '../intake/referrals/form-marks.ts'
import { findCarefulWords } from '../language/careful-words.ts'
import { mayBeChild } from '../register/birth-date.ts'
import { usualName } from '../register/names.ts'
import { recordsOf } from '../register/record-store.ts'
import { colleagues } from '../tasking/actions/action-store.ts'
import { readKnown } from './known-store.ts'
import { type SubjectKind, subjectKinds } from './plan.ts'
import { readPlanWords } from './plan-form.ts'
import { listPlans, makePlan, type NewPlan, type PlanShow, planShows } from './plan-store.ts'
import { aboutWords } from './shown-plan.ts'

const text = Type.Optional(Type.String({ maxLength: 100 }))

const About = Type.Object({
  person: Type.Optional(Uuid),
  group: Type.Optional(Uuid),
  place: Type.Optional(Uuid),
  line: Type.Optional(Uuid),
})

export function planListPages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/plans',
    {
      schema: {
        querystring: Type.Object({
          show: text,
          kind: text,
          about: Type.Optional(Uuid),
          page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
        }),
      },
      config: { may: 'use-plans', records: 'plans-listed' },
    },
    async (request, reply) => {
      const { show: asked = '', kind: askedKind = '', about = null, page = 1 } = request.query
      const show = Object.hasOwn(planShows, asked) ? (asked as PlanShow) : 'open'
      const kind = Object.hasOwn(subjectKinds, askedKind) ? (askedKind as SubjectKind) : null
      const { total, lines } = await casework.as(request, async tx => {
        const found = await listPlans(
          tx,
          { show, kind, about },
          { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE },
        )
        await tx.record('plans-listed', {
          person: null,
          kind: 'plan',
          detail: { show, kind, shown: found.lines.length },
        })
        return found
      })
      const without = (name: string) => withQuery(request.url, { [name]: null, page: null })
      return reply.header('cache-control', 'no-store').page('casework/plans/views/plans.njk', {
        title: 'Plans',
        show,
        kind,
        choices: { shows: planShows, kinds: subjectKinds },
        chosen: [
          { text: planShows[show], ...(show === 'open' ? {} : { href: without('show') }) },
          ...(kind ? [{ text: subjectKinds[kind], href: without('kind') }] : []),
          ...(about ? [{ text: 'About one of them', href: without('about') }] : []),
        ],
        lines: lines.map(line => ({ ...line, about: aboutWords(line) })),
        pages: pagination(total, page, request.url),
      })
    },
  )

  app.get(
    '/plans/new',
    { schema: { querystring: About }, config: { may: 'keep-plans', records: 'nothing' } },
    (request, reply) => newPage(request, reply, request.query, { typed: {}, faults: {} }),
  )

  app.post(
    '/plans/new',
    {
      schema: { querystring: About, body: AnyForm },
      config: { may: 'keep-plans', records: 'plan-made', proof: 'form' },
    },
    async (request, reply) => {
      const typed: Typed = request.body
      const faults: Faults = {}
      const words = readPlanWords(typed, faults)
      const again = (status: number, more: Partial<Shown> = {}) =>
        newPage(request, reply.code(status), request.query, { typed, faults, ...more })
      if (Object.keys(faults).length > 0) return again(400)
      const careful = findCarefulWords(words.aim)
      if (careful.length > 0 && typed.keep !== 'yes') return again(200, { careful })
      return orKeepText(
        async () => {
          const { reference } = await casework.as(request, async tx => {
            const { subject, child } = await subjectOf(tx, request.query)
            const people = await colleagues(tx)
            const owner = people.find(c => c.id === typed.owner)?.id ?? tx.member.user
            const bases = legalBases(tx)
            const legalBasis = bases.find(b => b === typed.legalBasis) ?? bases[0]!
            return makePlan(tx, { ...words, subject, child, owner, legalBasis }, formMarks(typed))
          })
          return reply.redirect(`/plans/${reference}`, 303)
        },
        sentence => again(409, { faults: { 'main-content': sentence } }),
      )
    },
  )

  interface Shown {
    typed: Typed
    faults: Faults
    careful?: { word: string; because: string }[]
  }

  async function newPage(
    request: FastifyRequest,
    reply: FastifyReply,
    asked: { person?: string; group?: string; place?: string; line?: string },
    { typed, faults, careful = [] }: Shown,
  ) {
    const { about, people, bases } = await casework.as(request, async tx => ({
      about: await subjectOf(tx, asked),
      people: await colleagues(tx),
      bases: legalBases(tx),
    }))
    return reply.header('cache-control', 'no-store').page('casework/plans/views/new.njk', {
      title: `A plan for ${about.called}`,
      about,
      action: request.url,
      typed: { called: about.called, ...typed },
      ...errorsOf(faults),
      people: people.map(c => ({
        value: c.id,
        text: `${c.name}, ${c.post}`,
        selected: c.id === (typed.owner ?? request.viewer.member?.user),
      })),
      bases: bases.map((b, i) => ({
        value: b,
        text: b,
        checked: typed.legalBasis ? b === typed.legalBasis : i === 0,
      })),
      careful,
      csrf: reply.generateCsrf(),
      key: typed.key ?? randomUUID(),
      back: about.back,
    })
  }

  /** Throws NotThere for what the viewer's agency holds no record of. */
  async function subjectOf(
    tx: MemberTransaction,
    { person, group, place, line }: { person?: string; group?: string; place?: string; line?: string },
  ): Promise<Pick<NewPlan, 'subject' | 'child' | 'called'> & { back: { text: string; href: string } }> {
    if (person) {
      const [record] = await recordsOf(tx, person)
      if (record?.agency !== tx.member.agency) throw new NotThere()
      return {
        subject: { person },
        child: mayBeChild(record.birth, londonDay(clock())),
        called: usualName(record.names),
        back: { text: usualName(record.names), href: `/register/${person}` },
      }
    }
    if (group) {
      const { called, reference } = await groupForWork(tx, group)
      return {
        subject: { group },
        child: false,
        called,
        back: { text: called, href: `/groups/${reference}` },
      }
    }
    const known = place
      ? await readKnown(tx, 'place', place)
      : line
        ? await readKnown(tx, 'line', line)
        : null
    if (!known) throw new NotThere()
    return {
      subject: place ? { place } : { line: line! },
      child: false,
      called: known.name,
      back: { text: 'Places and lines', href: '/known-places' },
    }
  }
}

const legalBases = (tx: MemberTransaction): readonly string[] =>
  purposes.find(p => p.id === tx.member.purpose)?.legalBases ?? []
