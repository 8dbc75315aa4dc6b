/** Unusual rises: of all measures in all areas, those that stand out this week, with false alarms kept to a stated share. */
import { Type } from 'typebox'
import { calendarWords, londonDay } from '../../platform/calendar.ts'
import { chartForPage } from '../../reports/charts/draw-chart.ts'
import { withQuery } from '../../web/addresses.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { dataTable } from '../../web/data-table.ts'
import { figureAddress } from '../../web/figure-address.ts'
import { countOf, countWords } from '../../web/words.ts'
import { FOR_RECORDS_ONLY } from '../methods/records-behind.ts'
import { methodState } from '../methods/register.ts'
import type { Workings } from '../methods/workings.ts'
import type { ChartBlock } from './chart-block.ts'
import { nothingHeld } from './nothing-held.ts'
import { beforeTable, risesTable, testedTable, weekLink } from './rises-tables.ts'
import {
  cautions,
  expectedWords,
  HISTORY,
  historyCautions,
  historyWords,
  NOT_TESTED,
  OVERLAP,
  riseTitle,
  weekTitle,
} from './rises-words.ts'
import {
  FALSE_SHARE,
  heldWeeks,
  type Rise,
  type RisesOfWeek,
  SINGLE_LIMIT,
  unusualRises,
} from './unusual-rises.ts'
import { isoWeek, mondayOf, parseIsoWeek, sundayOf, type Week, weekWords } from './unusual-rises-weeks.ts'

const WORDS = {
  title: 'Unusual rises',
  lead: 'Harm of which more was recorded in one week than the history of the same measure in the same place lets one expect.',
}
const METHOD = 'unusual-rises'
/** Rises that are drawn as well as listed. */
const MOST_DRAWN = 6
const WEEKS_LISTED_BEFORE = 4

export function risesPages(app: WebServer, context: PageContext): void {
  const { pack, store, methods, clock } = context
  const figures = { evidence: store.evidence, pack }
  app.get(
    '/rises',
    {
      schema: { querystring: Type.Object({ week: Type.Optional(Type.String({ maxLength: 20 })) }) },
      config: { may: 'see-figures', records: 'nothing', cached: true },
    },
    async (request, reply) => {
      const { disclosure } = request.viewer
      const state = methodState(pack, METHOD, londonDay(clock()))
      const refusal = disclosure !== 'record' ? FOR_RECORDS_ONLY : state.runs ? null : state.because
      if (refusal) return reply.page('measures/pictures/views/rises.njk', { ...WORDS, refusal })

      const held = await heldWeeks(figures)
      if (!held) {
        const lead = `${WORDS.lead} Crime as published is of months, so it cannot be watched by the week.`
        return nothingHeld(reply, { ...WORDS, lead }, 'knife-crime')
      }
      const { week, problem } = readWeek(request.query.week, held)
      const find = (w: Week) => unusualRises(figures, methods, w, disclosure)
      const rises = await find(week)
      const before = await Promise.all(
        Array.from({ length: Math.min(WEEKS_LISTED_BEFORE, week - held.first) }, (_, i) =>
          find(week - 1 - i),
        ),
      )
      return reply.page('measures/pictures/views/rises.njk', {
        ...WORDS,
        words: weekWords(week),
        heading: weekTitle(week),
        errors: problem !== null,
        problem,
        week: isoWeek(week),
        earlier: week > held.first ? weekLink(request.url, week - 1) : null,
        later: week < held.last ? weekLink(request.url, week + 1) : null,
        latest: week === held.last ? null : withQuery(request.url, { week: null }),
        rises,
        beyondByChance: countWords(Math.round(rises.tested * SINGLE_LIMIT)),
        list: rises.rises.length > 0 ? risesTable(rises) : null,
        charts: rises.rises.slice(0, MOST_DRAWN).map(riseChart),
        mostDrawn: rises.rises.length > MOST_DRAWN ? MOST_DRAWN : null,
        historyCautions: historyCautions(rises, pack),
        overlap: OVERLAP,
        notTested: NOT_TESTED,
        testedTable: testedTable(rises),
        before: beforeTable(before, request.url),
        workings: workingsOf(rises, state.entry),
      })
    },
  )
}

