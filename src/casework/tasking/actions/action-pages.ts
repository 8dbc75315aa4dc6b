/** An action: what is to be done, by whom, by when, what happened, and every move that the table lets the reader make. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import { londonDay } from '../../../platform/calendar.ts'
import { NotThere } from '../../../platform/errors.ts'
import type { Faults, Typed } from '../../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { dateItems } from '../../../web/date-field.ts'
import { errorsOf } from '../../../web/form-errors.ts'
import { AnyForm } from '../../../web/route-schemas.ts'
import { formMarks, orKeepText } from '../../intake/referrals/form-marks.ts'
import { findCarefulWords } from '../../language/careful-words.ts'
import { usualName } from '../../register/names.ts'
import { recordsOf } from '../../register/record-store.ts'
import { fourPs, moves, possibleMoves, stateWords } from './action.ts'
import { dueWords } from './action-list.ts'
import { type Action, colleagues, doingAgencies, fieldOf, moveAction, readAction } from './action-store.ts'
import { type DayOff, INSTEAD, weekdayWords } from './due-day.ts'
import { BACK, type FormMove, isFormMove, moveQuestions, readMove } from './move-form.ts'
import { shownMoves } from './shown-action.ts'

const ActionAddress = Type.Object({ reference: Type.String({ pattern: '^A-\\d{4}-\\d{4,9}$' }) })
const MoveAddress = Type.Object({ ...ActionAddress.properties, move: Type.String({ maxLength: 20 }) })

export function actionPages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/actions/:reference',
    { schema: { params: ActionAddress }, config: { may: 'work-actions', records: 'action-opened' } },
    (request, reply) => actionPage(request, reply, request.params.reference),
  )

  app.get(
    '/actions/:reference/:move',
    { schema: { params: MoveAddress }, config: { may: 'work-actions', records: 'nothing' } },
    async (request, reply) => {
      const { reference, move } = request.params
      if (!isFormMove(move) || moveQuestions[move].text === null) throw new NotThere()
      return movePage(request, reply, { reference, move, typed: {}, faults: {} })
    },
  )

  app.post(
    '/actions/:reference/:move',
    {
      schema: { params: MoveAddress, body: AnyForm },
      config: { may: 'work-actions', records: 'action-moved', proof: 'form' },
    },
    async (request, reply) => {
      const { reference, move } = request.params
      if (!isFormMove(move)) throw new NotThere()
      const typed: Typed = request.body
      const { form, faults, dayOff } = readMove(move, typed, londonDay(clock()))
      const again = (status: number, more: Partial<MoveShown>) =>
        movePage(request, reply.code(status), { reference, move, typed, faults, ...more })
      if (!form) return again(400, {})
      if (dayOff) return again(200, { dayOff })
      const careful = findCarefulWords(Object.values(form.detail ?? {}).join('\n'))
      if (careful.length > 0 && typed.keep !== 'yes') return again(200, { careful })
      return orKeepText(
        async () => {
          await casework.as(
            request,
            tx => moveAction(tx, reference, move, { ...formMarks(typed), ...form }),
            { caseReference: reference },
          )
          return reply.redirect(`/actions/${reference}`, 303)
        },
        sentence =>
          moveQuestions[move].text === null
            ? actionPage(request, reply.code(409), reference, sentence)
            : again(409, { faults: { 'main-content': sentence } }),
      )
    },
  )

  async function actionPage(
    request: FastifyRequest,
    reply: FastifyReply,
    reference: string,
    sentence?: string,
  ) {
    const today = londonDay(clock())
    const { action, about } = await casework.as(
      request,
      async tx => {
        const found = await readAction(tx, reference)
        await tx.record('action-opened', { person: found.subject.person, kind: 'action', id: reference })
        return { action: found, about: await aboutWhom(tx, found) }
      },
      { caseReference: reference },
    )
    const open = action.stands.state === 'open'
    return reply.header('cache-control', 'no-store').page('casework/tasking/actions/views/action.njk', {
      title: `Action ${reference}`,
      action,
      about,
      open,
      stateWords: open && action.startedAt ? 'Started' : stateWords[action.stands.state],
      fourPWords: action.fourP ? fourPs[action.fourP] : null,
      due: open ? dueWords(action.dueOn, today) : null,
      overdue: open && action.dueOn < today,
      dueDay: weekdayWords(action.dueOn),
      ...buttonsOf(possibleMoves(action.stands, action.mover).filter(isFormMove)),
      history: shownMoves(action.moved),
      ...errorsOf(sentence ? { 'main-content': sentence } : {}),
      csrf: reply.generateCsrf(),
      key: randomUUID(),
      back: { text: 'Actions', href: '/actions' },
    })
  }

  interface MoveShown {
    reference: string
    move: FormMove
    typed: Typed
    faults: Faults
    dayOff?: DayOff
    careful?: { word: string; because: string }[]
  }

  async function movePage(
    request: FastifyRequest,
    reply: FastifyReply,
    { reference, move, typed, faults, dayOff, careful = [] }: MoveShown,
  ) {
    const { asks, text } = moveQuestions[move]
    const { action, choices } = await casework.as(request, async tx => {
      const found = await readAction(tx, reference)
      return {
        action: found,
        choices:
          asks === 'colleague' ? await colleagues(tx) : asks === 'agency' ? await answering(tx, found) : [],
      }
    })
    return reply.header('cache-control', 'no-store').page('casework/tasking/actions/views/move.njk', {
      title: moves[move].button,
      reference,
      what: action.what,
      move,
      asks,
      text,
      typed,
      ...errorsOf(faults, { dueOn: 'dueOn-day' }),
      choices: choices
        .filter(choice => choice.id !== action.stands.owner)
        .map(choice => ({
          value: choice.id,
          text: 'post' in choice ? `${choice.name}, ${choice.post}` : choice.name,
          selected: choice.id === (typed.to ?? action.escalateTo?.id),
        })),
      giveBack: move === 'reassign' ? BACK : null,
      dueItems: dateItems('dueOn', asks === 'day' ? (typed['dueOn-day'] === undefined ? null : typed) : null),
      dueNow: weekdayWords(action.dueOn),
      dayOff,
      INSTEAD,
      careful,
      csrf: reply.generateCsrf(),
      // The same key while the form is mended, so that pressing twice is one move.
      key: typed.key ?? randomUUID(),
      seen: typed.seen && !faults['main-content'] ? typed.seen : action.stands.seq,
      back: { text: `Action ${reference}`, href: `/actions/${reference}` },
    })
  }
}

/** What is done every day stands as buttons; the rest as links beside them. */
const everyDay: readonly FormMove[] = ['give', 'answer-escalation', 'start', 'finish', 'note']

