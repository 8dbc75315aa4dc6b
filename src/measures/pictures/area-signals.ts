/** Which areas' months stand out, in words beneath the small trends: their limits would not be seen at that size. */
import type { Figure } from '../figure.ts'
import { type ControlledTrend, type Signals, trendControl } from './trend-control.ts'

export type AreaTrends = Omit<ControlledTrend, 'figure'> & {
  /** Split by area and month. */
  figure: Figure
  /** Rows of each area by its name. */
  byArea: ReadonlyMap<string, Figure['rows']>
}

export function areaSignals({ figure, byArea, ...trend }: AreaTrends): Signals {
  const areas = [...byArea].map(([label, rows]) => ({
    label,
    ...trendControl({ ...trend, figure: { ...figure, by: ['month'], rows } }),
  }))
  const runs = areas.some(area => area.limits !== null)
  const judged = areas.filter(({ limits }) => limits && limits.months.length > 0)
  const now = areas.filter(({ signals }) => signals.isNow)
  return {
    lead: runs ? leadOf(now.length, judged.length, areas.length) : (areas[0]?.signals.lead ?? ''),
    isNow: now.length > 0,
    others: now.map(({ label, signals }) => `${label}: ${signals.lead}`),
    othersTitle: 'They are:',
    more: 0,
    notes: runs
      ? [
          'Each area is judged by limits of its own, as the trend of the whole is. With many areas, one may stand out by chance.',
        ]
      : [],
  }
}

function leadOf(now: number, judged: number, areas: number): string {
  if (judged === 0) return `No area has months enough, or counts large enough, to be judged.`
  const of = judged === areas ? `${areas} areas` : `the ${judged} of ${areas} areas that can be judged`
  return `The latest months stand out in ${now === 0 ? 'none' : now} of ${of}.`
}
