/** Which measure a page of places shows, and the choice of others: the same for the map, hotspots, concentration and near repeats. */
import type { PageContext } from '../../web/context.ts'
import type { Measure } from '../measure.ts'
import { firstHeld, type HeldMonths, heldMeasures } from './held.ts'
import { placeMeasures, requirePlaceMeasure } from './place-inputs.ts'
import { type Field, option } from './scope-fields.ts'

/**
 * The measure asked for, or else the first of `leading` that is held; null where nothing is. `admit` refuses by UsageFault,
 * with the reason, what the page never shows.
 */
export async function askedPlaceMeasure(
  { store, pack }: PageContext,
  asked: string | undefined,
  leading: readonly string[],
  admit: (id: string) => Measure = requirePlaceMeasure,
): Promise<{ measure: Measure; held: HeldMonths } | null> {
  const first = await firstHeld(store.evidence, pack, asked ? [admit(asked).id] : leading)
  return first && { measure: admit(first.id), held: first.held }
}

/** The choice of a measure among those that are held. */
export async function measureField(
  { store }: PageContext,
  chosen: Measure,
  measures: readonly Measure[] = placeMeasures(),
): Promise<Field> {
  const offered = await heldMeasures(store.evidence, measures)
  return { name: 'measure', label: 'Measure', options: offered.map(m => option(m.id, m.title, chosen.id)) }
}
