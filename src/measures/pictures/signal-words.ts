/**
 * Signals of a control chart as sentences that a chief inspector reads without seeing the limits. They say which months
 * stand out and from what. They never say why: that is for whoever knows what happened.
 */
import { calendarWords, monthNumber } from '../../platform/calendar.ts'
import { countWords } from '../../web/words.ts'
import type {
  ControlChart,
  ControlledMonth,
  ControlStretch,
  MonthLimits,
  RuleMarks,
} from '../methods/control-chart.ts'
import { countNumbers, type SignalNumbers, shareNumbers } from './signal-numbers.ts'

/** Months that one rule marks in the same direction, without a gap between the first and the last. */
interface Signal {
  rule: keyof RuleMarks
  up: boolean
  months: ControlledMonth[]
}

export interface SignalWords {
  /** What holds now, in one sentence or two. */
  lead: string
  /** True where the latest month stands out. */
  isNow: boolean
  /** Every other signal, the latest first, a sentence each. */
  others: string[]
}

export function signalWords(chart: ControlChart, isShare: boolean): SignalWords {
  const say = isShare ? shareNumbers : countNumbers
  const signals = findSignals(chart.months)
  const stretch = chart.stretches.findLast(s => s.without !== 'nothing-held') ?? null
  const judged = chart.months.filter(m => m.marks !== null)
  const latest = judged.at(-1)
  // A run up to the last month judged goes on only if nothing is missing after it.
  const ongoing = chart.months.findLast(m => !m.incomplete) === latest ? (latest ?? null) : null
  const sentences = (some: readonly Signal[]) => some.map(s => sentenceOf(s, ongoing, say))
  if (!stretch) return { lead: 'Nothing was sent for these months.', isNow: false, others: [] }
  if (stretch.without !== null || !latest || latest.month < stretch.from) {
    return {
      lead: withoutLimits(stretch, chart.stretches[0] === stretch),
      isNow: false,
      others: sentences(signals),
    }
  }
  const [now, ...rest] = signals
  if (now && lastOf(now) === latest) {
    return {
      lead: `Out of the ordinary: ${lowerStart(sentenceOf(now, ongoing, say))}`,
      isNow: true,
      others: sentences(rest),
    }
  }
  const since = signals.find(s => lastOf(s).month >= stretch.from)
  const quiet = judged.filter(m => m.month >= stretch.from && (!since || m.month > lastOf(since).month))
  return {
    lead: quietWords(quiet, since || stretch === chart.stretches[0] ? null : stretch, say),
    isNow: false,
    others: sentences(signals),
  }
}

function withoutLimits({ from, without }: ControlStretch, isFirst: boolean): string {
  const since = isFirst ? '' : ` since recording changed in ${calendarWords(from)}`
  return without === 'small-counts'
    ? `Fewer than five a month on average${since}: limits would mean little, and months are too small to be judged one by one.`
    : `Fewer than twelve months can be set beside each other${since}: too few to say what is ordinary.`
}

/** "Nothing out of the ordinary since recording changed in April 2021: all twelve months lie between the limits of 296 and 407." */
function quietWords(
  months: readonly ControlledMonth[],
  changed: ControlStretch | null,
  say: SignalNumbers,
): string {
  const first = months[0]!
  const last = months.at(-1)!
  const bounds = commonLimits(months)
  const range =
    bounds === null
      ? 'between their limits'
      : bounds.lower === null
        ? `under the upper limit of ${say.upper(bounds.upper)}`
        : `between the limits of ${say.lower(bounds.lower)} and ${say.upper(bounds.upper)}`
  const span = changed
    ? `since recording changed in ${calendarWords(changed.from)}`
    : months.length === 1
      ? `in ${calendarWords(first.month)}`
      : `from ${calendarWords(first.month)} to ${calendarWords(last.month)}`
  const whole = monthNumber(last.month) - monthNumber(first.month) + 1 === months.length
  const what =
    months.length === 1
      ? `${say.value(first)} lies`
      : `all ${numeral(months.length)} months${whole ? '' : ' that can be judged'} lie`
  const apart = changed ? ' Months before were recorded in another way and are judged apart.' : ''
  return `Nothing out of the ordinary ${span}: ${what} ${range}.${apart}`
}

/**
 * Latest first, runs before months. A month outside the limits is told with the run that it is part of, and months
 * close to a limit are not told where something stronger is.
 */
function findSignals(months: readonly ControlledMonth[]): Signal[] {
  const runs = blocksOf(months, 'run')
  const isTold = (by: readonly Signal[], block: Signal) =>
    by.some(s => s.up === block.up && block.months.every(m => s.months.includes(m)))
  const outside = blocksOf(months, 'outside').filter(b => !isTold(runs, b))
  const trends = blocksOf(months, 'trend').filter(b => !isTold(runs, b))
  const strong = [...runs, ...outside, ...trends]
  const close = blocksOf(months, 'twoOfThree').filter(b =>
    b.months.every(m => !strong.some(s => s.up === b.up && s.months.includes(m))),
  )
  // The sort is stable, so that among signals that end together the run is told first.
  return [...strong, ...close].sort((a, b) => monthNumber(lastOf(b).month) - monthNumber(lastOf(a).month))
}

