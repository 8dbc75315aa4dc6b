/** Aoristic weights against the R package `aoristic` and against the exact overlap integral. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { aoristicCells, aoristicWeek, hoursOfDay, naiveHours } from '../../src/analysis/aoristic.ts'
import { analyseMethods } from '../../src/cli/analyse/methods.ts'
import { readTable } from '../../src/cli/analyse/read-table.ts'
import { assertNear, referenceAbsent, referencePath, referenceTable } from './reference-table.ts'

const events = async () => {
  const method = analyseMethods.find(m => m.name === 'aoristic')!
  const { analysis } = method.prepare([])
  const table = await readTable(referencePath('aoristic/events.csv'), 'events.csv', analysis)
  return { ids: table.texts('id'), from: table.numbers('from'), to: table.numbers('to') }
}

describe('aoristic', { skip: referenceAbsent }, () => {
  test('the 168 hours agree with the package, and without the cap with the overlap integral', async () => {
    const spans = await events()
    const capped = aoristicWeek(spans, { cap: 'week' })
    const exact = aoristicWeek(spans, { cap: 'none' })
    for (const [cell, row] of referenceTable('aoristic/expected_ratcliffe_168.csv').entries()) {
      assertNear(capped[cell]!, row.weight!, 1e-9, `package, cell ${cell}`)
    }
    for (const [cell, row] of referenceTable('aoristic/expected_exact_168.csv').entries()) {
      assertNear(capped[cell]!, row.weight_week_cap!, 1e-9, `week cap, cell ${cell}`)
      assertNear(exact[cell]!, row.weight_exact!, 1e-9, `exact, cell ${cell}`)
    }
  })

  test('the hours of the day agree, and what counting by start and midpoint gives', async () => {
    const spans = await events()
    const hours = hoursOfDay(aoristicWeek(spans, { cap: 'week' }))
    const naive = naiveHours(spans)
    for (const [hour, row] of referenceTable('aoristic/expected_hour_of_day.csv').entries()) {
      assertNear(hours[hour]!, row.aoristic!, 1e-9, `hour ${hour}`)
      assert.equal(naive.start[hour], Number(row.start), `start in hour ${hour}`)
      assert.equal(naive.midpoint[hour], Number(row.midpoint), `midpoint in hour ${hour}`)
    }
  })

  test('every cell of the first events agrees, and there are no others', async () => {
    const spans = await events()
    const expected = referenceTable('aoristic/expected_ratcliffe_per_event.csv')
    const found = aoristicCells(spans, { cap: 'week' })
    for (const [row, { id, cell, weight }] of expected.entries()) {
      assert.deepEqual([spans.ids[found.event[row]!], found.cell[row]], [id, Number(cell)], `row ${row}`)
      assertNear(found.weight[row]!, weight!, 1e-9, `event ${id}, cell ${cell}`)
    }
    assert.notEqual(spans.ids[found.event[expected.length]!], expected.at(-1)!.id)
  })
})
