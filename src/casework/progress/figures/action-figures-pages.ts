/** Actions and meetings in figures of the catalogue: done in time by agency, attendance by agency and kind of meeting. */
import { Type } from 'typebox'
import { heldMonths } from '../../../measures/pictures/held.ts'
import { nothingHeld } from '../../../measures/pictures/nothing-held.ts'
import { lastYearScope, periodPanel } from '../../../measures/pictures/period-panel.ts'
import { calendarWords, periodWords } from '../../../platform/calendar.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import {
  actionsByPeople,
  byAgency,
  byHeading,
  byMeeting,
  type Get,
  progressBlock,
} from './progress-blocks.ts'

const WORDS = {
  title: 'Actions and meetings in figures',
  lead: 'Whether agencies did what they said by the day that was agreed, and whether they came. Counts, never lists.',
}

const text = Type.Optional(Type.String({ maxLength: 60 }))

const tables = [
  ['agency', 'Agency', 'actions and meetings', byAgency],
  ['meeting-type', 'Meeting', 'attendance', byMeeting],
  ['four-p', 'Heading of the plan', 'actions', byHeading],
] as const

const people = [
  ['age-group', 'Age'],
  ['gender', 'Gender'],
  ['ethnic-group', 'Ethnic group'],
] as const

export function actionFiguresPages(app: WebServer, { pack, store, figures }: PageContext): void {
  app.get(
    '/actions/figures',
    {
      schema: { querystring: Type.Object({ from: text, to: text }) },
      config: { may: 'see-figures', records: 'nothing', cached: true },
    },
    async (request, reply) => {
      const held = await heldMonths(store.evidence, pack, 'actions-due')
      if (!held) return nothingHeld(reply, WORDS, 'actions-due')
      const scope = lastYearScope(request.query, held, pack)
      const get: Get = async asked => ({
        request: asked,
        figure: await figures.get(asked, request.viewer.disclosure),
      })
      const progress = { get, evidence: store.evidence, scope, held }
      const blocks = await Promise.all(
        tables.map(([dimension, title, about, columns]) =>
          progressBlock(progress, { id: dimension, title, about }, dimension, columns),
        ),
      )
      const described = await Promise.all(
        people.map(([dimension, title]) =>
          progressBlock(progress, { id: dimension, title, about: 'actions' }, dimension, actionsByPeople),
        ),
      )
      const counted = await store.evidence.countedTo('actions')
      return reply.page('casework/progress/figures/views/action-figures.njk', {
        ...WORDS,
        errors: scope.problems.length > 0,
        period: periodWords(scope.from, scope.to),
        countedTo: counted && calendarWords(counted),
        panel: periodPanel(scope, held, request.url),
        blocks: blocks.filter(block => block !== null),
        people: described.filter(block => block !== null),
      })
    },
  )
}
