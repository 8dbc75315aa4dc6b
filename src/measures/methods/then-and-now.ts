/**
 * The places that led in an earlier period, and what they hold now: by PAI, PEI and RRI (`hotspot-ranking.ts`), each
 * place counted as one.
 *
 * The trap: leaders are chosen for a high count, and part of a high count is luck, so they fall back by themselves. A fall
 * of the leaders alone shows nothing about what was done there; the places that lead now are set beside them.
 */
import { rankHotspots } from '../../analysis/hotspot-ranking.ts'
import { FEWEST_PLACES, leadingShares, placesOf } from './concentration.ts'

export interface FormerLeaders {
  /** Share of places, 0 to 1, and how many that is. */
  share: number
  places: number
  /** What they held before, and hold now. */
  before: number
  now: number
  /** What the same number of places that lead now hold. */
  leadersNow: number
  /** How many times as much as the same number of places taken blindly. */
  pai: number
  /** `now` over `leadersNow`. */
  pei: number
  /** `before` over `now`; null where they hold nothing now. */
  rri: number | null
}

export interface ThenAndNow {
  places: number
  thenAll: number
  nowAll: number
  /** Without shares that hold more places than had any: those behind did not lead. */
  leaders: FormerLeaders[]
}

/** One entry a place in both arrays. Null on fewer than 20 places, with nothing counted in either, or with too few places that had any. */
export function thenAndNow(then: Float64Array, now: Float64Array): ThenAndNow | null {
  if (now.length < FEWEST_PLACES) return null
  const ranking = rankHotspots(now, then, new Float64Array(now.length).fill(1))
  const hadAny = then.reduce((n, count) => n + (count > 0 ? 1 : 0), 0)
  const thenAll = ranking.cumulativePredicted.at(-1)!
  const nowAll = ranking.cumulativeObserved.at(-1)!
  if (thenAll === 0 || nowAll === 0 || hadAny < placesOf(leadingShares[0], now.length)) return null
  const fullest = now.slice().sort().reverse()
  return {
    places: now.length,
    thenAll,
    nowAll,
    leaders: leadingShares.flatMap(share => {
      const places = placesOf(share, now.length)
      if (places > hadAny) return []
      const last = places - 1
      const rri = ranking.rri[last]!
      return {
        share,
        places,
        before: ranking.cumulativePredicted[last]!,
        now: ranking.cumulativeObserved[last]!,
        leadersNow: fullest.subarray(0, places).reduce((sum, count) => sum + count, 0),
        pai: ranking.pai[last]!,
        pei: ranking.pei[last]!,
        rri: Number.isNaN(rri) ? null : rri,
      }
    }),
  }
}
