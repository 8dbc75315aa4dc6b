/** What a reader has to know before using a figure, in sentences. Written after disclosure control, from what it released. */
import type { AreaPack } from '../areas/area-pack.ts'
import { labelOf } from '../evidence/codes/code-list.ts'
import { forces as forceNames } from '../evidence/codes/forces.ts'
import { calendarWords, type Month, monthNumber, periodWords } from '../platform/calendar.ts'
import type { Coverage, IncompleteMonth } from './coverage.ts'
import { dimensionTitle } from './dimensions.ts'
import type { DimensionId, Figure, FigureRow, FigureWarning, WarningKind } from './figure.ts'
import type { Measure } from './measure.ts'
import { reachesBefore, type SideMonths } from './periods.ts'
import type { Residents } from './population.ts'
import type { Victims } from './victims.ts'

/** Ends the warning of every recording change. */
const DIFFER = 'Counts before and after differ for that reason too.'

/** The warnings of a page: what holds of every recording change is said after the last of them only. */
export function saidOnce(warnings: readonly FigureWarning[]): FigureWarning[] {
  const last = warnings.findLast(w => w.kind === 'recording-change')
  return warnings.map(w =>
    w.kind === 'recording-change' && w !== last
      ? { ...w, sentence: w.sentence.replace(` ${DIFFER}`, '') }
      : w,
  )
}

/** What was found out on the way to the figure. */
export interface Facts {
  measure: Measure
  sides: { period: SideMonths; comparator: SideMonths | null }
  coverage: Coverage
  comparatorCoverage: Coverage | null
  incomplete: IncompleteMonth | null
  residents: Residents | null
  comparatorResidents: Residents | null
  victims: Victims | null
  comparatorVictims: Victims | null
  /** Cases left out because nobody wrote down an age. */
  undetermined: number
  pack: AreaPack
  baseline: boolean
  forces: readonly string[] | null
}

/** A rate or percentage on fewer than this is unstable. */
const FEW = 20
/** Shares of unknowns from here on are worth a sentence. */
const NOTABLE_SHARE = 0.02

export function warningsFor(figure: Figure, facts: Facts): FigureWarning[] {
  const list: FigureWarning[] = []
  const warn = (kind: WarningKind, sentence: string | null) => {
    if (sentence !== null) list.push({ kind, sentence })
  }
  warn('missing-data', missing(facts.sides.period, facts.coverage, facts.forces))
  if (facts.sides.comparator && facts.comparatorCoverage) {
    warn('missing-comparator', missing(facts.sides.comparator, facts.comparatorCoverage, facts.forces))
    if (facts.baseline && reachesBefore(figure.comparator!, facts.pack)) {
      warn(
        'comparator-period',
        `The same months do not lie in one run within the baseline (${facts.pack.baseline.label}): ${periodWords(figure.comparator!.from, figure.comparator!.to)} stands in, which begins before it.`,
      )
    }
  }
  warn('incomplete-month', incomplete(facts.incomplete))
  for (const change of figure.recordingChanges) {
    const effect = change.effectPercent === null ? '' : ` (assessed at ${signed(change.effectPercent)}%)`
    warn(
      'recording-change',
      `${change.title}, ${calendarWords(change.startsOn)}${effect}: ${change.explains.replace(/\.$/, '')}. ${DIFFER}`,
    )
  }
  warn('pandemic-left-out', pandemic(facts))
  for (const sentence of unknownShares(figure)) warn('unknown-share', sentence)
  warn('unknown-share', undetermined(figure, facts))
  warn('denominator-year', figure.against === 'victims' ? victimsWords(facts) : denominators(figure, facts))
  warn('small-numbers', smallNumbers(figure))
  const hidden = figure.rows.filter(r => r.suppressed).length + (figure.total.suppressed ? 1 : 0)
  if (hidden > 0) {
    warn(
      'suppressed',
      `Counts from 1 to 4 are withheld so that nobody can be identified, and others so that they cannot be worked out: ${hidden} in all.`,
    )
  }
  if (figure.disclosure === 'protected') {
    warn('rounded', 'Counts are rounded to the nearest 5, so rows may not add up to the total.')
  }
  return list
}

const signed = (n: number): string => (n > 0 ? `+${n}` : String(n))

/** True where months of either side were not sent: then the sides are not of equal length, whatever their dates. */
export const lacksMonths = (figure: Pick<Figure, 'warnings'>): boolean =>
  figure.warnings.some(w => w.kind === 'missing-data' || w.kind === 'missing-comparator')

function missing(side: SideMonths, coverage: Coverage, forces: readonly string[] | null): string | null {
  const asked = forces && forces.length > 0 ? [...forces] : []
  const gone = side.months.filter(m =>
    asked.length > 0 ? asked.every(force => !coverage.holds(m, force)) : !coverage.holds(m, null),
  )
  if (gone.length === side.months.length) {
    return `Nothing is held for ${periodWords(side.period.from, side.period.to)}: missing, not zero.`
  }
  const parts = gone.length > 0 ? [`Nothing is held for ${runs(gone)}: missing, not zero.`] : []
  for (const force of asked.length > 0 ? asked : coverage.forces) {
    const lacking = side.months.filter(m => !gone.includes(m) && !coverage.holds(m, force))
    if (lacking.length > 0)
      parts.push(`Nothing is held from ${labelOf(forceNames, force)} for ${runs(lacking)}.`)
  }
  return parts.length > 0 ? parts.join(' ') : null
}

