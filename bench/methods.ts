/** The methods of `src/analysis`, each against a named peer in the same run: one line a method. */
import { benchAoristic } from './aoristic.ts'
import { benchDensity } from './density.ts'
import { benchMatching } from './matching.ts'
import type { Result } from './medians.ts'
import { benchNetworks } from './network.ts'
import { benchSuppression } from './protection.ts'
import { benchLocalG, benchNearRepeats } from './spatial.ts'
import { benchSurveillance } from './surveillance.ts'

export const methodBenches: readonly ((rounds: number) => Promise<Result[]>)[] = [
  benchAoristic,
  benchDensity,
  benchLocalG,
  benchNearRepeats,
  benchSurveillance,
  benchSuppression,
  benchNetworks,
  benchMatching,
]
