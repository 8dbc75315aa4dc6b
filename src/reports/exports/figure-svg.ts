/** A figure as an SVG that stands alone, with its evidence version printed on it. */
import type { Figure } from '../../measures/figure.ts'
import { drawChart } from '../charts/draw-chart.ts'
import { figureChart } from './figure-chart.ts'

export const figureSvg = (figure: Figure, synthetic: boolean): string =>
  drawChart(figureChart(figure, synthetic), 'wide', {
    source: `Figure ${figure.id}, evidence version ${figure.lineage.evidenceVersion}`,
  })