/** "April 2019 to June 2019, August 2019". */
export function runs(months: readonly Month[]): string {
  const found: [Month, Month][] = []
  for (const month of months) {
    const last = found.at(-1)
    if (last && monthNumber(month) === monthNumber(last[1]) + 1) last[1] = month
    else found.push([month, month])
  }
  return found.map(([from, to]) => periodWords(from, to)).join(', ')
}

const incomplete = (found: IncompleteMonth | null): string | null =>
  found?.underWay
    ? `${calendarWords(found.month)} is not over: counted up to ${calendarWords(found.lastDay)}.`
    : found &&
      `${calendarWords(found.month)} is not complete: the last row is of ${calendarWords(found.lastDay)}, and ${found.daysSilent} ${found.daysSilent === 1 ? 'day is' : 'days are'} silent after it.`

function pandemic({ sides }: Facts): string | null {
  const ours = sides.period.leftOut
  const theirs = sides.comparator?.leftOut ?? []
  if (ours.length + theirs.length === 0) return null
  return `Left out because of the pandemic: ${[...(ours.length > 0 ? [runs(ours)] : []), ...(theirs.length > 0 ? [`${runs(theirs)} of the comparator`] : [])].join('; ')}.`
}

function* unknownShares(figure: Figure): Generator<string> {
  for (const [id, unknown] of Object.entries(figure.unknown)) {
    if (unknown.count === null || unknown.of === null || unknown.share === null) continue
    if (unknown.share < NOTABLE_SHARE) continue
    yield `${dimensionTitle(id as DimensionId)} is not known for ${whole(unknown.count)} of ${whole(unknown.of)} (${percent(unknown.share)}).`
  }
}

function undetermined(figure: Figure, { undetermined: left, measure }: Facts): string | null {
  const counted = figure.total.count
  if (left === 0 || counted === null) return null
  const released = figure.disclosure === 'protected' ? (left < 5 ? null : Math.round(left / 5) * 5) : left
  if (released === null) return 'Age was not recorded for a few, who are left out.'
  return `Age was not recorded for ${whole(released)} more ${measure.unit} (${percent(released / (released + counted))} of those that could count): left out.`
}

function denominators(figure: Figure, { residents, comparatorResidents }: Facts): string | null {
  if (figure.per === null) return null
  if (!residents) return 'No residents are held, so there is no rate.'
  if (residents.total === 0)
    return `No residents of ${residents.year} are held for this, so there is no rate.`
  const parts = [`Residents are those of ${residents.year}.`]
  if (comparatorResidents && comparatorResidents.year !== residents.year) {
    parts.push(`The comparator’s are those of ${comparatorResidents.year}.`)
  }
  for (const id of residents.notSplitBy) {
    parts.push(`They are not split by ${dimensionTitle(id).toLowerCase()}, so there is no rate by it.`)
  }
  if (figure.rows.some(row => row.count !== null && row.denominator === null)) {
    parts.push('Rows without residents, such as Unknown, have no rate.')
  }
  return parts.join(' ')
}

function victimsWords({ victims, comparatorVictims, sides }: Facts): string {
  if (!victims) return 'No victims are held over as many months, so there is no rate.'
  const words = ({ period }: Victims) => periodWords(period.from, period.to)
  const own = periodWords(sides.period.period.from, sides.period.period.to)
  const parts = [
    `Out of ${victims.title.charAt(0).toLowerCase()}${victims.title.slice(1)} recorded ${words(victims)}${words(victims) === own ? '' : ', the latest as many months that are held'}.`,
  ]
  if (comparatorVictims && words(comparatorVictims) !== words(victims)) {
    parts.push(`The comparator’s are those of ${words(comparatorVictims)}.`)
  }
  for (const id of victims.unknownBy) {
    parts.push(
      `Their ${dimensionTitle(id).toLowerCase()} is not known of too many, so there is no rate by it.`,
    )
  }
  return parts.join(' ')
}

function smallNumbers(figure: Figure): string | null {
  const few = (row: FigureRow) => row.count !== null && row.count < FEW && !row.suppressed
  const rated =
    figure.per !== null ||
    figure.kind === 'median' ||
    figure.rows.concat(figure.total).some(r => isShare(r, figure))
  const rows = figure.rows.filter(row => few(row) && (rated || row.count! > 0)).length
  if (rated && rows > 0) {
    return `${rows} of ${figure.rows.length} rows ${rows === 1 ? 'rests' : 'rest'} on fewer than ${FEW} cases: such ${figure.kind === 'median' ? 'medians' : 'rates'} are unstable, so read the interval.`
  }
  if (figure.rows.length === 0 && few(figure.total)) {
    return `Fewer than ${FEW} were counted: a few more or less is chance.`
  }
  return rows > 0
    ? `${rows} of ${figure.rows.length} rows ${rows === 1 ? 'counts' : 'count'} fewer than ${FEW}: a few more or less is chance.`
    : null
}

const isShare = (row: FigureRow, figure: Figure): boolean => figure.per === null && row.denominator !== null

const whole = (n: number): string => n.toLocaleString('en-GB')
const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`
