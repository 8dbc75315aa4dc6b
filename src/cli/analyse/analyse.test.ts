/** `concord analyse` as it is called: real files in, what stands on the terminal and in files out. */
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Terminal } from '../command.ts'
import { runCommand } from '../run-command.ts'
import { analyseMethods } from './methods.ts'

interface Said {
  status: number
  out: string
  err: string
  folder: string
}

async function analyse(args: string[], files: Record<string, string> = {}): Promise<Said> {
  const folder = await mkdtemp(join(tmpdir(), 'concord-analyse-'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  let out = ''
  let err = ''
  const terminal: Terminal = {
    account: 'test',
    signal: new AbortController().signal,
    out: text => {
      out += text
    },
    err: sentence => {
      err += `${sentence}\n`
    },
    progress: () => {},
    document: async () => {},
  }
  const status = await runCommand(['analyse', ...args], folder, terminal)
  return { status, out, err, folder }
}

const events = 'id,from,to\nA,2023-01-08 01:30,2023-01-08 03:30\nB,2023-01-08 01:00,\n'
const hours = ['aoristic', '--by', 'hour', '--input', 'events.csv']
const onHours = (text: string) => analyse(hours, { 'events.csv': text })

test('without a method it lists them all, and every one has its help', async () => {
  const { status, out } = await analyse([])
  assert.equal(status, 0)
  for (const { name } of analyseMethods) {
    assert.match(out, new RegExp(`^ {2}${name} `, 'm'))
    assert.match((await analyse([name, '--help'])).out, new RegExp(`^Usage: concord analyse ${name} `, 'm'))
  }
})

test('a file goes in and a table comes out, in full precision and with every hour', async () => {
  const { status, out, err } = await onHours(events)
  assert.deepEqual([status, err], [0, ''])
  const lines = out.split('\n')
  assert.equal(lines.length, 26)
  assert.deepEqual(lines.slice(0, 5), ['hour,weight', '0,0', '1,1.25', '2,0.5', '3,0.25'])
})

test('columns may come in any order, with others, with semicolons, a byte order mark and CRLF', async () => {
  const { out, err } = await onHours(
    '\uFEFFto;note;id;from\r\n2023-01-08T03:30;"a; b";A;2023-01-08T01:30:00\r\n;x;B;2023-01-08 01:00\r\n',
  )
  assert.equal(err, '')
  assert.deepEqual(out.split('\n').slice(2, 4), ['1,1.25', '2,0.5'])
})

test('as JSON it says more than the table', async () => {
  const { out } = await analyse([...hours, '--json'], { 'events.csv': events })
  const said = JSON.parse(out)
  assert.deepEqual(said.rows[1], { hour: 1, weight: 1.25 })
  assert.deepEqual([said.method, said.events, said.naiveHours.start[1]], ['aoristic', 2, 2])
})

test('into a file, all of it, and nothing on the terminal; the data folder is never made', async () => {
  const { status, out, folder } = await analyse([...hours, '--out', 'hours.csv'], { 'events.csv': events })
  assert.deepEqual([status, out], [0, ''])
  assert.match(await readFile(join(folder, 'hours.csv'), 'utf8'), /^hour,weight\n0,0\n/)
  assert.deepEqual((await readdir(folder)).toSorted(), ['events.csv', 'hours.csv'])
})

const faulty: [string, string, RegExp][] = [
  [
    'a missing column',
    'id,from\nA,2023-01-08 01:30\n',
    /^events\.csv lacks the column to; it has id, from\.$/,
  ],
  [
    'a cell that is no time',
    'id,from,to\nA,2023-01-08 01:30,\nB,yesterday,\n',
    /^Row 3, column from of events\.csv: "yesterday" is not a time such as/,
  ],
  [
    'a day that there is not',
    'id,from,to\nA,2023-02-29 01:30,\n',
    /^Row 2, column from .*"2023-02-29 01:30" is not/,
  ],
  ['an empty cell', 'id,from,to\nA,,\n', /^Row 2, column from of events\.csv: the cell is empty\.$/],
  [
    'an id that comes twice',
    'id,from,to\nA,2023-01-08 01:30,\nB,2023-01-08 01:30,\nA,2023-01-08 01:30,\n',
    /^Row 4 of events\.csv repeats id "A" of row 2; each may stand once\.$/,
  ],
  [
    'a row with too few cells',
    'id,from,to\nA,2023-01-08 01:30\n',
    /^Row 2 of events\.csv has 2 cells where the heading row has 3\.$/,
  ],
  ['two columns of one name', 'id,from,from,to\nA,,,\n', /^events\.csv has two columns named "from"\.$/],
  ['no rows', 'id,from,to\n', /^events\.csv has a heading row and no rows\.$/],
  ['nothing at all', '', /^events\.csv is empty\.$/],
  ['a quotation mark that never closes', 'id,from,to\nA,"2023-01-08 01:30,\n', /cannot be read beyond row 2/],
]

for (const [what, text, sentence] of faulty) {
  test(`${what} is one sentence, and 1`, async () => {
    const { status, out, err } = await onHours(text)
    assert.deepEqual([status, out], [1, ''])
    assert.match(err.trimEnd(), sentence)
    assert.equal(err.split('\n').length, 2)
  })
}

test('an empty line is no row, and the rows after it keep their number in the spreadsheet', async () => {
  const { err } = await onHours('id,from,to\nA,2023-01-08 01:30,\n\nB,soon,\n')
  assert.match(err, /^Row 4, column from/)
})

test('what no number is, is refused: words, NaN, infinite, hexadecimal, a decimal comma', async () => {
  for (const cell of ['many', 'NaN', 'Infinity', '1e999', '0x1F', '"1,5"']) {
    const { status, err } = await analyse(
      ['density', '--cell', '10', '--bandwidth', '5', '--input', 'p.csv'],
      {
        'p.csv': `x,y\n1,2\n${cell},2\n`,
      },
    )
    assert.equal(status, 1)
    assert.match(err, /^Row 3, column x of p\.csv: ".*" is not a finite number\.$/m)
  }
})

test('a file that is not there or is a folder is said', async () => {
  assert.match((await analyse(hours)).err, /^events\.csv cannot be opened/)
  assert.match((await analyse(['aoristic', '--input', '.'])).err, /^\. is a folder/)
})

test('wrong usage is told with how to call, and 2', async () => {
  for (const [args, sentence] of [
    [['aoristik'], /^There is no method "aoristik"\. Did you mean aoristic\?$/m],
    [['--input', 'x.csv'], /^METHOD comes first, before --input\.$/m],
    [['aoristic'], /^--input is missing/m],
    [['aoristic', '--bye', 'hour'], /^There is no option --bye\. Did you mean --by\?/m],
    [['aoristic', '--by', 'day'], /^--by is "day" but must be week-hours or hour\./m],
    [['density', '--cell', '0', '--input', 'x'], /^--cell is "0" but must be a number above 0\./m],
    [['density', '--cell', '9', '--bounds', '0,0,0,9', '--input', 'x'], /WEST,SOUTH,EAST,NORTH\./],
  ] as const) {
    const { status, err } = await analyse([...args])
    assert.equal(status, 2, args.join(' '))
    assert.match(err, sentence)
    assert.match(err, /Usage: concord analyse/)
  }
})

test('a value that a method cannot take is the fault of the input', async () => {
  const { status, err } = await analyse(['density', '--cell', '10', '--input', 'p.csv'], {
    'p.csv': 'x,y\n1,2\n',
  })
  assert.equal(status, 1)
  assert.equal(err, 'Of 1 points no bandwidth can be told.\n')
})

test('a series of several years gives its index; a part of a year gives empty fields', async () => {
  const year = (y: number) =>
    Array.from({ length: 12 }, (_, m) => `S,${y},${m + 1},${m === 0 ? 20 : 10}\n`).join('')
  const monthly = `series,year,month,count\n${year(2018)}${year(2019)}T,2019,1,4\n`
  const { out } = await analyse(['season', '--input', 'm.csv'], { 'm.csv': monthly })
  const lines = out.split('\n')
  assert.equal(lines[0], 'series,month,index_mean_of_ratios,index_sd,index_ratio_of_means,index_per_day')
  assert.deepEqual(lines[1]!.split(',').slice(0, 2), ['S', '1'])
  assert.ok(Math.abs(Number(lines[1]!.split(',')[2]) - 240 / 130) < 1e-12)
  assert.equal(lines[13], 'T,1,,,,')
})

test('a trend with a hole is refused where the hole ends', async () => {
  const { err } = await analyse(['season', '--trend', '--input', 'm.csv'], {
    'm.csv': 'series,year,month,count\nS,2018,12,1\nS,2019,3,1\n',
  })
  assert.match(err, /^Row 3, column month of m\.csv: 2 months are missing before it/)
})

test('labels that a spreadsheet would run as a formula come out as text', async () => {
  const { out } = await analyse(['season', '--input', 'm.csv'], {
    'm.csv': 'series,year,month,count\n=cmd(),2018,12,1\n',
  })
  assert.match(out, /^'=cmd\(\),1,/m)
})
