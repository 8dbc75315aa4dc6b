/** The filters of a figure in words: codes are for machines. */
import type { AreaPack } from '../areas/area-pack.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { getMeasure } from './catalogue/index.ts'
import { columnOf, dimensionTitle, domainOf } from './dimensions.ts'
import type { DimensionId, Figure } from './figure.ts'

export interface WhereWords {
  dimension: DimensionId
  title: string
  /** In the order of the figure. */
  values: { code: string; label: string }[]
}

export async function whereWords(
  figure: Figure,
  { evidence, pack }: { evidence: Evidence; pack: AreaPack },
): Promise<WhereWords[]> {
  const source = getMeasure(figure.measure).counting(figure.variant).sources[0]!
  const context = { evidence, pack, period: figure.period, months: [], forces: [] }
  return Promise.all(
    (Object.entries(figure.where) as [DimensionId, string[]][]).map(async ([dimension, codes]) => {
      const column = columnOf(source, dimension)
      const domain = column ? await domainOf(column.values, context) : null
      const labels = new Map(domain?.codes.map(c => [c.code, c.label]))
      return {
        dimension,
        title: dimensionTitle(dimension),
        values: codes.map(code => ({ code, label: labels.get(code) ?? code })),
      }
    }),
  )
}
