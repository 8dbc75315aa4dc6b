/** Loads: what was sent, with what result; what was noticed; rejected rows to download; taking a load back. */
import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { Type } from 'typebox'
import { InputFault } from '../../platform/errors.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { dataTable } from '../../web/data-table.ts'
import { pagination } from '../../web/pagination.ts'
import { ButtonForm, PageNumber } from '../../web/route-schemas.ts'
import { rowsNotice, shownDetail, shownFindings, shownLoad } from '../../web/shown-rows.ts'
import { viewerActor } from '../../web/viewers.ts'
import { countWords, monthShort } from '../../web/words.ts'
import { datasets, findDataset } from '../datasets/index.ts'
import {
  countLoads,
  findLoad,
  type Load,
  type LoadDetail,
  listFindings,
  listLoads,
  withdrawLoad,
} from './loads.ts'

const LoadId = Type.Object({ id: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) })

/** Loads of a year of a partnership leave fewer; beyond, the newest are shown. */
const MOST_FINDINGS = 1000

type FindingOfLoad = Awaited<ReturnType<typeof listFindings>>[number]

const statusTags = {
  active: { text: 'Loaded', classes: 'govuk-tag--green' },
  waiting: { text: 'Waiting for you', classes: 'govuk-tag--yellow' },
  withdrawn: { text: 'Withdrawn', classes: 'govuk-tag--grey' },
} as const

