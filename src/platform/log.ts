/** Structured log. Nothing personal: no row of evidence, no query string, no body ever goes in. */
import { type Logger, pino, stdSerializers } from 'pino'

export type Log = Logger

/** Nothing of a row either: the database quotes rows and parameters in its errors, and those may be about people. */
export const createLog = (level: string): Log =>
  pino({
    level,
    base: null,
    redact: { paths: ['req.headers', 'req.query', 'req.body'], remove: true },
    serializers: { err: loggedError },
  })

interface DatabaseError extends Error {
  code: string
  severity: string
  routine?: string
  table?: string
  column?: string
  constraint?: string
}

const isDatabaseError = (error: Error): error is DatabaseError => 'severity' in error && 'code' in error

/** Class 42 is about names of tables and columns and rights to them, never about values. */
const NAMES_ALONE = /^42/

export function loggedError(error: Error): Record<string, unknown> {
  if (!(error instanceof Error) || !isDatabaseError(error)) return { ...stdSerializers.err(error) }
  const { code, routine, table, column, constraint } = error
  const message = NAMES_ALONE.test(code) ? error.message : `database error ${code}`
  const frames = (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line))
  return {
    type: 'DatabaseError',
    message,
    code,
    routine,
    table,
    column,
    constraint,
    stack: frames.join('\n'),
  }
}
