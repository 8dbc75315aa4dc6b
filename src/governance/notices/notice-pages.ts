/** Your notices: what needs you, by reference. An e-mail leads here, and from here to what it is about. */
import { Type } from 'typebox'
import { NotThere } from '../../platform/errors.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { ById, csrfField, Uuid } from '../../web/route-schemas.ts'
import { instantWords } from '../../web/words.ts'
import { noticeKinds } from './notice-kinds.ts'
import { countUnread, listNotices, markRead, type Notice, openNotice } from './notice-store.ts'

/** More than anybody reads; older ones stand behind until they are deleted. */
const SHOWN = 100

export function noticePages(app: WebServer, context: PageContext): void {
  app.get('/notices', { config: { may: 'use-own-account', records: 'nothing' } }, async (request, reply) => {
    const { notices, unread } = await context.casework.as(request, async tx => ({
      notices: await listNotices(tx, SHOWN),
      unread: await countUnread(tx),
    }))
    return reply.header('cache-control', 'no-store').page('governance/notices/views/notices.njk', {
      title: 'Notices',
      csrf: reply.generateCsrf(),
      unread: notices.filter(n => n.readAt === null).map(shown),
      read: notices.filter(n => n.readAt !== null).map(shown),
      unreadCount: unread,
      mails: context.notices.mails,
    })
  })

  app.get(
    '/notices/:id',
    {
      schema: { params: ById },
      // Whoever follows an e-mail may have to sign in first: to them the address must not look like nothing.
      config: { may: 'open-anything-public', records: 'nothing' },
    },
    async (request, reply) => {
      const { id } = request.params
      reply.header('cache-control', 'no-store')
      if (!request.viewer.member) return reply.redirect(`/sign-in?next=/notices/${id}`, 303)
      return reply.redirect(await context.casework.as(request, tx => openNotice(tx, id)), 303)
    },
  )

  app.post(
    '/notices/read',
    {
      schema: {
        body: Type.Object({
          ...csrfField,
          id: Type.Optional(Type.Array(Uuid, { maxItems: SHOWN })),
        }),
      },
      config: { may: 'use-own-account', records: 'notices-read', proof: 'form' },
    },
    async (request, reply) => {
      const { id = [] } = request.body
      if (!request.viewer.member) throw new NotThere()
      await context.casework.as(request, tx => markRead(tx, id))
      return reply.redirect('/notices', 303)
    },
  )
}

const shown = ({ id, kind, reference, createdAt, dueAt }: Notice) => {
  const { asks, says, group } = noticeKinds[kind]
  return {
    id,
    reference,
    asks,
    says: dueAt ? `${says.slice(0, -1)}: ${instantWords(dueAt)}.` : says,
    urgent: group === 'safeguarding',
    createdAt,
  }
}
