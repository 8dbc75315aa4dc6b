/**
 * Whether a rise of a measure is more harm. What the police, schools or courts do is not harm by itself: more
 * searches, seizures, suspects or referrals may be better or worse, and a chart does not know which.
 */
import type { Measure } from '../measure.ts'

export type Direction = 'harm' | 'activity'

const ACTIVITY_FAMILIES = ['Stop and search', 'Weapons recovered', 'Outcomes', 'Exclusions', 'Referrals']
const ACTIVITY = [
  'knife-crime-suspects',
  'knife-crime-defendants',
  'homicide-suspects',
  'u25-vwi-suspects',
  'violence-with-injury-suspects',
  // Possession is mostly found in searches.
  'street-weapons',
]

export const directionOfMeasure = ({ id, family }: Pick<Measure, 'id' | 'family'>): Direction =>
  ACTIVITY.includes(id) || ACTIVITY_FAMILIES.includes(family) ? 'activity' : 'harm'
