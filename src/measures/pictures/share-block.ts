/**
 * People of one role by one characteristic, beside residents: bars of shares with intervals, a diamond for the
 * share of residents, and a table with every count and denominator. One role to a chart: victims and suspects
 * are never series of the same one.
 */

import type { Bar } from '../../reports/charts/bars.ts'
import { escapeXml } from '../../reports/charts/frame.ts'
import { type DataTable, dataTable, type TableCell } from '../../web/data-table.ts'
import { ageWords, countWords, numberWords, periodWords } from '../../web/words.ts'
import { unknownCodes } from '../dimensions.ts'
import type { DimensionId, Figure, FigureRequest } from '../figure.ts'
import { type ChartBlock, chartBlock } from './chart-block.ts'
import { lowerFirst, shareWords } from './finding.ts'
import { type Share, sharesOf } from './shares.ts'

export interface ShareOptions {
  id: string
  dimension: DimensionId
  title: string
  /** "victims", "suspects", "people searched": the bars of the key. */
  people: string
  notes?: string[]
}

export function shareBlock(figure: Figure, request: FigureRequest, options: ShareOptions): ChartBlock {
  const { id, dimension, title, people } = options
  const shares = sharesOf(figure, dimension, unknownCodes[dimension])
  const known = shares.filter(s => s.code !== null)
  const drawn = known.filter(s => s.count !== 0 || s.residentPercent !== null)
  const none = known.filter(s => !drawn.includes(s)).map(s => s.label)
  const withResidents = known.some(s => s.residentPercent !== null)
  const year = figure.warnings.find(w => w.kind === 'denominator-year')?.sentence
  const block = chartBlock(
    {
      kind: 'bars',
      id,
      title,
      subtitle: `Share of ${people} whose ${wordOf[dimension] ?? 'group'} is known, ${periodWords(figure.period.from, figure.period.to)}`,
      description: 'Counts, denominators and intervals are in the table.',
      notes: [
        ...unknownNotes(shares, wordOf[dimension] ?? 'group'),
        ...(none.length > 0 ? [`None counted: ${none.map(lowerFirst).join(', ')}.`] : []),
        ...(withResidents && year ? [year] : []),
        ...(options.notes ?? []),
      ],
      bars: drawn.map(barOf),
      unit: 'Per cent',
      barLabel: people,
      comparedLabel: withResidents ? 'residents' : null,
    },
    shareTable(figure, shares, options),
    request,
  )
  return drawn.some(s => s.percent !== null) ? block : { ...block, svg: tooFew(known, shares) }
}

/** In place of a chart: counts too few for percentages, in words (R27), and how many are not known. */
function tooFew(known: Share[], shares: Share[]): string {
  const counts = known
    .filter(s => s.count !== 0)
    .map(s => `${s.label} ${s.count === null ? 'withheld' : countWords(s.count)}`)
  const unknown = shares
    .filter(s => s.code === null && s.count)
    .map(s => `${s.label} ${countWords(s.count!)}`)
  const words =
    counts.length > 0
      ? `Too few for percentages, or withheld: ${counts.join(', ')}.`
      : 'It was not written down for anybody.'
  return `<p class="govuk-body">${escapeXml([words, ...(unknown.length > 0 ? [`Not recorded: ${unknown.join(', ')}.`] : [])].join(' '))}</p>`
}

const wordOf: Partial<Record<DimensionId, string>> = {
  'age-band': 'age',
  gender: 'gender',
  'ethnic-group': 'ethnic group',
  'ethnicity-officer': 'appearance',
  occupation: 'occupation',
  'age-group': 'age',
  disability: 'disability',
  care: 'time in care',
}

const barOf = (share: Share): Bar => ({
  label: ageWords(share.label),
  value: share.percent,
  low: share.low,
  high: share.high,
  text: shareText(share),
  compared: share.residentPercent,
})

function shareText({ count, base, percent, row }: Share): string {
  if (count === null) return row.missing ? 'not sent' : 'withheld'
  return percent === null || base === null
    ? `${countWords(count)}, too few for a percentage`
    : shareWords(Math.min(count, base), base)
}

/** Left blank, and written down as "not known", are two lines: they must not read as two shares of the same. */
function unknownNotes(shares: Share[], word: string): string[] {
  const unknown = shares.filter(s => s.code === null && s.count !== null && s.base !== null && s.count > 0)
  const blank = `${capital(word)} ${unknown.length > 1 ? 'left blank' : 'not known'}`
  return unknown.map(
    s =>
      `${s.label === 'Unknown' ? blank : `Recorded as “${lowerFirst(s.label)}”`}: ${shareWords(s.count!, s.base!)}.`,
  )
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const NONE: TableCell = { text: '–', withheld: true }

function shareTable(figure: Figure, shares: Share[], options: ShareOptions): DataTable {
  const residents = shares.some(s => s.residents !== null)
  return dataTable({
    caption: `${options.title}, ${periodWords(figure.period.from, figure.period.to)}`,
    captionHidden: true,
    columns: [
      { key: 'group', title: capital(wordOf[options.dimension] ?? 'group') },
      { key: 'count', title: capital(options.people), numeric: true },
      { key: 'share', title: 'Share (95% interval)', numeric: true },
      ...(residents
        ? [
            { key: 'residents', title: 'Residents', numeric: true },
            { key: 'rate', title: `Per ${countWords(figure.per ?? 1000)} residents`, numeric: true },
          ]
        : []),
    ],
    rows: shares.map(s => [
      { text: s.code === null ? `${s.label} (of all)` : ageWords(s.label) },
      s.count === null
        ? { text: s.row.missing ? 'not sent' : 'withheld', withheld: true }
        : { text: countWords(s.count) },
      shareCell(s),
      ...(residents
        ? [
            residentsCell(s),
            s.residents === null || s.row.value === null
              ? NONE
              : { text: numberWords(Math.round(s.row.value * 10) / 10) },
          ]
        : []),
    ]),
  })
}

const oneDecimal = (n: number): string => n.toFixed(1)

/** "50.0% (1,459,869)". */
const residentsCell = ({ residents, residentPercent }: Share): TableCell =>
  residents === null
    ? NONE
    : {
        text:
          residentPercent === null
            ? countWords(residents)
            : `${oneDecimal(residentPercent)}% (${countWords(residents)})`,
      }

const shareCell = (s: Share): TableCell =>
  s.percent === null || s.low === null || s.high === null
    ? NONE
    : {
        text: `${oneDecimal(s.percent)}% (${oneDecimal(s.low)} to ${oneDecimal(s.high)})`,
      }
