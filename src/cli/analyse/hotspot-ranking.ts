import { cellsHolding, concentrationOf, rankHotspots } from '../../analysis/hotspot-ranking.ts'
import { analyseMethod, type InputTable } from './analyse-method.ts'

export const hotspotRankingMethod = analyseMethod({
  name: 'hotspot-ranking',
  summary:
    'How much of what happened a ranking of cells had found, and how concentrated it was (PAI, PEI, RRI, Gini)',
  usage: '',
  details: [
    'Reads: cell, observed, predicted, area. predicted is what the cells are ranked by, such as the counts of the year',
    'before.',
    'Writes: Order, cell, Count, CumCount, PCumCount, Pred, CumPred, Area, CumArea, PCumArea, PAI, PEI, RRI, by predicted',
    'over area from the highest; of equals those with least observed first, then in the order of the file. RRI is empty',
    'while nothing has been observed, and the shares and indices too where nothing was observed at all.',
    '--json adds gini, giniGeneralised (for fewer events than cells), and the fewest cells that hold 25 % and 50 %.',
  ].join('\n'),
  options: {},
  prepare: () => ({
    columns: [
      { name: 'cell', kind: 'text' },
      { name: 'observed', kind: 'number' },
      { name: 'predicted', kind: 'number' },
      { name: 'area', kind: 'number' },
    ],
    unique: ['cell'],
    run: table => {
      refuseOddCells(table)
      const cells = table.texts('cell')
      const [observed, predicted, area] = ['observed', 'predicted', 'area'].map(name =>
        table.numbers(name),
      ) as [Float64Array, Float64Array, Float64Array]
      const ranking = rankHotspots(observed, predicted, area)
      const ranked = (values: Float64Array) => Float64Array.from(ranking.order, cell => values[cell]!)
      const { gini, giniGeneralised, events } = concentrationOf(observed)
      const half = cellsHolding(observed, 0.5)
      return {
        columns: [
          { name: 'Order', values: ranking.order.map((_, rank) => rank + 1) },
          { name: 'cell', values: Array.from(ranking.order, cell => cells[cell]!) },
          { name: 'Count', values: ranked(observed) },
          { name: 'CumCount', values: ranking.cumulativeObserved },
          { name: 'PCumCount', values: ranking.shareOfObserved },
          { name: 'Pred', values: ranked(predicted) },
          { name: 'CumPred', values: ranking.cumulativePredicted },
          { name: 'Area', values: ranked(area) },
          { name: 'CumArea', values: ranking.cumulativeArea },
          { name: 'PCumArea', values: ranking.shareOfArea },
          { name: 'PAI', values: ranking.pai },
          { name: 'PEI', values: ranking.pei },
          { name: 'RRI', values: ranking.rri },
        ],
        more: {
          cells: table.rows,
          events,
          gini,
          giniGeneralised,
          cellsFor25Percent: cellsHolding(observed, 0.25),
          cellsFor50Percent: half,
          shareOfCellsFor50Percent: half / table.rows,
        },
      }
    },
  }),
})

function refuseOddCells(table: InputTable): void {
  for (const name of ['observed', 'predicted', 'area']) {
    table.numbers(name).forEach((value, row) => {
      if (value < 0) throw table.fault(row, name, `${value} is below 0`)
      if (name === 'area' && value === 0) throw table.fault(row, name, 'an area of 0 cannot be ranked')
    })
  }
}
