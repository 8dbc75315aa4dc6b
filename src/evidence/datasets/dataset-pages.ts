/** Datasets: columns, codes, checks, templates for what partners send; and how much of each is held. */
import { Type } from 'typebox'
import type { DisclosureLevel } from '../../measures/figure.ts'
import { methodState } from '../../measures/methods/register.ts'
import { oddMonths, rowsBlock } from '../../measures/pictures/rows-block.ts'
import { londonDay } from '../../platform/calendar.ts'
import { InputFault } from '../../platform/errors.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { dataTable } from '../../web/data-table.ts'
import { rowsNotice, shownHeld } from '../../web/shown-rows.ts'
import { countWords, monthShort, periodWords } from '../../web/words.ts'
import {
  coverageOfDataset,
  coverageOfDatasets,
  type DatasetCoverage,
  type Held,
} from '../catalogue/coverage.ts'
import { coverageAxis, coverageStrip, type Scale, scaleOf } from '../catalogue/coverage-strip.ts'
import type { Dataset } from '../dataset.ts'
import { csvTemplate } from '../intake/csv-template.ts'
import { datasets, findDataset } from './index.ts'

const DatasetId = Type.Object({ id: Type.String({ maxLength: 50 }) })

const typeWords: Record<Dataset['columns'][number]['type'], string> = {
  text: 'text',
  integer: 'whole number',
  number: 'number',
  date: 'date, 2019-04-30',
  month: 'month, 2019-04',
  timestamp: 'local time, 2019-04-30 21:15',
  instant: 'time with offset, 2019-04-30T20:15:00Z',
  boolean: 'yes or no',
}

export function datasetPages(app: WebServer, context: PageContext): void {
  const { pack, clock } = context
  const { evidence } = context.store

  app.get(
    '/data/coverage',
    { config: { may: 'see-loads', records: 'nothing', cached: true } },
    async (request, reply) => {
      const { disclosure } = request.viewer
      const all = await coverageOfDatasets(evidence)
      const scale = scaleOf(all.flatMap(c => (c.held ? [c.held] : [])))
      return reply.page('evidence/datasets/views/coverage.njk', {
        title: 'Which months the data covers',
        axis: scale && coverageAxis(scale),
        rowsNotice: rowsNotice(disclosure),
        odd: methodState(pack, 'control-chart', londonDay(clock())).runs
          ? all.flatMap(covered => {
              const sentences = oddMonths(shownCoverage(covered, disclosure))
              return sentences.length > 0 ? [oddOf(covered.dataset, sentences, ODD_IN_LIST)] : []
            })
          : [],
        lines: all.map(({ dataset, held }) => ({
          title: dataset.title,
          href: `/data/datasets/${dataset.id}`,
          ...(held && scale ? reach(shownHeld(held, disclosure), scale, dataset.id) : { held: false }),
        })),
      })
    },
  )

  app.get(
    '/data/datasets',
    { config: { may: 'see-loads', records: 'nothing', cached: true } },
    (_request, reply) =>
      reply.page('evidence/datasets/views/datasets.njk', { title: 'Datasets and templates', datasets }),
  )

  app.get(
    '/data/datasets/:id',
    { schema: { params: DatasetId }, config: { may: 'see-loads', records: 'nothing', cached: true } },
    async (request, reply) => {
      const dataset = requireDataset(request.params.id)
      const { disclosure } = request.viewer
      const covered = shownCoverage(await coverageOfDataset(evidence, dataset), disclosure)
      const { held } = covered
      const scale = held && scaleOf([held])
      const rows = rowsBlock(covered, {
        pack,
        today: londonDay(clock()),
        evidenceVersion: await evidence.version(),
      })
      return reply.page('evidence/datasets/views/dataset.njk', {
        title: dataset.title,
        breadcrumbs: [{ text: 'Datasets', href: '/data/datasets' }],
        dataset,
        columns: dataset.columns.map(column => ({ ...column, typeWords: typeWords[column.type] })),
        codeLists: [...new Set(dataset.columns.flatMap(c => (c.codes ? [c.codes] : [])))],
        axis: scale && coverageAxis(scale),
        held: held && scale ? reach(held, scale, 'whole') : null,
        forces: scale
          ? covered.forces.map(({ force, held: own }, i) => ({
              force,
              ...reach(own, scale, `force-${i}`),
            }))
          : [],
        months: held && monthsTable(held),
        rows,
        odd: oddOf(dataset, rows.odd, ODD_ON_PAGE),
        rowsNotice: rowsNotice(disclosure),
      })
    },
  )

  app.get(
    '/data/datasets/:id/template.csv',
    { schema: { params: DatasetId }, config: { may: 'see-loads', records: 'nothing' } },
    (request, reply) => {
      const dataset = requireDataset(request.params.id)
      if (dataset.fromCasework) return reply.callNotFound()
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${dataset.id}-template.csv"`)
        .send(csvTemplate(dataset))
    },
  )
}

function requireDataset(id: string): Dataset {
  const dataset = findDataset(id)
  if (dataset) return dataset
  throw new InputFault('dataset-unknown', `There is no dataset "${id}". The Datasets page lists all of them.`)
}

const shownCoverage = (covered: DatasetCoverage, disclosure: DisclosureLevel): DatasetCoverage => ({
  ...covered,
  held: covered.held && shownHeld(covered.held, disclosure),
  forces: covered.forces.map(({ force, held }) => ({ force, held: shownHeld(held, disclosure) })),
})

const ODD_IN_LIST = 3
const ODD_ON_PAGE = 10

const oddOf = (dataset: Dataset, sentences: string[], most: number) => ({
  title: dataset.title,
  href: `/data/datasets/${dataset.id}`,
  sentences: sentences.slice(0, most),
  more: Math.max(0, sentences.length - most),
})

const GAPS_NAMED = 3

function reach(held: Held, scale: Scale, id: string) {
  const named = held.gaps.slice(0, GAPS_NAMED).map(g => periodWords(g.from, g.to))
  const more = held.gaps.length - named.length
  return {
    held: true,
    strip: coverageStrip(held, scale, `gap-${id}`),
    from: monthShort(held.from),
    to: monthShort(held.to),
    rows: held.rows,
    gaps: named.length === 0 ? 'none' : `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  }
}

const monthsTable = (held: Held) =>
  dataTable({
    caption: 'Rows held by month',
    columns: [
      { key: 'month', title: 'Month' },
      { key: 'rows', title: 'Rows', numeric: true },
    ],
    rows: [...held.months].reverse().map(m => [{ text: monthShort(m.month) }, { text: countWords(m.rows) }]),
  })
