/** Deadlines for calendar programs, under a secret address instead of a sign-in. */
import { Type } from 'typebox'
import { NotThere } from '../../platform/errors.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { calendarText } from './calendar.ts'

export function calendarPages(app: WebServer, context: PageContext): void {
  app.get(
    '/calendar/:file',
    {
      schema: { params: Type.Object({ file: Type.String({ maxLength: 60 }) }) },
      config: {
        may: 'open-anything-public',
        // Programs fetch it by the hour; when they last did stands with the address.
        records: 'nothing',
        rateLimit: { max: 30 },
      },
    },
    async (request, reply) => {
      const token = /^(.+)\.ics$/.exec(request.params.file)?.[1]
      const deadlines = token === undefined ? null : await context.notices.deadlinesOf(token)
      if (!deadlines) throw new NotThere()
      return reply
        .header('cache-control', 'no-store')
        .header('content-disposition', 'attachment; filename="concord.ics"')
        .type('text/calendar; charset=utf-8')
        .send(
          calendarText(deadlines, {
            now: context.clock(),
            address: context.signIn.address,
            name: 'Concord: what is due',
          }),
        )
    },
  )
}
