/** Numbers as they are written on charts, and round numbers for axes and classes. */

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })
const tenth = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const upToTwo = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 })

/** "1,234". */
export const countText = (value: number): string => whole.format(value)

/** "12.3": one decimal place, always. */
export const tenthText = (value: number): string => tenth.format(value)

/** A count as a whole number, anything else with one decimal place. */
export const valueText = (value: number): string =>
  Number.isInteger(value) ? countText(value) : tenthText(value)

/** For axes: as many places as the step needs, at most two. */
export const axisText = (value: number): string => upToTwo.format(value)

/** "+6.6", "−5.5" with a real minus sign, "0.0". */
export function signedTenth(value: number): string {
  const text = tenthText(Math.abs(value))
  if (text === '0.0') return text
  return `${value > 0 ? '+' : '−'}${text}`
}

/** The smallest of 1, 2, 2.5 or 5 times a power of ten that is at least `value` (which must be above 0). */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  const leading = value / power
  // Tolerance: 0.30000000000000004 must not become 0.5.
  const step = [1, 2, 2.5, 5, 10].find(s => leading <= s * (1 + 1e-9))!
  return step * power
}

/** Ticks from zero to at least `max`, about `steps` of them, in round numbers. `whole` keeps steps to whole numbers. */
export function axisFromZero(max: number, steps: number, { wholeNumbers = true } = {}): number[] {
  if (!(max > 0)) return [0, 1]
  let step = roundUp(max / steps)
  if (wholeNumbers && !Number.isInteger(step)) step = Math.ceil(step)
  return Array.from({ length: Math.ceil(max / step - 1e-9) + 1 }, (_, i) => Number((i * step).toFixed(10)))
}
