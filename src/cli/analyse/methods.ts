/** Every method of `concord analyse`, in the order in which they are listed: one line a method. */
import type { AnalyseMethod } from './analyse-method.ts'
import { aoristicMethod } from './aoristic.ts'
import { controlChartMethod } from './control-chart.ts'
import { densityMethod } from './density.ts'
import { globalMoranMethod } from './global-moran.ts'
import { hotspotRankingMethod } from './hotspot-ranking.ts'
import { localGMethod } from './local-g.ts'
import { localMoranMethod } from './local-moran.ts'
import { nearRepeatMethod } from './near-repeat.ts'
import { networkMethod } from './network.ts'
import { ratesMethod } from './rates.ts'
import { seasonMethod } from './season.ts'
import { sharesMethod } from './shares.ts'
import { spikesMethod } from './spikes.ts'
import { suppressMethod } from './suppress.ts'

export const analyseMethods: readonly AnalyseMethod[] = [
  aoristicMethod,
  densityMethod,
  localGMethod,
  localMoranMethod,
  globalMoranMethod,
  hotspotRankingMethod,
  nearRepeatMethod,
  seasonMethod,
  controlChartMethod,
  spikesMethod,
  networkMethod,
  ratesMethod,
  sharesMethod,
  suppressMethod,
]
