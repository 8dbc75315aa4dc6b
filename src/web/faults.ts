/**
 * What a person or a program is told when something cannot be done: what, and the next step. Never a stack,
 * never a query. Pages for people, `{ error: { code, sentence, requestId } }` for the API.
 */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { isDatabaseGone } from '../platform/database-gone.ts'
import { InputFault, NotThere, UsageFault, WrongMove } from '../platform/errors.ts'
import type { WebServer } from './context.ts'
import { type TypedAgain, typedAgain } from './typed-again.ts'

interface Fault {
  status: number
  code: string
  title: string
  sentence: string
  next: string
}

const notFound: Fault = {
  status: 404,
  code: 'not-found',
  title: 'Page not found',
  sentence: 'There is nothing at this address that you can open.',
  next: 'Check the address. If somebody sent you a link to sign in, open that link first.',
}

const absent = new Set(['measure-unknown', 'load-unknown'])

/** What to say about an error. Whatever is not known is a defect: logged, and not described. */
export function describeFault(error: FastifyError | Error): Fault {
  if (error instanceof InputFault) {
    if (absent.has(error.code)) return { ...notFound, code: error.code, sentence: error.message }
    if (error.code === 'store-busy' || error.code === 'disk-full') {
      return {
        status: 503,
        code: error.code,
        title: 'Concord cannot do that just now',
        sentence: error.message,
        next: 'Try again in a few minutes. If it goes on, tell whoever looks after Concord.',
      }
    }
    return {
      status: 400,
      code: error.code,
      title: 'That cannot be used as it is',
      sentence: error.message,
      next: 'Go back, change it and try again.',
    }
  }
  if (error instanceof UsageFault) return badRequest(error.message)
  if (error instanceof NotThere) return notFound
  if (error instanceof WrongMove) {
    return {
      status: 409,
      code: 'wrong-move',
      title: 'That is not possible now',
      sentence: error.message,
      next: 'Go back, reload the page and look at what stands there now. Nothing was changed.',
    }
  }
  if (isDatabaseGone(error)) {
    return {
      status: 503,
      code: 'database-gone',
      title: 'Concord cannot reach its database',
      sentence: 'What you sent was not kept, unless a page said so before.',
      next: 'Go back: what you typed is still there. Try again in a minute. If it goes on, tell whoever looks after Concord.',
    }
  }
  const { statusCode, code } = error as FastifyError
  if (code?.startsWith('FST_CSRF')) {
    return {
      status: 403,
      code: 'form-expired',
      title: 'The form was not accepted',
      sentence: 'The form came without the mark that shows it was opened here, or the mark has expired.',
      next: 'Go back, reload the page and send the form again. Nothing was changed.',
    }
  }
  if (statusCode === 404) return notFound
  if (statusCode === 413) {
    return {
      status: 413,
      code: 'too-large',
      title: 'That is too large to send here',
      sentence: 'What was sent is larger than this page takes. Nothing was kept.',
      next: 'Split the file, or load it on the server with "concord import".',
    }
  }
  if (statusCode === 429) {
    return {
      status: 429,
      code: 'too-many-requests',
      title: 'Too many requests',
      sentence: 'More was asked for from your address than Concord answers in a minute.',
      next: 'Wait a minute and try again.',
    }
  }
  if ((error as FastifyError).validation || (statusCode && statusCode >= 400 && statusCode < 500)) {
    return badRequest(validationWords(error as FastifyError))
  }
  if (statusCode === 503) {
    return {
      status: 503,
      code: 'unavailable',
      title: 'Concord is starting or stopping',
      sentence: 'The server cannot answer just now.',
      next: 'Try again in a minute.',
    }
  }
  return {
    status: 500,
    code: 'defect',
    title: 'Something went wrong',
    sentence: 'Concord failed to make this page. The fault has been logged; nothing was changed.',
    next: 'Try again. If it happens again, tell whoever looks after Concord, with the reference below.',
  }
}

const badRequest = (sentence: string): Fault => ({
  status: 400,
  code: 'bad-request',
  title: 'That address or form cannot be used',
  sentence,
  next: 'Check what was typed, or go back to the page that you came from.',
})

function validationWords(error: FastifyError): string {
  const first = error.validation?.[0]
  if (!first) return 'The request is not in a form that Concord understands.'
  const missing = (first.params as { missingProperty?: string }).missingProperty
  const name = missing ?? (first.instancePath.split('/').filter(Boolean).join(' ') || 'The request')
  return missing ? `"${name}" is missing.` : `"${name}" ${whatIsWrong(first, error.validationContext)}.`
}

/** The checker of schemas speaks to programmers; who typed an address is told what to change. */
function whatIsWrong(
  { keyword, params, message }: NonNullable<FastifyError['validation']>[number],
  context: FastifyError['validationContext'],
): string {
  const { limit, type } = params as { limit?: number; type?: string }
  switch (keyword) {
    case 'maxLength':
      return `is longer than ${limit} characters`
    case 'minimum':
      return `cannot be less than ${limit}`
    case 'maximum':
      return `cannot be more than ${limit}`
    case 'const':
    case 'enum':
      return 'is none of those that are offered'
    case 'pattern':
      return 'is not in the form that is expected'
    case 'type':
      // Whatever stands once in an address is text.
      return type === 'string' && context === 'querystring'
        ? 'stands in the address more than once: give it once'
        : `is not ${typeWords[type ?? ''] ?? 'in the form that is expected'}`
    default:
      return message ?? 'is not valid'
  }
}

const typeWords: Record<string, string> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: '"true" or "false"',
  array: 'a list',
}

const isApi = (request: FastifyRequest) => request.url.startsWith('/api/')

export function answerFaults(app: WebServer): void {
  app.setNotFoundHandler((request, reply) => sendFault(request, reply, notFound))
  app.setErrorHandler(async (error: FastifyError | Error, request, reply) => {
    const fault = describeFault(error)
    if (fault.status >= 500) request.log.error({ err: error, requestId: request.id }, 'request failed')
    // What cannot be read any more is typed again; the page that says so comes in any case.
    const typed = fault.code === 'database-gone' ? await typedAgain(request).catch(() => null) : null
    return sendFault(request, reply, fault, typed)
  })
}

function sendFault(
  request: FastifyRequest,
  reply: FastifyReply,
  fault: Fault,
  typed: TypedAgain | null = null,
): FastifyReply {
  reply.code(fault.status)
  if (typed) reply.header('cache-control', 'no-store')
  if (isApi(request)) {
    return reply
      .type('application/json; charset=utf-8')
      .send(JSON.stringify({ error: { code: fault.code, sentence: fault.sentence, requestId: request.id } }))
  }
  try {
    return reply.page('web/views/fault.njk', {
      title: fault.title,
      fault,
      typed,
      reference: fault.status >= 500 ? request.id : null,
    })
  } catch (error) {
    // The frame itself cannot be drawn: say so in plain words rather than in a stack trace.
    request.log.error({ err: error, requestId: request.id }, 'fault page failed')
    return reply.type('text/plain; charset=utf-8').send(`${fault.title}. ${fault.sentence} ${fault.next}`)
  }
}
