/**
 * What a rounded number can stand for, and how numbers are said. A number written with d decimals stands for everything
 * that rounds to it, halves either way; a number said to be near stands for a tenth more or less.
 */
import type { PaperNumber } from './numbers.ts'

export type Range = readonly [least: number, most: number]

const NEAR_SHARE = 0.1

/** Counts in full stand for themselves; only scaled and decimal ones were rounded. */
export function rangeOf({ kind, value, step, near }: PaperNumber): Range {
  if (near) return [value * (1 - NEAR_SHARE), value * (1 + NEAR_SHARE)]
  if (kind !== 'percent' && step === 1) return [value, value]
  return [value - step / 2, value + step / 2]
}

/** Whether the number as stated can stand for something between the two. */
export function canStandFor(stated: PaperNumber, [least, most]: Range): boolean {
  const half = stated.near ? Math.abs(stated.value) * NEAR_SHARE : stated.step / 2
  const slack = 1e-9 * Math.max(1, Math.abs(stated.value))
  return least <= stated.value + half + slack && most >= stated.value - half - slack
}

export const quotient = ([a, b]: Range, [c, d]: Range): Range => [a / d, b / c]

const decimalsOf = (step: number) => Math.max(0, Math.min(4, Math.round(-Math.log10(step))))

/** With one more digit than was stated, so that the difference shows. */
export const percentWords = (value: number, step = 1): string =>
  `${value.toLocaleString('en-GB', { maximumFractionDigits: decimalsOf(step) + 1, minimumFractionDigits: decimalsOf(step) > 0 || !Number.isInteger(value) ? 1 : 0 })}%`

export const countWords = (value: number): string =>
  value.toLocaleString('en-GB', { maximumFractionDigits: 2 })

/** A whole number that gives the percentage of `whole`; null where none does. */
export function partThatGives(percent: PaperNumber, whole: number): number | null {
  const nearest = Math.round((percent.value * whole) / 100)
  for (const part of [nearest, nearest - 1, nearest + 1]) {
    if (part < 0 || part > whole) continue
    const share = (100 * part) / whole
    if (canStandFor(percent, [share, share])) return part
  }
  return null
}

/** The smallest whole of which whole numbers give the percentage. */
export function leastWhole(percent: PaperNumber): number | null {
  for (let whole = 1; whole <= 1000; whole++) if (partThatGives(percent, whole) !== null) return whole
  return null
}
