/** What was asked of the page of hotspots, and what was found: the same for the page and for its download. */
import type { EvidenceStore } from '../../evidence/open-evidence.ts'
import { londonDay } from '../../platform/calendar.ts'
import { UsageFault } from '../../platform/errors.ts'
import type { PageContext } from '../../web/context.ts'
import { lastDayHeld } from '../coverage.ts'
import type { Figure, FigureRequest } from '../figure.ts'
import { countingOf, type Measure, tablesOf } from '../measure.ts'
import { canSay } from '../methods/records-behind.ts'
import { type MethodId, type MethodState, methodState } from '../methods/register.ts'
import type { HeldMonths } from './held.ts'
import { type Found, findHotspots } from './hotspots-found.ts'
import { type HotspotsQuery, type HotspotsScope, readHotspotsScope } from './hotspots-scope.ts'
import { askedPlaceMeasure } from './place-asked.ts'
import { placeMeasures, requirePlaceMeasure } from './place-inputs.ts'
import { scoped } from './scope.ts'

/** What the page opens on: the first of these that is held. */
export const LEADING = ['knife-crime', 'street-violence'] as const

/** Measures of harm that was reported (R7) and whose records have a point. */
export const hotspotMeasures = (): Measure[] =>
  placeMeasures().filter(({ id }) => canSay({ measure: id }, 'longitude'))

export interface AskedHotspots {
  measure: Measure
  held: HeldMonths
  scope: HotspotsScope
  /** The last day of which any record is held; null where the measure is published by the month. */
  lastDay: string | null
  request: FigureRequest
  figure: Figure
  states: Record<'density' | 'cells' | 'ranking' | 'hours', MethodState>
  /** Null where no boundaries are loaded. */
  found: Found | null
}

/** Null where nothing of the measure is held. Throws UsageFault for what is never shown by place, with the reason. */
export async function askHotspots(context: PageContext, query: HotspotsQuery): Promise<AskedHotspots | null> {
  const { pack, store, clock } = context
  const asked = await askedPlaceMeasure(context, query.measure, LEADING, requireHotspotMeasure)
  if (!asked) return null
  const { measure, held } = asked
  const lastDay = await lastDayOf(store, measure, held)
  const scope = readHotspotsScope(query, held, pack, lastDay)
  const request = scoped(scope, { measure: measure.id })
  const figure = await context.figures.get(request, 'record')
  const today = londonDay(clock())
  const state = (id: MethodId) => methodState(pack, id, today)
  const states = {
    density: state('density'),
    cells: state('significant-cells'),
    ranking: state('hotspot-ranking'),
    hours: state('aoristic'),
  }
  const found = await findHotspots(
    context,
    request,
    scope,
    figure.total.comparatorCount === null ? null : figure.comparator,
    {
      density: states.density.runs,
      cells: states.cells.runs && states.ranking.runs,
      hours: states.hours.runs,
    },
  )
  return { measure, held, scope, lastDay, request, figure, states, found }
}

function requireHotspotMeasure(id: string): Measure {
  const measure = requirePlaceMeasure(id)
  if (canSay({ measure: id }, 'longitude')) return measure
  throw new UsageFault(
    `${measure.title} is not recorded with a point on the map, so no hotspots can be told. Choose another measure.`,
  )
}

async function lastDayOf(store: EvidenceStore, measure: Measure, held: HeldMonths): Promise<string | null> {
  const [table] = tablesOf(countingOf(measure))
  return (await lastDayHeld(store.evidence, table!, held.months.at(-1)!))?.day ?? null
}
