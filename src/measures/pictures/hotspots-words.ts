/** What the page of hotspots says in sentences, and how its pictures were done. */
import { tenthText } from '../../reports/charts/numbers.ts'
import { figureAddress } from '../../web/figure-address.ts'
import { countOf, countWords, periodWords } from '../../web/words.ts'
import { countingOf, tablesOf } from '../measure.ts'
import { FEWEST_POINTS, LEAST_RADIUS, MOST_RADIUS, SURFACE_CELL } from '../methods/density-surface.ts'
import { FEWEST_IN_HOTSPOT } from '../methods/hotspots.ts'
import type { MethodState } from '../methods/register.ts'
import { FALSE_SHARE } from '../methods/significant-cells.ts'
import type { Workings } from '../methods/workings.ts'
import { shareWords } from './finding.ts'
import type { AskedHotspots } from './hotspots-asked.ts'
import { type Found, MOST_NUMBERED } from './hotspots-found.ts'

type Asked = AskedHotspots & { found: Found }

/** "Knife crime: 12 hotspots hold 25.0% (848 of 3,392), on 1.6% of the area (12 of 730 km²)". */
export function hotspotsFinding({ figure, found }: Asked): string {
  const { tested, hotspots, smaller } = found
  if (!tested) return figure.title
  const all = [...hotspots, ...smaller]
  if (all.length === 0) return `${figure.title}: no part of the area stands out beyond chance`
  const held = all.reduce((sum, h) => sum + h.count, 0)
  const km2 = all.reduce((sum, h) => sum + h.km2, 0)
  return `${figure.title}: ${all.length === 1 ? '1 hotspot holds' : `${all.length} hotspots hold`} ${shareWords(held, figure.total.count ?? held)}, on ${tenthText((100 * km2) / found.area.km2)}% of the area (${tenthText(km2)} of ${countWords(found.area.km2)} km²)`
}

/** Why there is no picture, or null where there is one. */
export function noPictureBecause({ found, states }: AskedHotspots): string | null {
  if (!found) {
    return 'Boundaries of the area are not loaded, so it cannot be told what lies inside it. Whoever looks after this installation can load them: concord boundaries FILE.'
  }
  const { inside } = found.now
  if (inside < FEWEST_POINTS) {
    return `${inside === 1 ? '1 record has' : `${countWords(inside)} records have`} a point inside the area in this period. Under ${FEWEST_POINTS} a surface would draw single records, so none is made. Choose a longer period or a wider measure.`
  }
  if (!states.density.runs && !found.tested) return states.density.because
  return null
}

/** What is switched off or has run out, in sentences. */
export const notRunning = ({ states }: AskedHotspots): string[] =>
  Object.values(states).flatMap(state => (state.runs ? [] : [state.because]))

export function unplacedSentence({ figure, found }: Asked): string {
  const { withoutPoint, outside } = found.now
  const of = figure.total.count ?? 0
  const parts = [
    ...(withoutPoint > 0 ? [`${shareWords(withoutPoint, of)} have no point`] : []),
    ...(outside > 0 ? [`${shareWords(outside, of)} have a point beyond the boundary`] : []),
  ]
  return parts.length === 0
    ? `All ${countWords(of)} have a point inside the area.`
    : sentence(`${parts.join('; ')}. They are counted in the list and are not on the map.`)
}

/** What keeps the columns of "then and now" from being misread. */
export function changeCaution({ found }: Asked): string | null {
  if (!found.before || found.hotspots.length === 0) return null
  return 'The same cells are counted in both periods. They were chosen because they stand out now, so some of a rise is that choice, and by chance alone about one in twenty would show a clear change.'
}

/** Which hotspots are not new: told by where it stood out then, so that choosing now cannot make a rise of it. */
export function thenSentence({ found, figure }: Asked): string | null {
  const { earlier, hotspots, smaller } = found
  const all = hotspots.length + smaller.length
  if (!earlier || !figure.comparator || all === 0) return null
  const numbered = earlier.still.filter(number => number <= hotspots.length)
  const which = numbered.length > 0 && numbered.length < all ? ` (${listed(numbered)})` : ''
  const gone =
    earlier.gone === 1 ? '1 that stood out then does' : `${countWords(earlier.gone)} that stood out then do`
  return `${countWords(earlier.still.length)} of the ${countOf(all, 'hotspot')} stood out in ${periodWords(figure.comparator.from, figure.comparator.to)} as well${which}; ${gone} not any more.`
}

