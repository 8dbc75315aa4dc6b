/**
 * The methods, as an API of their own: `import { aoristicWeek } from 'concord/analysis'`. Pure functions on typed
 * arrays, with no clock, no files and no randomness but what is passed in; they run in a browser as well. Each
 * names its source and refuses with a RangeError that shows the value.
 */
export * from './aoristic.ts'
export * from './chi-squared.ts'
export * from './close-pairs.ts'
export * from './decompose.ts'
export * from './general-g.ts'
export * from './global-moran.ts'
export * from './hotspot-ranking.ts'
export * from './lattice.ts'
export * from './lattice-window.ts'
export * from './local-g.ts'
export * from './local-moran.ts'
export * from './near-repeat.ts'
export * from './normal-tail.ts'
export * from './p-value-adjustment.ts'
export * from './point-neighbours.ts'
export * from './season.ts'
export * from './spatial-weights.ts'
export * from './stl.ts'
