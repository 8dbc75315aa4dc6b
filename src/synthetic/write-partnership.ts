/** Writes every file of the synthetic partnership into a folder, as partners would send them. */
import type { AreaPack } from '../areas/area-pack.ts'
import { writeAdmissions } from './admissions.ts'
import { type SyntheticBoundaries, writeBoundaries } from './boundaries.ts'
import { writeRecordingChanges } from './changes-in-recording.ts'
import type { SyntheticFile } from './csv-file.ts'
import { drawDeciles, writeDeprivation } from './deprivation.ts'
import { writeExclusions } from './excluded-pupils.ts'
import { drawSmallAreas } from './geography.ts'
import { writeIncidentLog } from './incident-log.ts'
import { writeMissing } from './missing-people.ts'
import { makeOffences } from './offences.ts'
import { startPseudonyms } from './pseudonyms.ts'
import { randomFrom } from './random.ts'
import { writeRecoveries } from './recoveries.ts'
import { writeResidents } from './residents.ts'
import { writeSearches } from './searches.ts'
import { preparePlaces } from './where.ts'
import { writeOffences } from './write-offences.ts'

export interface PartnershipFiles {
  boundaries: SyntheticBoundaries[]
  files: SyntheticFile[]
}

/** The same pack and seed give the same bytes; with a clock, the incident log of its last days as well. Two million rows take some seconds. */
export async function writePartnership(
  pack: AreaPack,
  folder: string,
  seed: number,
  now: Date | null = null,
): Promise<PartnershipFiles> {
  const areas = drawSmallAreas(pack, seed)
  const deciles = drawDeciles(areas, seed)
  const places = preparePlaces(areas, deciles, seed)
  const pseudonyms = startPseudonyms(randomFrom(seed, 'pseudonyms'))
  const { force } = pack
  const writing = { places, force, folder, pseudonyms, seed }
  return {
    boundaries: await writeBoundaries(pack, areas, folder),
    files: [
      writeRecordingChanges(force, folder),
      writeResidents(areas, deciles, folder, seed),
      writeDeprivation(areas, deciles, folder, seed),
      ...writeOffences(makeOffences(places, seed), writing),
      writeSearches(writing),
      writeAdmissions(writing),
      writeExclusions(writing),
      writeMissing(writing),
      writeRecoveries(writing),
      ...(now ? [writeIncidentLog(writing, now)] : []),
    ],
  }
}
