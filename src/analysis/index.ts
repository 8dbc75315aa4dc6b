/**
 * The methods, as an API of their own: `import { aoristicWeek } from 'concord/analysis'`. Pure functions on typed
 * arrays, with no clock, no files and no randomness but what is passed in; they run in a browser as well. Each
 * names its source and refuses with a RangeError that shows the value.
 */
export * from './aoristic.ts'
export * from './chi-squared.ts'
export * from './decompose.ts'
export * from './season.ts'
export * from './stl.ts'
