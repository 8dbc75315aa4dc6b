/** Matches the rows of one table or of two by a plan. */
import { comparedField, keyNumbers, levelsOf } from '../../analysis/linkage/compared-field.ts'
import { clusters, type LinkedPairs, linkRecords } from '../../analysis/linkage/link-records.ts'
import type { AnalyseResult, InputTable, OutputColumn } from '../analyse/analyse-method.ts'
import { blockingKey, type MatchPlan } from './match-plan.ts'

export interface MatchOptions {
  /** Pairs below this probability are not given back. */
  threshold: number
  random: () => number
}

export function matchTables(
  left: InputTable,
  right: InputTable | null,
  plan: MatchPlan,
  { threshold, random }: MatchOptions,
): AnalyseResult {
  const other = right ?? left
  const fields = plan.fields.map(({ column, kind }) =>
    comparedField(column, kind, left.texts(column), right ? right.texts(column) : null),
  )
  const keys = plan.blocks.map(parts => {
    const of = (table: InputTable) =>
      Array.from({ length: table.rows }, (_, row) => blockingKey(parts, column => table.texts(column)[row]!))
    return keyNumbers(of(left), right ? of(right) : null)
  })
  const sizes = { left: left.rows, right: other.rows, oneList: right === null }
  const place = (column: string) => plan.fields.findIndex(f => f.column === column)
  const linked = linkRecords(fields, sizes, {
    trainOn: plan.trainOn.map(place),
    adjustForFrequency: plan.adjustForFrequency.map(place),
    random,
    leastProbability: threshold,
    blocks: { left: keys.map(k => k.left), right: right ? keys.map(k => k.right!) : null },
  })
  // By the rows of the files, never by how alike they are.
  const kept = [...linked.probability.keys()].sort(
    (a, b) => linked.left[a]! - linked.left[b]! || linked.right[a]! - linked.right[b]!,
  )
  return {
    columns: columnsOf(linked, kept, plan, left.texts(plan.id), other.texts(plan.id)),
    more: {
      prior: linked.model.prior,
      pairsCompared: linked.compared,
      fields: fields.map((field, f) => ({
        field: field.name,
        levels: levelsOf[field.kind].map((level, l) => ({
          level,
          m: linked.model.m[f]![l]!,
          u: linked.model.u[f]![l]!,
        })),
      })),
      groups: groupsOf(linked, sizes, threshold, left.texts(plan.id), other.texts(plan.id)),
    },
  }
}

function columnsOf(
  linked: LinkedPairs,
  kept: readonly number[],
  plan: MatchPlan,
  leftIds: readonly string[],
  rightIds: readonly string[],
): OutputColumn[] {
  return [
    { name: 'l', values: kept.map(p => leftIds[linked.left[p]!]!) },
    { name: 'r', values: kept.map(p => rightIds[linked.right[p]!]!) },
    { name: 'weight', values: kept.map(p => linked.weight[p]!) },
    { name: 'probability', values: kept.map(p => linked.probability[p]!) },
    ...plan.fields.flatMap(({ column }, f) => [
      { name: `level_${column}`, values: kept.map(p => linked.levels[f]![p]!) },
      { name: `bits_${column}`, values: kept.map(p => linked.contributions[f]![p]!) },
    ]),
  ]
}

/** Groups of two and more records, in the order of their first record. */
function groupsOf(
  linked: LinkedPairs,
  sizes: { left: number; right: number; oneList: boolean },
  threshold: number,
  leftIds: readonly string[],
  rightIds: readonly string[],
): { l: string[]; r: string[] }[] {
  const group = clusters({ ...linked, weight: linked.probability }, sizes, threshold)
  const members = Map.groupBy(group.keys(), record => group[record]!)
  return [...members.values()]
    .filter(records => records.length > 1)
    .map(records => ({
      l: records.filter(i => i < sizes.left).map(i => leftIds[i]!),
      r: records.filter(i => i >= sizes.left).map(i => rightIds[i - sizes.left]!),
    }))
}
