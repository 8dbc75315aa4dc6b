/**
 * How few places hold how much, beside what chance alone would give.
 *
 * The trap: with fewer events than places most places must be empty, so that "half of it in 3% of places" can be pure
 * chance (Bernasco and Steenbeek 2017; Hipp and Kim 2017). Beside each number therefore stands the same for events that
 * fall on all places alike: counts by place are then Poisson, and the shares follow from its distribution directly. The
 * leading places of such a spread are those that were lucky. Good to about a hundred places; with fewer, the last
 * fraction of a place matters.
 */
import { cellsHolding, concentrationOf } from '../../analysis/hotspot-ranking.ts'

/** Shares of places whose holding is told, and shares of events whose number of places is told. */
export const leadingShares = [0.01, 0.05, 0.1, 0.2] as const
export const heldShares = [0.25, 0.5, 0.8] as const

/** Below this a share of places is no whole place, and the sentences say nothing. */
export const FEWEST_PLACES = 20

export interface Leading {
  /** Share of places, 0 to 1, and how many that is: at least one. */
  share: number
  places: number
  /** Events in them, and the share (0 to 1) that as many lucky places would hold by chance alone. */
  held: number
  chance: number
}

export interface Holding {
  share: number
  /** Fewest places that hold that share of events; the same by chance alone, a fraction. */
  places: number
  chance: number
}

export interface PlaceConcentration {
  places: number
  events: number
  leading: Leading[]
  holding: Holding[]
  gini: number
  /** Against the most even spread that so few events allow; 0 where no place has two. */
  giniGeneralised: number
  chanceGini: number
}

/** `counts` has one entry a place, places without any included. Null on fewer than 20 places or without events. */
export function placeConcentration(counts: Float64Array): PlaceConcentration | null {
  const { cells: places, events, gini, giniGeneralised } = concentrationOf(counts)
  if (places < FEWEST_PLACES || events === 0) return null
  const falling = counts.slice().sort().reverse()
  const chance = evenSpread(places, events)
  return {
    places,
    events,
    leading: leadingShares.map(share => {
      const top = placesOf(share, places)
      return { share, places: top, held: sumOf(falling.subarray(0, top)), chance: chance.heldBy(top) }
    }),
    holding: heldShares.map(share => ({
      share,
      places: cellsHolding(counts, share),
      chance: chance.placesHolding(share),
    })),
    gini,
    giniGeneralised,
    chanceGini: chance.gini,
  }
}

/** The places that a share of them stands for: whole, at least one. */
export const placesOf = (share: number, places: number): number => Math.max(1, Math.round(share * places))

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0)

export interface EvenSpread {
  /** Share of events, 0 to 1, that the `top` fullest places hold. */
  heldBy(top: number): number
  /** Places, a fraction, that hold a share of events. */
  placesHolding(share: number): number
  gini: number
}

/** Events that fall on all places alike: Poisson counts of mean events/places. */
export function evenSpread(places: number, events: number): EvenSpread {
  const steps = poisson(events / places).map(({ count, chance }) => ({ count, cells: chance * places }))
  const fullestFirst = steps.toReversed()
  return {
    heldBy: top => {
      let left = top
      let held = 0
      for (const { count, cells } of fullestFirst) {
        const taken = Math.min(left, cells)
        held += taken * count
        left -= taken
      }
      return Math.min(1, held / events)
    },
    placesHolding: share => {
      let left = share * events
      let taken = 0
      for (const { count, cells } of fullestFirst) {
        if (left <= 0 || count === 0) break
        const here = Math.min(cells, left / count)
        taken += here
        left -= here * count
      }
      return taken
    },
    gini: poissonGini(
      steps.map(s => s.cells / places),
      events / places,
    ),
  }
}

/** Mean difference over twice the mean; the mean difference is twice the sum of F(1 − F). */
function poissonGini(chances: readonly number[], mean: number): number {
  let below = 0
  let sum = 0
  for (const chance of chances) {
    below = Math.min(1, below + chance)
    sum += below * (1 - below)
  }
  return sum / mean
}

/** From 0 upwards, as far as anything is left. By logarithms: the chance of 0 underflows beyond a mean of 745. */
function poisson(mean: number): { count: number; chance: number }[] {
  const last = Math.ceil(mean + 12 * Math.sqrt(mean) + 12)
  let logChance = -mean
  const steps = [{ count: 0, chance: Math.exp(logChance) }]
  for (let count = 1; count <= last; count++) {
    logChance += Math.log(mean / count)
    steps.push({ count, chance: Math.exp(logChance) })
  }
  return steps
}

export interface CurvePoint {
  /** Per cent of places, and per cent of events that they hold. */
  places: number
  held: number
}

/** Per cent of places at which the curve is drawn: close together where it bends. */
const curveAt = [
  ...Array.from({ length: 50 }, (_, i) => i / 10),
  ...Array.from({ length: 10 }, (_, i) => 5 + i / 2),
  ...Array.from({ length: 45 }, (_, i) => 10 + 2 * i),
  100,
]

/** The concentration curve, and that of an even spread, at the same per cents of places. */
export function concentrationCurve(counts: Float64Array): { counted: CurvePoint[]; chance: CurvePoint[] } {
  const falling = counts.slice().sort().reverse()
  const events = sumOf(falling)
  const running = new Float64Array(falling.length + 1)
  falling.forEach((count, i) => {
    running[i + 1] = running[i]! + count
  })
  const chance = evenSpread(counts.length, events)
  const at = [...new Set(curveAt.map(p => Math.round((p / 100) * counts.length)))]
  const point = (top: number, held: number): CurvePoint => ({
    places: (100 * top) / counts.length,
    held: 100 * held,
  })
  return {
    counted: at.map(top => point(top, running[top]! / events)),
    chance: at.map(top => point(top, top === counts.length ? 1 : chance.heldBy(top))),
  }
}
