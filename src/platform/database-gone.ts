/** Whether an error says that the database cannot be reached, or went away meanwhile: nobody's mistake, and it may come back. */

/** Of the operating system, and of PostgreSQL: connection exceptions (08), shutting down (57P), too many connections (53300). */
const CODES = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|08...|57P0[1-3]|53300)$/

/** What the driver says of a connection that ended under it, which has no code. */
const WORDS =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/

export function isDatabaseGone(error: Error & { code?: unknown }): boolean {
  return CODES.test(String(error.code ?? '')) || WORDS.test(error.message)
}
