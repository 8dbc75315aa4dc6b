/** What the page of near repeats says: about the period as a whole, never about a place, a person or what comes. */
import { addDays, calendarWords } from '../../platform/calendar.ts'
import { tenthText } from '../../reports/charts/numbers.ts'
import { type DataTable, dataTable } from '../../web/data-table.ts'
import { countOf, countWords } from '../../web/words.ts'
import { dayBands, distanceBands, type NearBand, type NearEvents } from '../methods/near-repeats.ts'

const CLEAR = 0.05

/** "p = 0.001"; the smallest that 999 permutations can give says so. */
export const pWords = (p: number): string => `p = ${p < 0.01 ? p.toFixed(3) : p.toFixed(2)}`

const pairs = (band: NearBand): string =>
  `${countOf(band.observed, 'pair')}${band.expected === null ? '' : ` against ${countWords(Math.round(band.expected))} expected`}`

/** The window set beforehand, as one sentence. */
export function nearFinding(title: string, near: NearBand): string {
  const after = `After one (${title.charAt(0).toLowerCase()}${title.slice(1)}), another within 200 metres in the next 14 days`
  if (near.ratio === null) return `${after} did not occur, and hardly would by chance`
  return near.p <= CLEAR
    ? `${after} was ${tenthText(near.ratio)} times as frequent as chance would have it (${pWords(near.p)}): ${pairs(near)}`
    : `${after} was not clearly more frequent than chance would have it (${tenthText(near.ratio)} times, ${pWords(near.p)}): ${pairs(near)}`
}

/** Bands of distance that count as near: up to 200 metres. */
const NEAR_ROWS = 3

/** How long it lasts, from the bands that are marked. The same day is told apart: it may be one incident. */
export function reachSentences(bands: readonly (readonly NearBand[])[]): string[] {
  const marked = dayBands.map((_, time) => bands.slice(0, NEAR_ROWS).some(row => row[time]!.marked))
  const last = marked.lastIndexOf(true)
  const later = dayBands[last + 1]
  const looks = `, allowing for ${bands.length * dayBands.length} bands looked at`
  return [
    last < 1
      ? `Within 200 metres no band of later days has more pairs than chance explains${looks}.`
      : later
        ? `Within 200 metres it lasts to ${dayBands[last]!.split(' ').slice(-2).join(' ')}; beyond that no band has more pairs than chance explains${looks}.`
        : `Within 200 metres even the last band, ${dayBands[last]}, has more pairs than chance explains${looks}: where the pattern of places itself changes over the period, that alone makes such pairs.`,
    ...(marked[0]
      ? [
          'On the same day there are more pairs than chance explains as well. Offences of one incident that were recorded one by one look like that, so the sentence above leaves the same day out.',
        ]
      : []),
  ]
}

export const CAUTIONS = [
  'This describes the period as a whole. It names no place and no person, and it is no forecast.',
]

export function nearTable(caption: string, bands: readonly (readonly NearBand[])[]): DataTable {
  return dataTable({
    caption,
    captionHidden: true,
    columns: [
      { key: 'apart', title: 'Apart' },
      { key: 'days', title: 'Days between' },
      { key: 'observed', title: 'Pairs', numeric: true },
      { key: 'expected', title: 'Expected by chance', numeric: true },
      { key: 'ratio', title: 'Times', numeric: true },
      { key: 'p', title: 'p', numeric: true },
      { key: 'marked', title: 'More than chance explains' },
    ],
    rows: bands.flatMap((row, space) =>
      row.map((band, time) => [
        { text: distanceBands[space]! },
        { text: dayBands[time]! },
        { text: countWords(band.observed) },
        band.expected === null ? { text: '–', withheld: true } : { text: tenthText(band.expected) },
        band.ratio === null ? { text: '–', withheld: true } : { text: band.ratio.toFixed(2) },
        { text: band.p.toFixed(3) },
        { text: band.marked ? 'yes' : 'no' },
      ]),
    ),
  })
}

/** The first day from which records are used, where older ones are left out; otherwise null. */
export const usedFrom = ({ older, day }: NearEvents): string | null =>
  older > 0 && day.length > 0 ? calendarWords(addDays('1970-01-01', day.at(-1)!)) : null

/** What part of the period the picture is of, where it is not the whole: said before anything else. */
export function partSentences(events: NearEvents): string[] {
  const from = usedFrom(events)
  const { day, older } = events
  return from === null
    ? []
    : [
        `Only the most recent ${countWords(day.length)} of ${countWords(day.length + older)} records are used: from ${from} on. Choose a shorter period or a smaller area for a picture of all of it.`,
      ]
}

/** What was left out and why, a sentence each. */
export const leftOutSentences = ({ withoutPoint, withoutDay, older, day }: NearEvents): string[] => [
  ...(withoutPoint > 0 ? [`${countOf(withoutPoint, 'record')} without a point on the map.`] : []),
  ...(withoutDay > 0 ? [`${countOf(withoutDay, 'record')} whose day is not known to within two days.`] : []),
  ...(older > 0
    ? [`${countOf(older, 'older record')}: the most recent ${countWords(day.length)} are taken.`]
    : []),
]
