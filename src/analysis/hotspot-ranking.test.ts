import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { cellsHolding, concentrationOf, rankHotspots } from './hotspot-ranking.ts'

const near = (found: number, expected: number) =>
  assert.ok(Math.abs(found - expected) < 1e-12, `${found}, expected ${expected}`)

describe('ranking of hotspots', () => {
  // By predicted over area: cell 1 (8), then 0 and 3 (4 each, 3 with less observed first), then 2 (1).
  const ranking = rankHotspots(
    Float64Array.of(6, 3, 0, 1),
    Float64Array.of(4, 8, 2, 4),
    Float64Array.of(1, 1, 2, 1),
  )

  test('goes by predicted over area, and of equals takes first where least was observed', () => {
    assert.deepEqual([...ranking.order], [1, 3, 0, 2])
  })

  test('PAI, PEI and RRI, worked by hand', () => {
    // First cell: 3 of 10 events in 1 of 5 of the area; the best would have had 6.
    near(ranking.pai[0]!, 0.3 / 0.2)
    near(ranking.pei[0]!, 0.5)
    near(ranking.rri[0]!, 8 / 3)
    // First two: 4 of 10 in 2 of 5; the best two 9.
    near(ranking.pai[1]!, 1)
    near(ranking.pei[1]!, 4 / 9)
    near(ranking.rri[1]!, 3)
    for (const all of [ranking.pai, ranking.pei]) near(all[3]!, 1)
  })

  test('nothing observed: no shares and no indices', () => {
    const none = rankHotspots(new Float64Array(2), Float64Array.of(1, 2), Float64Array.of(1, 1))
    assert.deepEqual([...none.order], [1, 0])
    for (const values of [none.pai, none.pei, none.rri]) assert.ok(values.every(Number.isNaN))
  })

  test('every cell is ranked once, and all is found in the end', () => {
    const cells = fc.array(fc.tuple(fc.nat(9), fc.nat(9), fc.integer({ min: 1, max: 5 })), { minLength: 1 })
    fc.assert(
      fc.property(cells, list => {
        const [observed, predicted, area] = [0, 1, 2].map(k =>
          Float64Array.from(list, cell => cell[k as 0 | 1 | 2]),
        ) as [Float64Array, Float64Array, Float64Array]
        const found = rankHotspots(observed, predicted, area)
        assert.deepEqual(
          [...found.order].toSorted((a, b) => a - b),
          list.map((_, i) => i),
        )
        const last = list.length - 1
        assert.equal(
          found.cumulativeObserved[last],
          observed.reduce((a, b) => a + b, 0),
        )
        assert.equal(found.shareOfArea[last], 1)
      }),
    )
  })

  test('what cannot be ranked is refused with the value', () => {
    const one = Float64Array.of(1)
    assert.throws(() => rankHotspots(one, one, Float64Array.of(0)), /the area of cell 0 is 0/)
    assert.throws(() => rankHotspots(Float64Array.of(-1), one, one), /observed of cell 0 is -1/)
    assert.throws(() => rankHotspots(one, new Float64Array(2), one), /2 of predicted for 1 cells/)
    assert.throws(() => rankHotspots(new Float64Array(0), one, one), /no cells/)
  })
})

describe('concentration', () => {
  test('is 0 where all cells are equal, and (n − 1) / n where one has all', () => {
    near(concentrationOf(Float64Array.of(3, 3, 3, 3)).gini, 0)
    near(concentrationOf(Float64Array.of(0, 8, 0, 0)).gini, 0.75)
    assert.ok(Number.isNaN(concentrationOf(new Float64Array(3)).gini))
  })

  test('the generalised Gini is 0 where too few events lie as evenly as they can', () => {
    const found = concentrationOf(Float64Array.of(1, 0, 1, 0))
    near(found.gini, 0.5)
    near(found.giniGeneralised, 0)
  })

  test('the fewest cells that hold a share', () => {
    const counts = Float64Array.of(1, 5, 0, 4)
    assert.equal(cellsHolding(counts, 0.5), 1)
    assert.equal(cellsHolding(counts, 0.51), 2)
    assert.equal(cellsHolding(counts, 1), 3)
    assert.equal(cellsHolding(new Float64Array(3), 0.5), 0)
    assert.throws(() => cellsHolding(counts, 25), /not 25/)
  })
})
