/** A placement as a row of a list shows it, with its days in words. Pure. */
import type { Day } from '../../platform/calendar.ts'
import { daysLeft, daysLeftWords } from './due.ts'
import { stateWords } from './placement.ts'
import type { PlacementLine } from './placement-line.ts'

export const shownLine = (line: PlacementLine, today: Day) => ({
  ...line,
  stateWords: stateWords[line.state],
  left: daysLeftWords(line.reviewOn, today),
  overdue: daysLeft(line.reviewOn, today) < 0,
})
