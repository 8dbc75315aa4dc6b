/** Every dataset that Concord takes in, in the order in which the Data page lists them. */
import type { Dataset } from '../dataset.ts'
import { offencePeople } from './offence-people.ts'
import { offences } from './offences.ts'
import { exclusions, hospitalAdmissions, missingEpisodes, weaponsRecovered } from './partner-events.ts'
import { policeUkAreaCounts, policeUkOutcomes, policeUkStopAndSearch, policeUkStreet } from './police-uk.ts'
import { deprivation, population, recordingChanges } from './reference-data.ts'
import { stopAndSearch } from './stop-and-search.ts'

export const datasets: readonly Dataset[] = [
  offences,
  offencePeople,
  stopAndSearch,
  hospitalAdmissions,
  exclusions,
  missingEpisodes,
  weaponsRecovered,
  recordingChanges,
  population,
  deprivation,
  policeUkStreet,
  policeUkOutcomes,
  policeUkStopAndSearch,
  policeUkAreaCounts,
]

export const findDataset = (idOrTable: string): Dataset | undefined =>
  datasets.find(d => d.id === idOrTable || d.table === idOrTable)

/** For callers that hold an id which the catalogue itself wrote. */
export function getDataset(id: string): Dataset {
  const dataset = findDataset(id)
  if (!dataset) throw new Error(`The catalogue names a dataset that this program does not have: ${id}`)
  return dataset
}
