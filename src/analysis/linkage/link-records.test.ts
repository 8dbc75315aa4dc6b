import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { candidatePairs } from './candidate-pairs.ts'
import { comparedField } from './compared-field.ts'
import { clusters, linkRecords } from './link-records.ts'

describe('candidate pairs', () => {
  const keys = (...values: number[]) => Int32Array.from(values)
  const pairsOf = (left: Int32Array[], right: Int32Array[] | null) => {
    const found = candidatePairs(left, right)
    return [...found.left].map((l, i) => [l, found.right[i]!])
  }

  test('two lists: each pair once, under the first rule on which it agrees; no key agrees with nothing', () => {
    assert.deepEqual(pairsOf([keys(0, 1, -1), keys(5, 5, 5)], [keys(0, -1), keys(5, 5)]), [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
      [2, 0],
      [2, 1],
    ])
  })

  test('one list: the earlier record is left, and nobody is paired with themselves', () => {
    assert.deepEqual(pairsOf([keys(3, 3, 4, 3)], null), [
      [0, 1],
      [0, 3],
      [1, 3],
    ])
  })

  test('they are those that a look at every pair finds', () => {
    const column = fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 6, maxLength: 6 })
    fc.assert(
      fc.property(column, column, column, column, (a, b, c, d) => {
        const found = pairsOf(
          [Int32Array.from(a), Int32Array.from(b)],
          [Int32Array.from(c), Int32Array.from(d)],
        )
        const expected: string[] = []
        for (let l = 0; l < 6; l++) {
          for (let r = 0; r < 6; r++) {
            if ((a[l]! >= 0 && a[l] === c[r]) || (b[l]! >= 0 && b[l] === d[r])) expected.push(`${l} ${r}`)
          }
        }
        assert.deepEqual(found.map(p => p.join(' ')).sort(), expected.sort())
      }),
    )
  })

  test('a key that too many share is refused', () => {
    assert.throws(() => candidatePairs([new Int32Array(100)], null, 1000), /more than 1000 pairs to compare/)
  })
})

describe('levels of a field', () => {
  test('names, dates and exact values', () => {
    const level = (kind: 'name' | 'date' | 'exact', a: string, b: string) =>
      comparedField('f', kind, [a], [b]).level(0, 0)
    assert.deepEqual(
      [
        level('name', 'MARTHA', 'MARTHA'),
        level('name', 'MARTHA', 'MARHTA'),
        level('name', 'DIXON', 'DICKSONX'),
        level('name', 'ANNE', 'BOB'),
        level('name', '', 'BOB'),
      ],
      [3, 2, 1, 0, -1],
    )
    assert.deepEqual(
      [
        level('date', '2001-05-06', '2001-05-06'),
        level('date', '2001-05-06', '2001-05-07'),
        level('date', '2001-05-06', '2001-06-05'),
        level('date', '2001-05-06', '1999-11-30'),
      ],
      [3, 2, 1, 0],
    )
    assert.deepEqual(
      [level('exact', 'B1', 'B1'), level('exact', 'B1', 'B2'), level('exact', 'B1', '')],
      [1, 0, -1],
    )
  })
})

describe('linking', () => {
  const people = Array.from({ length: 300 }, (_, i) => ({
    first: ['Amara', 'Bilal', 'Chloe', 'Dev', 'Esme', 'Farah', 'Gwen', 'Hari', 'Ines', 'Jude'][i % 10]!,
    last: ['Ahmed', 'Brown', 'Clarke', 'Dhillon', 'Evans', 'Fofana', 'Green'][i % 7]!,
    born: `19${50 + (i % 50)}-0${1 + (i % 9)}-${10 + (i % 19)}`,
    place: `B${1 + (i % 40)} ${i % 9}AA`,
  }))
  const fieldsOf = (left: typeof people, right: typeof people) =>
    (
      [
        ['first', 'name'],
        ['last', 'name'],
        ['born', 'date'],
        ['place', 'exact'],
      ] as const
    ).map(([name, kind]) =>
      comparedField(
        name,
        kind,
        left.map(p => p[name]),
        right.map(p => p[name]),
      ),
    )
  const random = () => 0.5
  const link = (left: typeof people, right: typeof people) => {
    const fields = fieldsOf(left, right)
    return linkRecords(
      fields,
      { left: left.length, right: right.length, oneList: false },
      {
        trainOn: [2, 1],
        random,
        adjustForFrequency: [0, 1],
        blocks: { left: [fields[2]!.left, fields[3]!.left], right: [fields[2]!.right, fields[3]!.right] },
      },
    )
  }

  test('finds the same people in two lists in another order, with a few mistakes', () => {
    const moved = people.map((p, i) => (i % 10 === 3 ? { ...p, first: `${p.first.slice(1)}x` } : p)).reverse()
    const linked = link(people, moved)
    const found = [...linked.probability.keys()].filter(p => linked.probability[p]! > 0.9)
    const right = found.filter(p => linked.left[p] === people.length - 1 - linked.right[p]!)
    assert.equal(right.length, people.length)
    assert.equal(found.length, right.length, 'and nobody else')
  })

  test('the weight is the prior and what each field adds; a missing field adds nothing', () => {
    const without = people.map((p, i) => (i % 4 === 0 ? { ...p, place: '' } : p))
    const linked = link(people, without)
    const prior = Math.log2(linked.model.prior / (1 - linked.model.prior))
    for (let p = 0; p < linked.weight.length; p++) {
      const sum = linked.contributions.reduce((total, bits) => total + bits[p]!, prior)
      assert.ok(Math.abs(linked.weight[p]! - sum) < 1e-9)
      if (linked.levels[3]![p] === -1) assert.equal(linked.contributions[3]![p], 0)
    }
  })

  test('groups join records through others, and stay apart below the weight', () => {
    const pairs = {
      left: Uint32Array.of(0, 1, 3),
      right: Uint32Array.of(1, 2, 4),
      weight: Float64Array.of(5, 5, -2),
    }
    assert.deepEqual([...clusters(pairs, { left: 5, right: 5, oneList: true }, 0)], [0, 0, 0, 3, 4])
  })
})
