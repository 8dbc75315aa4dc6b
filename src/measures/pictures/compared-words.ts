/** Groups beside each other in words: never a percentage without its counts, never a ratio without its interval. */
import { ageWords, countWords } from '../../web/words.ts'
import {
  type Comparison,
  clearDirection,
  comparisonRule,
  holdsWhateverUnknown,
} from '../methods/disproportionality.ts'
import { lowerFirst, shareWords } from './finding.ts'

export interface ComparedPart {
  /** "ethnic group". */
  word: string
  /** What each group stands against: "White". */
  against: string
  comparisons: Comparison[]
  /** Counted with a known group, and residents, over all groups; null where withheld or not held. */
  known: number | null
  residents: number | null
  unknown: { count: number | null; of: number | null }
}

/** Two decimals where one would hide on which side of 1 a number lies, or how far below. */
const digitsFor = (...values: number[]): number => (values.some(v => v < 1.05) ? 2 : 1)

/** `short` is for a column whose heading says what the numbers are. */
type Length = 'short' | 'whole'

type Ratio = NonNullable<Comparison['ratio']>

const ratioText = ({ low, ratio }: Ratio): string => ratio.toFixed(digitsFor(low, ratio))

const limitsText = ({ low, ratio, high }: Ratio): string[] =>
  [low, high].map(v => v.toFixed(digitsFor(low, ratio)))

/** "2.1 times (95% interval 1.8 to 2.4)"; short: "2.1 (1.8 to 2.4)". */
export function ratioWords(ratio: Ratio, length: Length = 'whole'): string {
  const [low, high] = limitsText(ratio)
  return length === 'short'
    ? `${ratioText(ratio)} (${low} to ${high})`
    : `${ratioText(ratio)} times (95% interval ${low} to ${high})`
}

export function boundsWords(
  { low, high }: NonNullable<Comparison['bounds']>,
  length: Length = 'whole',
): string {
  const digits = digitsFor(low)
  return `${low.toFixed(digits)} to ${high.toFixed(digits)}${length === 'short' ? '' : ' times'}`
}

/** "Black against White". */
export const pairWords = ({ group }: Comparison, { against }: ComparedPart): string =>
  `${ageWords(group.label)} against ${against}`

/** "143 of 1,203 where 12.0% (98,000 of 812,000) of residents"; the counts alone where others are withheld. */
function besideResidents({ group }: Comparison, { known, residents }: ComparedPart): string {
  const counted =
    known === null
      ? countWords(group.count ?? 0)
      : `${countWords(group.count ?? 0)} of ${countWords(Math.max(known, group.count ?? 0))}`
  return residents && group.residents
    ? `${counted} where ${shareWords(Math.round(group.residents), Math.round(residents))} of residents`
    : counted
}

/** What stands at a row of the chart: the ratio with all that it rests on, or why there is none. */
export function comparisonWords(comparison: Comparison, part: ComparedPart): string {
  const { ratio, bounds, refused } = comparison
  const beside = besideResidents(comparison, part)
  if (ratio === null) {
    const range = bounds ? `; between ${boundsWords(bounds)}, wherever the unknown belong` : ''
    return `no ratio, ${refused?.because}${range}; ${beside}`
  }
  const doubt =
    clearDirection(comparison) === null
      ? '. Cannot be told from no difference'
      : holdsWhateverUnknown(comparison)
        ? ''
        : '. The unknown could turn it round'
  return `${ratioWords(ratio)}, ${beside}${doubt}`
}

/** "45.6% (912 of 2,000) not known"; null where withheld. */
export const unknownWords = ({ unknown }: ComparedPart, length: Length = 'whole'): string | null =>
  unknown.count === null || !unknown.of
    ? null
    : `${shareWords(unknown.count, unknown.of)}${length === 'short' ? '' : ' not known'}`

export const tooManyUnknown = (part: ComparedPart): boolean =>
  part.comparisons.some(c => c.refused?.kind === 'unknown')

/** The rule in words, for the notes and for "how this was done". */
export const ruleWords = `no ratio where more than ${(100 * comparisonRule.mostUnknown).toFixed(0)} in 100 are of unknown group, on fewer than ${comparisonRule.fewestOfGroup} of either group, or on fewer than ${comparisonRule.fewestTogether} of both`

/**
 * The finding of a part: "Victims beside residents, against White: Black 2.1 times (95% interval 1.8 to 2.4)"; of
 * several only the first interval says what it is. Groups that cannot be told from no difference are no finding. A
 * difference that the unknown could turn round is told, with that: "no clear difference" above a table that shows one
 * would hide it.
 */
export function comparedFinding(people: string, part: ComparedPart): string {
  const subject = `${people.charAt(0).toUpperCase()}${people.slice(1)} beside residents`
  if (tooManyUnknown(part)) {
    return `${subject}: no ratio by ${part.word}, ${unknownWords(part)}`
  }
  if (part.residents === null) return `${subject}: no residents are held to compare with`
  const given = part.comparisons.filter(c => c.ratio !== null)
  if (given.length === 0) return subject
  const clear = given.filter(c => clearDirection(c) !== null)
  if (clear.length === 0) {
    return `${subject}: no clear difference by ${part.word}`
  }
  const said = clear.map((c, i) => {
    const [low, high] = limitsText(c.ratio!)
    const doubt = holdsWhateverUnknown(c) ? '' : '; the unknown could turn it round'
    return `${lowerOf(c)} ${ratioText(c.ratio!)} times (${i === 0 ? '95% interval ' : ''}${low} to ${high}${doubt})`
  })
  return `${subject}, against ${part.against}: ${said.join(', ')}`
}

const lowerOf = ({ group }: Comparison): string => {
  const label = ageWords(group.label)
  // Names of ethnic groups keep their capital; "Male" and "Under 10" do not.
  return /^(Male|Female|Under|Other)/.test(label) ? lowerFirst(label) : label
}
