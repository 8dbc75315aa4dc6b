/**
 * How often a group appears in the counts beside how often another does, each against its residents: the rate ratio with
 * its exact interval, what the unknown could make of it, or the reason why no ratio is given (R24).
 *
 * The trap: those whose group is not known are left out of the ratio, as if they were divided as the known are. Nobody
 * knows that. So the ratio stands beside its bounds (all of the unknown in the one group, or all in the other), and
 * where too many are unknown it is not given at all.
 */
import { rateRatio } from '../../analysis/rates.ts'

/** When a ratio is refused. Held as data with its reason, so that a partnership can see and question it. */
export const comparisonRule = {
  since: '2026-11-20',
  /** Largest share of unknown group at which a ratio is given. */
  mostUnknown: 0.2,
  /** Fewest counted in either group: the number below which public counts are withheld (R27). */
  fewestOfGroup: 5,
  /** Fewest counted in both together: the smallest base of any percentage (R27). */
  fewestTogether: 20,
  reason:
    'With one in five unknown, a ratio of 1 becomes 0.8 or less if they all were of those compared with: no size of ratio near 1 can be relied on.',
  source:
    'Proposed here for the partnership to confirm: the Race Disparity Unit (Stop and search data and the effect of geographical differences, 2021) names unreported ethnicity as one of three reasons why a ratio misleads, and sets no limit.',
} as const

/** One group of a split. Null: withheld, or no residents are counted by it. */
export interface GroupCount {
  code: string
  label: string
  count: number | null
  residents: number | null
}

export interface Against {
  /** Code of the group compared with; null compares each group with all the others together. */
  code: string | null
  /** "White", "people of other ages". */
  words: string
}

/** Number of records whose group nobody wrote down, out of all; null where withheld. */
export interface UnknownCount {
  count: number | null
  of: number | null
}

export interface Side {
  count: number | null
  residents: number | null
}

export interface Comparison {
  group: GroupCount
  other: Side
  /** How many times the other's rate, with its 95% limits; null where refused. */
  ratio: { ratio: number; low: number; high: number } | null
  /** The ratio if all of the unknown were of the other group, and if all were of this one. */
  bounds: { low: number; high: number } | null
  refused: Refusal | null
}

export interface Refusal {
  kind: 'unknown' | 'residents' | 'withheld' | 'few'
  /** The end of a sentence: "only 3 counted". */
  because: string
}

/** Each group against the reference, in the order given; the reference itself is left out. */
export function compareGroups(
  groups: readonly GroupCount[],
  unknown: UnknownCount,
  against: Against,
): Comparison[] {
  return groups
    .filter(group => group.code !== against.code)
    .map(group => compare(group, otherOf(groups, group, against), unknown))
}

function otherOf(groups: readonly GroupCount[], group: GroupCount, { code }: Against): Side {
  if (code !== null) return groups.find(g => g.code === code) ?? { count: 0, residents: null }
  // A group that no census counts would be in the counts of the others, but not among their residents.
  const others = groups.filter(g => g !== group && g.residents !== null)
  return { count: sum(others.map(g => g.count)), residents: sum(others.map(g => g.residents)) }
}

const sum = (values: readonly (number | null)[]): number | null =>
  values.some(v => v === null) ? null : values.reduce<number>((all, v) => all + v!, 0)

function compare(group: GroupCount, other: Side, unknown: UnknownCount): Comparison {
  const { fewestOfGroup, fewestTogether, mostUnknown } = comparisonRule
  const refuse = (kind: Refusal['kind'], because: string, bounds: Comparison['bounds'] = null) => ({
    group,
    other,
    ratio: null,
    bounds,
    refused: { kind, because },
  })
  if (unknown.count !== null && unknown.of !== null && unknown.count > mostUnknown * unknown.of) {
    return refuse('unknown', 'too many are not known', boundsOf(group, other, unknown.count))
  }
  const { count, residents } = group
  if (!residents || !other.residents) return refuse('residents', 'no residents counted')
  if (count === null || other.count === null || unknown.count === null) {
    return refuse('withheld', 'a count that it needs is withheld')
  }
  if (count < fewestOfGroup) return refuse('few', count === 0 ? 'none counted' : `only ${count} counted`)
  if (other.count < fewestOfGroup) return refuse('few', `only ${other.count} counted of those compared with`)
  if (count + other.count < fewestTogether) {
    return refuse('few', `only ${count + other.count} counted of both together`)
  }
  const { ratio, low, high } = rateRatio(count, residents, other.count, other.residents)
  if (ratio === null || low === null || high === null) return refuse('few', 'nothing counted to divide by')
  return {
    group,
    other,
    ratio: { ratio, low, high },
    bounds: boundsOf(group, other, unknown.count),
    refused: null,
  }
}

/** Null where a count is withheld or too small to say anything, or residents are not held. */
function boundsOf(group: Side, other: Side, unknown: number): Comparison['bounds'] {
  const { fewestOfGroup } = comparisonRule
  if (!group.residents || !other.residents || group.count === null || other.count === null) return null
  if (group.count < fewestOfGroup || other.count < fewestOfGroup) return null
  return {
    low: group.count / group.residents / ((other.count + unknown) / other.residents),
    high: (group.count + unknown) / group.residents / (other.count / other.residents),
  }
}

/** Null where the interval holds 1: it cannot be told from no difference. */
export const clearDirection = ({ ratio }: Comparison): 'more' | 'less' | null =>
  ratio === null || (ratio.low <= 1 && ratio.high >= 1) ? null : ratio.ratio > 1 ? 'more' : 'less'

/** True where the unknown, wherever they belong, could not turn the ratio round. */
export const holdsWhateverUnknown = ({ ratio, bounds }: Comparison): boolean =>
  ratio !== null && bounds !== null && bounds.low > 1 === bounds.high > 1
