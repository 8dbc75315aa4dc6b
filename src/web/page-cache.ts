/**
 * Pages kept as they were sent, compressed, under address + role (or person) + evidence version + day. A page that shows
 * a form with a token is never marked `cached`: its token belongs to one browser. Requests for a page that is
 * being made wait for it instead of making it again.
 */
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { londonDay } from '../platform/calendar.ts'
import type { WebContext, WebServer } from './context.ts'
import type { Viewer } from './viewers.ts'

interface KeptPage {
  etag: string
  type: string
  br: Buffer
  gzip: Buffer
  plain: Buffer
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set while this request makes the page that others may be waiting for. */
    keeps: ((page: KeptPage | null) => void) | null
    /** Evidence version under which the page would be kept. */
    keepsFor: string
  }
}

const toBrotli = promisify(brotliCompress)
const toGzip = promisify(gzip)

export function keepPages(app: WebServer, context: WebContext, size = 300): void {
  const pages = new Map<string, Promise<KeptPage | null>>()
  app.decorateRequest('keeps', null)
  app.decorateRequest('keepsFor', '')

  app.addHook('preHandler', async (request, reply) => {
    if (request.is404 || !request.routeOptions.config.cached || request.method !== 'GET') return
    const day = londonDay(context.clock())
    const version = await context.store.evidence.version()
    const key = `${version} ${day} ${whoSees(request.viewer)} ${request.url}`
    const known = pages.get(key)
    if (known) {
      const page = await known
      if (page) {
        pages.delete(key)
        pages.set(key, known)
        return sendKept(request, reply, page)
      }
    }
    let settle: (page: KeptPage | null) => void = () => {}
    pages.set(
      key,
      new Promise<KeptPage | null>(resolve => {
        settle = resolve
      }),
    )
    request.keepsFor = version
    request.keeps = page => {
      request.keeps = null
      settle(page)
      if (!page) pages.delete(key)
      for (const oldest of pages.keys()) {
        if (pages.size <= size) break
        pages.delete(oldest)
      }
    }
  })

  app.addHook('onSend', async (request, reply, payload) => {
    if (!request.keeps) return payload
    // Evidence that came in while the page was made is on it, perhaps in part.
    const isStale = (await context.store.evidence.version()) !== request.keepsFor
    if (isStale || reply.statusCode !== 200 || typeof payload !== 'string' || reply.getHeader('set-cookie')) {
      request.keeps(null)
      return payload
    }
    const page = await keptPage(payload, String(reply.getHeader('content-type')))
    request.keeps(page)
    return dressKept(request, reply, page)
  })

  // A request that ends without an answer (the client went away, the handler failed) lets the others go on.
  app.addHook('onResponse', async request => request.keeps?.(null))
  app.addHook('onRequestAbort', async request => request.keeps?.(null))
}

/** The head of a page names who is signed in, for what purpose, and how many notices they have not read: theirs alone. */
const whoSees = ({ role, member, unread }: Viewer): string =>
  member ? `${role} ${member.user} ${member.purpose} ${unread}` : role

async function keptPage(text: string, type: string): Promise<KeptPage> {
  const plain = Buffer.from(text)
  const [br, zipped] = await Promise.all([
    toBrotli(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
    toGzip(plain),
  ])
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`
  return { etag, type, br, gzip: zipped, plain }
}

function sendKept(request: FastifyRequest, reply: FastifyReply, page: KeptPage): FastifyReply {
  reply.type(page.type)
  return reply.send(dressKept(request, reply, page))
}

/** Sets the headers of a kept page and returns its body in the best encoding that the browser takes. */
function dressKept(request: FastifyRequest, reply: FastifyReply, page: KeptPage): Buffer | string {
  reply.header('etag', page.etag)
  reply.header('cache-control', 'private, no-cache')
  reply.header('vary', 'accept-encoding, cookie')
  if (request.headers['if-none-match']?.includes(page.etag)) {
    reply.code(304)
    return ''
  }
  const accepts = String(request.headers['accept-encoding'] ?? '')
  const encoding = /\bbr\b/.test(accepts) ? 'br' : /\bgzip\b/.test(accepts) ? 'gzip' : 'plain'
  reply.header('content-encoding', encoding === 'plain' ? 'identity' : encoding)
  reply.removeHeader('content-length')
  return page[encoding]
}
