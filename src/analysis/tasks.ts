/**
 * Kernels that may run on another thread, by name. What goes in and comes out is plain: numbers, text, typed
 * arrays and objects of these, so that it can be handed from thread to thread. Randomness travels as a seed.
 */
import { type DiggleBandwidth, diggleBandwidth, type Window } from './bandwidth.ts'
import type { DensityGrid, WeightedPoints } from './density-grid.ts'
import { gaussianDensity } from './gaussian-density.ts'
import { type LatestRises, latestRises, type WeeklyCounts } from './latest-rises.ts'
import { linkOneList, type OneListPairs, type OneListTask } from './linkage/one-list.ts'
import { type NearRepeatOptions, type NearRepeats, nearRepeatSteps } from './near-repeat.ts'
import { type BlockSources, blockBetweenness } from './network/block-betweenness.ts'
import { type CommunitySearch, communities, type Partition } from './network/communities.ts'
import type { Network } from './network/network.ts'
import { type PathPositions, pathPositions } from './network/shortest-paths.ts'
import { quarticDensity } from './quartic-density.ts'
import { seededRandom } from './seeded-random.ts'
import type { Watch } from './watch.ts'

export interface DensityTask {
  points: WeightedPoints
  grid: DensityGrid
  kernel: 'gaussian' | 'quartic'
  /** Standard deviation of the Gaussian, radius of the quartic; in the unit of the coordinates. */
  bandwidth: number
}

export interface NearRepeatTask extends Omit<NearRepeatOptions, 'random'> {
  x: Float64Array
  y: Float64Array
  day: Float64Array
  seed: number
}

export interface CommunitiesTask {
  network: Network
  search: CommunitySearch
  tries: number
  seed: number
}

export interface PathPositionsTask {
  network: Network
  weighted: boolean
}

export const tasks = {
  'block-betweenness': (sources: BlockSources, watch: Watch): Float64Array =>
    blockBetweenness(sources, source => watch.step(source - sources.first, sources.stop - sources.first)),

  communities: ({ network, search, tries, seed }: CommunitiesTask, watch: Watch): Partition =>
    communities(network, seededRandom(seed), tries, search, watch),

  density: ({ points, grid, kernel, bandwidth }: DensityTask): Float64Array =>
    (kernel === 'gaussian' ? gaussianDensity : quarticDensity)(points, grid, bandwidth),

  'diggle-bandwidth': ({ points, window }: { points: WeightedPoints; window: Window }): DiggleBandwidth =>
    diggleBandwidth(points, window),

  'latest-rises': (series: WeeklyCounts, watch: Watch): LatestRises => latestRises(series, watch),

  'link-one-list': ({ seed, ...task }: OneListTask & { seed: number }): OneListPairs =>
    linkOneList(task, seededRandom(seed)),

  'near-repeat': ({ x, y, day, seed, ...options }: NearRepeatTask, watch: Watch): NearRepeats => {
    const steps = nearRepeatSteps(x, y, day, { ...options, random: seededRandom(seed) })
    for (;;) {
      const step = steps.next()
      if (step.done) return step.value
      watch.step(step.value, options.permutations)
    }
  },

  'path-positions': ({ network, weighted }: PathPositionsTask, watch: Watch): PathPositions =>
    pathPositions(network, weighted, watch),
} satisfies Record<string, (input: never, watch: Watch) => unknown>

export type Tasks = typeof tasks
export type TaskName = keyof Tasks
export type TaskInput<Name extends TaskName> = Parameters<Tasks[Name]>[0]
export type TaskOutput<Name extends TaskName> = ReturnType<Tasks[Name]>
