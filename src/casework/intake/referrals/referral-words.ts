/** What happened to a referral, in sentences both sides read. */
import type { Answers } from './answers.ts'
import { isQuestion, questions } from './questions.ts'
import { answersNow, type ReferralAction } from './referral.ts'
import type { Referral } from './referral-store.ts'

export interface HistoryLine {
  at: Date
  by: string
  says: string
  because: string | null
  /** What a correction changed, field by field. */
  changes: { label: string; before: string; after: string }[]
}

const says = {
  send: 'sent the referral',
  take: 'took it on',
  accept: 'accepted it',
  decline: 'did not accept it',
  challenge: 'challenged the decision',
  withdraw: 'withdrew it',
  correct: 'corrected it',
  review: 'looked at it again: it is still needed',
} as const

/** Newest first. */
export const history = (
  { sent, actions }: Pick<Referral, 'sent' | 'actions'>,
  routes: readonly { id: string; name: string }[],
): HistoryLine[] =>
  actions
    .map((action, i) => ({
      at: action.at,
      by: action.byName,
      says: `${says[action.action]}${routeOf(action, routes)}`,
      because: action.detail.because ?? null,
      changes: changesOf(answersNow(sent, actions.slice(0, i)), action),
    }))
    .toReversed()

const routeOf = ({ detail }: ReferralAction, routes: readonly { id: string; name: string }[]): string => {
  const route = routes.find(r => r.id === detail.decision?.route)
  return route ? `: ${route.name}` : ''
}

function changesOf(before: Answers, { detail }: ReferralAction): HistoryLine['changes'] {
  if (!detail.answers || !detail.question || !isQuestion(detail.question)) return []
  const question = questions[detail.question]
  const after = answersNow(before, [{ detail }])
  const then = question.shown(before)
  return question.shown(after).flatMap(({ label, value }, i) => {
    const old = then[i]!.value
    return old === value ? [] : [{ label, before: old || 'not given', after: value || 'not given' }]
  })
}
