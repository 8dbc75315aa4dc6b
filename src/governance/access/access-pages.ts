/** Why somebody may see something, or may not: for information governance, of numbers alone. Asking is recorded. */
import { Type } from 'typebox'
import { isUuid } from '../../platform/uuid.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { purposes } from '../purposes.ts'
import { answerAccess, isQuestionKind, questionKinds } from './access-question.ts'

const text = Type.Optional(Type.String({ maxLength: 200 }))

export function accessPages(app: WebServer, context: PageContext): void {
  app.get(
    '/governance/access',
    {
      schema: { querystring: Type.Object({ user: text, purpose: text, kind: text, id: text }) },
      config: { may: 'see-audit', records: 'access-explained' },
    },
    async (request, reply) => {
      const { user = '', purpose = '', kind = '', id = '' } = request.query
      const asked = Object.keys(request.query).length > 0
      const number = id.trim().toLowerCase()
      const faults: Record<string, string> = {}
      if (asked && !isUuid(user)) faults.user = 'Choose who'
      if (asked && !isQuestionKind(kind)) faults.kind = 'Choose what kind of thing'
      if (asked && !isUuid(number)) faults.id = 'Enter the number as the record of acts shows it'
      const seen = await context.casework.as(request, async tx => {
        const people = await tx.query<{ id: string; text: string }>(
          `select u.id, u.name || ', ' || u.post || ', ' || a.name as text
           from users u join agencies a on a.id = u.agency order by a.name, u.name, u.id`,
        )
        if (!asked || Object.keys(faults).length > 0 || !isQuestionKind(kind))
          return { people, answers: null }
        const answers = await answerAccess(tx, { user, purpose, kind, id: number })
        await tx.record('access-explained', { kind, id: number, detail: { user, purpose } })
        return { people, answers: answers ?? [] }
      })
      reply.header('cache-control', 'no-store')
      return reply.page('governance/access/views/access.njk', {
        title: 'Who may see what, and why',
        ...errorsOf(faults),
        people: seen.people.map(p => ({ value: p.id, text: p.text, selected: p.id === user })),
        purposes: purposes.map(p => ({ value: p.id, text: p.title, selected: p.id === purpose })),
        kinds: Object.entries(questionKinds).map(([value, words]) => ({
          value,
          text: words,
          selected: value === kind,
        })),
        id,
        answers: seen.answers,
      })
    },
  )
}
