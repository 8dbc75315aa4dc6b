/**
 * One role of people beside residents: how many times a group's rate is another's, with intervals, denominators and the
 * unknown, or the reason why no ratio is given. Several descriptions (ethnic group, gender, age) of the same people share
 * one chart; victims and suspects never do.
 */
import { escapeXml } from '../../reports/charts/frame.ts'
import { figureAddress } from '../../web/figure-address.ts'
import { ageWords, countWords, periodWords } from '../../web/words.ts'
import { unknownCodes } from '../dimensions.ts'
import type { DimensionId, Figure, FigureRequest } from '../figure.ts'
import {
  type Against,
  type Comparison,
  compareGroups,
  comparisonRule,
} from '../methods/disproportionality.ts'
import type { MethodEntry } from '../methods/register.ts'
import type { Workings } from '../methods/workings.ts'
import { type ChartBlock, chartBlock } from './chart-block.ts'
import { comparedTable } from './compared-table.ts'
import {
  type ComparedPart,
  comparedFinding,
  comparisonWords,
  pairWords,
  ruleWords,
  tooManyUnknown,
  unknownWords,
} from './compared-words.ts'
import { lowerFirst } from './finding.ts'
import { sharesOf } from './shares.ts'

export interface ComparedSplit {
  figure: Figure
  request: FigureRequest
  dimension: DimensionId
  /** "ethnic group". */
  word: string
  against: Against
}

/** As government compares: all White groups together (Race Disparity Unit, 2021). */
export const againstWhite = {
  dimension: 'ethnic-group',
  word: 'ethnic group',
  against: { code: 'White', words: 'White' },
} as const

export const againstFemale = {
  dimension: 'gender',
  word: 'gender',
  against: { code: 'Female', words: 'female' },
} as const

export const againstOtherAges = {
  dimension: 'age-band',
  word: 'age',
  against: { code: null, words: 'other ages' },
} as const

export interface MethodBlock extends ChartBlock {
  workings: Workings
}

interface Options {
  id: string
  /** "victims", "searches". */
  people: string
  notes: string[]
  method: MethodEntry
}

/** The first split gives the title. Each figure must be a rate, for the residents that it carries. */
export function comparedBlock(
  splits: readonly [ComparedSplit, ...ComparedSplit[]],
  options: Options,
): MethodBlock {
  const [{ figure, request }] = splits
  const parts = splits.map(partOf)
  const drawn = parts.flatMap(part =>
    part.comparisons.filter(c => c.ratio !== null || c.bounds !== null).map(c => ({ part, c })),
  )
  const title = comparedFinding(options.people, parts[0]!)
  const held = parts.some(part => part.residents !== null)
  const notes = [
    ...(held ? [] : ['No residents are held for this area, so nothing is compared.']),
    ...parts.flatMap(part => notesOf(part, held)),
    ...(held ? yearNote(figure) : []),
    ...options.notes,
  ]
  const block = chartBlock(
    {
      kind: 'ratio-intervals',
      id: options.id,
      title,
      subtitle: `Rate per resident, each group against the one named, ${periodWords(figure.period.from, figure.period.to)}`,
      description: 'Counts, denominators, intervals and the unknown are in the table.',
      notes,
      rows: drawn.map(({ part, c }) => ({
        label: pairWords(c, part),
        ratio: c.ratio?.ratio ?? null,
        low: c.ratio?.low ?? null,
        high: c.ratio?.high ?? null,
        bounds: c.bounds,
        text: comparisonWords(c, part),
      })),
      unit: 'Times the rate of those compared with',
      boundsLabel: 'wherever the unknown belong',
    },
    comparedTable(title, splits, parts, options.people),
    request,
  )
  return {
    ...block,
    svg:
      drawn.length > 0
        ? block.svg
        : notes.map(note => `<p class="govuk-body-s">${escapeXml(note)}</p>`).join(''),
    workings: workingsOf(splits, parts, options),
  }
}

function partOf({ figure, dimension, word, against }: ComparedSplit): ComparedPart {
  const shares = sharesOf(figure, dimension, unknownCodes[dimension])
  const groups = shares.flatMap(s =>
    s.code === null ? [] : [{ code: s.code, label: s.label, count: s.count, residents: s.residents }],
  )
  const unknown = figure.unknown[dimension] ?? { count: null, of: null }
  return {
    word,
    against: against.words,
    comparisons: compareGroups(groups, unknown, against),
    known: shares.find(s => s.code !== null)?.base ?? null,
    residents: groups.reduce((sum, g) => sum + (g.residents ?? 0), 0) || null,
    unknown,
  }
}

/** How many are unknown, the refusal where there are too many, and who has no ratio for another reason. */
function notesOf(part: ComparedPart, held: boolean): string[] {
  const name = `${part.word.charAt(0).toUpperCase()}${part.word.slice(1)}`
  const unknown = unknownWords(part)
  const left = part.comparisons.filter(c => c.refused && c.refused.kind !== 'unknown')
  return [
    tooManyUnknown(part)
      ? `${name}: ${unknown}. That is more than ${100 * comparisonRule.mostUnknown} in 100, so no ratio is given${part.comparisons.some(c => c.bounds) ? '; the dashed line is what it could be' : ''}.`
      : unknown === null
        ? `${name}: how many are not known is withheld.`
        : `${name}: ${unknown}.`,
    ...(!held
      ? []
      : part.residents === null
        ? [`No residents are held by ${part.word}, so nothing is compared.`]
        : left.length > 0
          ? [`${name}, no ratio: ${reasons(left)}.`]
          : []),
  ]
}

/** Groups by the reason why they have no ratio: "mixed or multiple, other (only 3 counted)". */
const reasons = (refused: readonly Comparison[]): string =>
  [...Map.groupBy(refused, c => c.refused?.because ?? '')]
    .map(([because, all]) => `${all.map(c => lowerFirst(ageWords(c.group.label))).join(', ')} (${because})`)
    .join('; ')

const yearNote = (figure: Figure): string[] =>
  figure.warnings.filter(w => w.kind === 'denominator-year').map(w => w.sentence)

function workingsOf(
  splits: readonly ComparedSplit[],
  parts: readonly ComparedPart[],
  { method, people }: Options,
): Workings {
  const [{ figure }] = splits as readonly [ComparedSplit]
  return {
    method,
    parameters: [
      { name: 'Ratio', value: 'Rate of the group divided by the rate of those compared with' },
      {
        name: 'Interval',
        value:
          '95%, exact, given both counts together, as if each were another person: where the same people are counted again and again, it should be wider',
      },
      { name: 'Refused', value: `${ruleWords} (since ${comparisonRule.since}). ${comparisonRule.reason}` },
      { name: 'Source of the rule', value: comparisonRule.source },
      {
        name: 'Unknown',
        value: 'left out of the ratio; its ends if all of them, or none, were of the group are beside it',
      },
      ...(figure.disclosure === 'protected'
        ? [{ name: 'Protected', value: 'counts are rounded to the nearest 5 before the ratio is taken' }]
        : []),
    ],
    used: parts
      .map(p => `${p.known === null ? 'withheld' : countWords(p.known)} ${people} of known ${p.word}`)
      .join('; '),
    leftOut: parts.map(p => `${p.word}: ${unknownWords(p) ?? 'withheld'}.`),
    figures: splits.map(s => ({ text: `${s.figure.title} by ${s.word}`, href: figureAddress(s.request) })),
    evidenceVersion: figure.lineage.evidenceVersion,
    sql: null,
  }
}
