/** Giving an action that belongs to no plan and no meeting: for one's own agency or another, about somebody or nobody. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import { purposes } from '../../../governance/purposes.ts'
import { londonDay } from '../../../platform/calendar.ts'
import { NotThere } from '../../../platform/errors.ts'
import type { Faults, Typed } from '../../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { dateItems } from '../../../web/date-field.ts'
import { errorsOf } from '../../../web/form-errors.ts'
import { AnyForm, Uuid } from '../../../web/route-schemas.ts'
import { groupForWork } from '../../groups/group-store.ts'
import { formMarks, orKeepText } from '../../intake/referrals/form-marks.ts'
import { findCarefulWords } from '../../language/careful-words.ts'
import { mayBeChild } from '../../register/birth-date.ts'
import { usualName } from '../../register/names.ts'
import { recordsOf } from '../../register/record-store.ts'
import type { AgencyRecord } from '../../register/register.ts'
import { fourPs } from './action.ts'
import { readNewAction } from './action-form.ts'
import { colleagues, doingAgencies, makeAction } from './action-store.ts'
import { type DayOff, INSTEAD } from './due-day.ts'

const About = Type.Object({ person: Type.Optional(Uuid), group: Type.Optional(Uuid) })

type AskedAbout = { person?: string; group?: string }

export function makeActionPages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/actions/new',
    { schema: { querystring: About }, config: { may: 'work-actions', records: 'nothing' } },
    (request, reply) => makePage(request, reply, request.query, { typed: {}, faults: {} }),
  )

  app.post(
    '/actions/new',
    {
      schema: { querystring: About, body: AnyForm },
      config: { may: 'work-actions', records: 'action-made', proof: 'form' },
    },
    async (request, reply) => {
      const { person, group } = request.query
      const typed: Typed = request.body
      const today = londonDay(clock())
      const { choices } = await casework.as(request, tx => choicesFor(tx, request.query))
      const { action, faults, dayOff } = readNewAction(typed, today, choices)
      const again = (status: number, more: Partial<Shown> = {}) =>
        makePage(request, reply.code(status), request.query, { typed, faults, ...more })
      if (!action) return again(400)
      if (dayOff) return again(200, { dayOff })
      const careful = findCarefulWords(action.what)
      if (careful.length > 0 && typed.keep !== 'yes') return again(200, { careful })
      return orKeepText(
        async () => {
          const { reference } = await casework.as(request, async tx => {
            const record = person ? await recordOf(tx, person) : null
            if (group) await groupForWork(tx, group)
            return makeAction(
              tx,
              {
                ...action,
                field: 'action',
                subject: record ? { person: person ?? null } : { group: group ?? null },
                legalBasis: purposes.find(p => p.id === tx.member.purpose)!.legalBases[0],
                child: record !== null && mayBeChild(record.birth, today),
              },
              formMarks(typed),
            )
          })
          return reply.redirect(`/actions/${reference}`, 303)
        },
        sentence => again(409, { faults: { 'main-content': sentence } }),
      )
    },
  )

  interface Shown {
    typed: Typed
    faults: Faults
    dayOff?: DayOff
    careful?: { word: string; because: string }[]
  }

  async function makePage(
    request: FastifyRequest,
    reply: FastifyReply,
    about: AskedAbout,
    { typed, faults, dayOff, careful = [] }: Shown,
  ) {
    const { choices, name, back } = await casework.as(request, tx => choicesFor(tx, about))
    return reply.header('cache-control', 'no-store').page('casework/tasking/actions/views/make.njk', {
      title: name ? `Give an action about ${name}` : 'Give an action',
      action: request.url,
      name,
      typed,
      ...errorsOf(faults, { dueOn: 'dueOn-day', startOn: 'startOn-day' }),
      choices,
      fourPs,
      startItems: dateItems('startOn', typed),
      dueItems: dateItems('dueOn', typed),
      dayOff,
      INSTEAD,
      careful,
      csrf: reply.generateCsrf(),
      key: typed.key ?? randomUUID(),
      back,
    })
  }
}

async function choicesFor(tx: MemberTransaction, { person, group: asked }: AskedAbout) {
  const record = person ? await recordOf(tx, person) : null
  const group = asked && !record ? await groupForWork(tx, asked) : null
  const name = record ? usualName(record.names) : (group?.called ?? null)
  return {
    name,
    back: {
      text: name ?? 'Actions',
      href: record ? `/register/${person}` : group ? `/groups/${group.reference}` : '/actions',
    },
    choices: {
      own: tx.member.agency,
      agencies: name
        ? await doingAgencies(tx, 'action')
        : await tx.query<{ id: string; name: string }>(
            'select id, name from agencies where closed_on is null order by id <> viewer_agency(), name',
          ),
      colleagues: await colleagues(tx),
    },
  }
}

/** Throws NotThere for whom the viewer's agency holds no record of. */
async function recordOf(tx: MemberTransaction, person: string): Promise<AgencyRecord> {
  const [record] = await recordsOf(tx, person)
  if (record?.agency !== tx.member.agency) throw new NotThere()
  return record
}
