/** The record of acts, for officers of information governance (R19). Looking at it is itself recorded. */
import { Type } from 'typebox'
import { isDay } from '../../platform/calendar.ts'
import { isUuid } from '../../platform/uuid.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { pagination } from '../../web/pagination.ts'
import { PageNumber } from '../../web/route-schemas.ts'
import { auditEvents } from './audit-events.ts'
import { auditSentence, flagSentences } from './audit-sentences.ts'
import { type AuditSearch, searchAudit } from './audit-store.ts'

const ROWS = 50
/** In place of an agency, and of a kind of act. */
const NO_AGENCY = '-'
const UPON_EVIDENCE = 'evidence'

const text = Type.Optional(Type.String({ maxLength: 100 }))
const query = Type.Object({
  person: text,
  user: text,
  agency: text,
  subject: text,
  event: text,
  outcome: text,
  from: text,
  to: text,
  page: Type.Optional(PageNumber),
})

export function auditPages(app: WebServer, context: PageContext): void {
  app.get(
    '/audit',
    { schema: { querystring: query }, config: { may: 'see-audit', records: 'audit-searched' } },
    async (request, reply) => {
      const { search, problems } = readSearch(request.query)
      const page = request.query.page ?? 1
      const { found, agencies, chain } = await context.casework.as(request, async tx => {
        const found = await searchAudit(tx, search, { limit: ROWS, offset: (page - 1) * ROWS })
        const agencies = await tx.query<{ id: string; name: string }>(
          'select id, name from agencies order by name',
        )
        const [chain] = await tx.query<{ seq: number; hash: string }>(
          'select seq, hash from audit order by seq desc limit 1',
        )
        await tx.record('audit-searched', {
          person: search.person ?? null,
          detail: {
            found: found.total,
            ...(search.event && { event: search.event }),
            ...(search.upon && { upon: search.upon }),
            ...(search.subject && { subject: search.subject }),
          },
        })
        return { found, agencies, chain }
      })
      const list = pagination(found.total, page, request.url, ROWS)
      reply.header('cache-control', 'no-store')
      return reply.page('governance/audit/views/audit.njk', {
        title: 'Record of acts',
        errors: problems.length > 0,
        problems,
        chosen: request.query,
        searching: Object.keys(search).length > 0,
        agencies: [
          ...agencies.map(({ id, name }) => ({ value: id, text: name, selected: id === search.agency })),
          {
            value: NO_AGENCY,
            text: 'None: the program, or no account',
            selected: search.ofNoAgency === true,
          },
        ],
        events: [
          { value: UPON_EVIDENCE, text: 'Every act upon evidence', selected: search.upon === 'evidence' },
          ...Object.entries(auditEvents).map(([id, { says }]) => ({
            value: id,
            text: says.charAt(0).toUpperCase() + says.slice(1),
            selected: id === search.event,
          })),
        ],
        entries: found.entries.map(entry => ({
          ...entry,
          sentence: auditSentence(entry),
          flagWords: flagSentences(entry),
          refused: entry.outcome === 'refused',
        })),
        chain,
        pagination: list,
      })
    },
  )
}

function readSearch(asked: Record<string, unknown>): { search: AuditSearch; problems: string[] } {
  const problems: string[] = []
  const given = (name: string) => {
    const value = String(asked[name] ?? '').trim()
    return value === '' ? undefined : value
  }
  const fit = (name: string, fits: (value: string) => boolean, sentence: (value: string) => string) => {
    const value = given(name)
    if (value === undefined || fits(value)) return value
    problems.push(sentence(value))
    return undefined
  }
  const number = (name: string, what: string) =>
    fit(name, isUuid, v => `"${v}" is no number of ${what}; it looks like 5f0c3f6e-….`)
  const day = (name: string) => fit(name, isDay, v => `"${v}" is not a day such as 2026-11-20.`)
  const search: AuditSearch = {
    person: number('person', 'a person'),
    user: number('user', 'somebody at work'),
    agency: given('agency') === NO_AGENCY ? undefined : given('agency'),
    ofNoAgency: given('agency') === NO_AGENCY ? true : undefined,
    subject: given('subject'),
    event:
      given('event') === UPON_EVIDENCE
        ? undefined
        : fit(
            'event',
            v => Object.hasOwn(auditEvents, v),
            v => `There is no kind of act "${v}".`,
          ),
    upon: given('event') === UPON_EVIDENCE ? 'evidence' : undefined,
    outcome: fit(
      'outcome',
      v => v === 'done' || v === 'refused',
      v => `An act is done or refused, not "${v}".`,
    ) as AuditSearch['outcome'] | undefined,
    from: day('from'),
    to: day('to'),
  }
  return {
    search: Object.fromEntries(Object.entries(search).filter(([, v]) => v !== undefined)),
    problems,
  }
}
