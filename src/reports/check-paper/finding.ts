/** What the checker says about one claim of a paper. */
import type { Place } from './paper.ts'

export const claimKinds = {
  change: 'Percentage change against its two counts',
  share: 'Share against part and whole',
  total: 'Totals of a table',
  budget: 'Spending against its plan',
  rate: 'Rate against count and population',
  average: 'Average',
  rank: 'Rank',
  part: 'A part against its whole',
  restated: 'The same quantity stated in two places',
  'in-table': 'What the text says against the paper’s own table',
  date: 'Dates',
  'whole-numbers': 'Percentages that whole numbers can give',
} as const

export type ClaimKind = keyof typeof claimKinds

export const verdicts = { disagrees: 'Disagrees', 'cannot-tell': 'Cannot tell', agrees: 'Agrees' } as const
export type Verdict = keyof typeof verdicts

export interface Finding {
  kind: ClaimKind
  verdict: Verdict
  /** As it stands in the paper; the row of a table as label and cells. */
  sentence: string
  claim: string
  computation: string
  place: Place
}
