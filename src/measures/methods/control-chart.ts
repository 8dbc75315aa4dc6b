/**
 * A monthly series against its own ordinary months: average, limits, and the months that stand out.
 *
 * Limits are those of the XmR chart as the NHS's Making Data Count draws it (of Laney's p′ or u′ chart where there is
 * a denominator), and its four rules judge the months. Four things are ours:
 * – Limits never lie closer than chance alone puts independent counts, three times the square root of their
 *   average. Twelve months can lie close together by luck, and rounded counts do; every later month would stand out.
 * – A change in recording begins a new stretch with limits of its own: one average over both sides is of neither.
 * – Months of the pandemic are judged, but no limits rest on them.
 * – Months that were not sent, are withheld or are not complete are not judged, and no rule looks across them.
 */
import { nhsRules } from '../../analysis/nhs-rules.ts'
import { addMonths, type Month } from '../../platform/calendar.ts'
import { countLimits, isKnown, type Limits, ratioLimits } from './control-chart-limits.ts'

export interface MonthlyValue {
  month: Month
  /** In the unit of the figure; null where nothing was sent or it is withheld. */
  value: number | null
  /** Counted, and out of how many: for shares and rates. */
  count: number | null
  denominator: number | null
  incomplete: boolean
}

export interface MonthRange {
  from: Month
  to: Month
}

export interface ControlOptions {
  /** Months in which recording changed. */
  changes: readonly Month[]
  pandemic: MonthRange
  /** Months that limits are to rest on, where a stretch holds enough of them. */
  baseline: MonthRange | null
  /** Months before are not judged. Where `baseline` does not serve, limits rest on the first months from here on. */
  shownFrom: Month
  /** The value of one counted of one: 100 for per cent; null for plain counts. */
  scale: number | null
  /** True for shares, which cannot pass the whole; false for rates. */
  isShare: boolean
}

/** In the unit of the figure. */
export interface MonthLimits {
  average: number
  /** Null where it would lie at or below zero. */
  lower: number | null
  upper: number
}

/** 1 higher, −1 lower than ordinary, 0 neither: one rule each. */
export interface RuleMarks {
  outside: number
  run: number
  trend: number
  twoOfThree: number
}

export interface ControlledMonth extends MonthlyValue {
  limits: MonthLimits | null
  /** Null where the month is not judged. */
  marks: RuleMarks | null
  /** Judged months with the same number follow each other without a gap or a change in recording. */
  run: number
}

/** Months between changes in recording. */
export interface ControlStretch extends MonthRange {
  /** First and last month that its limits rest on, and how many lie between them. */
  baseline: (MonthRange & { months: number; isChosen: boolean }) | null
  /** Why there are no limits. */
  without: 'few-months' | 'small-counts' | 'nothing-held' | null
  /** True where the months of the baseline lie closer together than chance would put them. */
  widened: boolean
}

/** True where months that limits rest on are part of a run or a trend themselves: such limits are rough. */
export const isUnsteady = ({ months, stretches }: ControlChart): boolean =>
  months.some(
    m =>
      m.marks !== null &&
      (m.marks.run !== 0 || m.marks.trend !== 0) &&
      stretches.some(s => s.baseline !== null && isWithin(m.month, s.baseline)),
  )

export interface ControlChart {
  months: ControlledMonth[]
  stretches: ControlStretch[]
}

/** Fewer months do not show how much ordinary months differ (Provost and Murray: at least 12 for trial limits). */
export const FEWEST_BASELINE_MONTHS = 12
export const FIRST_MONTHS = 24
/** Below this average a month without any is ordinary, and two close together look like a doubling. */
export const SMALLEST_AVERAGE = 5

/** Marks months against limits. `values` in order of months; months left out count as not sent. */
export function controlChart(values: readonly MonthlyValue[], options: ControlOptions): ControlChart {
  const cuts = [...new Set(options.changes)].sort()
  const stretches: ControlStretch[] = []
  const months: ControlledMonth[] = []
  let rest = [...values]
  for (const cut of [...cuts, null]) {
    const own = cut === null ? rest : rest.filter(v => v.month < cut)
    rest = rest.slice(own.length)
    if (own.length === 0) continue
    const { stretch, limits } = stretchLimits(own, options)
    stretches.push(stretch)
    months.push(...own.map((v, i) => ({ ...v, limits: limits?.[i] ?? null, marks: null, run: -1 })))
  }
  numberRuns(
    months.filter(m => m.month >= options.shownFrom),
    stretches.map(s => s.from),
  )
  mark(months)
  return { months, stretches }
}

