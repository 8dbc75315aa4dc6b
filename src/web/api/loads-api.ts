/**
 * Loads for programs: listing, sending a file, taking a load back. What changes the evidence needs the key of
 * `server.json` (`Authorization: Bearer …`); a cookie never suffices, so no other site can make a browser do it.
 */
import type { Readable } from 'node:stream'
import { Type } from 'typebox'
import { countLoads, findLoad, listLoads, withdrawLoad } from '../../evidence/catalogue/loads.ts'
import { findDataset } from '../../evidence/datasets/index.ts'
import { importFile } from '../../evidence/intake/import-file.ts'
import { InputFault, UsageFault } from '../../platform/errors.ts'
import type { PageContext, WebServer } from '../context.ts'
import { UPLOAD_LIMIT_BYTES } from '../limits.ts'
import { shownDetail, shownLoad } from '../shown-rows.ts'
import { discard, receiveStream } from '../uploads/receive-upload.ts'
import { viewerActor } from '../viewers.ts'
import { Fault, Load, LoadDetail, LoadReport } from './schemas.ts'

const LoadId = Type.Object({ id: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) })
const bearer = [{ key: [] as string[] }]

export async function loadsApi(app: WebServer, context: PageContext): Promise<void> {
  const { store } = context
  const { database, folder } = store.installation

  app.get(
    '/api/loads',
    {
      schema: {
        tags: ['loads'],
        summary: 'Files that were sent, newest first',
        querystring: Type.Object({
          dataset: Type.Optional(Type.String()),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
          offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 2_147_483_647, default: 0 })),
        }),
        response: { 200: Type.Object({ total: Type.Integer(), loads: Type.Array(Load) }) },
      },
      config: { may: 'see-loads', records: 'nothing' },
    },
    async request => {
      const { dataset, limit = 100, offset = 0 } = request.query
      const total = await countLoads(database, dataset)
      const loads = await listLoads(database, { limit, offset, ...(dataset ? { dataset } : {}) })
      return { total, loads: loads.map(load => shownLoad(load, request.viewer.disclosure)) }
    },
  )

  app.get(
    '/api/loads/:id',
    {
      schema: {
        tags: ['loads'],
        summary: 'One load with its findings, reasons and months',
        params: LoadId,
        response: { 200: LoadDetail, 404: Fault },
      },
      config: { may: 'see-loads', records: 'nothing' },
    },
    async request => {
      const load = await findLoad(database, request.params.id)
      if (!load) throw new InputFault('load-unknown', `There is no load ${request.params.id}.`)
      return shownDetail(load, request.viewer.disclosure)
    },
  )

  app.post(
    '/api/loads/:id/withdraw',
    {
      schema: {
        tags: ['loads'],
        summary: 'Take a load back; rows that it had replaced return',
        params: LoadId,
        security: bearer,
        response: { 200: LoadDetail, 404: Fault },
      },
      config: { may: 'withdraw-loads', records: 'load-withdrawn', proof: 'bearer' },
    },
    request => withdrawLoad(store, request.params.id, viewerActor(request.viewer)),
  )

  // A context of its own, so that only here a body of any kind is taken as a stream.
  await app.register(async own => {
    const files = own.withTypeProvider() as WebServer
    files.removeAllContentTypeParsers()
    files.addContentTypeParser('*', { bodyLimit: UPLOAD_LIMIT_BYTES }, (_request, body, done) =>
      done(null, body),
    )
    files.post(
      '/api/loads',
      {
        bodyLimit: UPLOAD_LIMIT_BYTES,
        schema: {
          tags: ['loads'],
          summary: 'Send one file: the body is the file as it is',
          description: `CSV, Excel, Parquet or NDJSON, also gzipped, up to ${UPLOAD_LIMIT_BYTES} bytes.`,
          consumes: ['application/octet-stream'],
          querystring: Type.Object({
            name: Type.String({ description: 'Name of the file; months and forces are read from it' }),
            dataset: Type.Optional(Type.String({ description: 'Recognised by the columns when absent' })),
            supplier: Type.Optional(Type.String({ description: 'Selects the saved column mapping' })),
            dryRun: Type.Optional(Type.Boolean({ description: 'Say what would happen and load nothing' })),
            acceptRejected: Type.Optional(
              Type.Boolean({ description: 'Load although many rows are rejected' }),
            ),
          }),
          security: bearer,
          response: { 200: LoadReport, 400: Fault, 413: Fault },
        },
        config: { may: 'send-files', records: 'file-sent', proof: 'bearer', rateLimit: { max: 600 } },
      },
      async request => {
        const { name, ...options } = request.query
        if (options.dataset && !findDataset(options.dataset)) {
          throw new UsageFault(`There is no dataset "${options.dataset}".`)
        }
        const file = await receiveStream(request.body as Readable, name, folder.incoming)
        try {
          return await importFile(store, {
            ...options,
            path: file.path,
            name: file.name,
            actor: viewerActor(request.viewer),
          })
        } finally {
          await discard([file])
        }
      },
    )
  })
}
