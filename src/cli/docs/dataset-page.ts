/** The documentation page of a dataset, from its descriptor: for whoever prepares the file. */
import type { CodeList } from '../../evidence/codes/code-list.ts'
import type { Column, ColumnType, Dataset, Placement } from '../../evidence/dataset.ts'
import { csvTemplate } from '../../evidence/intake/csv-template.ts'
import { code, generatedBy, table } from './markdown.ts'

const typeWords: Record<ColumnType, string> = {
  text: 'text',
  integer: 'whole number',
  number: 'number',
  date: 'day, 2019-04-30 or 30/04/2019',
  month: 'month, 2019-04',
  timestamp: 'local time, 2019-04-30 21:15',
  instant: 'instant with its offset, 2019-04-30T20:15:00+00:00; kept as local time',
  boolean: 'yes or no',
}

const placementWords: Record<Placement, string> = {
  point: 'By its point; failing that, by the small-area code that it carries.',
  'small-area': 'By the small-area code that it carries.',
  'local-authority': 'By the local-authority code that it carries.',
  none: 'Rows are not placed in areas.',
}

export function datasetPage(dataset: Dataset): string {
  const named = (names: readonly string[]) => names.map(code).join(', ')
  return [
    generatedBy('src/cli/docs/dataset-page.ts'),
    `# ${dataset.title}\n`,
    `${dataset.describes}\n`,
    `Dataset ${code(dataset.id)}, table ${code(dataset.table)}: ${dataset.grain}. ${dataset.fromCasework ? 'Nobody sends it: Concord counts it every night, up to the day before' : `Sent by ${dataset.suppliers.join(', ')}`}. Source: ${dataset.source}.\n`,
    [
      `* **Counts in** the month of ${code(dataset.period)}.`,
      `* **Placed in areas:** ${placementWords[dataset.placement]}`,
      dataset.key.length > 0
        ? `* **Identified by** ${named(dataset.key)}: a second row of one file with the same is a repeat and counts once.`
        : '* **Not identified:** identical rows are separate events, and all of them count.',
      dataset.fromCasework
        ? '* **Replaced** as a whole by every later counting.'
        : `* **Replaced by** a later load that has the same ${named(dataset.replacedBy)}.`,
      ...(dataset.forceFrom === 'file-name'
        ? [
            '* **Force and month** come from the file name, such as `2019-01-west-midlands-stop-and-search.csv`.',
          ]
        : []),
      ...(dataset.policeApi ? ['* **Also read** as the JSON lines of the police API.'] : []),
      '',
    ].join('\n'),
    `## Columns\n`,
    columnTable(dataset),
    ...(dataset.unpivot
      ? [
          `The columns ${named(dataset.unpivot.columns)} become rows of ${code(dataset.unpivot.name)} and ${code(dataset.unpivot.value)}.\n`,
        ]
      : []),
    ...headingsPart(dataset),
    '## Checks\n',
    checkList(dataset),
    ...derivedPart(dataset),
    ...(dataset.fromCasework
      ? []
      : [
          '## Template\n',
          `${code(`concord template ${dataset.id}`)} gives it:\n`,
          `\`\`\`csv\n${csvTemplate(dataset).replaceAll('\r\n', '\n').trimEnd()}\n\`\`\`\n`,
        ]),
  ].join('\n')
}

const columnTable = (dataset: Dataset): string =>
  table(
    ['Column', 'What it is', 'Written as', 'Needed', 'Example'],
    dataset.columns.map(column => [
      code(column.name),
      `${column.describes}${column.personal ? ' (describes a person)' : ''}`,
      writtenAs(column),
      column.required ? 'yes' : '',
      column.example ? code(column.example) : '',
    ]),
  )

function writtenAs({ type, unit, range, codes }: Column): string {
  if (codes) {
    return `[${codes.title}](../codes/${codes.id}.md)${codes.closed ? '' : ', or another value'}`
  }
  const limits = range ? `, ${range.min} to ${range.max}` : ''
  return `${typeWords[type]}${limits}${unit ? ` (${unit})` : ''}`
}

function headingsPart(dataset: Dataset): string[] {
  const others = dataset.columns.filter(column => column.headings && column.headings.length > 0)
  if (others.length === 0) return []
  return [
    'These headings are understood as well; case, spaces and punctuation do not matter:\n',
    table(
      ['Column', 'Also'],
      others.map(column => [code(column.name), column.headings!.map(code).join(', ')]),
    ),
  ]
}

const checkList = ({ columns, checks }: Dataset): string =>
  [
    'A row is rejected, with every reason, when:\n',
    ...(columns.some(column => column.required) ? ['* a needed column is empty'] : []),
    '* a value is not of its kind, out of its range, or not on its closed list',
    ...checks.map(check => `* ${check.reason}`),
    '',
  ].join('\n')

const derivedPart = ({ derived }: Dataset): string[] =>
  derived.length === 0
    ? []
    : [
        '## Worked out from these\n',
        table(
          ['Column', 'What it is'],
          derived.map(column => [code(column.name), column.describes]),
        ),
      ]

export const codeListPage = (list: CodeList): string =>
  [
    generatedBy('src/cli/docs/dataset-page.ts'),
    `# ${list.title}\n`,
    `Source: ${list.source}\n`,
    table(
      ['Code', 'Meaning', 'From', 'To', 'Also read', 'Note'],
      list.codes.map(({ code: value, label, from, to, aliases, note }) => [
        code(value),
        label,
        from ?? '',
        to ?? '',
        (aliases ?? []).map(code).join(', '),
        note ?? '',
      ]),
    ),
  ].join('\n')

export const datasetIndex = (datasets: readonly Dataset[]): string =>
  [
    generatedBy('src/cli/docs/dataset-page.ts'),
    '# Datasets\n',
    'What partners send, and what Concord counts in its own casework. Each page says what a row is, its columns, codes and checks, and has the template.\n',
    table(
      ['Dataset', 'What it is', 'One row is'],
      datasets.map(d => [`[${d.title}](${d.id}.md)`, d.describes, d.grain.replace(/^one row per /, 'one ')]),
    ),
  ].join('\n')

export const codeListIndex = (lists: readonly CodeList[]): string =>
  [
    generatedBy('src/cli/docs/dataset-page.ts'),
    '# Lists of codes\n',
    'What a code means, since when, and who says so.\n',
    table(
      ['List', 'Codes', 'Source'],
      lists.map(list => [`[${list.title}](${list.id}.md)`, String(list.codes.length), list.source]),
    ),
  ].join('\n')
