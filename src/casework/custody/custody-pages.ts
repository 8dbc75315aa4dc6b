/** Who is in custody: an agency's own, by the day on which they come out; one of them; writing one down. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import { purposes } from '../../governance/purposes.ts'
import { addDays, calendarWords, type Day, londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import { type Faults, type Typed, typedText } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { dateItems } from '../../web/date-field.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { PAGE_SIZE, pagination } from '../../web/pagination.ts'
import { AnyForm, PageNumber, Uuid } from '../../web/route-schemas.ts'
import { formMarks, orKeepText } from '../intake/referrals/form-marks.ts'
import { mayBeChild } from '../register/birth-date.ts'
import { usualName } from '../register/names.ts'
import { ownRecordOf } from '../register/own-record.ts'
import { natures } from '../register/register.ts'
import { insideKinds, moves, possibleMoves, stateWords } from './custody.ts'
import { readSpellForm, steps } from './custody-form.ts'
import { enterCustody, knowsInside, type MadeCustodyMove, ownSpells, readSpell } from './custody-store.ts'
import { gatePlansOf } from './gate-store.ts'
import { insideOf } from './inside-store.ts'
import { releaseWords } from './known-custody.ts'

export const CustodyAddress = Type.Object({ reference: Type.String({ pattern: '^CU-\\d{4}-\\d{4,9}$' }) })

const OfPerson = Type.Object({ person: Uuid })

const REVIEW_SOON_DAYS = 14

export function custodyPages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/custody',
    {
      schema: { querystring: Type.Object({ page: Type.Optional(PageNumber) }) },
      config: { may: 'use-custody', records: 'custody-listed' },
    },
    async (request, reply) => {
      const page = request.query.page ?? 1
      const today = londonDay(clock())
      const { knows, lines } = await casework.as(request, async tx => {
        const found = {
          knows: await knowsInside(tx),
          lines: await ownSpells(tx, { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE }),
        }
        await tx.record('custody-listed', { kind: 'custody', detail: { shown: found.lines.length } })
        return found
      })
      return reply.header('cache-control', 'no-store').page('casework/custody/views/list.njk', {
        title: 'In custody',
        knows,
        lines: lines.map(line => ({ ...line, release: releaseWords(line.releaseOn, today) })),
        pages: pagination(lines[0]?.total ?? 0, page, request.url),
      })
    },
  )

  app.get(
    '/custody/new',
    { schema: { querystring: OfPerson }, config: { may: 'keep-custody', records: 'nothing' } },
    (request, reply) => newPage(request, reply, {}, {}),
  )

  app.post(
    '/custody/new',
    {
      schema: { querystring: OfPerson, body: AnyForm },
      config: { may: 'keep-custody', records: 'custody-entered', proof: 'form' },
    },
    async (request, reply) => {
      const { person } = request.query
      const typed: Typed = request.body
      const faults: Faults = {}
      const details = readSpellForm(typed, londonDay(clock()), faults)
      if (Object.keys(faults).length > 0) return newPage(request, reply.code(400), typed, faults)
      return orKeepText(
        async () => {
          const reference = await casework.as(request, async tx => {
            const { called, child } = await whoIs(tx, person, londonDay(clock()))
            const legalBasis = purposes.find(p => p.id === tx.member.purpose)?.legalBases[0]
            if (!legalBasis) throw new NotThere()
            return enterCustody(tx, { ...details, person, called, child, legalBasis }, formMarks(typed))
          })
          return reply.redirect(`/custody/${reference}`, 303)
        },
        sentence => newPage(request, reply.code(409), typed, { 'main-content': sentence }),
      )
    },
  )

  app.get(
    '/custody/:reference',
    { schema: { params: CustodyAddress }, config: { may: 'use-custody', records: 'custody-opened' } },
    async (request, reply) => {
      const { reference } = request.params
      const today = londonDay(clock())
      const { spell, inside, plans, holds } = await casework.as(
        request,
        async tx => {
          const found = await readSpell(tx, reference)
          const [mine] = await tx.query<{ holds: boolean }>('select viewer_holds($1) as holds', [
            found.person,
          ])
          await tx.record('custody-opened', { person: found.person, kind: 'custody', id: reference })
          return {
            spell: found,
            inside: await insideOf(tx, found),
            plans: await gatePlansOf(tx, found.person),
            holds: mine!.holds,
          }
        },
        { caseReference: reference },
      )
      const can = possibleMoves(spell.state, spell.mover)
      return reply.header('cache-control', 'no-store').page('casework/custody/views/spell.njk', {
        title: `${spell.called}: custody`,
        spell,
        stateWords: stateWords[spell.state],
        release: releaseWords(spell.releaseOn, today),
        reviewNear: spell.state === 'in' && spell.reviewOn <= addDays(today, REVIEW_SOON_DAYS),
        inside: Object.entries(insideKinds).map(([id, words]) => ({
          id,
          ...words,
          lines: inside
            .filter(c => c.kind === id)
            .map(c => ({
              ...c,
              natureWords: natures[c.nature].title,
              mayEnd: spell.writes && (spell.mover.keeper || c.agency === request.viewer.member?.agency),
            })),
        })),
        plans: plans.map(plan => ({ ...plan, lines: plan.lines.filter(l => l.marked) })),
        buttons: can.flatMap(move =>
          move === 'enter' || move === 'release' || move === 'set-release'
            ? []
            : [{ move, text: steps[move].title }],
        ),
        can,
        personHref: holds ? `/register/${spell.person}` : null,
        history: spell.made.toReversed().map(m => ({ ...m, says: says(m) })),
        back: { text: 'In custody', href: '/custody' },
      })
    },
  )

  async function newPage(
    request: FastifyRequest<{ Querystring: { person: string } }>,
    reply: FastifyReply,
    typed: Typed,
    faults: Faults,
  ) {
    const { person } = request.query
    const who = await casework.as(request, async tx => {
      const found = await whoIs(tx, person, londonDay(clock()))
      if (!(await knowsInside(tx))) throw new NotThere()
      return found
    })
    return reply.header('cache-control', 'no-store').page('casework/custody/views/new.njk', {
      title: 'They are in custody',
      who,
      action: `/custody/new?person=${person}`,
      typed,
      sinceItems: dateItems('since', typed),
      releaseItems: dateItems('releaseOn', typed),
      ...errorsOf(faults, { since: 'since-day', releaseOn: 'releaseOn-day' }),
      csrf: reply.generateCsrf(),
      key: typedText(typed, 'key') || randomUUID(),
      back: { text: who.called, href: `/register/${person}` },
    })
  }
}

/** Throws NotThere for what the viewer's agency holds no record of. */
async function whoIs(
  tx: MemberTransaction,
  person: string,
  today: Day,
): Promise<{ called: string; child: boolean }> {
  const { record } = await ownRecordOf(tx, person)
  return { called: usualName(record.names), child: mayBeChild(record.birth, today) }
}

function says({ move, onDay, toName, reviewOn, detail }: MadeCustodyMove): string {
  switch (move) {
    case 'enter':
      return `${moves.enter.says}: ${where(detail)}${onDay ? `, until ${calendarWords(onDay)}` : ''}`
    case 'transfer':
      return `${moves.transfer.says} on ${calendarWords(onDay!)}: ${where(detail)}`
    case 'set-release':
      return onDay
        ? `set the day of release: ${calendarWords(onDay)}`
        : 'said that the day of release is not known any more'
    case 'release':
      return `${moves.release.says} on ${calendarWords(onDay!)}`
    case 'hand-over':
      return `handed it over to ${toName}`
    case 'review':
      return `reviewed it; the next review is by ${calendarWords(reviewOn!)}`
    default:
      return moves[move].says
  }
}

const where = ({ establishment = '', wing = '' }: MadeCustodyMove['detail']): string =>
  wing ? `${establishment}, ${wing}` : establishment
