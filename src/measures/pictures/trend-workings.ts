/** How a trend was judged, for "How this was done", and what its limits rest on in words. */
import { addMonths, calendarWords, periodWords } from '../../platform/calendar.ts'
import { isPercent } from '../../reports/charts/figure-words.ts'
import { figureAddress } from '../../web/figure-address.ts'
import { countOf } from '../../web/words.ts'
import type { ControlChart, ControlledMonth, ControlStretch } from '../methods/control-chart.ts'
import type { MethodEntry } from '../methods/register.ts'
import type { Workings } from '../methods/workings.ts'
import type { ControlledTrend } from './trend-control.ts'

/** "2019/20, the baseline year"; "the 12 months since recording changed in April 2021". */
export function baselineWords(
  stretch: ControlStretch,
  stretches: readonly ControlStretch[],
  { pack, scope }: ControlledTrend,
): string {
  const { from, to, months, isChosen } = stretch.baseline!
  const span = periodWords(from, to)
  if (isChosen) {
    return scope.limits ? `the months chosen, ${span}` : `the baseline year ${pack.baseline.label}, ${span}`
  }
  return stretches[0] === stretch
    ? `the first ${months} months shown, ${span}`
    : `the first ${months} months since recording changed in ${calendarWords(stretch.from)}, ${span}`
}

export function trendWorkings(
  { months, stretches }: ControlChart,
  trend: ControlledTrend,
  method: MethodEntry,
): Workings {
  const { figure, request, shown, pack } = trend
  const within = months.filter(m => m.month >= shown.from)
  const judged = within.filter(m => m.marks !== null)
  const count = (is: (m: ControlledMonth) => boolean) => within.filter(is).length
  const unknown = count(m => m.value === null)
  const incomplete = within.find(m => m.incomplete)
  const noLimits = count(m => m.limits === null && m.value !== null && !m.incomplete)
  const changes = stretches.slice(1).map(s => calendarWords(s.from))
  const based = stretches.filter(s => s.baseline !== null)
  const ofShares = isPercent(figure) || figure.per !== null
  return {
    method,
    parameters: [
      {
        name: 'Limits',
        value: ofShares
          ? `Average and three standard deviations either side, by Laney’s ${isPercent(figure) ? 'p′' : 'u′'} chart, but no closer than chance alone would put them.`
          : 'XmR chart: average and 2.66 average moving ranges either side (ranges above 3.27 times their average left out once), but no closer than chance alone: three times the square root of the average.',
      },
      ...(based.some(s => s.widened)
        ? [
            {
              name: 'Widened',
              value:
                'The months that limits rest on lie closer together than chance would put them, so chance sets the limits.',
            },
          ]
        : []),
      {
        name: 'Signals',
        value:
          'Making Data Count: a month outside the limits; seven in a row on one side of the average; seven in a row each higher, or each lower, than the one before; two of three close to the same limit.',
      },
      {
        name: 'Rests on',
        value:
          based.length > 0
            ? `${upperStart(based.map(s => baselineWords(s, stretches, trend)).join('; '))}. Other months can be chosen among the filters, or in the address: limits=${shown.from}..${addMonths(shown.from, 11)}.`
            : 'No months: there are too few, or too few are counted in each.',
      },
      {
        name: 'Begins anew',
        value:
          changes.length > 0
            ? `With each change in recording: ${changes.join(', ')}. Limits are not joined across a change.`
            : 'No change in recording lies in these months.',
      },
      {
        name: 'Season',
        value: 'Not taken out: a month that is high every year can stand out here too.',
      },
      {
        name: 'Pandemic',
        value: `No limits rest on ${periodWords(pack.pandemic.from, pack.pandemic.to)}.`,
      },
    ],
    used: `${countOf(judged.length, 'month is', 'months are')} judged, of ${within.length} shown.`,
    leftOut: [
      ...(unknown > 0
        ? [`${countOf(unknown, 'month was', 'months were')} not sent or cannot be shown.`]
        : []),
      ...(incomplete ? [`${calendarWords(incomplete.month)} is not complete.`] : []),
      ...(noLimits > 0
        ? [`${countOf(noLimits, 'month has', 'months have')} no limits to be judged by.`]
        : []),
    ],
    figures: [{ text: `${figure.title} by month`, href: figureAddress(request) }],
    evidenceVersion: figure.lineage.evidenceVersion,
    sql: null,
  }
}

const upperStart = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
