/**
 * What somebody typed and sent, where it could not be taken: given back to them on the page that says so, as a form that sends
 * it once more. A page before it cannot be trusted to have kept it: pages about people are not kept by the browser.
 */
import type { FastifyRequest } from 'fastify'

export interface TypedAgain {
  /** Where it was sent. */
  action: string
  fields: { name: string; value: string }[]
  /** What is long enough to be worth copying, to be read on the page. */
  texts: string[]
}

/** As large as a form may be. */
const MOST_BYTES = 1_000_000
const FORM = 'application/x-www-form-urlencoded'
/** Never written into a page. */
const secret = new Set(['password', 'old', 'code'])
const LONG = 20

/** Null for what is no form of ours, and for one with a password or a code in it: that is typed again. */
export async function typedAgain(request: FastifyRequest): Promise<TypedAgain | null> {
  const { method, headers, url } = request
  if (method !== 'POST' || !headers['content-type']?.startsWith(FORM) || !isFromHere(request)) return null
  const fields = await fieldsOf(request)
  if (fields === null || !fields.some(f => f.name === '_csrf') || fields.some(f => secret.has(f.name)))
    return null
  return {
    action: url,
    fields,
    texts: fields
      .filter(f => f.name !== '_csrf' && /\s/.test(f.value) && f.value.length > LONG)
      .map(f => f.value),
  }
}

/** Another site must not put words on a page of ours. */
function isFromHere({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  return headers.origin === undefined || URL.parse(headers.origin)?.host === headers.host
}

async function fieldsOf(request: FastifyRequest): Promise<TypedAgain['fields'] | null> {
  if (request.body === undefined || request.body === null) return readUnread(request)
  return Object.entries(request.body as Record<string, unknown>).flatMap(([name, value]) =>
    [value].flat().map(one => ({ name, value: String(one ?? '') })),
  )
}

/** The fault came before the form was read. */
async function readUnread(request: FastifyRequest): Promise<TypedAgain['fields'] | null> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request.raw as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > MOST_BYTES) return null
    parts.push(part)
  }
  return [...new URLSearchParams(Buffer.concat(parts).toString('utf8'))].map(([name, value]) => ({
    name,
    value,
  }))
}
