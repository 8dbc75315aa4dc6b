/**
 * The register of changes in recording (S1, paragraphs 9 to 13), as it bears on a figure: a change between the
 * first and the last day of both sides makes them differ without anybody having been stabbed more often.
 */
import type { Evidence } from '../evidence/evidence.ts'
import type { Period, RecordingChange } from './figure.ts'
import { oncePerVersion } from './once-per-version.ts'
import { firstDayOf, lastDayOf } from './periods.ts'

interface ChangeRow {
  change_id: string
  force: string
  starts_on: string
  title: string
  explains: string
  measures: string | null
  effect_percent: number | null
  source: string
}

const QUERY = `select change_id, force, cast(starts_on as varchar) as starts_on, title, explains, measures, effect_percent, source
from recording_changes`

export interface ChangeScope {
  measure: string
  /** Whether the measure counts recorded offences: a change without named measures touches all of those. */
  countsOffences: boolean
  /** Forces that the figure is about; null for all. */
  forces: readonly string[] | null
}

/** Changes that fall inside the window of the period and its comparator, oldest first. */
export async function recordingChangesIn(
  evidence: Evidence,
  scope: ChangeScope,
  periods: readonly Period[],
): Promise<RecordingChange[]> {
  const rows = await oncePerVersion(evidence, 'recording changes', () => evidence.query<ChangeRow>(QUERY))
  const first = periods.map(firstDayOf).sort()[0]!
  const last = periods.map(lastDayOf).sort().at(-1)!
  return rows
    .filter(row => touches(row, scope) && row.starts_on > first && row.starts_on <= last)
    .map(row => ({
      id: row.change_id,
      startsOn: row.starts_on.slice(0, 10),
      title: row.title,
      explains: row.explains,
      effectPercent: row.effect_percent,
      source: row.source,
    }))
    .sort((a, b) => (a.startsOn < b.startsOn ? -1 : a.startsOn > b.startsOn ? 1 : a.id < b.id ? -1 : 1))
}

function touches(row: ChangeRow, scope: ChangeScope): boolean {
  if (scope.forces && !scope.forces.includes(row.force)) return false
  const named = (row.measures ?? '').split(/\s+/).filter(Boolean)
  return named.length > 0 ? named.includes(scope.measure) : scope.countsOffences
}

/**
 * A count with assessed effects taken out. `after[i]` is how many were counted from the day of change i on;
 * those are divided by 1 plus its effect, and by those of all changes before it.
 */
export function withoutEffects(n: number, after: readonly number[], effects: readonly number[]): number {
  let left = n - (after[0] ?? 0)
  let factor = 1
  effects.forEach((effect, i) => {
    factor *= 1 + effect / 100
    left += ((after[i] ?? 0) - (after[i + 1] ?? 0)) / factor
  })
  return left
}
