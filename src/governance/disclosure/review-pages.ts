/** What information governance reviews: emergency shares by the next working day, broken glass within five (R15, R20). */
import { Type } from 'typebox'
import { londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import { type Faults, readText } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { csrfField, TypedText, Uuid } from '../../web/route-schemas.ts'
import type { MemberTransaction } from '../access/as-member.ts'
import { listBrokenGlass, reviewBrokenGlass } from './break-glass-store.ts'
import { fieldTitle } from './disclosable-fields.ts'
import { listEmergencyShares, reviewEmergency } from './emergency-reviews.ts'
import { textRule } from './request-pages.ts'
import { shortReference, wayWords } from './shown-sharing.ts'

const MOST = 200
const kinds = {
  emergency: { review: reviewEmergency, event: 'emergency-reviewed' },
  glass: { review: reviewBrokenGlass, event: 'broken-glass-reviewed' },
} as const
type Kind = keyof typeof kinds

const Params = Type.Object({
  kind: Type.Union([Type.Literal('emergency'), Type.Literal('glass')]),
  id: Uuid,
})

export function reviewPages(app: WebServer, context: PageContext): void {
  const { casework } = context

  const list = async (tx: MemberTransaction) => {
    const today = londonDay(tx.now)
    const state = (reviewOn: string, reviewedAt: Date | null) => {
      if (reviewedAt !== null) return { text: 'Reviewed', classes: 'govuk-tag--green' }
      return reviewOn < today
        ? { text: 'Overdue', classes: 'govuk-tag--orange' }
        : { text: 'To be reviewed', classes: 'govuk-tag--yellow' }
    }
    return {
      emergencies: (await listEmergencyShares(tx, MOST)).map(share => ({
        ...share,
        kind: 'emergency' as Kind,
        reference: shortReference(share.id),
        wayWords: wayWords[share.way],
        fieldTitles: share.fields.map(fieldTitle),
        state: state(share.reviewOn, share.reviewedAt),
      })),
      glass: (await listBrokenGlass(tx, MOST)).map(broken => ({
        ...broken,
        kind: 'glass' as Kind,
        reference: shortReference(broken.id),
        state: state(broken.reviewOn, broken.reviewedAt),
      })),
    }
  }

  app.get(
    '/sharing/reviews',
    { config: { may: 'review-sharing', records: 'sharing-reviews-listed' } },
    async (request, reply) => {
      const found = await casework.as(request, async tx => {
        const lists = await list(tx)
        await tx.record('sharing-reviews-listed')
        return lists
      })
      reply.header('cache-control', 'no-store')
      return reply.page('governance/disclosure/views/reviews.njk', {
        title: 'Sharing to be reviewed',
        ...found,
      })
    },
  )

  const reviewPage = async (tx: MemberTransaction, kind: Kind, id: string) => {
    const found = await list(tx)
    return [...found.emergencies, ...found.glass].find(item => item.kind === kind && item.id === id) ?? null
  }

  app.get(
    '/sharing/reviews/:kind/:id',
    { schema: { params: Params }, config: { may: 'review-sharing', records: 'nothing' } },
    async (request, reply) => {
      const { kind, id } = request.params
      const item = await casework.as(request, tx => reviewPage(tx, kind, id))
      if (!item || item.reviewedAt !== null) throw new NotThere()
      reply.header('cache-control', 'no-store')
      return reply.page('governance/disclosure/views/review.njk', {
        title: kind === 'emergency' ? 'Review an emergency share' : 'Review an opening without a right',
        back: { text: 'Back', href: '/sharing/reviews' },
        item,
        outcome: '',
        ...errorsOf({}),
        csrf: reply.generateCsrf(),
      })
    },
  )

  app.post(
    '/sharing/reviews/:kind/:id',
    {
      schema: {
        params: Params,
        body: Type.Object({
          ...csrfField,
          outcome: TypedText,
        }),
      },
      config: { may: 'review-sharing', records: 'emergency-reviewed', proof: 'form' },
    },
    async (request, reply) => {
      const { kind, id } = request.params
      const faults: Faults = {}
      const rule = textRule('What you found', 'Enter what you found, and what follows from it')
      const outcome = readText(request.body, 'outcome', rule, faults)
      const item = await casework.as(request, tx => reviewPage(tx, kind, id))
      if (!item) throw new NotThere()
      if (faults.outcome) {
        return reply.code(422).page('governance/disclosure/views/review.njk', {
          title: kind === 'emergency' ? 'Review an emergency share' : 'Review an opening without a right',
          back: { text: 'Back', href: '/sharing/reviews' },
          item,
          outcome,
          ...errorsOf(faults),
          csrf: reply.generateCsrf(),
        })
      }
      const { review, event } = kinds[kind]
      const done = await casework.as(request, tx => review(tx, id, outcome))
      if (!done && item.reviewedAt === null) {
        await casework.refused(request, event, { kind, id })
        throw new NotThere()
      }
      return reply.redirect('/sharing/reviews', 303)
    },
  )
}
