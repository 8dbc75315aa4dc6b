import { coordinate, type MarginTable, marginTable } from '../../analysis/suppression/margin-table.ts'
import { suppress } from '../../analysis/suppression/suppress.ts'
import { UsageFault } from '../../platform/errors.ts'
import { analyseMethod, type InputTable } from './analyse-method.ts'
import { numberOption } from './option-values.ts'

const TOTAL = 'Total'

export const suppressMethod = analyseMethod({
  name: 'suppress',
  summary: 'Hide small counts of a table, and what would give them away',
  usage: '[--threshold 5] [--zeros show|hide]',
  details: [
    '  --threshold N       counts below N are hidden (default 5)',
    '  --zeros show|hide   whether 0 may be shown (default show)',
    '',
    'Reads: count, and every other column as a dimension, of any number. Give the cells without totals; a combination',
    'that is absent counts as 0.',
    'Writes: the dimensions, count, suppressed, for every combination and every total ("Total" in a dimension). The',
    'count is empty where suppressed is 1. Categories stand in the order of the file, totals last, the last dimension',
    'changing fastest. No suppressed count can be worked out from any combination of what is shown.',
  ].join('\n'),
  options: { threshold: { type: 'string' }, zeros: { type: 'string' } },
  prepare: values => {
    const threshold = numberOption('--threshold', values.threshold ?? '5', { least: 1, whole: true })
    const zeros = values.zeros ?? 'show'
    if (zeros !== 'show' && zeros !== 'hide') {
      throw new UsageFault(`--zeros is "${zeros}" but must be show or hide.`)
    }
    return {
      columns: [{ name: 'count', kind: 'count' }],
      others: 'text',
      run: table => suppressed(table, threshold, zeros),
    }
  },
})

function suppressed(table: InputTable, threshold: number, zeros: 'show' | 'hide') {
  const dimensions = table.headings.filter(heading => heading !== 'count')
  if (dimensions.length === 0) throw table.fault(0, 'count', 'there is no other column that it is split by')
  const categories = dimensions.map(name => [...new Set(table.texts(name))])
  const cells = cellsOf(table, dimensions, categories)
  const hidden = suppress(cells, { threshold, zeros })
  const places = Array.from(cells.counts.keys())
  return {
    columns: [
      ...dimensions.map((name, d) => ({
        name,
        values: places.map(cell => categories[d]![coordinate(cell, d, cells.sizes, cells.strides)] ?? TOTAL),
      })),
      { name: 'count', values: cells.counts.map((count, cell) => (hidden[cell] === 1 ? Number.NaN : count)) },
      { name: 'suppressed', values: hidden },
    ],
  }
}

function cellsOf(table: InputTable, dimensions: readonly string[], categories: string[][]): MarginTable {
  const sizes = categories.map(list => list.length)
  const numbers = categories.map(list => new Map(list.map((name, i) => [name, i])))
  const inner = new Float64Array(sizes.reduce((product, size) => product * size, 1))
  const rowOf = new Map<number, number>()
  for (let row = 0; row < table.rows; row++) {
    let cell = 0
    for (const [d, name] of dimensions.entries()) {
      const category = table.texts(name)[row]!
      if (category === TOTAL) throw table.fault(row, name, `"${TOTAL}" is worked out here; leave totals out`)
      cell = cell * sizes[d]! + numbers[d]!.get(category)!
    }
    if (rowOf.has(cell)) {
      throw table.fault(row, dimensions.at(-1) ?? 'count', 'an earlier row has the same dimensions')
    }
    rowOf.set(cell, row)
    inner[cell] = table.numbers('count')[row]!
  }
  return marginTable(sizes, inner)
}
