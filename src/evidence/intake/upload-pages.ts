/** Sending files: the form, what becomes of them, and the decision about a load that waits. */

import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { type Faults, readText } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { UPLOAD_LIMIT_BYTES } from '../../web/limits.ts'
import { ButtonForm } from '../../web/route-schemas.ts'
import { discard, receiveForm } from '../../web/uploads/receive-upload.ts'
import { createSendings, type Sending } from '../../web/uploads/sendings.ts'
import { viewerActor } from '../../web/viewers.ts'
import { bytesWords } from '../../web/words.ts'
import { datasets, findDataset, sentDatasets } from '../datasets/index.ts'
import { importFile } from './import-file.ts'

/** A small file is loaded by then, and its sender sees the result at once. */
const PATIENCE_MS = 1500

const SendingId = Type.Object({ id: Type.String({ maxLength: 50 }) })

interface UploadForm {
  dataset: string
  supplier: string
  dryRun: boolean
}

const emptyForm: UploadForm = { dataset: '', supplier: '', dryRun: false }

export function uploadPages(app: WebServer, context: PageContext): void {
  const { store } = context
  const { folder, log } = store.installation
  const sendings = createSendings(request => importFile(store, request), log)

  app.get('/data/upload', { config: { may: 'send-files', records: 'nothing' } }, (_request, reply) =>
    uploadPage(reply, emptyForm, {}),
  )

  app.post(
    '/data/upload',
    {
      config: {
        may: 'send-files',
        records: 'file-sent',
        proof: 'handler',
        rateLimit: { max: 60 },
      },
    },
    async (request, reply) => {
      const received = await receiveForm(app, request, reply, folder.incoming)
      if (!received) return reply
      const { fields, files } = received
      const faults: Faults = {}
      const form: UploadForm = {
        dataset: fields.dataset ?? '',
        supplier: readText(fields, 'supplier', { label: 'Whose file it is', most: 200 }, faults),
        dryRun: fields.dryRun === 'yes',
      }
      if (files.length === 0) faults.files = 'Choose a file to send'
      if (form.dataset && !findDataset(form.dataset)) {
        faults.dataset = 'Choose one of the datasets, or leave it to Concord'
      }
      if (Object.keys(faults).length > 0) {
        await discard(files)
        return uploadPage(reply.code(400), form, faults)
      }
      const sending = sendings.add(files, {
        dataset: form.dataset || undefined,
        supplier: form.supplier || undefined,
        dryRun: form.dryRun,
        actor: viewerActor(request.viewer),
      })
      return show(reply, sending)
    },
  )

  app.get(
    '/data/sent/:id',
    { schema: { params: SendingId }, config: { may: 'send-files', records: 'nothing' } },
    (request, reply) => {
      const sending = sendings.find(request.params.id)
      if (!sending) return reply.callNotFound()
      return reply.page('evidence/intake/views/sent.njk', {
        datasetTitles: Object.fromEntries(datasets.map(d => [d.id, d.title])),
        title: titleOf(sending),
        back: { text: 'Send a file', href: '/data/upload' },
        sending,
        csrf: reply.generateCsrf(),
      })
    },
  )

  // After a trial run: load it. After too many rejected rows: load the rows that passed.
  app.post(
    '/data/sent/:id/load',
    {
      schema: { params: SendingId, body: ButtonForm },
      config: { may: 'send-files', records: 'file-sent', proof: 'form' },
    },
    async (request, reply) => {
      const before = sendings.find(request.params.id)
      const trial = before?.options.dryRun === true
      const sending = sendings.repeat(request.params.id, {
        actor: viewerActor(request.viewer),
        ...(trial ? { dryRun: false } : { acceptRejected: true }),
      })
      return sending ? show(reply, sending) : reply.callNotFound()
    },
  )

  const show = async (reply: FastifyReply, sending: Sending) => {
    await sendings.settled(sending.id, PATIENCE_MS)
    const [only, ...others] = sending.files
    const loaded = others.length === 0 && only?.report?.status === 'active' ? only.report.loadId : null
    return reply.redirect(
      loaded === null ? `/data/sent/${sending.id}` : `/data/loads/${loaded}?loaded=yes`,
      303,
    )
  }
}

function uploadPage(reply: FastifyReply, form: UploadForm, faults: Faults): FastifyReply {
  return reply.page('evidence/intake/views/upload.njk', {
    title: 'Send a file',
    csrf: reply.generateCsrf(),
    form,
    ...errorsOf(faults),
    limit: bytesWords(UPLOAD_LIMIT_BYTES),
    limitBytes: UPLOAD_LIMIT_BYTES,
    datasets: [
      { value: '', text: 'Recognise it by its columns', selected: form.dataset === '' },
      ...sentDatasets.map(d => ({ value: d.id, text: d.title, selected: form.dataset === d.id })),
    ],
  })
}

function titleOf(sending: Sending): string {
  const files = sending.files.length === 1 ? sending.files[0]!.name : `${sending.files.length} files`
  if (!sending.finished) return `Loading ${files}`
  return sending.options.dryRun ? `What would happen with ${files}` : `What became of ${files}`
}
