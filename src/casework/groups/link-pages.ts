/** That somebody was seen with a group: written down at their page, confirmed by another, told, challenged, removed. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import { worksOnGroups } from '../../governance/access/explain-group.ts'
import { purposes } from '../../governance/purposes.ts'
import { calendarWords, londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import { type Faults, type Typed, typedText } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { AnyForm, ById, ByPerson } from '../../web/route-schemas.ts'
import { formMarks, orKeepText } from '../intake/referrals/form-marks.ts'
import { findInadmissibleGrounds } from '../language/inadmissible-grounds.ts'
import { mayBeChild } from '../register/birth-date.ts'
import { usualName } from '../register/names.ts'
import { recordsOf } from '../register/record-store.ts'
import { linkWordsToMean, readLinkWords } from './assessment-form.ts'
import { insistOnLink, linkGrounds } from './group-link.ts'
import { isLinkStep, type LinkStep, linkSteps, readStep } from './group-steps.ts'
import { groupForWork, listGroups } from './group-store.ts'
import { levelWords } from './group-tests.ts'
import {
  challengeLink,
  type GroupLink,
  latestLinkReview,
  linkableStatements,
  linkToGroup,
  moveLink,
  readLink,
} from './link-store.ts'
import { seenWords, shownLink } from './shown-link.ts'
import { stepPage } from './step-form-pages.ts'

const StepAddress = Type.Object({ ...ById.properties, step: Type.String({ maxLength: 40 }) })

const MOST_GROUPS = 500

export function groupLinkPages(app: WebServer, { casework, clock }: PageContext): void {
  const today = () => londonDay(clock())

  app.get(
    '/groups/link/:person',
    { schema: { params: ByPerson }, config: { may: 'keep-groups', records: 'nothing' } },
    (request, reply) => linkPage(request, reply, {}, {}),
  )

  app.post(
    '/groups/link/:person',
    {
      schema: { params: ByPerson, body: AnyForm },
      config: { may: 'keep-groups', records: 'group-link-made', proof: 'form' },
    },
    async (request, reply) => {
      const { person } = request.params
      const typed: Typed = request.body
      const faults: Faults = {}
      const words = readLinkWords(typed, faults)
      const group = typedText(typed, 'group')
      const { groups } = await casework.as(request, tx => choicesFor(tx, person))
      if (!groups.some(g => g.id === group)) faults.group = 'Choose the group.'
      if (Object.keys(faults).length > 0) return linkPage(request, reply.code(400), typed, faults)
      const careful = linkWordsToMean(words)
      if (careful.length > 0 && typedText(typed, 'meant') === '')
        return linkPage(request, reply, typed, faults, careful)
      return orKeepText(
        async () => {
          await casework.as(request, async tx => {
            const { record } = await choicesFor(tx, person)
            const legalBasis = purposes.find(p => p.id === tx.member.purpose)?.legalBases[0]
            if (!legalBasis) throw new NotThere()
            const asked = findInadmissibleGrounds(words.says).map(f => f.word)
            await linkToGroup(
              tx,
              {
                ...words,
                group: (await groupForWork(tx, group)).id,
                person,
                called: usualName(record.names),
                child: mayBeChild(record.birth, today()),
                legalBasis,
                ...(asked.length > 0 && { asked }),
              },
              formMarks(typed),
            )
          })
          return reply.redirect(`/register/${person}#groups`, 303)
        },
        sentence => linkPage(request, reply.code(409), typed, { 'main-content': sentence }),
      )
    },
  )

  app.get(
    '/groups/links/:id',
    { schema: { params: ById }, config: { may: 'work-on-groups', records: 'group-link-opened' } },
    async (request, reply) => {
      const { id } = request.params
      const link = await casework.as(request, async tx => {
        const found = await readLink(tx, id)
        await tx.record('group-link-opened', { person: found.person, kind: 'group-link', id })
        return found
      })
      return reply.header('cache-control', 'no-store').page('casework/groups/views/link.njk', {
        title: link.called,
        link: shownLink(link),
        back: { text: link.groupReference, href: `/groups/${link.groupReference}` },
      })
    },
  )

  app.get(
    '/groups/links/:id/:step',
    { schema: { params: StepAddress }, config: { may: 'work-on-groups', records: 'nothing' } },
    async (request, reply) => {
      const { id, step } = request.params
      if (!isLinkStep(step)) throw new NotThere()
      const link = await casework.as(request, async tx => {
        const found = await readLink(tx, id)
        insistOnLink(step, found.state, found.mover)
        return found
      })
      return shown(reply, link, step, {}, {})
    },
  )

  app.post(
    '/groups/links/:id/:step',
    {
      schema: { params: StepAddress, body: AnyForm },
      config: { may: 'work-on-groups', records: 'group-link-moved', proof: 'form' },
    },
    async (request, reply) => {
      const { id, step } = request.params
      if (!isLinkStep(step)) throw new NotThere()
      const typed: Typed = request.body
      const link = await casework.as(request, tx => readLink(tx, id))
      const faults: Faults = {}
      const bounds = { today: today(), latest: latestLinkReview(link, today()) }
      const detail = readStep(linkSteps[step], typed, bounds, faults)
      if (Object.keys(faults).length > 0) return shown(reply.code(400), link, step, typed, faults)
      return orKeepText(
        async () => {
          const marks = formMarks(typed)
          await casework.as(request, async tx => {
            if (step !== 'challenge') return moveLink(tx, id, step, { ...marks, detail })
            const { words = '', reachAt = '', askedBy = '' } = detail
            return challengeLink(tx, await readLink(tx, id), { key: marks.key, words, reachAt, askedBy })
          })
          const stays = ['confirm', 'review', 'tell', 'challenge'].includes(step)
          return reply.redirect(stays ? `/groups/links/${id}` : `/groups/${link.groupReference}`, 303)
        },
        async sentence =>
          shown(reply.code(409), await casework.as(request, tx => readLink(tx, id)), step, typed, {
            'main-content': sentence,
          }),
      )
    },
  )

  const shown = (reply: FastifyReply, link: GroupLink, step: LinkStep, typed: Typed, faults: Faults) =>
    stepPage(reply, {
      step: linkSteps[step],
      caption: `${link.called} · ${seenWords(link)}`,
      action: `/groups/links/${link.id}/${step}`,
      typed,
      faults,
      seen: link.seq,
      latest: latestLinkReview(link, today()),
      back: { text: link.called, href: `/groups/links/${link.id}` },
    })

  async function linkPage(
    request: FastifyRequest<{ Params: { person: string } }>,
    reply: FastifyReply,
    typed: Typed,
    faults: Faults,
    careful: { word: string; because: string }[] = [],
  ) {
    const { person } = request.params
    const { record, groups, statements } = await casework.as(request, tx => choicesFor(tx, person))
    const name = usualName(record.names)
    return reply.header('cache-control', 'no-store').page('casework/groups/views/new-link.njk', {
      title: 'Seen with a group',
      name,
      person,
      child: mayBeChild(record.birth, today()),
      groups: [
        { value: '', text: 'Choose' },
        ...groups.map(g => ({
          value: g.id,
          text: `${g.called} (${levelWords(g.level).toLowerCase()})`,
          selected: g.id === typedText(typed, 'group'),
        })),
      ],
      anyGroup: groups.length > 0,
      grounds: Object.entries(linkGrounds).map(([value, { title, hint }]) => ({
        value,
        text: title,
        hint: { text: hint },
        checked: typedText(typed, 'ground') === value,
      })),
      statements: statements.map(s => ({
        value: s.id,
        text: `${calendarWords(s.occurredOn)}, known from: ${s.source}`,
        hint: { text: s.text },
        checked: typedText(typed, 'entry') === s.id,
      })),
      typed,
      careful,
      ...errorsOf(faults),
      key: typedText(typed, 'key') || randomUUID(),
      csrf: reply.generateCsrf(),
      back: { text: name, href: `/register/${person}` },
    })
  }
}

/** Throws NotThere for whom the viewer's agency holds no record of, and where its people work on no groups. */
async function choicesFor(tx: MemberTransaction, person: string) {
  const [record] = await recordsOf(tx, person)
  if (record?.agency !== tx.member.agency || !worksOnGroups(tx.member)) throw new NotThere()
  const { lines } = await listGroups(tx, 'approved', { limit: MOST_GROUPS, offset: 0 })
  return { record, groups: lines, statements: await linkableStatements(tx, person) }
}
