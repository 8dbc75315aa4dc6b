/**
 * Rewrites a text file as UTF-8. Files put together from several systems mix encodings, so whatever is not
 * UTF-8 is decided line by line: a line that is valid UTF-8 stays, any other is read as Windows-1252.
 */
import { isUtf8 } from 'node:buffer'
import { createReadStream, createWriteStream } from 'node:fs'
import { Transform, type TransformCallback } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Lines that were read as Windows-1252, and lines beyond ASCII that were UTF-8 already. */
export interface DecodedLines {
  windows1252: number
  utf8: number
}

export async function decodeWide(from: string, to: string, encoding: 'utf-16le' | 'utf-16be'): Promise<void> {
  const decoder = new TextDecoder(encoding)
  await pipeline(
    createReadStream(from),
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        done(null, decoder.decode(chunk, { stream: true }))
      },
      flush(done) {
        done(null, decoder.decode())
      },
    }),
    createWriteStream(to),
  )
}

export async function decodeLineByLine(from: string, to: string): Promise<DecodedLines> {
  const counts: DecodedLines = { windows1252: 0, utf8: 0 }
  const western = new TextDecoder('windows-1252')
  const decodeLine = (line: Buffer): Buffer => {
    if (!isUtf8(line)) {
      counts.windows1252++
      return Buffer.from(western.decode(line))
    }
    if (line.some(byte => byte > 0x7f)) counts.utf8++
    return line
  }
  let carry: Buffer = Buffer.alloc(0)
  const decode = (chunk: Buffer, done: TransformCallback) => {
    const joined = carry.length > 0 ? Buffer.concat([carry, chunk]) : chunk
    const lines: Buffer[] = []
    let from = 0
    for (let at = joined.indexOf(0x0a); at >= 0; at = joined.indexOf(0x0a, from)) {
      lines.push(decodeLine(joined.subarray(from, at + 1)))
      from = at + 1
    }
    carry = Buffer.from(joined.subarray(from))
    done(null, Buffer.concat(lines))
  }
  await pipeline(
    createReadStream(from, { highWaterMark: 1 << 20 }),
    new Transform({
      transform: (chunk: Buffer, _encoding, done) => decode(chunk, done),
      flush: done => done(null, carry.length > 0 ? decodeLine(carry) : null),
    }),
    createWriteStream(to),
  )
  return counts
}
