/** What is kept for how long and why, what the nightly job ended, and what is held up (R12). */
import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { addDays, londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import { type Faults, readText, type Typed } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { dateItems, dateParts } from '../../web/date-field.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { ById, csrfField, TypedText, Uuid } from '../../web/route-schemas.ts'
import { countOf } from '../../web/words.ts'
import { deletionCounts } from './deletion-counts.ts'
import { lastBackups } from './last-backups.ts'
import { isInForce, liftHold, listHolds, placeHold, readHold } from './legal-holds.ts'
import { retentionRules, SUSPENDED_DAYS } from './retention-rules.ts'

const DAYS_SHOWN = 30

export function retentionPages(app: WebServer, { casework, clock, store }: PageContext): void {
  const { backupFolder, backupDays } = store.installation.config
  const breadcrumbs = [{ text: 'Retention', href: '/governance/retention' }]

  app.get(
    '/governance/retention',
    { config: { may: 'keep-holds', records: 'holds-listed' } },
    async (request, reply) => {
      const today = londonDay(clock())
      const { holds, deletions, backups } = await casework.as(request, async tx => {
        await tx.record('holds-listed')
        return {
          holds: await listHolds(tx),
          deletions: await deletionCounts(tx, addDays(today, -DAYS_SHOWN)),
          backups: await lastBackups(tx),
        }
      })
      return reply.header('cache-control', 'no-store').page('governance/retention/views/retention.njk', {
        title: 'Retention',
        holds: holds.filter(hold => isInForce(hold, today)),
        past: holds.filter(hold => !isInForce(hold, today)),
        deletions,
        deleted: deletions.reduce((sum, row) => sum + row.records, 0),
        daysShown: DAYS_SHOWN,
        backups: { ...backups, nightly: backupFolder !== null, days: backupDays },
        suspendedDays: SUSPENDED_DAYS,
        rules: retentionRules
          .filter(rule => rule.since <= today && (rule.until === undefined || today <= rule.until))
          .map(rule => ({
            ...rule,
            reviewedWithin: spans(rule.reviewDays),
            deletedAfter: spans(rule.keepDays),
          })),
      })
    },
  )

  const placePage = (body: Typed, faults: Faults) => ({
    title: 'Place a legal hold',
    breadcrumbs,
    ...errorsOf(faults, { endsOn: 'endsOn-day' }),
    key: body.key ?? randomUUID(),
    person: body.person ?? '',
    because: body.because ?? '',
    endsOn: dateItems('endsOn', body),
  })

  app.get(
    '/governance/retention/hold',
    {
      schema: { querystring: Type.Object({ person: Type.Optional(Type.String({ maxLength: 100 })) }) },
      config: { may: 'keep-holds', records: 'nothing' },
    },
    async (request, reply) =>
      reply.page('governance/retention/views/place-hold.njk', {
        ...placePage(request.query, {}),
        csrf: reply.generateCsrf(),
      }),
  )

  app.post(
    '/governance/retention/hold',
    {
      schema: {
        body: Type.Object({
          ...csrfField,
          key: Uuid,
          person: TypedText,
          because: TypedText,
          ...dateParts('endsOn'),
        }),
      },
      config: { may: 'keep-holds', records: 'hold-placed', proof: 'form' },
    },
    async (request, reply) => {
      const { body } = request
      const faults: Faults = {}
      const hold = readHold(body, clock(), faults)
      if (hold) {
        try {
          await casework.as(request, tx => placeHold(tx, body.key, hold))
          return reply.redirect('/governance/retention', 303)
        } catch (error) {
          if (!(error instanceof NotThere)) throw error
          faults.person = 'There is no person with this number any more'
        }
      }
      return reply.code(422).page('governance/retention/views/place-hold.njk', {
        ...placePage(body, faults),
        csrf: reply.generateCsrf(),
      })
    },
  )
  const liftPage = (id: string, because: string, faults: Faults) => ({
    title: 'Lift a legal hold',
    breadcrumbs,
    ...errorsOf(faults),
    id,
    because,
  })

  app.get(
    '/governance/retention/hold/:id/lift',
    { schema: { params: ById }, config: { may: 'keep-holds', records: 'nothing' } },
    async (request, reply) =>
      reply.page('governance/retention/views/lift-hold.njk', {
        ...liftPage(request.params.id, '', {}),
        csrf: reply.generateCsrf(),
      }),
  )

  app.post(
    '/governance/retention/hold/:id/lift',
    {
      schema: { params: ById, body: Type.Object({ ...csrfField, because: TypedText }) },
      config: { may: 'keep-holds', records: 'hold-lifted', proof: 'form' },
    },
    async (request, reply) => {
      const faults: Faults = {}
      const rule = { label: 'The reason', most: 2000, needed: 'Enter why it is lifted' }
      const because = readText(request.body, 'because', rule, faults)
      if (faults.because) {
        return reply.code(422).page('governance/retention/views/lift-hold.njk', {
          ...liftPage(request.params.id, because, faults),
          csrf: reply.generateCsrf(),
        })
      }
      await casework.as(request, tx => liftHold(tx, request.params.id, because))
      return reply.redirect('/governance/retention', 303)
    },
  )
}

const YEAR = 365

/** "6 years", "90 days; a child’s 42 days". */
function spans({ adult, child }: { adult: number; child: number }): string {
  const words = (days: number) => (days % YEAR === 0 ? countOf(days / YEAR, 'year') : countOf(days, 'day'))
  return adult === child ? words(adult) : `${words(adult)}; a child’s ${words(child)}`
}
