/**
 * A join gives a record the number of another person. Whoever had a page or a form of it open, or kept its address, is led
 * on: the same act, with what was typed, under the number of today.
 */
import { isUuid } from '../../platform/uuid.ts'
import type { PageContext, WebServer } from '../../web/context.ts'

/** Of every page with `:person` in its address. */
export function movedRecordPages(app: WebServer, { casework }: PageContext): void {
  app.addHook('preHandler', async (request, reply) => {
    const { person } = request.params as { person?: unknown }
    if (typeof person !== 'string' || !isUuid(person) || !request.viewer.member) return
    const moved = await casework.as(request, async tx => {
      const [row] = await tx.query<{ to: string | null }>('select record_moved_to($1) as "to"', [person])
      return row!.to
    })
    // 307: a form is sent again as it was.
    if (moved) return reply.redirect(request.url.replace(person, moved), 307)
  })
}