/** The week asked for where it is held whole; otherwise the last one, and why. */
export function readWeek(
  asked: string | undefined,
  held: { first: Week; last: Week },
): { week: Week; problem: string | null } {
  if (!asked?.trim()) return { week: held.last, problem: null }
  const instead = `The last whole week held is shown instead, ${weekTitle(held.last)}.`
  const week = parseIsoWeek(asked)
  if (week === null) {
    return { week: held.last, problem: `"${asked}" is not a week such as ${isoWeek(held.last)}. ${instead}` }
  }
  if (week > held.last || week < held.first) {
    const end = week > held.last ? 'later' : 'earlier'
    return {
      week: held.last,
      problem: `${weekTitle(week)} is not held whole: it is ${end} than the weeks of which every day was sent. ${instead}`,
    }
  }
  return { week, problem: null }
}

function riseChart(rise: Rise, i: number): ChartBlock {
  const { measure, series, recent, request } = rise
  const title = riseTitle(rise)
  const last = recent.at(-1)!
  const highest = recent.reduce((a, b) => ((b.count ?? -1) > (a.count ?? -1) ? b : a))
  const subtitle = `${measure.title}, ${series.name}, ${measure.unit} a week, the ${countOf(recent.length, 'week')} to ${calendarWords(sundayOf(last.week))}`
  return {
    id: `rise-${i + 1}`,
    title,
    subtitle,
    svg: chartForPage({
      kind: 'week-bars',
      id: `rise-${i + 1}`,
      title,
      subtitle,
      description: `Highest ${countWords(highest.count ?? 0)} in the week of ${weekWords(highest.week)}; ${countWords(rise.observed)} in the last week, expected ${expectedWords(rise.expected)}.`,
      notes: cautions(rise),
      weeks: recent.map(({ week, count }) => ({ monday: mondayOf(week), value: count })),
      expected: rise.expected,
      risesFrom: rise.listedFrom,
    }),
    table: dataTable({
      caption: subtitle,
      columns: [
        { key: 'week', title: 'Week' },
        { key: 'count', title: 'Recorded', numeric: true },
      ],
      rows: recent
        .toReversed()
        .map(({ week, count }) => [
          { text: weekWords(week) },
          count === null ? { text: 'not held', withheld: true } : { text: countWords(count) },
        ]),
    }),
    counted: figureAddress(request),
    downloads: [
      { text: 'Excel', href: figureAddress(request, 'xlsx') },
      { text: 'CSV', href: figureAddress(request, 'csv') },
    ],
  }
}

function workingsOf(found: RisesOfWeek, method: Workings['method']): Workings {
  const { measures, rises, tested, evidenceVersion } = found
  const all = measures.reduce((sum, m) => sum + m.series, 0)
  const shown = measures.find(m => m.measure === rises[0]?.measure) ?? measures[0]
  return {
    method,
    parameters: [
      ...(tested > 0
        ? [
            {
              name: 'Compared with',
              value: `${sentence(historyWords(measures))} before the week. ${HISTORY}`,
            },
          ]
        : []),
      {
        name: 'False alarms',
        value: `Benjamini and Hochberg’s procedure over ${countOf(tested, 'series', 'series')}, so that about ${FALSE_SHARE * 100} in 100 of the rises listed are chance`,
      },
      {
        name: 'Listed from',
        value:
          'the least count that this week’s cut would have listed, from a negative binomial about what was expected',
      },
      ...(shown
        ? [{ name: 'Query shown', value: `${shown.measure.title}; the others differ in what they count` }]
        : []),
    ],
    used: `${countWords(tested)} of ${countOf(all, 'series', 'series')}: ${countOf(measures.length, 'measure')} in the whole area, its policing areas, local authorities and wards.`,
    leftOut: [
      NOT_TESTED,
      'Stops, searches, possession and weapons recovered are left out, because they rise with police activity; homicide and domestic abuse, because they could identify people.',
    ],
    figures: rises.slice(0, MOST_DRAWN).map(rise => ({
      text: `${rise.measure.title}, ${rise.series.name}`,
      href: figureAddress(rise.request),
    })),
    evidenceVersion,
    sql: shown?.sql ?? null,
  }
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