const listed = (numbers: readonly number[]): string =>
  numbers.length === 1
    ? `number ${numbers[0]}`
    : `numbers ${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`

/** Published points are not where it happened. */
export function pointCaution({ measure, found }: Asked): string | null {
  if (!tablesOf(countingOf(measure)).includes('police_uk_street')) return null
  return `data.police.uk moves every record to the nearest of a fixed list of map points, such as the middle of a street, a park or a station: the ${countWords(found.now.inside)} records here lie at ${countWords(found.points)} points. A hotspot of one or two cells may be one such point.`
}

export function densityWorkings(asked: Asked): Workings | null {
  const { states, found } = asked
  if (!states.density.runs || !found.surface) return null
  const { bandwidth } = found.surface
  return {
    ...shared(asked, states.density),
    parameters: [
      { name: 'Kernel', value: 'Quartic' },
      { name: 'Bandwidth', value: bandwidthText(bandwidth) },
      { name: 'Surface', value: `Square cells of ${SURFACE_CELL} metres on the British National Grid` },
      {
        name: 'Edge correction',
        value:
          'Uniform (Diggle 1985): the density of each cell is divided by the share of its kernel that lies inside the boundary: close to it, a record stands for those beyond that nobody sent',
      },
      { name: 'Boundary', value: boundaryText(asked) },
      { name: 'Shades', value: 'Each begins at twice the density of the one before' },
    ],
  }
}

function bandwidthText({
  metres,
  rule,
  covering,
  compared,
}: NonNullable<Found['surface']>['bandwidth']): string {
  const radius = `Radius of ${countWords(metres)} metres`
  return rule === null
    ? `${radius}, as chosen`
    : `${radius}. Diggle’s rule gave ${countWords(rule)} from ${countWords(compared)} points. It is held between ${LEAST_RADIUS} and ${countWords(MOST_RADIUS)} metres and is no narrower than ${countWords(covering)}, where a kernel covers two records on average: narrower, the surface would draw single records`
}

export function cellsWorkings(asked: Asked): Workings | null {
  const { states, found, scope } = asked
  if (!states.cells.runs || !found.tested) return null
  const touch = scope.neighbours === 'rook' ? 'by a side (rook)' : 'by a side or a corner (queen)'
  return {
    ...shared(asked, states.cells),
    parameters: [
      { name: 'Cells', value: `Squares of ${scope.cell} metres on the British National Grid` },
      {
        name: 'Tested',
        value: `${countWords(found.tested.cells)} cells: those whose middle lies inside the boundary, built on or not, and those at its edge with a record. ${countWords(found.tested.high)} are significantly high`,
      },
      { name: 'Neighbours', value: `Each cell with those that touch it ${touch}` },
      {
        name: 'Significance',
        value: `Gi* by the normal distribution, both tails; false discovery rate of ${100 * FALSE_SHARE}% by Benjamini and Hochberg over all cells tested`,
      },
      {
        name: 'Hotspots',
        value: `Significant cells that touch ${touch} are one hotspot. Groups of fewer than ${FEWEST_IN_HOTSPOT} records are left out; the ${MOST_NUMBERED} that hold most have a number. Cells at the rim may hold few themselves: they stand out with their neighbours`,
      },
      { name: 'Boundary', value: boundaryText(asked) },
      ...(found.before
        ? [
            {
              name: 'Then and now',
              value:
                'The records of the other period in the same cells; and whether a hotspot shares a cell with one of the other period, found by the same rule',
            },
          ]
        : []),
      ...(states.hours.runs
        ? [
            {
              name: 'Hours',
              value:
                'The shortest run of hours that holds half, each record spread evenly over the span in which it can have happened',
            },
          ]
        : []),
    ],
  }
}

const boundaryText = ({ found }: Asked): string => found.area.outlines.map(o => o.name).join(', ')

function shared({ figure, request, found }: Asked, { entry }: MethodState): Omit<Workings, 'parameters'> {
  const { inside, outside, withoutPoint } = found.now
  return {
    method: entry,
    used: `${countWords(inside)} of ${countWords(inside + outside + withoutPoint)} ${figure.unit}, at ${countWords(found.points)} different points`,
    leftOut: [
      ...(withoutPoint > 0 ? [`${countWords(withoutPoint)} without a point.`] : []),
      ...(outside > 0 ? [`${countWords(outside)} with a point beyond the boundary.`] : []),
      'Stops, searches and what they found are never read.',
    ],
    figures: [{ text: figure.title, href: figureAddress(request) }],
    evidenceVersion: found.evidenceVersion,
    sql: found.sql,
  }
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
