/** Pages of the measures catalogue, made from the catalogue itself. */
import { measures } from './catalogue/index.ts'
import { dimensionsOf, dimensionTitle } from './dimensions.ts'
import { type Measure, tablesOf } from './measure.ts'
import { choicesOf, measureSql } from './measure-sql.ts'
import { PER_VICTIMS } from './victims.ts'

/** File name → text, for `docs/measures/`. */
export function measureDocs(): Map<string, string> {
  return new Map([
    ['README.md', index()],
    ...measures.map((measure): [string, string] => [`${measure.id}.md`, page(measure)]),
  ])
}

const WRITTEN =
  '<!-- Written by src/measures/write-measure-docs.ts from the catalogue. Change the catalogue instead. -->'

function index(): string {
  const families = [...new Set(measures.map(m => m.family))]
  const sections = families.map(family => {
    const rows = measures
      .filter(m => m.family === family)
      .map(m => `| [${m.id}](${m.id}.md) | ${m.title} | ${m.unit} |`)
    return `## ${family}\n\n| measure | title | unit |\n| --- | --- | --- |\n${rows.join('\n')}\n`
  })
  return `${WRITTEN}\n\n# Measures\n\nWhat is counted, and how. Every figure on every page is one of these over a period.\n\n${sections.join('\n')}`
}

function page(measure: Measure): string {
  const tables = [...new Set(choicesOf(measure).flatMap(chosen => tablesOf(measure.counting(chosen))))]
  const parts = [
    WRITTEN,
    `# ${measure.title}`,
    measure.definition,
    list([
      ['Name', `\`${measure.id}\``],
      ['Family', measure.family],
      ['Unit', measure.unit],
      ['Kind', kinds[measure.kind]],
      ['Counted', measure.counted],
      ['Source', measure.source],
      ['The rule holds since', measure.since],
      ['Tables', tables.map(table => `\`${table}\``).join(', ')],
      [
        'Rate',
        measure.rate
          ? `per ${measure.rate.per.toLocaleString('en-GB')} residents. ${measure.rate.because}`
          : 'none: a rate per resident would mislead',
      ],
      ...(measure.victims
        ? [
            [
              'Beside victims',
              `per ${PER_VICTIMS} of \`${measure.victims.measure}\`. ${measure.victims.because}`,
            ] as [string, string],
          ]
        : []),
    ]),
    section('Included', measure.includes),
    section('Not included', measure.excludes),
    section('Known breaks', measure.breaks),
    ...(measure.variants.length > 0 ? ['## Variants', ...measure.variants.map(variantText)] : []),
    section(
      'Can be split and filtered by',
      dimensionsOf(measure).map(id => `\`${id}\` ${dimensionTitle(id)}`),
    ),
    `## How it is counted\n\n\`\`\`sql\n${measureSql(measure).trim()}\n\`\`\``,
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

const kinds: Record<Measure['kind'], string> = {
  count: 'a count',
  proportion: 'a proportion, in percent',
  sum: 'a sum',
  median: 'a median',
}

const list = (entries: [string, string][]): string =>
  entries.map(([name, text]) => `* **${name}**: ${text}`).join('\n')

const section = (title: string, lines: readonly string[]): string =>
  lines.length > 0 ? `## ${title}\n\n${lines.map(line => `* ${line}`).join('\n')}` : ''

const variantText = (variant: Measure['variants'][number]): string =>
  `### ${variant.title} (\`${variant.name}\`)\n\n${variant.describes}.\n\n${variant.choices
    .map(
      choice =>
        `* \`${choice.value}\`: ${choice.title}${choice.value === variant.default ? ' (unless chosen otherwise)' : ''}`,
    )
    .join('\n')}`
