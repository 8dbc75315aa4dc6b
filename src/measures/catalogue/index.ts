/** The catalogue: every measure, in the order in which families are listed. */
import { InputFault } from '../../platform/errors.ts'
import type { Measure } from '../measure.ts'
import { nearest } from '../nearest.ts'
import { actionsAndMeetings } from './actions-and-meetings.ts'
import { afterArchive, cohorts, needs } from './cohorts.ts'
import { education } from './education.ts'
import { health } from './health.ts'
import { homicide } from './homicide.ts'
import { knifeCrime } from './knife-crime.ts'
import { missing } from './missing.ts'
import { neighbourhoodCrime } from './neighbourhood-crime.ts'
import { outcomes } from './outcomes.ts'
import { policeUk } from './police-uk.ts'
import { referrals } from './referrals.ts'
import { robbery } from './robbery.ts'
import { stopAndSearch } from './stop-and-search.ts'
import { violence } from './violence.ts'
import { weapons } from './weapons.ts'

export const measures: readonly Measure[] = [
  ...knifeCrime,
  ...violence,
  ...homicide,
  ...robbery,
  ...neighbourhoodCrime,
  ...outcomes,
  ...stopAndSearch,
  ...weapons,
  ...health,
  ...education,
  ...missing,
  ...policeUk,
  ...referrals,
  ...cohorts,
  ...needs,
  ...afterArchive,
  ...actionsAndMeetings,
]

export const findMeasure = (id: string): Measure | undefined => measures.find(measure => measure.id === id)

/** Throws `measure-unknown`, naming the nearest. */
export function getMeasure(id: string): Measure {
  const found = findMeasure(id)
  if (found) return found
  const suggestion = nearest(
    id,
    measures.map(m => m.id),
  )
  throw new InputFault(
    'measure-unknown',
    `There is no measure "${id}"${suggestion ? `; did you mean ${suggestion}?` : '. The catalogue lists all of them.'}`,
  )
}