export function loadsPages(app: WebServer, context: PageContext): void {
  const { database, folder } = context.store.installation

  app.get(
    '/data',
    {
      schema: {
        querystring: Type.Object({
          page: Type.Optional(PageNumber),
          dataset: Type.Optional(Type.String({ maxLength: 50 })),
        }),
      },
      config: { may: 'see-loads', records: 'nothing' },
    },
    async (request, reply) => {
      const dataset = findDataset(request.query.dataset ?? '')?.id
      const shown = pagination(await countLoads(database, dataset), request.query.page ?? 1, request.url)
      const loads = await listLoads(database, {
        limit: shown.last - shown.first + 1,
        offset: shown.offset,
        ...(dataset ? { dataset } : {}),
      })
      return reply.page('evidence/catalogue/views/loads.njk', {
        title: 'Data',
        pagination: shown,
        rowsNotice: rowsNotice(request.viewer.disclosure),
        loads: loads.map(load => ({
          ...shownLoad(load, request.viewer.disclosure),
          tag: statusTags[load.status],
          title: datasetTitle(load),
        })),
        chosen: dataset ?? '',
        datasets: [
          { value: '', text: 'All datasets', selected: !dataset },
          ...datasets.map(d => ({ value: d.id, text: d.title, selected: d.id === dataset })),
        ],
      })
    },
  )

  app.get(
    '/data/findings',
    // Never kept: taking back a load whose rows had all been replaced leaves the evidence version as it is.
    { config: { may: 'see-loads', records: 'nothing' } },
    async (request, reply) => {
      const { disclosure } = request.viewer
      const findings = await listFindings(database, MOST_FINDINGS)
      return reply.page('evidence/catalogue/views/findings.njk', {
        title: 'What was noticed in the data',
        datasets: byDataset(shownFindings(findings, disclosure)),
        rowsNotice: rowsNotice(disclosure),
        most: findings.length === MOST_FINDINGS ? MOST_FINDINGS : null,
      })
    },
  )

  app.get(
    '/data/loads/:id',
    {
      schema: {
        params: LoadId,
        querystring: Type.Object({ loaded: Type.Optional(Type.Literal('yes')) }),
      },
      config: { may: 'see-loads', records: 'nothing' },
    },
    async (request, reply) => {
      const { disclosure } = request.viewer
      const load = shownDetail(await loadOrFault(request.params.id), disclosure)
      return reply.page('evidence/catalogue/views/load.njk', {
        title: `Load ${load.id}: ${load.fileName}`,
        breadcrumbs: [{ text: 'Loads', href: '/data' }],
        load,
        rowsNotice: rowsNotice(disclosure),
        tag: statusTags[load.status],
        dataset: datasetTitle(load),
        justLoaded: request.query.loaded === 'yes' && load.status === 'active',
        rejectedHeld: load.rowsRejected > 0 && (await isThere(rejectedFile(load.id))),
        months: dataTable({
          caption: 'Rows by month',
          columns: [
            { key: 'month', title: 'Month' },
            { key: 'rows', title: 'Rows sent', numeric: true },
            { key: 'standing', title: 'Of them counted today', numeric: true },
          ],
          rows: load.months.map(m => [
            { text: monthShort(m.month) },
            { text: countWords(m.rows) },
            { text: countWords(m.standing) },
          ]),
        }),
      })
    },
  )

  app.get(
    '/data/loads/:id/rejected.csv',
    {
      schema: { params: LoadId },
      config: { may: 'see-rejected-rows', records: 'rejected-rows-downloaded' },
    },
    async (request, reply) => {
      const { id } = request.params
      await loadOrFault(id)
      const path = rejectedFile(id)
      if (!(await isThere(path))) return reply.callNotFound()
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="load-${id}-rejected.csv"`)
        .header('cache-control', 'no-store')
        .send(createReadStream(path))
    },
  )

  app.get(
    '/data/loads/:id/withdraw',
    { schema: { params: LoadId }, config: { may: 'withdraw-loads', records: 'nothing' } },
    async (request, reply) => {
      const load = await loadOrFault(request.params.id)
      if (load.status === 'withdrawn') return reply.redirect(`/data/loads/${load.id}`, 303)
      return reply.page('evidence/catalogue/views/withdraw.njk', {
        title: `Withdraw load ${load.id}?`,
        back: { text: `Load ${load.id}`, href: `/data/loads/${load.id}` },
        load,
        dataset: datasetTitle(load),
        csrf: reply.generateCsrf(),
      })
    },
  )

  app.post(
    '/data/loads/:id/withdraw',
    {
      schema: { params: LoadId, body: ButtonForm },
      config: { may: 'withdraw-loads', records: 'load-withdrawn', proof: 'form' },
    },
    async (request, reply) => {
      const { id } = request.params
      const load = await loadOrFault(id)
      // A second click finds it withdrawn already: show it, rather than call it a fault.
      if (load.status !== 'withdrawn') await withdrawLoad(context.store, id, viewerActor(request.viewer))
      return reply.redirect(`/data/loads/${id}`, 303)
    },
  )

  const rejectedFile = (id: number): string => join(folder.rejected, `${id}.csv`)

  const loadOrFault = async (id: number): Promise<LoadDetail> => {
    const load = await findLoad(database, id)
    if (!load) throw new InputFault('load-unknown', `There is no load ${id}. The Data page lists all loads.`)
    return load
  }
}

/**
 * Findings by dataset. What is said of several files in the same words stands once, with the files; what is
 * particular to a file stands under it.
 */
function byDataset(findings: FindingOfLoad[]) {
  return [...new Set(findings.map(f => f.dataset))].map(dataset => {
    const own = findings.filter(f => f.dataset === dataset)
    const sentences = Map.groupBy(own, f => f.sentence)
    const single = own.filter(f => sentences.get(f.sentence)!.length === 1)
    return {
      title: datasetTitle({ dataset }),
      shared: [...sentences]
        .filter(([, said]) => said.length > 1)
        .map(([sentence, said]) => ({
          sentence,
          files: said.map(f => ({ id: f.loadId, name: f.fileName })),
        })),
      files: [...Map.groupBy(single, f => f.loadId)].map(([id, said]) => ({
        id,
        name: said[0]!.fileName,
        sentences: said.map(f => f.sentence),
      })),
    }
  })
}

const datasetTitle = (load: Pick<Load, 'dataset'>): string => findDataset(load.dataset)?.title ?? load.dataset

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
