/** Matching of whole lists against Splink and against lists whose truth is known. The truth is never given to it. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { InputTable } from '../../src/cli/analyse/analyse-method.ts'
import { type MatchWords, matchPlan } from '../../src/cli/match/match-plan.ts'
import { matchTables } from '../../src/cli/match/match-tables.ts'
import {
  publishedTable,
  referenceAbsent,
  referenceJson,
  referenceTable,
  type TextRows,
} from './reference-table.ts'

const tableOf = (rows: TextRows): InputTable => ({
  rows: rows.length,
  headings: Object.keys(rows[0]!),
  has: column => column in rows[0]!,
  numbers: () => new Float64Array(0),
  texts: column => rows.map(row => row[column]!),
  fault: () => {
    throw new Error('not asked for')
  },
})

/** A generator with a known state, for pairs drawn at random. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

interface Score {
  /** Every pair that was compared, as "l r". */
  compared: ReadonlySet<string>
  pairs: number
  precision: number
  recall: number
  bestF1: number
}

/** Precision and recall at the threshold of the best F1. */
function score(
  left: TextRows,
  right: TextRows | null,
  words: MatchWords,
  same: (l: string, r: string) => boolean,
  truePairs: number,
): Score {
  const result = matchTables(tableOf(left), right ? tableOf(right) : null, matchPlan(words), {
    threshold: 0,
    random: seeded(7),
  })
  const column = (name: string) => result.columns.find(c => c.name === name)!.values
  const [l, r, weight] = [column('l'), column('r'), column('weight')]
  const order = Array.from({ length: l.length }, (_, i) => i).sort(
    (a, b) => Number(weight[b]) - Number(weight[a]),
  )
  let right1 = 0
  const compared = new Set(order.map(p => `${l[p]} ${r[p]}`))
  const best: Score = { compared, pairs: l.length, precision: 0, recall: 0, bestF1: 0 }
  for (const [i, p] of order.entries()) {
    if (same(String(l[p]), String(r[p]))) right1++
    const precision = right1 / (i + 1)
    const recall = right1 / truePairs
    const f1 = (2 * precision * recall) / (precision + recall || 1)
    if (f1 > best.bestF1) Object.assign(best, { precision, recall, bestF1: f1 })
  }
  return best
}

const said = (what: string, s: Score): string =>
  `${what}: ${s.pairs} pairs, precision ${s.precision.toFixed(4)}, recall ${s.recall.toFixed(4)}, best F1 ${s.bestF1.toFixed(4)}`

describe('matching whole lists', { skip: referenceAbsent }, () => {
  test('the lists on which Splink was run: the same pairs, and a best F1 not below that of any peer', t => {
    const splink = referenceJson('linkage/expected_splink.json')
    const inR = referenceJson('linkage/expected_r_linkers.json')
    const peers = {
      Splink: splink.accuracy,
      reclin2: inR.reclin2,
      fastLink: inR.fastLink,
      recordlinkage: referenceJson('linkage/expected_recordlinkage.json').accuracy,
    }
    const [a, b] = [referenceTable('linkage/list_a.csv'), referenceTable('linkage/list_b.csv')]
    const truth = new Map([...a, ...b].map(row => [row.unique_id!, row.truth_id!]))
    const found = score(
      a,
      b,
      {
        id: 'unique_id',
        name: 'first_name,surname',
        date: 'dob',
        exact: 'postcode,phone',
        block: 'surname,dob,postcode,first_name+dob:4,phone',
        train: 'dob,surname',
      },
      (l, r) => truth.get(l) === truth.get(r),
      splink.truth_pairs,
    )
    t.diagnostic(said('list_a with list_b', found))
    assert.equal(found.pairs, splink.accuracy.pairs)
    for (const pair of referenceTable('linkage/expected_splink_predictions.csv')) {
      assert.ok(found.compared.has(`${pair.l} ${pair.r}`), `${pair.l} ${pair.r} was not compared`)
    }
    for (const [peer, { best_f1 }] of Object.entries(peers)) {
      assert.ok(found.bestF1 >= best_f1, `${found.bestF1} is below ${best_f1} of ${peer}`)
    }
  })

  test('febrl 4: five thousand people in two lists', t => {
    const number = (id: string) => /rec-(\d+)/.exec(id)![1]
    const found = score(
      publishedTable('linkage/febrl4a.csv'),
      publishedTable('linkage/febrl4b.csv'),
      {
        id: 'rec_id',
        name: 'given_name,surname,suburb',
        date: 'date_of_birth,soc_sec_id',
        exact: 'postcode,street_number',
        block: 'soc_sec_id,date_of_birth,surname+given_name:1,postcode+surname:2,given_name+postcode',
        train: 'date_of_birth,soc_sec_id',
        frequency: 'given_name,surname',
      },
      (l, r) => number(l) === number(r),
      5000,
    )
    t.diagnostic(said('febrl4a with febrl4b', found))
    assert.ok(found.bestF1 > 0.98, said('febrl 4', found))
  })

  test('rldata500: fifty people twice among five hundred rows', t => {
    const rows = publishedTable('linkage/rldata500.csv').map(row => ({
      ...row,
      fname: row.fname_c1!,
      lname: row.lname_c1!,
      born: `${row.by}-${row.bm!.padStart(2, '0')}-${row.bd!.padStart(2, '0')}`,
      day: row.bd!,
      month: row.bm!,
      year: row.by!,
    }))
    const truth = new Map(
      rows.map(row => [(row as Record<string, string>).rec_id!, (row as Record<string, string>).ent_id!]),
    )
    const found = score(
      rows,
      null,
      {
        id: 'rec_id',
        name: 'fname,lname',
        exact: 'year,month,day',
        block: 'fname,lname,year+month,year+day,month+day',
        train: 'lname,fname',
      },
      (l, r) => truth.get(l) === truth.get(r),
      50,
    )
    t.diagnostic(said('rldata500', found))
    assert.ok(found.bestF1 > 0.9, said('rldata500', found))
  })

  test('splink-fake-1000: groups of one to seven, a fifth of the cells missing', t => {
    const rows = publishedTable('linkage/splink-fake-1000.csv')
    const truth = new Map(rows.map(row => [row.unique_id!, row.cluster!]))
    const found = score(
      rows,
      null,
      {
        id: 'unique_id',
        name: 'first_name,surname,email',
        date: 'dob',
        exact: 'city',
        block: 'email,dob,first_name+surname,surname+dob:4,first_name+dob:4',
        train: 'dob,email',
        frequency: 'first_name,surname,city',
      },
      (l, r) => truth.get(l) === truth.get(r),
      2031,
    )
    t.diagnostic(said('splink-fake-1000', found))
    assert.ok(found.bestF1 > 0.75, said('splink-fake-1000', found))
  })
})
