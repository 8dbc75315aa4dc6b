/** Rejected rows as the clerk sent them, with their row number and every reason, to be mended and re-sent. */
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { EngineConnection } from '../../platform/duckdb.ts'
import { csvLine, guardFormula } from './reading/csv-text.ts'
import type { Stage } from './stage.ts'

/** Headings that Concord adds at the end. */
const addedHeadings = ['row', 'reason']

/** The headings of a file, those that Concord added emptied: a dataset may have a reason of its own. */
export const asSent = (headings: readonly string[]): string[] => {
  const own = headings.length - addedHeadings.length
  const isReturned = own > 0 && addedHeadings.every((heading, i) => headings[own + i] === heading)
  return headings.map((heading, i) => (isReturned && i >= own ? '' : heading))
}

export async function writeRejectedRows(
  connection: EngineConnection,
  stage: Stage,
  headings: readonly string[],
  path: string,
): Promise<void> {
  const result = await connection.raw.stream(
    `select ${headings.map((_, i) => `s.c${i}`).join(', ')}, cast(r.row_no as varchar), array_to_string(r.reasons, '. ')
     from rejections r join (select *, ${stage.rowNumber} as number from staged) s on s.number = r.row_no
     order by r.row_no`,
  )
  await pipeline(async function* lines() {
    yield csvLine([...headings, ...addedHeadings])
    for (
      let chunk = await result.fetchChunk();
      chunk && chunk.rowCount > 0;
      chunk = await result.fetchChunk()
    ) {
      for (const row of chunk.getRows()) {
        yield csvLine(row.map(cell => (cell === null ? null : guardFormula(String(cell)))))
      }
    }
  }, createWriteStream(path))
}