function buttonsOf(possible: readonly FormMove[]) {
  const shown = possible.map(move => ({
    move,
    text: moves[move].button,
    page: moveQuestions[move].text !== null,
  }))
  return {
    buttons: shown.filter(b => everyDay.includes(b.move)),
    links: shown.filter(b => !everyDay.includes(b.move)),
  }
}

/** Agencies that may read the action, and so answer for it, without the viewer's own. */
async function answering(tx: MemberTransaction, action: Action): Promise<{ id: string; name: string }[]> {
  const agencies = action.personal
    ? await doingAgencies(tx, fieldOf(action))
    : await tx.query<{ id: string; name: string }>(
        'select id, name from agencies where closed_on is null order by name',
      )
  return agencies.filter(a => a.id !== tx.member.agency)
}

interface About {
  /** Null where the viewer's agency holds no record of the person, and is not in the plan. */
  name: string | null
  href: string | null
  /** Reference of the plan that it is part of, for who reads it. */
  plan: string | null
}

/** Null where it is about nobody and nothing. */
async function aboutWhom(
  tx: MemberTransaction,
  { subject, plan, consequence }: Action,
): Promise<About | null> {
  const [after] = consequence
    ? await tx.query<{ reference: string }>('select reference from consequences where id = $1', [consequence])
    : []
  if (after) {
    const { reference } = after
    return { name: `Consequence management ${reference}`, href: `/consequences/${reference}`, plan: null }
  }
  const [read] = plan
    ? await tx.query<{ reference: string; called: string }>(
        'select reference, called from plans where id = $1',
        [plan],
      )
    : []
  const [record] = subject.person ? await recordsOf(tx, subject.person) : []
  if (record) {
    return {
      name: usualName(record.names),
      href: `/register/${subject.person}`,
      plan: read?.reference ?? null,
    }
  }
  if (read) return { name: read.called, href: `/plans/${read.reference}`, plan: read.reference }
  return subject.person ? { name: null, href: null, plan: null } : null
}
