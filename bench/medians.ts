/** Timing as the bench reports it: medians of runs that alternate between ours and the peer. */

export interface Timing {
  median: number
  runs: number[]
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Runs each contestant in turn, `rounds` times, so that a slow spell of the machine touches all alike. */
export async function alternate(
  rounds: number,
  contestants: Record<string, () => Promise<void>>,
): Promise<Record<string, Timing>> {
  const runs: Record<string, number[]> = {}
  for (let round = 0; round < rounds; round++) {
    for (const [name, act] of Object.entries(contestants)) {
      const start = performance.now()
      await act()
      runs[name] = [...(runs[name] ?? []), performance.now() - start]
    }
  }
  return Object.fromEntries(Object.entries(runs).map(([name, r]) => [name, { median: median(r), runs: r }]))
}

export interface Result {
  what: string
  /** Ours over the peer's, or the measure itself where there is no peer. */
  headline: string
  aim: string
  met: boolean
  detail: string
}

export const ms = (value: number): string =>
  value >= 1000 ? `${(value / 1000).toFixed(2)} s` : `${value.toFixed(value < 10 ? 1 : 0)} ms`
