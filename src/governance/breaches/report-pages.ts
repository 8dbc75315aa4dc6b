/** A breach, reported by anybody from any page (R23). */
import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { type Faults, readText, type TextRule, type Typed } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { csrfField, TypedText, Uuid } from '../../web/route-schemas.ts'
import { reportBreach } from './breach-store.ts'

/** When somebody first knew: hours before the report, so that nobody types a time of day under stress. */
const awareChoices = [
  { value: '0', text: 'Just now' },
  { value: '4', text: 'Earlier today' },
  { value: '24', text: 'Yesterday' },
  { value: '72', text: 'Longer ago' },
] as const

export function reportPages(app: WebServer, { casework, clock }: PageContext): void {
  const reportPage = (typed: Typed, faults: Faults, page: string) => ({
    title: 'Report a breach',
    ...errorsOf(faults),
    key: typed.key ?? randomUUID(),
    what: typed.what ?? '',
    page,
    aware: awareChoices.map(c => ({ ...c, checked: (typed.aware ?? '0') === c.value })),
  })

  app.get(
    '/governance/breaches/new',
    { config: { may: 'raise-breach', records: 'nothing' } },
    async (request, reply) =>
      reply.header('cache-control', 'no-store').page('governance/breaches/views/report.njk', {
        ...reportPage({}, {}, pageBefore(request.headers.referer)),
        csrf: reply.generateCsrf(),
      }),
  )

  app.post(
    '/governance/breaches/new',
    {
      schema: {
        body: Type.Object({
          ...csrfField,
          key: Uuid,
          what: TypedText,
          aware: Type.Optional(Type.Union(awareChoices.map(c => Type.Literal(c.value)))),
          page: Type.Optional(Type.String({ maxLength: 500 })),
        }),
      },
      config: { may: 'raise-breach', records: 'breach-reported', proof: 'form' },
    },
    async (request, reply) => {
      const { body } = request
      const faults: Faults = {}
      const rule = breachText('What happened', 'Enter what happened, as far as you know')
      const what = readText(body, 'what', rule, faults)
      const page = pageBefore(body.page)
      if (faults.what) {
        return reply.code(422).page('governance/breaches/views/report.njk', {
          ...reportPage(body, faults, page),
          csrf: reply.generateCsrf(),
        })
      }
      const awareAt = new Date(clock().getTime() - Number(body.aware ?? 0) * 3_600_000)
      const reference = await casework.as(request, tx => reportBreach(tx, body.key, { what, page, awareAt }))
      return reply.redirect(`/governance/breaches/${reference}`, 303)
    },
  )
}

export const breachText = (label: string, needed: string): TextRule => ({ label, most: 5000, needed })

/** The page from which somebody came, as a path of ours without its question; empty for anything else. */
function pageBefore(address: string | undefined): string {
  try {
    const { pathname } = new URL(address ?? '', 'http://concord.invalid')
    return /^\/[\w/.~-]*$/.test(pathname) && pathname.length <= 300 && address ? pathname : ''
  } catch {
    return ''
  }
}
