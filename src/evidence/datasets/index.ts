/** Every dataset of the evidence, in the order in which the Data page lists them. */
import type { Dataset } from '../dataset.ts'
import { actions } from './actions.ts'
import { afterArchive } from './after-archive.ts'
import { agreedChecks } from './agreed-checks.ts'
import { cohortStepsCounted } from './cohort-steps.ts'
import { custodyInCohorts } from './custody-in-cohorts.ts'
import { deprivation } from './deprivation.ts'
import { exclusions } from './exclusions.ts'
import { hospitalAdmissions } from './hospital-admissions.ts'
import { incidents } from './incidents.ts'
import { meetingAttendance } from './meeting-attendance.ts'
import { missingEpisodes } from './missing-episodes.ts'
import { needs } from './needs.ts'
import { offencePeople } from './offence-people.ts'
import { offences } from './offences.ts'
import { policeUkAreaCounts } from './police-uk-area-counts.ts'
import { policeUkOutcomes } from './police-uk-outcomes.ts'
import { policeUkStopAndSearch } from './police-uk-stop-and-search.ts'
import { policeUkStreet } from './police-uk-street.ts'
import { population } from './population.ts'
import { recordingChanges } from './recording-changes.ts'
import { referrals } from './referrals.ts'
import { removalNotices } from './removal-notices.ts'
import { stopAndSearch } from './stop-and-search.ts'
import { weaponsRecovered } from './weapons-recovered.ts'

export const datasets: readonly Dataset[] = [
  offences,
  offencePeople,
  stopAndSearch,
  hospitalAdmissions,
  exclusions,
  missingEpisodes,
  weaponsRecovered,
  incidents,
  recordingChanges,
  population,
  deprivation,
  policeUkStreet,
  policeUkOutcomes,
  policeUkStopAndSearch,
  policeUkAreaCounts,
  referrals,
  cohortStepsCounted,
  agreedChecks,
  removalNotices,
  needs,
  custodyInCohorts,
  afterArchive,
  actions,
  meetingAttendance,
]

/** What partners may send. */
export const sentDatasets: readonly Dataset[] = datasets.filter(d => !d.fromCasework)

export const findDataset = (idOrTable: string): Dataset | undefined =>
  datasets.find(d => d.id === idOrTable || d.table === idOrTable)

/** For callers that hold an id which the catalogue itself wrote. */
export function getDataset(id: string): Dataset {
  const dataset = findDataset(id)
  if (!dataset) throw new Error(`The catalogue names a dataset that this program does not have: ${id}`)
  return dataset
}
