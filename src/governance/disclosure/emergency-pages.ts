/**
 * Sharing in an emergency: one sentence, nobody's approval, looked at by information governance on the next working day
 * (R15). And releasing one's own note of a closed circle because of a threat to life (R17).
 */
import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { addDays, londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import { type Faults, readText } from '../../platform/typed-form.ts'
import { addWorkingDays } from '../../platform/working-days.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { ByPerson, csrfField, TypedText, Uuid } from '../../web/route-schemas.ts'
import { listAgencies } from '../agencies/agency-store.ts'
import { boxOf, type Content, lineOf, type OwnEntry } from './disclosure-content.ts'
import { give, ownCircleNotes, ownRecord } from './disclosure-store.ts'
import { toldWords } from './giving.ts'
import { textRule } from './request-pages.ts'

const Body = Type.Object({
  ...csrfField,
  key: Uuid,
  to: TypedText,
  what: TypedText,
  notes: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 500 })),
  because: TypedText,
  told: TypedText,
  toldDetail: TypedText,
})

/** Days for which what was shared in an emergency can be read: longer needs an agreement. */
const OPEN_DAYS = 7
/** Data Protection Act 2018, schedule 8, paragraph 3, and schedule 1, paragraph 18; UK GDPR, articles 6(1)(d) and 9(2)(c). */
const BASIS = 'Vital interests; safeguarding of children and of individuals at risk'

const ways = [
  { path: 'emergency', way: 'emergency', may: 'share-in-emergency', event: 'shared-in-emergency' },
  { path: 'release', way: 'threat-to-life', may: 'use-circles', event: 'circle-note-released' },
] as const

export function emergencyPages(app: WebServer, context: PageContext): void {
  const { casework } = context

  for (const { path, way, may, event } of ways) {
    const address = `/sharing/people/:person/${path}`
    const release = way === 'threat-to-life'

    /** Whom it can go to, and which of one's own notes; null where the person is none of one's agency's. */
    const ground = (tx: Parameters<Parameters<typeof casework.as>[1]>[0], person: string) =>
      ownRecord(tx, person).then(async own => {
        const notes = release ? await ownCircleNotes(tx, person) : []
        if (!own || (release && notes.length === 0)) return null
        const agencies = (await listAgencies(tx)).filter(
          a => a.closedOn === null && a.id !== tx.member.agency,
        )
        return { notes, agencies }
      })

    const data = (
      found: NonNullable<Awaited<ReturnType<typeof ground>>>,
      person: string,
      typed: Partial<Record<'key' | 'to' | 'what' | 'because' | 'told' | 'toldDetail', string>> & {
        notes?: string[]
      },
      faults: Faults,
    ) => ({
      title: release ? 'Release a note because of a threat to life' : 'Share in an emergency',
      back: { text: 'Back', href: `/sharing/people/${person}` },
      action: `/sharing/people/${person}/${path}`,
      release,
      key: typed.key ?? randomUUID(),
      typed,
      agencies: found.agencies.map(a => ({ value: a.id, text: a.name, selected: a.id === typed.to })),
      notes: found.notes.map(note => ({
        value: boxOf(note),
        text: note.text,
        checked: typed.notes?.includes(boxOf(note)) ?? false,
      })),
      openDays: OPEN_DAYS,
      ...errorsOf(faults),
    })

    app.get(
      address,
      { schema: { params: ByPerson }, config: { may, records: 'nothing' } },
      async (request, reply) => {
        const { person } = request.params
        const found = await casework.as(request, tx => ground(tx, person))
        if (!found) {
          await casework.refused(request, event, { kind: 'person', id: person })
          throw new NotThere()
        }
        reply.header('cache-control', 'no-store')
        return reply.page('governance/disclosure/views/emergency.njk', {
          ...data(found, person, {}, {}),
          csrf: reply.generateCsrf(),
        })
      },
    )

    app.post(
      address,
      { schema: { params: ByPerson, body: Body }, config: { may, records: event, proof: 'form' } },
      async (request, reply) => {
        const { person } = request.params
        const { key, to = '', told = '', notes = [] } = request.body
        const read = (name: string, label: string, needed: string) =>
          readText(request.body, name, textRule(label, needed), faults)
        const faults: Faults = {}
        const what = release ? '' : read('what', 'What they need to know', 'Enter what they need to know')
        const because = read('because', 'The reason', 'Enter one sentence: why it cannot wait')
        const toldDetail = read('toldDetail', 'What you wrote', 'Enter how they were told, or why not')
        if (told !== 'told' && told !== 'not-told') faults.told = 'Say whether the person was told'
        const today = londonDay(context.clock())
        const done = await casework.as(request, async tx => {
          const found = await ground(tx, person)
          if (!found) return null
          const released = found.notes.filter(note => notes.includes(boxOf(note)))
          if (!found.agencies.some(a => a.id === to)) faults.to = 'Choose the agency'
          if (release && released.length === 0) faults.notes = 'Choose the note'
          if (Object.keys(faults).length > 0) return { found }
          await give(tx, {
            id: key,
            person,
            request: null,
            agreement: null,
            to,
            way,
            purpose: tx.member.purpose ?? 'safeguarding',
            legalBasis: BASIS,
            content: contentOf(what, released),
            entries: released.map(note => note.id),
            because,
            personTold: toldWords(told, toldDetail),
            endsOn: addDays(today, OPEN_DAYS),
            reviewOn: addWorkingDays(today, 1),
          })
          return 'given' as const
        })
        if (done === null) {
          await casework.refused(request, event, { kind: 'person', id: person })
          throw new NotThere()
        }
        if (done === 'given') return reply.redirect(`/sharing/disclosures/${key}`, 303)
        return reply.code(422).page('governance/disclosure/views/emergency.njk', {
          ...data(done.found, person, { key, to, what, because, told, toldDetail, notes }, faults),
          csrf: reply.generateCsrf(),
        })
      },
    )
  }
}

const contentOf = (what: string, released: readonly OwnEntry[]): Content =>
  released.length > 0 ? { 'circle-notes': released.map(lineOf) } : { summary: what }
