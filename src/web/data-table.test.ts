import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dataTable, type Sorting } from './data-table.ts'
import { pagination } from './pagination.ts'

const people = (sorting?: Partial<Sorting>) =>
  dataTable({
    caption: 'Offences by area',
    columns: [
      { key: 'area', title: 'Area', sortable: true },
      { key: 'value', title: 'Offences', numeric: true, sortable: true },
    ],
    rows: [
      [{ text: 'Walsall' }, { text: '1,204', sort: 1204 }],
      [{ text: 'Coventry' }, { text: 'withheld', sort: null, withheld: true }],
      [{ text: 'Area 10' }, { text: '98', sort: 98 }],
      [{ text: 'Area 9' }, { text: '310', sort: 310 }],
    ],
    sorting: { url: '/places?from=2019-01&sort=area&order=ascending', ...sorting },
  })

const first = (table: ReturnType<typeof people>) => table.rows.map(row => row[0]!.text)

test('without an order the rows stand as they came', () => {
  assert.deepEqual(first(people()), ['Walsall', 'Coventry', 'Area 10', 'Area 9'])
})

test('numbers are sorted as numbers, and what is withheld comes last in both directions', () => {
  assert.deepEqual(first(people({ sort: 'value' })), ['Walsall', 'Area 9', 'Area 10', 'Coventry'])
  assert.deepEqual(first(people({ sort: 'value', order: 'ascending' })), [
    'Area 10',
    'Area 9',
    'Walsall',
    'Coventry',
  ])
})

test('words are sorted as people count: area 9 before area 10', () => {
  assert.deepEqual(first(people({ sort: 'area', order: 'ascending' })), [
    'Area 9',
    'Area 10',
    'Coventry',
    'Walsall',
  ])
})

test('the heading of the sorted column turns the order round and keeps the filter', () => {
  const [area, value] = people({ sort: 'area', order: 'ascending' }).columns
  assert.equal(area!.sort!.direction, 'ascending')
  assert.equal(area!.sort!.href, '/places?from=2019-01&sort=area&order=descending')
  assert.equal(value!.sort!.direction, null)
  assert.equal(value!.sort!.href, '/places?from=2019-01&sort=value&order=descending')
})

test('a column that is not there sorts nothing', () => {
  assert.deepEqual(first(people({ sort: 'no-such-column' })), first(people()))
})

test('pages say what they show, and keep the filter', () => {
  const page = pagination(312, 3, '/data?dataset=offences&page=3')
  assert.deepEqual([page.first, page.last, page.total, page.offset], [51, 75, 312, 50])
  assert.equal(page.previous?.href, '/data?dataset=offences&page=2')
  assert.equal(page.next?.href, '/data?dataset=offences&page=4')
  assert.deepEqual(
    page.items.map(i => ('ellipsis' in i ? '…' : i.current ? `[${i.number}]` : i.number)),
    [1, 2, '[3]', 4, '…', 13],
  )
})

test('a page beyond the end is the last; an empty list is one empty page', () => {
  assert.equal(pagination(30, 99, '/data').page, 2)
  const none = pagination(0, 1, '/data')
  assert.deepEqual([none.first, none.last, none.pages], [0, 0, 1])
})
