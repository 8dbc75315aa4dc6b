/** Writing in consequence management: one small entry at a time, and actions, which go into the one action log. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import { londonDay } from '../../../platform/calendar.ts'
import { NotThere } from '../../../platform/errors.ts'
import { type Faults, type Typed, typedList, typedText } from '../../../platform/typed-form.ts'
import { isUuid } from '../../../platform/uuid.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { dateItems } from '../../../web/date-field.ts'
import { errorsOf } from '../../../web/form-errors.ts'
import { AnyForm, Uuid } from '../../../web/route-schemas.ts'
import { formMarks, orKeepText } from '../../intake/referrals/form-marks.ts'
import { findCarefulWords } from '../../language/careful-words.ts'
import { findInadmissibleGrounds } from '../../language/inadmissible-grounds.ts'
import { natures } from '../../register/register.ts'
import { fourPs } from '../actions/action.ts'
import { readNewAction } from '../actions/action-form.ts'
import { colleagues, doingAgencies, makeAction } from '../actions/action-store.ts'
import { type DayOff, INSTEAD } from '../actions/due-day.ts'
import { affectedRoles, type EntryKind, entryKinds, isEntryKind, tensionGrades } from './consequence-entry.ts'
import {
  addEntry,
  type ConsequenceEntry,
  entryToCorrect,
  insistOnWriting,
  type KnownPerson,
  peopleInEvents,
} from './consequence-entry-store.ts'
import { ANOTHER, readEntry } from './consequence-form.ts'
import { ConsequenceAddress } from './consequence-pages.ts'
import { type Consequence, legalBasisOf, readConsequence } from './consequence-store.ts'

const EntryAddress = Type.Object({ ...ConsequenceAddress.properties, kind: Type.String({ maxLength: 20 }) })
const Correcting = Type.Object({ corrects: Type.Optional(Uuid) })

/** In which a ground may hide that is none (R4). */
const judged: readonly EntryKind[] = ['tension', 'retaliation']

interface Opened {
  consequence: Consequence
  known: KnownPerson[]
  /** Agencies to which alone it may be said. */
  agencies: { id: string; name: string }[]
  correcting: ConsequenceEntry | null
}

interface Shown {
  typed: Typed
  faults: Faults
  careful?: { word: string; because: string }[]
  dayOff?: DayOff
}

