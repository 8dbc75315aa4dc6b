import { extname, resolve } from 'node:path'
import { inventedEvidence } from '../../evidence/invented.ts'
import { computeFigure } from '../../measures/compute-figure.ts'
import type { DimensionId, Figure, FigureRequest } from '../../measures/figure.ts'
import { filtersOf } from '../../measures/where.ts'
import type { ExportContext } from '../../reports/exports/export-context.ts'
import { figureCsv } from '../../reports/exports/figure-csv.ts'
import { figureJson } from '../../reports/exports/figure-json.ts'
import { figureTable } from '../../reports/exports/figure-table.ts'
import { figureXlsx } from '../../reports/exports/figure-xlsx.ts'
import { oneOf, pairsOf, readArguments } from '../arguments.ts'
import type { Command } from '../command.ts'
import { operator, recordOperator } from '../operator.ts'

const formats = ['table', 'json', 'csv', 'xlsx', 'svg'] as const
type Format = (typeof formats)[number]

const pers = { '100': 100, '1000': 1000, '100000': 100000, '1000000': 1000000 } as const

const options = {
  from: { type: 'string' },
  to: { type: 'string' },
  by: { type: 'string', multiple: true },
  where: { type: 'string', multiple: true },
  compare: { type: 'string' },
  per: { type: 'string' },
  variant: { type: 'string', multiple: true },
  'leave-out-pandemic': { type: 'boolean' },
  level: { type: 'string' },
  format: { type: 'string' },
  out: { type: 'string' },
} as const

export const figureCommand: Command = {
  name: 'figure',
  summary: 'Counts a measure: over a period, split, filtered, compared',
  usage: 'figure MEASURE [--from 2018-04] [--to 2019-05] [--by npu,month] [--where npu=BW] [--format table]',
  details: [
    '  --from, --to           months or days, both included; all that is held when absent',
    '  --by D,D               splits by one or several dimensions',
    '  --where D=VALUE        only these; a code or a label; again for alternatives',
    '  --compare PERIOD       2018-04..2019-05, baseline, previous, year-before or rolling-year',
    '  --per N                1000, 100000 or 1000000: a rate of residents; 100: of victims',
    '  --variant NAME=VALUE   a named parameter of the measure, as "concord measures" lists',
    '  --leave-out-pandemic   leaves out the months that the area marks so',
    '  --level LEVEL          record (whole counts, the default here) or protected (fit to be published)',
    `  --format FORMAT        ${formats.join(', ')}; told from the ending of --out when absent`,
    '  --out FILE             into a file: all of it or nothing',
    '',
    'Example: concord figure stop-and-search --by ethnicity-self --from 2019-01 --to 2019-12 --format json',
  ].join('\n'),
  opens: 'stores',
  prepare: (argv, cwd) => {
    const { values, positionals } = readArguments(argv, options, { name: 'MEASURE', least: 1, most: 1 })
    const file = values.out === undefined ? null : resolve(cwd, values.out)
    const format = values.format ? oneOf('--format', values.format, formats) : formatOf(file)
    const level = oneOf('--level', values.level ?? 'record', ['record', 'protected'])
    const request: FigureRequest = {
      measure: positionals[0]!,
      from: values.from,
      to: values.to,
      by: (values.by ?? []).flatMap(text => text.split(',')).filter(Boolean) as DimensionId[],
      where: filtersOf(pairsOf('--where', values.where ?? [])),
      compare: values.compare,
      per:
        values.per === undefined
          ? undefined
          : pers[oneOf('--per', values.per, ['100', '1000', '100000', '1000000'])],
      variant: Object.fromEntries(pairsOf('--variant', values.variant ?? [])),
      leaveOutPandemic: values['leave-out-pandemic'],
    }
    return async (terminal, store) => {
      const figure = await computeFigure({ evidence: store.evidence, pack: store.pack }, request, level)
      const context = {
        synthetic: (await inventedEvidence(store)).any,
        exportedBy: operator(terminal.account).name,
        exportedAt: store.installation.clock(),
      }
      const content = await render(figure, format, context)
      // A table on the terminal is looked at; whatever else is meant to be kept.
      if (file !== null || format !== 'table') {
        await recordOperator(store, terminal.account, 'figure-downloaded', {
          kind: 'figure',
          id: request.measure,
          detail: { format, level },
        })
      }
      await terminal.document(content, file)
      return 0
    }
  },
}

function formatOf(file: string | null): Format {
  const ending = extname(file ?? '')
    .slice(1)
    .toLowerCase()
  return formats.find(format => format === ending) ?? 'table'
}

async function render(figure: Figure, format: Format, context: ExportContext): Promise<string | Uint8Array> {
  switch (format) {
    case 'table':
      return figureTable(figure, context.synthetic)
    case 'json':
      return figureJson(figure, context.synthetic)
    case 'csv':
      return figureCsv(figure, context.synthetic)
    case 'xlsx':
      return figureXlsx(figure, context)
    case 'svg':
      // Drawing brings a whole document model; the other formats start faster without it.
      return (await import('../../reports/exports/figure-svg.ts')).figureSvg(figure, context.synthetic)
  }
}
