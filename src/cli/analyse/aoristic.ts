import {
  type AoristicOptions,
  aoristicCells,
  aoristicWeek,
  HOURS_OF_DAY,
  HOURS_OF_WEEK,
  hoursOfDay,
  naiveHours,
  type Spans,
} from '../../analysis/aoristic.ts'
import { oneOf } from '../arguments.ts'
import { type AnalyseResult, analyseMethod } from './analyse-method.ts'

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

export const aoristicMethod = analyseMethod({
  name: 'aoristic',
  summary: 'When events happened that are known only to lie between two times',
  usage: '[--by week-hours|hour] [--cap week|none] [--per-event]',
  details: [
    '  --by week-hours|hour   the 168 hours of the week (the default), or the 24 of the day',
    '  --cap week|none        a span of a week or more counts alike in every hour (week, the default), or',
    '                         what lies beyond whole weeks counts where it lies (none)',
    '  --per-event            a row for each event and hour of the week in which it may lie',
    '',
    'Reads: id, from, to (as 2019-04-30 23:59, by the clock on the wall). to may be empty: the event then counts',
    'whole in the hour of from, as it does where to lies before from.',
    'Writes: dow, hour, weight, Sunday 00 first; hour, weight with --by hour; with --per-event id, cell, weight in',
    'the order of the file, cell 0 being Sunday 00. --json adds what counting by the start or the middle gives.',
  ].join('\n'),
  options: { by: { type: 'string' }, cap: { type: 'string' }, 'per-event': { type: 'boolean' } },
  prepare: values => {
    const by = oneOf('--by', values.by ?? 'week-hours', ['week-hours', 'hour'])
    const cap = oneOf('--cap', values.cap ?? 'week', ['week', 'none'])
    return {
      columns: [
        { name: 'id', kind: 'text' },
        { name: 'from', kind: 'time' },
        { name: 'to', kind: 'time', mayBeEmpty: true },
      ],
      unique: ['id'],
      run: table => {
        const spans = { from: table.numbers('from'), to: table.numbers('to') }
        if (values['per-event']) return perEvent(table.texts('id'), spans, { cap })
        const week = aoristicWeek(spans, { cap })
        const columns = by === 'hour' ? dayColumns(hoursOfDay(week)) : weekColumns(week)
        return { columns, more: { events: table.rows, naiveHours: naiveHours(spans) } }
      },
    }
  },
})

const cells = (count: number): number[] => Array.from({ length: count }, (_, cell) => cell)

const weekColumns = (weight: Float64Array) => [
  { name: 'dow', values: cells(HOURS_OF_WEEK).map(cell => DAYS[Math.floor(cell / HOURS_OF_DAY)]!) },
  { name: 'hour', values: cells(HOURS_OF_WEEK).map(cell => cell % HOURS_OF_DAY) },
  { name: 'weight', values: weight },
]

const dayColumns = (weight: Float64Array) => [
  { name: 'hour', values: cells(HOURS_OF_DAY) },
  { name: 'weight', values: weight },
]

function perEvent(ids: readonly string[], spans: Spans, options: AoristicOptions): AnalyseResult {
  const { event, cell, weight } = aoristicCells(spans, options)
  return {
    columns: [
      { name: 'id', values: Array.from(event, index => ids[index]!) },
      { name: 'cell', values: cell },
      { name: 'weight', values: weight },
    ],
  }
}
