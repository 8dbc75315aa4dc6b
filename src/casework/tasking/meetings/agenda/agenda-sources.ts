/** Every source of agendas within casework; several may answer for one kind of item. What stands in the evidence is asked by the web (`web/recent-evidence.ts`). */
import { actionSource } from './action-source.ts'
import type { AgendaSource } from './agenda-source.ts'
import { answerSource } from './answer-source.ts'
import { bidSource } from './bid-source.ts'
import { consequenceSource } from './consequence-source.ts'
import { escalationSource } from './escalation-source.ts'
import { eventSource } from './event-source.ts'
import { panelCaseSource } from './panel-case-source.ts'
import { placementSource } from './placement-source.ts'
import { referralSource } from './referral-source.ts'
import { releaseSource } from './release-source.ts'
import { reviewSource } from './review-source.ts'

export const agendaSources: readonly AgendaSource[] = [
  eventSource,
  referralSource,
  releaseSource,
  reviewSource,
  placementSource,
  actionSource,
  escalationSource,
  answerSource,
  consequenceSource,
  bidSource,
  panelCaseSource,
]
