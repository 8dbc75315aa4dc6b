/** Every source of agendas within casework. What stands in the evidence is asked by the web (`web/recent-evidence.ts`). */
import { actionSource } from './action-source.ts'
import type { AgendaSource } from './agenda-source.ts'
import { eventSource } from './event-source.ts'
import { referralSource } from './referral-source.ts'
import { reviewSource } from './review-source.ts'

export const agendaSources: readonly AgendaSource[] = [
  eventSource,
  referralSource,
  reviewSource,
  actionSource,
]
