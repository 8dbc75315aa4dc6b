/**
 * What of casework is counted, one line a dataset. A new one is a descriptor in `src/evidence/datasets`, a function of the
 * database that gives its rows as they stood at a moment, the trigger `keep_count` on what it counts, and a line here.
 */
import type { Dataset } from '../../evidence/dataset.ts'
import { actions } from '../../evidence/datasets/actions.ts'
import { afterArchive } from '../../evidence/datasets/after-archive.ts'
import { agreedChecks } from '../../evidence/datasets/agreed-checks.ts'
import { cohortStepsCounted } from '../../evidence/datasets/cohort-steps.ts'
import { custodyInCohorts } from '../../evidence/datasets/custody-in-cohorts.ts'
import { meetingAttendance } from '../../evidence/datasets/meeting-attendance.ts'
import { needs } from '../../evidence/datasets/needs.ts'
import { referrals } from '../../evidence/datasets/referrals.ts'
import { removalNotices } from '../../evidence/datasets/removal-notices.ts'
import type { EvidenceStore } from '../../evidence/open-evidence.ts'
import { lookAfterArchives } from './after-archive.ts'

export interface ProgressSource {
  dataset: Dataset
  /** Function of the database: `(before timestamptz) → (id uuid, invented boolean, counted jsonb)`. */
  counted: string
  /** What has to be looked up in the evidence first. */
  prepare?: (store: EvidenceStore) => Promise<void>
}

export const progressSources: readonly ProgressSource[] = [
  { dataset: referrals, counted: 'referrals_counted' },
  { dataset: cohortStepsCounted, counted: 'cohort_steps_counted' },
  { dataset: agreedChecks, counted: 'agreed_checks_counted' },
  { dataset: removalNotices, counted: 'removal_notices_counted' },
  { dataset: needs, counted: 'needs_counted' },
  { dataset: custodyInCohorts, counted: 'custody_counted' },
  { dataset: afterArchive, counted: 'after_archive_counted', prepare: lookAfterArchives },
  { dataset: actions, counted: 'actions_counted' },
  { dataset: meetingAttendance, counted: 'meeting_attendance_counted' },
]
