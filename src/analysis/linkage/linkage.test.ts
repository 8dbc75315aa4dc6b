import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  damerau,
  levenshtein,
  longestCommonSubsequenceDistance,
  optimalStringAlignment,
} from './edit-distance.ts'
import { type Comparison, fitLinkageModel, matchProbability, matchWeights } from './fellegi-sunter.ts'
import { jaro, jaroWinkler } from './jaro-winkler.ts'

describe('edit distances', () => {
  test('by hand', () => {
    assert.equal(levenshtein('kitten', 'sitting'), 3)
    assert.equal(optimalStringAlignment('CA', 'ABC'), 3)
    assert.equal(damerau('CA', 'ABC'), 2, 'C and A are swapped with B put between them')
    assert.equal(longestCommonSubsequenceDistance('kitten', 'sitting'), 5)
    assert.equal(levenshtein('Renée', 'Renee'), 1, 'an accented letter is one letter')
    assert.equal(levenshtein('', 'abc'), 3)
  })

  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é'), maxLength: 12 })

  test('a swap never costs more than two edits, and deleting only never costs less', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = levenshtein(a, b)
        assert.ok(damerau(a, b) <= optimalStringAlignment(a, b))
        assert.ok(optimalStringAlignment(a, b) <= distance)
        assert.ok(distance <= longestCommonSubsequenceDistance(a, b))
        assert.ok(distance >= Math.abs(a.length - b.length))
      }),
    )
  })

  test('they are the same both ways, and nothing only for equal strings', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        for (const distance of [
          levenshtein,
          optimalStringAlignment,
          damerau,
          longestCommonSubsequenceDistance,
        ]) {
          assert.equal(distance(a, b), distance(b, a))
          assert.equal(distance(a, b) === 0, a === b)
        }
      }),
    )
  })

  test('Levenshtein and Damerau obey the triangle', () => {
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        assert.ok(levenshtein(a, c) <= levenshtein(a, b) + levenshtein(b, c))
        assert.ok(damerau(a, c) <= damerau(a, b) + damerau(b, c))
      }),
    )
  })
})

describe('Jaro and Winkler', () => {
  test('by hand: MARTHA and MARHTA share six letters, two of them out of order', () => {
    assert.equal(jaro('MARTHA', 'MARHTA'), (1 + 1 + 5 / 6) / 3)
    assert.equal(jaroWinkler('MARTHA', 'MARHTA'), 17 / 18 + 0.3 * (1 - 17 / 18))
    assert.equal(jaro('', ''), 0)
    assert.equal(jaro('abc', 'xyz'), 0)
  })

  test('the same both ways, between 0 and 1, and the bonus only for near names', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(name, name, (a, b) => {
        const plain = jaro(a, b)
        assert.ok(plain >= 0 && plain <= 1)
        assert.ok(jaroWinkler(a, b) >= plain && jaroWinkler(a, b) <= 1)
        if (plain <= 0.7) assert.equal(jaroWinkler(a, b), plain)
      }),
    )
  })
})

describe('the model of Fellegi and Sunter', () => {
  const comparisons: Comparison[] = [
    { name: 'name', levels: 2 },
    { name: 'birth', levels: 2 },
    { name: 'place', levels: 2 },
  ]
  /** Every pattern, with the counts that the model itself expects of a million pairs. */
  const expected = (prior: number, m: number[], u: number[]) => {
    const levels = comparisons.map(() => [] as number[])
    const counts: number[] = []
    for (let bits = 0; bits < 8; bits++) {
      const agrees = comparisons.map((_, c) => (bits >> c) & 1)
      const chance = (p: number[]) => agrees.reduce((product, a, c) => product * (a ? p[c]! : 1 - p[c]!), 1)
      for (const [c, a] of agrees.entries()) levels[c]!.push(a)
      counts.push(1e6 * (prior * chance(m) + (1 - prior) * chance(u)))
    }
    return { levels: levels.map(l => Int8Array.from(l)), counts: Float64Array.from(counts) }
  }

  test('finds the parameters that the patterns were made from', () => {
    const m = [0.9, 0.95, 0.8]
    const u = [0.02, 0.01, 0.1]
    const fitted = fitLinkageModel(comparisons, expected(0.03, m, u), {
      tolerance: 1e-13,
      mostIterations: 20_000,
    })
    assert.ok(fitted.converged)
    assert.ok(Math.abs(fitted.prior - 0.03) < 1e-6, String(fitted.prior))
    for (const [c, value] of m.entries()) {
      assert.ok(Math.abs(fitted.m[c]![1]! - value) < 1e-6)
      assert.ok(Math.abs(fitted.u[c]![1]! - u[c]!) < 1e-6)
    }
  })

  test('the likelihood never falls, and the order of patterns changes nothing', () => {
    const patterns = expected(0.1, [0.8, 0.7, 0.9], [0.3, 0.2, 0.1])
    let last = Number.NEGATIVE_INFINITY
    for (const mostIterations of [1, 2, 3, 5, 10, 50]) {
      const { logLikelihood } = fitLinkageModel(comparisons, patterns, { mostIterations, tolerance: 0 })
      assert.ok(logLikelihood >= last - 1e-6)
      last = logLikelihood
    }
    const backwards = {
      levels: patterns.levels.map(l => l.toReversed()),
      counts: patterns.counts.toReversed(),
    }
    const one = fitLinkageModel(comparisons, patterns)
    const two = fitLinkageModel(comparisons, backwards)
    assert.ok(Math.abs(one.prior - two.prior) < 1e-9)
  })

  test('a missing comparison says nothing: it adds no weight', () => {
    const model = { prior: 0.5, m: [Float64Array.of(0.1, 0.9)], u: [Float64Array.of(0.9, 0.1)] }
    const weights = matchWeights(model, {
      levels: [Int8Array.of(-1, 0, 1)],
      counts: Float64Array.of(1, 1, 1),
    })
    assert.deepEqual([...weights], [0, -Math.log2(9), Math.log2(9)])
    assert.equal(matchProbability(0, 0.5), 0.5)
    assert.ok(Math.abs(matchProbability(Math.log2(9), 0.5) - 0.9) < 1e-12)
  })

  test('misfits are refused with the value', () => {
    const patterns = { levels: [Int8Array.of(0, 3)], counts: Float64Array.of(1, 1) }
    assert.throws(
      () => fitLinkageModel([{ name: 'name', levels: 2 }], patterns),
      /level 3 of name, which has levels -1 to 1/,
    )
    assert.throws(() => fitLinkageModel([], patterns), /1 columns of levels for 0 comparisons/)
  })
})
