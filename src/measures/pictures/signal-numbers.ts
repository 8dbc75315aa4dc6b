/** Values, averages and limits as sentences write them: counts whole, shares never without what they are of. */
import { countWords, numberWords } from '../../web/words.ts'
import type { ControlledMonth } from '../methods/control-chart.ts'

export interface SignalNumbers {
  /** "414"; "13.4% (94 of 700)". */
  value(month: ControlledMonth): string
  average(value: number): string
  /** Limits are rounded towards the average, so that no sentence says "299 is above the limit of 299". */
  upper(value: number): string
  lower(value: number): string
}

/** A tenth of an offence says nothing where there are dozens. */
const whole = (value: number, round: (n: number) => number): string =>
  numberWords(value >= 20 ? round(value) : round(value * 10) / 10)

export const countNumbers: SignalNumbers = {
  value: month => numberWords(month.value!),
  average: value => whole(value, Math.round),
  upper: value => whole(value, Math.floor),
  lower: value => whole(value, Math.ceil),
}

const percent = (value: number, round: (n: number) => number): string =>
  `${numberWords(round(value * 10) / 10)}%`

export const shareNumbers: SignalNumbers = {
  value: ({ value, count, denominator }) =>
    `${percent(value!, Math.round)} (${countWords(count!)} of ${countWords(denominator!)})`,
  average: value => percent(value, Math.round),
  upper: value => percent(value, Math.floor),
  lower: value => percent(value, Math.ceil),
}
