/** Referrals that somebody of the synthetic partnership has begun and not sent. */
import type { Answers } from '../../casework/intake/referrals/answers.ts'
import { retentionDates } from '../../governance/retention/retention-dates.ts'
import { type Day, londonDay } from '../../platform/calendar.ts'
import type { Register } from './people.ts'
import { aboutPerson, drawUrgency, kindOf } from './referral-answers.ts'
import { ago, invented, pick, type Setting } from './setting.ts'
import { isCast, type Staff, type Worker } from './staff.ts'

export interface SyntheticDraft {
  id: string
  author: Worker
  answers: Answers
  startedAt: Date
  deleteOn: Day
}

/** Of those who are not of the cast. */
const OTHERS = 30
/** The last questions are open: there is something to go on with. */
const answered = (answers: Answers): Answers => {
  const { basis: _, told: __, whyNotTold: ___, ...begun } = answers
  return begun
}

export function inventDrafts(setting: Setting, staff: Staff, register: Register): SyntheticDraft[] {
  const random = setting.chance('drafts')
  const refer = staff.workers.filter(
    w => w.role === 'practitioner' && w.state === 'active' && register.at(w.agency).length > 0,
  )
  const authors = [
    ...refer.filter(isCast),
    ...Array.from({ length: OTHERS }, () =>
      pick(
        random,
        refer.filter(w => !isCast(w)),
      ),
    ),
  ]
  return authors.flatMap((author, n) => {
    const record = pick(random, register.at(author.agency))
    const startedAt = ago(random, setting, 0, 12)
    const kind = kindOf(record, londonDay(startedAt))
    if (!kind) return []
    const about = { urgency: drawUrgency(random), purpose: author.purpose, on: londonDay(startedAt) }
    return [
      {
        id: invented('draft', n + 1),
        author,
        answers: answered(aboutPerson(random, record, kind, about)),
        startedAt,
        deleteOn: retentionDates('referral-draft', londonDay(startedAt), { child: true }).deleteOn,
      },
    ]
  })
}
