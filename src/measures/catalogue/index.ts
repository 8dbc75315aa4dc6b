/** The catalogue: every measure, in the order in which families are listed. */
import { InputFault } from '../../platform/errors.ts'
import type { Measure } from '../measure.ts'
import { nearest } from '../nearest.ts'
import { knifeCrime } from './knife-crime.ts'
import { stopAndSearch } from './stop-and-search.ts'

export const measures: readonly Measure[] = [...knifeCrime, ...stopAndSearch]

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