function blocksOf(months: readonly ControlledMonth[], rule: keyof RuleMarks): Signal[] {
  const blocks: Signal[] = []
  let open: Signal | null = null
  let quiet = 0
  for (const month of months) {
    const mark = month.marks?.[rule] ?? 0
    const sameRun = open !== null && open.months[0]!.run === month.run
    if (mark === 0) {
      // Of three months two are marked: the third may lie between them.
      quiet++
      if (rule !== 'twoOfThree' || !sameRun || quiet > 1) open = null
      continue
    }
    if (open && sameRun && open.up === mark > 0) open.months.push(month)
    else {
      open = { rule, up: mark > 0, months: [month] }
      blocks.push(open)
    }
    quiet = 0
  }
  return blocks
}

const lastOf = ({ months }: Signal): ControlledMonth => months.at(-1)!

/** A signal that reaches `ongoing` is told as "since". */
function sentenceOf(signal: Signal, ongoing: ControlledMonth | null, say: SignalNumbers): string {
  const { rule, up, months } = signal
  const first = months[0]!
  const last = lastOf(signal)
  const span =
    last === ongoing
      ? `since ${calendarWords(first.month)}`
      : `from ${calendarWords(first.month)} to ${calendarWords(last.month)}`
  const side = up ? 'above' : 'below'
  const beyond = `${side} the ${up ? 'upper' : 'lower'} limit${limitOf(months, up, say)}`
  switch (rule) {
    case 'run':
      return `${upperStart(numeral(months.length))} months in a row ${side} the average${averageOf(months, say)}, ${span}${alsoOutside(months, up, say)}.`
    case 'outside':
      return months.length === 1
        ? `${calendarWords(first.month)}, with ${say.value(first)}, is ${beyond}.`
        : `${upperStart(numeral(months.length))} months in a row ${beyond}, ${span}.`
    case 'trend':
      return `${up ? 'Up' : 'Down'} month after month, ${numeral(months.length - 1)} times in a row: from ${say.value(first)} in ${calendarWords(first.month)} to ${say.value(last)} in ${calendarWords(last.month)}.`
    case 'twoOfThree':
      return `${listed(months.map(m => calendarWords(m.month)))} are ${months.length === 2 ? 'both' : 'all'} close to the ${up ? 'upper' : 'lower'} limit${limitOf(months, up, say)}.`
  }
}

/** ", two of them above the upper limit of 298". */
function alsoOutside(months: readonly ControlledMonth[], up: boolean, say: SignalNumbers): string {
  const outside = months.filter(m => m.marks!.outside === (up ? 1 : -1))
  if (outside.length === 0) return ''
  const many = outside.length === months.length ? 'all' : numeral(outside.length)
  const beyond = `${up ? 'above' : 'below'} the ${up ? 'upper' : 'lower'} limit${limitOf(outside, up, say)}`
  return outside.length === 1
    ? `; ${calendarWords(outside[0]!.month)}, with ${say.value(outside[0]!)}, is ${beyond}`
    : `, ${many} of them ${beyond}`
}

/** The limits that all of the months share, or null where they differ from month to month. */
function commonLimits(months: readonly ControlledMonth[]): MonthLimits | null {
  const [first] = months
  const same = months.every(
    m => m.limits!.upper === first!.limits!.upper && m.limits!.lower === first!.limits!.lower,
  )
  return same ? first!.limits : null
}

function limitOf(months: readonly ControlledMonth[], up: boolean, say: SignalNumbers): string {
  const limits = commonLimits(months)
  if (!limits || (!up && limits.lower === null)) return ''
  return ` of ${up ? say.upper(limits.upper) : say.lower(limits.lower!)}`
}

const averageOf = (months: readonly ControlledMonth[], say: SignalNumbers): string =>
  ` of ${say.average(months[0]!.limits!.average)}`

const NUMERALS = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]
const numeral = (n: number): string => NUMERALS[n] ?? countWords(n)

const listed = (words: readonly string[]): string =>
  words.length === 1 ? words[0]! : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

const upperStart = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
/** Names of months keep their capital. */
const lowerStart = (text: string): string =>
  /^[A-Z][a-z]+ \d{4}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1)

/** For the table: "above the upper limit; 9 months above the average". Empty where the month does not stand out. */
export function markWords({ marks }: ControlledMonth): string {
  if (marks === null) return ''
  const named: [number, string, string][] = [
    [marks.outside, 'above the upper limit', 'below the lower limit'],
    [marks.run, 'in a run above the average', 'in a run below the average'],
    [marks.trend, 'in a run of rises', 'in a run of falls'],
    [marks.twoOfThree, 'close to the upper limit', 'close to the lower limit'],
  ]
  return named.flatMap(([mark, high, low]) => (mark === 0 ? [] : [mark > 0 ? high : low])).join('; ')
}
