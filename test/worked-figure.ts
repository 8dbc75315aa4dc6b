/** Figures over rows that are worked out by hand. */
import { computeFigure } from '../src/measures/compute-figure.ts'
import type { DisclosureLevel, Figure, FigureRequest } from '../src/measures/figure.ts'
import { type EvidenceRows, evidenceInMemory } from './evidence-in-memory.ts'
import { packForTests } from './pack-for-tests.ts'

export async function figureOf(
  rows: EvidenceRows,
  request: FigureRequest,
  disclosure: DisclosureLevel = 'record',
): Promise<Figure> {
  const evidence = await evidenceInMemory(rows)
  try {
    return await computeFigure({ evidence, pack: packForTests }, request, disclosure)
  } finally {
    evidence.close()
  }
}

/** `{ 'North West': 2, Unknown: 1 }`. */
export const valuesOf = (figure: Figure): Record<string, number | null> =>
  Object.fromEntries(figure.rows.map(row => [Object.values(row.labels).join(' / '), row.value]))

export const sentencesOf = (figure: Figure, kind: string): string[] =>
  figure.warnings.filter(w => w.kind === kind).map(w => w.sentence)

export const april2019 = { from: '2019-04', to: '2019-04' }
