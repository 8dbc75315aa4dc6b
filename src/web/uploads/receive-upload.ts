/**
 * Takes a multipart form: streams each file to the incoming folder under a name of our own making, and
 * gives back where it lies. What was half received is removed.
 */
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { InputFault } from '../../platform/errors.ts'
import { fitToKeep } from '../../platform/typed-form.ts'
import type { WebServer } from '../context.ts'
import { UPLOAD_LIMIT_BYTES } from '../limits.ts'
import { comesFromOurForm } from '../route-rules.ts'
import { shownName } from './upload-names.ts'

export interface ReceivedFile {
  /** Where it lies. A name that we made. */
  path: string
  /** As it was called by whoever sent it. */
  name: string
  bytes: number
}

export interface ReceivedForm {
  fields: Record<string, string>
  files: ReceivedFile[]
}

/** Refuses a stream that goes beyond the limit, as HTTP 413. */
async function* withinLimit(source: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Buffer> {
  let bytes = 0
  for await (const part of source) {
    bytes += part.length
    if (bytes > limit) throw Object.assign(new Error('larger than the limit'), { statusCode: 413 })
    yield part
  }
}

/** Writes a stream into the folder under a new name. Throws `disk-full` where there is no room. */
export async function receiveStream(
  source: Readable,
  sentName: string,
  folder: string,
  limit = UPLOAD_LIMIT_BYTES,
): Promise<ReceivedFile> {
  const path = join(folder, `upload-${randomUUID()}`)
  const target = createWriteStream(path, { flags: 'wx', mode: 0o600 })
  try {
    await pipeline(source, part => withinLimit(part, limit), target)
    return { path, name: shownName(sentName), bytes: target.bytesWritten }
  } catch (error) {
    await rm(path, { force: true })
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') {
      throw new InputFault(
        'disk-full',
        `There is no room on the server for ${shownName(sentName)}. Nothing was kept; tell whoever looks after Concord.`,
      )
    }
    throw error
  }
}

/**
 * The form's fields and files. The token that marks our own form has to stand before the first file, so that
 * nothing of a forged form is written. Null when the answer has been sent already.
 */
export async function receiveForm(
  app: WebServer,
  request: FastifyRequest,
  reply: FastifyReply,
  folder: string,
): Promise<ReceivedForm | null> {
  const fields: Record<string, string> = Object.create(null)
  const files: ReceivedFile[] = []
  let proven = false
  const prove = async () => {
    request.body = fields
    proven = proven || (await comesFromOurForm(app, request, reply))
    return proven
  }
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') {
        if (typeof part.value === 'string') fields[part.fieldname] = fitToKeep(part.value)
        continue
      }
      if (!(await prove())) {
        part.file.resume()
        return null
      }
      // A browser sends a nameless empty part for a file field that was left alone.
      if (!part.filename) part.file.resume()
      else files.push(await receiveStream(part.file, part.filename, folder))
    }
    return (await prove()) ? { fields, files } : null
  } catch (error) {
    await discard(files)
    throw error
  }
}

export async function discard(files: readonly ReceivedFile[]): Promise<void> {
  for (const file of files) await rm(file.path, { force: true })
}
