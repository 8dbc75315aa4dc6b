/** A figure as a file. */
import type { Figure } from '../measures/figure.ts'
import { drawChart } from '../reports/charts/draw-chart.ts'
import type { ExportContext } from '../reports/exports/export-context.ts'
import { figureChart } from '../reports/exports/figure-chart.ts'
import { figureCsv } from '../reports/exports/figure-csv.ts'
import { figureJson } from '../reports/exports/figure-json.ts'
import { figureXlsx } from '../reports/exports/figure-xlsx.ts'
import type { FigureFormat } from './figure-address.ts'

export interface Download {
  /** Name for the reader's disk: measure, period, short id. Only letters, digits, hyphens and one dot. */
  name: string
  type: string
  body: string | Buffer
}

export async function figureDownload(
  figure: Figure,
  format: FigureFormat,
  context: ExportContext,
): Promise<Download> {
  const synthetic = context.synthetic ? '-synthetic' : ''
  const name = `${figure.measure}-${figure.period.from}-${figure.period.to}-${figure.id.slice(0, 8)}${synthetic}.${format}`
  switch (format) {
    case 'csv':
      return { name, type: 'text/csv; charset=utf-8', body: figureCsv(figure, context.synthetic) }
    case 'json':
      return { name, type: 'application/json; charset=utf-8', body: figureJson(figure, context.synthetic) }
    case 'svg':
      return {
        name,
        type: 'image/svg+xml; charset=utf-8',
        body: drawChart(figureChart(figure, context.synthetic), 'wide', {
          source: `Concord, evidence version ${figure.lineage.evidenceVersion}`,
        }),
      }
    case 'xlsx':
      return {
        name,
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        body: Buffer.from(await figureXlsx(figure, context)),
      }
  }
}