function stretchLimits(
  own: readonly MonthlyValue[],
  options: ControlOptions,
): { stretch: ControlStretch; limits: Limits[] | null } {
  const stretch: ControlStretch = {
    from: own[0]!.month,
    to: own.at(-1)!.month,
    baseline: null,
    without: null,
    widened: false,
  }
  if (!own.some(isKnown)) return { stretch: { ...stretch, without: 'nothing-held' }, limits: null }
  const { months, isChosen } = baselineOf(own, options)
  if (months.length < FEWEST_BASELINE_MONTHS) {
    return { stretch: { ...stretch, without: 'few-months' }, limits: null }
  }
  const counted = months.reduce((sum, v) => sum + (v.count ?? v.value!), 0) / months.length
  if (counted < SMALLEST_AVERAGE) {
    return { stretch: { ...stretch, without: 'small-counts' }, limits: null }
  }
  const baseline = {
    from: months[0]!.month,
    to: months.at(-1)!.month,
    months: months.length,
    isChosen,
  }
  const { limits, widened } =
    options.scale === null ? countLimits(own, months) : ratioLimits(own, months, options.scale, options)
  return { stretch: { ...stretch, baseline, widened }, limits }
}

function baselineOf(
  own: readonly MonthlyValue[],
  { baseline, pandemic, shownFrom }: ControlOptions,
): { months: MonthlyValue[]; isChosen: boolean } {
  const ordinary = own.filter(v => isKnown(v) && !isWithin(v.month, pandemic))
  const chosen = baseline ? ordinary.filter(v => isWithin(v.month, baseline)) : []
  if (chosen.length >= FEWEST_BASELINE_MONTHS) return { months: chosen, isChosen: true }
  return { months: ordinary.filter(v => v.month >= shownFrom).slice(0, FIRST_MONTHS), isChosen: false }
}

export const isWithin = (month: Month, { from, to }: MonthRange): boolean => month >= from && month <= to

function numberRuns(months: ControlledMonth[], starts: readonly Month[]): void {
  let run = -1
  let before: ControlledMonth | null = null
  for (const month of months) {
    if (!isKnown(month) || month.limits === null) {
      before = null
      continue
    }
    const follows =
      before !== null && month.month === addMonths(before.month, 1) && !starts.includes(month.month)
    month.run = follows ? run : ++run
    before = month
  }
}

function mark(months: ControlledMonth[]): void {
  const judged = months.filter(m => m.run >= 0)
  const limitsOf = (pick: (limits: Limits) => number) =>
    Float64Array.from(judged, m => pick(m.limits as Limits))
  const within: { start: number; end: number; baselineEnd: number }[] = []
  judged.forEach((m, i) => {
    const last = within.at(-1)
    if (last && judged[i - 1]!.run === m.run) {
      last.end = i + 1
      last.baselineEnd = i + 1
    } else within.push({ start: i, end: i + 1, baselineEnd: i + 1 })
  })
  const found = nhsRules(
    Float64Array.from(judged, m => m.value!),
    {
      mean: limitsOf(l => l.average),
      // Below zero no count can fall; the rule needs the number all the same.
      lower: limitsOf(l => l.average - 3 * l.sigma),
      upper: limitsOf(l => l.upper),
      sigma: limitsOf(l => l.sigma),
    },
    within,
  )
  judged.forEach((m, i) => {
    m.marks = {
      outside: found.outside[i]!,
      run: found.run[i]!,
      trend: found.trend[i]!,
      twoOfThree: found.twoOfThree[i]!,
    }
  })
}

/**
 * 1 or −1 where a month stands out. Where it lies comes before where it goes: a month below the average that rises
 * is still low.
 */
export const directionOf = ({ marks }: ControlledMonth): number =>
  marks === null ? 0 : marks.outside || marks.run || marks.twoOfThree || marks.trend