export function consequenceEntryPages(app: WebServer, { casework, clock }: PageContext): void {
  app.get(
    '/consequences/:reference/say/:kind',
    {
      schema: { params: EntryAddress, querystring: Correcting },
      config: { may: 'manage-consequences', records: 'nothing' },
    },
    async (request, reply) => {
      const opened = await open(request, request.query.corrects ?? null)
      return entryPage(request, reply, opened, { typed: typedFrom(opened.correcting), faults: {} })
    },
  )

  app.post(
    '/consequences/:reference/say/:kind',
    {
      schema: { params: EntryAddress, body: AnyForm },
      config: { may: 'manage-consequences', records: 'consequence-entry-added', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      const kind = kindOf(request)
      const typed: Typed = request.body
      const corrects = typedText(typed, 'corrects')
      const opened = await open(request, isUuid(corrects) ? corrects : null)
      const { consequence, known, agencies } = opened
      const faults: Faults = {}
      const today = londonDay(clock())
      const choices = { today, happenedOn: consequence.happenedOn, known, agencies: agencies.map(a => a.id) }
      const details = readEntry(kind, typed, choices, faults)
      if (Object.keys(faults).length > 0)
        return entryPage(request, reply.code(400), opened, { typed, faults })
      const careful = [
        ...findCarefulWords(details.text),
        ...(judged.includes(kind) ? findInadmissibleGrounds(details.text) : []),
      ]
      if (careful.length > 0 && typed.keep !== 'yes') {
        return entryPage(request, reply, opened, { typed, faults, careful })
      }
      return orKeepText(
        async () => {
          await casework.as(
            request,
            async tx =>
              addEntry(tx, await readConsequence(tx, reference), kind, details, {
                key: formMarks(typed).key,
                corrects: opened.correcting?.id ?? null,
              }),
            { caseReference: reference },
          )
          return reply.redirect(`/consequences/${reference}#${kind}`, 303)
        },
        sentence =>
          entryPage(request, reply.code(409), opened, { typed, faults: { 'main-content': sentence } }),
      )
    },
  )

  app.get(
    '/consequences/:reference/actions/new',
    { schema: { params: ConsequenceAddress }, config: { may: 'manage-consequences', records: 'nothing' } },
    (request, reply) => actionPage(request, reply, { typed: {}, faults: {} }),
  )

  app.post(
    '/consequences/:reference/actions/new',
    {
      schema: { params: ConsequenceAddress, body: AnyForm },
      config: { may: 'manage-consequences', records: 'action-made', proof: 'form' },
    },
    async (request, reply) => {
      const { reference } = request.params
      const typed: Typed = request.body
      const { choices } = await casework.as(request, tx => actionChoices(tx, reference))
      const { action, faults, dayOff } = readNewAction(typed, londonDay(clock()), choices)
      const again = (status: number, more: Partial<Shown> = {}) =>
        actionPage(request, reply.code(status), { typed, faults, ...more })
      if (!action) return again(400)
      if (dayOff) return again(200, { dayOff })
      const careful = findCarefulWords(action.what)
      if (careful.length > 0 && typed.keep !== 'yes') return again(200, { careful })
      return orKeepText(
        async () => {
          await casework.as(
            request,
            async tx => {
              const found = await readConsequence(tx, reference)
              insistOnWriting(found)
              await makeAction(
                tx,
                {
                  ...action,
                  field: 'meeting',
                  consequence: found.id,
                  audience: await hearing(tx, found),
                  legalBasis: legalBasisOf(tx),
                  child: true,
                },
                formMarks(typed),
              )
            },
            { caseReference: reference },
          )
          return reply.redirect(`/consequences/${reference}#actions`, 303)
        },
        sentence => again(409, { faults: { 'main-content': sentence } }),
      )
    },
  )

  const open = (
    request: FastifyRequest<{ Params: { reference: string; kind: string } }>,
    corrects: string | null,
  ): Promise<Opened> => {
    const kind = kindOf(request)
    return casework.as(request, async tx => {
      const consequence = await readConsequence(tx, request.params.reference)
      const takingPart = [
        { agency: consequence.lead.agency, name: consequence.lead.name },
        ...consequence.agencies,
      ]
      return {
        consequence,
        known: kind === 'affected' ? await peopleInEvents(tx, consequence) : [],
        agencies: takingPart
          .filter(a => a.agency !== tx.member.agency)
          .map(({ agency, name }) => ({ id: agency, name })),
        correcting: corrects === null ? null : await entryToCorrect(tx, consequence, kind, corrects),
      }
    })
  }

  async function entryPage(
    request: FastifyRequest<{ Params: { reference: string; kind: string } }>,
    reply: FastifyReply,
    { consequence, known, agencies, correcting }: Opened,
    { typed, faults, careful = [] }: Shown,
  ) {
    const kind = kindOf(request)
    const only = typedList(typed, 'only')
    return reply.header('cache-control', 'no-store').page('casework/tasking/consequences/views/entry.njk', {
      title: correcting ? 'Correct what you wrote' : entryKinds[kind].add,
      kind,
      words: entryKinds[kind],
      consequence,
      correcting,
      typed,
      ...errorsOf(faults, { onDay: 'onDay-day' }),
      people: known.map(k => ({ value: k.person, text: k.name, checked: typed.person === k.person })),
      ANOTHER,
      roles: choices(affectedRoles, typed.role),
      grades: Object.entries(tensionGrades).map(([value, { title, hint }]) => ({
        value,
        text: title,
        hint: { text: hint },
        checked: typed.grade === value,
      })),
      natures: Object.entries(natures).map(([value, { title, hint }]) => ({
        value,
        text: title,
        hint: { text: hint },
        checked: (typed.nature ?? 'fact') === value,
      })),
      dayItems: dateItems('onDay', typed['onDay-day'] === undefined ? (correcting?.onDay ?? null) : typed),
      others: agencies.map(a => ({ value: a.id, text: a.name, checked: only.includes(a.id) })),
      careful,
      csrf: reply.generateCsrf(),
      key: typed.key ?? randomUUID(),
      back: { text: consequence.reference, href: `/consequences/${consequence.reference}` },
    })
  }

  async function actionPage(
    request: FastifyRequest<{ Params: { reference: string } }>,
    reply: FastifyReply,
    { typed, faults, careful = [], dayOff }: Shown,
  ) {
    const { reference } = request.params
    const found = await casework.as(request, tx => actionChoices(tx, reference))
    return reply.header('cache-control', 'no-store').page('casework/tasking/consequences/views/action.njk', {
      title: 'Give an action',
      consequence: found.consequence,
      typed,
      ...errorsOf(faults, { dueOn: 'dueOn-day', startOn: 'startOn-day' }),
      choices: found.choices,
      fourPs,
      startItems: dateItems('startOn', typed),
      dueItems: dateItems('dueOn', typed),
      dayOff,
      INSTEAD,
      careful,
      csrf: reply.generateCsrf(),
      key: typed.key ?? randomUUID(),
      back: { text: reference, href: `/consequences/${reference}` },
    })
  }
}

/** Throws NotThere. */
function kindOf({
  params: { kind },
}: FastifyRequest<{ Params: { reference: string; kind: string } }>): EntryKind {
  if (!isEntryKind(kind)) throw new NotThere()
  return kind
}

const choices = (table: Record<string, string>, chosen: Typed[string]) =>
  Object.entries(table).map(([value, text]) => ({ value, text, checked: chosen === value }))

const typedFrom = (entry: ConsequenceEntry | null): Typed =>
  entry === null
    ? {}
    : {
        text: entry.text,
        nature: entry.nature,
        ...(entry.person && { person: entry.person }),
        ...(entry.called && { called: entry.called }),
        ...(entry.role && { role: entry.role }),
        ...(entry.authority && { authority: entry.authority }),
        ...(entry.grade && { grade: entry.grade }),
        ...(entry.seenBy && { only: entry.seenBy }),
      }

async function actionChoices(tx: MemberTransaction, reference: string) {
  const consequence = await readConsequence(tx, reference)
  return {
    consequence,
    choices: {
      own: tx.member.agency,
      agencies: await doingAgencies(tx, 'meeting'),
      colleagues: await colleagues(tx),
    },
  }
}

/** Who takes part and may hear the viewer's agency. */
async function hearing(tx: MemberTransaction, { lead, agencies }: Consequence): Promise<string[]> {
  const [reach] = await tx.query<{ agencies: string[] }>('select viewer_meeting_reach() as agencies')
  return [lead.agency, ...agencies.map(a => a.agency)].filter(
    a => a !== tx.member.agency && reach!.agencies.includes(a),
  )
}
