/**
 * Figures, computed once. A figure is a pure function of its request, the level of disclosure and the
 * evidence version, so it is kept under those three; callers that ask at the same time wait for one
 * computation. What failed is not kept, nor what was computed over newer evidence than it was asked for: taking a load
 * back brings the earlier version back, and with it everything that is kept under it.
 */
import type { DisclosureLevel, Figure, FigureRequest } from '../measures/figure.ts'

export interface FigureSource {
  get(request: FigureRequest, disclosure: DisclosureLevel): Promise<Figure>
}

export interface FigureCacheOptions {
  compute(request: FigureRequest, disclosure: DisclosureLevel): Promise<Figure>
  version(): Promise<string>
  /** Figures kept; the one least lately asked for goes first. */
  size?: number
}

export function createFigureCache({ compute, version, size = 500 }: FigureCacheOptions): FigureSource {
  const kept = new Map<string, Promise<Figure>>()
  return {
    get: async (request, disclosure) => {
      const asked = await version()
      const key = `${asked} ${disclosure} ${canonicalJson(request)}`
      const known = kept.get(key)
      if (known) {
        kept.delete(key)
        kept.set(key, known)
        return known
      }
      const figure = compute(request, disclosure)
      kept.set(key, figure)
      for (const oldest of kept.keys()) {
        if (kept.size <= size) break
        kept.delete(oldest)
      }
      const forget = () => {
        if (kept.get(key) === figure) kept.delete(key)
      }
      figure.then(made => {
        if (made.lineage.evidenceVersion !== asked) forget()
      }, forget)
      return figure
    },
  }
}

/** The same text for the same request, whatever the order of its parts; what is undefined is not there. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
