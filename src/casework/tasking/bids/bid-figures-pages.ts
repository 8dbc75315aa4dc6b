/** What the catalogue counts before and after a deployment; every count opens to its figure. */

import type { DisclosureLevel, FigureRequest } from '../../../measures/figure.ts'
import { placeMeasureIds } from '../../../measures/pictures/place-inputs.ts'
import {
  addMonths,
  type Day,
  type Month,
  monthNumber,
  monthOf,
  periodWords,
} from '../../../platform/calendar.ts'
import { InputFault, UsageFault } from '../../../platform/errors.ts'
import type { PageContext } from '../../../web/context.ts'
import { figureAddress } from '../../../web/figure-address.ts'
import type { BidLine } from './bid-store.ts'

interface Count {
  title: string
  period: string
  /** Null where it is withheld, or nothing is held of those months. */
  count: number | null
  withheld: boolean
  href: string
}

export interface BeforeAndAfter {
  before: Count
  after: Count
}

const FEWEST_MONTHS = 3

/**
 * Whole months of equal number, at least three: before the month in which it begins, and after the month in which it ends.
 * Null where the bid names no measure that may be shown by place (R7).
 */
export async function beforeAndAfter(
  { figures }: Pick<PageContext, 'figures'>,
  bid: Pick<BidLine, 'measure' | 'area' | 'startsOn' | 'endsOn' | 'grantedFrom' | 'grantedTo' | 'deployedOn'>,
  disclosure: DisclosureLevel,
): Promise<BeforeAndAfter | null> {
  const { measure, area } = bid
  if (!measure || !area || !(placeMeasureIds as readonly string[]).includes(measure)) return null
  const { before, after } = monthsAround(
    bid.deployedOn ?? bid.grantedFrom ?? bid.startsOn,
    bid.grantedTo ?? bid.endsOn,
  )
  const count = async ([from, to]: [Month, Month]): Promise<Count> => {
    const request: FigureRequest = { measure, from, to, where: { 'local-authority': [area] } }
    const figure = await figures.get(request, disclosure).catch(error => {
      // Nothing is held of those months, or of that place.
      if (error instanceof InputFault || error instanceof UsageFault) return null
      throw error
    })
    const total = figure?.total
    return {
      title: figure?.title ?? measure,
      period: periodWords(from, to),
      count: total && !total.missing ? total.count : null,
      withheld: total?.suppressed ?? false,
      href: figureAddress(request),
    }
  }
  const [first, second] = await Promise.all([count(before), count(after)])
  return { before: first, after: second }
}

export function monthsAround(from: Day, to: Day): { before: [Month, Month]; after: [Month, Month] } {
  const [first, last] = [monthOf(from), monthOf(to)]
  const months = Math.max(FEWEST_MONTHS, monthNumber(last) - monthNumber(first) + 1)
  return {
    before: [addMonths(first, -months), addMonths(first, -1)],
    after: [addMonths(last, 1), addMonths(last, months)],
  }
}
