/**
 * What the page of hotspots shows. Beside whole months it takes days, because a meeting on Monday asks about the last
 * four weeks; and it takes the settings of its methods. All of it lives in the address.
 */
import { type Static, Type } from 'typebox'
import type { AreaPack } from '../../areas/area-pack.ts'
import { addDays, calendarWords, isDay, isMonth, monthOf, periodWords } from '../../platform/calendar.ts'
import { withQuery } from '../../web/addresses.ts'
import { LEAST_RADIUS, MOST_RADIUS } from '../methods/density-surface.ts'
import { canSay } from '../methods/records-behind.ts'
import type { Neighbours } from '../methods/significant-cells.ts'
import type { HeldMonths } from './held.ts'
import { readScope, type Scope, scopeQuery } from './scope.ts'

const text = Type.Optional(Type.String({ maxLength: 60 }))

export const hotspotsQuery = {
  ...scopeQuery,
  measure: text,
  bandwidth: text,
  cell: text,
  neighbours: text,
}
export type HotspotsQuery = Static<ReturnType<typeof Type.Object<typeof hotspotsQuery>>>

/** Sides of the tested cells that may be chosen, in metres. */
export const cellSides = [250, 400, 500] as const
export const radii = [LEAST_RADIUS, 300, 400, 500, 750, MOST_RADIUS] as const

export interface HotspotsScope extends Scope {
  /** Radius of the kernel in metres; null leaves it to Diggle's rule. */
  bandwidth: number | null
  cell: number
  neighbours: Neighbours
}

/**
 * Reads the query as `readScope` does, and two ends that are days as well. `lastDay` is the last day of which any record
 * is held; null where the measure is published by the month.
 */
export function readHotspotsScope(
  query: HotspotsQuery,
  held: HeldMonths,
  pack: AreaPack,
  lastDay: string | null,
): HotspotsScope {
  const days = daysOf(query, lastDay)
  const scope =
    days === null
      ? readScope(query, held, pack)
      : days.problem === null
        ? {
            ...readScope({ ...query, from: monthOf(days.from), to: monthOf(days.to) }, held, pack),
            from: days.from,
            to: days.to,
          }
        : readScope({ ...query, from: undefined, to: undefined }, held, pack)
  const problems = [
    ...(days?.problem ? [`${days.problem} The latest year is shown instead.`] : []),
    ...scope.problems,
  ]
  return { ...scope, problems, ...settingsOf(query, problems) }
}

type Days = { from: string; to: string; problem: null } | { problem: string }

/** The days asked for, or why they cannot be used; null where no two days are asked for. */
function daysOf({ from, to }: HotspotsQuery, lastDay: string | null): Days | null {
  if (!from || !to || !(isDay(from) || isDay(to))) return null
  if (isMonth(from) || isMonth(to)) {
    return { problem: `Give both ends as months or both as days, not "${from}" with "${to}".` }
  }
  if (!isDay(from) || !isDay(to)) return null
  if (to < from) return { problem: `The period asked for ends (${to}) before it begins (${from}).` }
  if (lastDay === null) {
    return {
      problem: `This is published by the month, so it cannot be shown for ${periodWords(from, to)}.`,
    }
  }
  return { from, to, problem: null }
}

function settingsOf(
  query: HotspotsQuery,
  problems: string[],
): Pick<HotspotsScope, 'bandwidth' | 'cell' | 'neighbours'> {
  const bandwidth = query.bandwidth ? Number(query.bandwidth) : null
  const fits = bandwidth === null || (bandwidth >= LEAST_RADIUS && bandwidth <= MOST_RADIUS)
  if (!fits) {
    problems.push(
      `A bandwidth of "${query.bandwidth}" cannot be used: it is from ${LEAST_RADIUS} to ${MOST_RADIUS} metres. Diggle’s rule is used instead.`,
    )
  }
  const cell = cellSides.find(side => String(side) === query.cell) ?? null
  if (query.cell && cell === null) {
    problems.push(
      `Cells are ${cellSides.join(', ')} metres wide, not "${query.cell}". ${cellSides[0]} metres are used instead.`,
    )
  }
  if (query.neighbours && query.neighbours !== 'rook' && query.neighbours !== 'queen') {
    problems.push(
      `Neighbours are "rook" (by a side) or "queen" (by a corner too), not "${query.neighbours}". Sides are used instead.`,
    )
  }
  return {
    bandwidth: fits ? bandwidth : null,
    cell: cell ?? cellSides[0],
    neighbours: query.neighbours === 'queen' ? 'queen' : 'rook',
  }
}

/** The hotspots of what another page shows; null for measures whose records have no point. */
export const hotspotsAddress = (measure: string, { from, to, npu, compare }: Scope): string | null =>
  canSay({ measure }, 'longitude')
    ? withQuery('/places/hotspots', { measure, from, to, npu, compare: compare ?? 'none' })
    : null

const FOUR_WEEKS = 28

/** Periods in one click. */
export function usualPeriods(
  held: HeldMonths,
  lastDay: string | null,
): { text: string; changes: Record<string, string | null> }[] {
  const latest = { text: 'The latest twelve months', changes: { from: null, to: null, compare: null } }
  if (lastDay === null) {
    return [
      {
        text: `The latest month, ${calendarWords(held.last)}`,
        changes: { from: held.last, to: held.last, compare: 'previous' },
      },
      latest,
    ]
  }
  const from = addDays(lastDay, 1 - FOUR_WEEKS)
  return [
    {
      text: `The last four weeks, ${periodWords(from, lastDay)}`,
      changes: { from, to: lastDay, compare: 'previous' },
    },
    latest,
  ]
}
