/**
 * What of casework is counted, one line a dataset. A new one is a descriptor in `src/evidence/datasets`, a function of the
 * database that gives its rows as they stood at a moment, the trigger `keep_count` on what it counts, and a line here.
 */
import type { Dataset } from '../../evidence/dataset.ts'
import { referrals } from '../../evidence/datasets/referrals.ts'

export interface ProgressSource {
  dataset: Dataset
  /** Function of the database: `(before timestamptz) → (id uuid, invented boolean, counted jsonb)`. */
  counted: string
}

export const progressSources: readonly ProgressSource[] = [
  { dataset: referrals, counted: 'referrals_counted' },
]
