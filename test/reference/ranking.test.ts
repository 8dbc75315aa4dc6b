/** PAI, PEI, RRI and the concentration of crime against ptools. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { cellsHolding, concentrationOf, rankHotspots } from '../../src/analysis/hotspot-ranking.ts'
import { assertNear, referenceAbsent, referenceJson, referenceTable } from './reference-table.ts'

describe('ranking', { skip: referenceAbsent }, () => {
  const cells = referenceAbsent ? [] : referenceTable('ranking/cells.csv')
  const column = (name: string) => Float64Array.from(cells, row => Number(row[name]))

  for (const area of ['area_equal', 'area_km2']) {
    test(`every column agrees with ptools by ${area}`, () => {
      const [observed, predicted, areas] = [column('observed'), column('predicted'), column(area)]
      const ranking = rankHotspots(observed, predicted, areas)
      const expected = referenceTable(`ranking/expected_pai_${area}.csv`)
      assert.deepEqual(
        Array.from(ranking.order, cell => cells[cell]!.cell),
        expected.map(row => row.cell),
      )
      const columns: [string, ArrayLike<number>][] = [
        ['Count', Array.from(ranking.order, cell => observed[cell]!)],
        ['CumCount', ranking.cumulativeObserved],
        ['PCumCount', ranking.shareOfObserved],
        ['CumPred', ranking.cumulativePredicted],
        ['CumArea', ranking.cumulativeArea],
        ['PCumArea', ranking.shareOfArea],
        ['PAI', ranking.pai],
        ['PEI', ranking.pei],
        ['RRI', ranking.rri],
      ]
      for (const [name, found] of columns) {
        for (const [i, row] of expected.entries())
          assertNear(found[i]!, row[name]!, 1e-9, `${name} of rank ${i + 1}`)
      }
    })
  }

  test('Gini, generalised Gini and the cells that hold a quarter and a half agree', () => {
    const expected = referenceJson('ranking/expected_meta.json')
    const observed = column('observed')
    const found = concentrationOf(observed)
    assert.ok(Math.abs(found.gini - expected.gini) < 1e-12, `${found.gini}`)
    assert.ok(Math.abs(found.giniGeneralised - expected.gini_generalised) < 1e-12, `${found.giniGeneralised}`)
    assert.equal(cellsHolding(observed, 0.25), expected.cells_for_25pct)
    assert.equal(cellsHolding(observed, 0.5), expected.cells_for_50pct)
  })
})
