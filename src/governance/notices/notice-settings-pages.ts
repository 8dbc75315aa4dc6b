/** How you want e-mail about notices, and the address of your deadlines for a calendar program. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { londonDay } from '../../platform/calendar.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { ButtonForm, csrfField } from '../../web/route-schemas.ts'
import { endFeed, makeFeed, ownFeed } from './calendar-store.ts'
import {
  digestHours,
  hourWords,
  type MailChoice,
  mailChoices,
  type NoticePreferences,
  quietWords,
} from './mail-times.ts'
import { type NoticeGroup, noticeGroups } from './notice-kinds.ts'
import { keepPreferences, readPreferences } from './notice-store.ts'

const short = Type.Optional(Type.String({ maxLength: 100 }))

const isChoice = (text: string | undefined): text is MailChoice =>
  text !== undefined && Object.hasOwn(mailChoices, text)

const mutable = (Object.keys(noticeGroups) as NoticeGroup[]).filter(group => group !== 'safeguarding')

export function noticeSettingsPages(app: WebServer, context: PageContext): void {
  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    more: { token?: string; saved?: boolean; faults?: Record<string, string> } = {},
  ) => {
    const { preferences, feed } = await context.casework.as(request, async tx => ({
      preferences: await readPreferences(tx),
      feed: await ownFeed(tx),
    }))
    const { token, saved = false, faults = {} } = more
    return reply
      .code(Object.keys(faults).length > 0 ? 422 : 200)
      .header('cache-control', 'no-store')
      .page('governance/notices/views/notice-settings.njk', {
        title: 'E-mail and calendar',
        csrf: reply.generateCsrf(),
        back: { text: 'Your account', href: '/account' },
        mails: context.notices.mails,
        ...errorsOf(faults),
        saved,
        quiet: quietWords(londonDay(context.clock())),
        choices: choicesShown(preferences),
        hours: digestHours.map(hour => ({
          value: String(hour),
          text: hourWords(hour),
          selected: hour === preferences.digestHour,
        })),
        groups: mutable.map(group => ({
          value: group,
          text: noticeGroups[group],
          checked: !preferences.muted.includes(group),
        })),
        feed,
        feedAddress: token ? `${context.signIn.address}/calendar/${token}.ics` : null,
      })
  }

  app.get(
    '/account/notices',
    {
      schema: { querystring: Type.Object({ saved: short }) },
      config: { may: 'use-own-account', records: 'nothing' },
    },
    (request, reply) => show(request, reply, { saved: request.query.saved === 'yes' }),
  )

  app.post(
    '/account/notices',
    {
      schema: {
        body: Type.Object({
          ...csrfField,
          when: short,
          hour: short,
          groups: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 20 })),
        }),
      },
      config: { may: 'use-own-account', records: 'notice-preferences-changed', proof: 'form' },
    },
    async (request, reply) => {
      const { when, hour, groups = [] } = request.body
      const digestHour = digestHours.find(h => String(h) === hour)
      const faults: Record<string, string> = {}
      if (!isChoice(when)) faults.when = 'Choose when e-mail comes'
      if (digestHour === undefined) faults.hour = 'Choose an hour from the list'
      if (!isChoice(when) || digestHour === undefined) return show(request, reply, { faults })
      const muted = mutable.filter(group => !groups.includes(group))
      await context.casework.as(request, tx => keepPreferences(tx, { when, digestHour, muted }))
      return reply.redirect('/account/notices?saved=yes', 303)
    },
  )

  app.post(
    '/account/calendar',
    {
      schema: { body: ButtonForm },
      config: { may: 'use-own-account', records: 'calendar-address-made', proof: 'form' },
    },
    async (request, reply) => {
      const token = await context.casework.as(request, makeFeed)
      return show(request, reply, { token })
    },
  )

  app.post(
    '/account/calendar/end',
    {
      schema: { body: ButtonForm },
      config: { may: 'use-own-account', records: 'calendar-address-ended', proof: 'form' },
    },
    async (request, reply) => {
      await context.casework.as(request, endFeed)
      return reply.redirect('/account/notices', 303)
    },
  )
}

const choicesShown = ({ when }: NoticePreferences) =>
  Object.entries(mailChoices).map(([value, text]) => ({ value, text, checked: value === when }))
