/**
 * One pass over the bytes of a text file: its hash, whether it is UTF-8, and what would trip a reader up
 * (NUL bytes, a line without an end). Reading 400 MB this way costs well under a second.
 */
import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { LONGEST_LINE } from './limits.ts'

export interface TextFacts {
  sha256: string
  bytes: number
  encoding: 'utf-8' | 'utf-8 with byte-order mark' | 'utf-16le' | 'utf-16be' | 'windows-1252'
  /** Line of the first NUL byte, where the file is not UTF-16; 0 where it comes late in a large file. */
  nulAtLine: number | null
  /** A stretch without a line end was longer than the limit. */
  longLine: boolean
}

const LF = 0x0a
const CR = 0x0d
const SAMPLE = 4096

/** Stretch that is searched for line ends at once. A stretch between two ends inside one block is shorter. */
const BLOCK = LONGEST_LINE / 4

/** Lines are counted, for the sake of a NUL byte's line number, in the first part of a file only. */
const COUNTED = 64 * 1024 * 1024

export interface TextScanner {
  take(chunk: Buffer): void
  facts(): TextFacts
}

export function textScanner(): TextScanner {
  const hash = createHash('sha256')
  let bytes = 0
  let sinceLineEnd = 0
  let linesBeforeNul = 0
  let nulAtLine: number | null = null
  let longLine = false
  let valid = true
  let carry: Buffer = Buffer.alloc(0)
  let start: Buffer = Buffer.alloc(0)

  return {
    take(chunk) {
      hash.update(chunk)
      if (start.length < SAMPLE) start = Buffer.concat([start, chunk.subarray(0, SAMPLE - start.length)])
      if (nulAtLine === null) {
        const nul = chunk.indexOf(0)
        const counted = bytes < COUNTED
        if (nul >= 0) nulAtLine = counted ? linesBeforeNul + 1 + countLines(chunk.subarray(0, nul)) : 0
        else if (counted) linesBeforeNul += countLines(chunk)
      }
      if (valid) {
        const joined = carry.length > 0 ? Buffer.concat([carry, chunk]) : chunk
        const cut = joined.length - unfinishedBytes(joined)
        valid = isUtf8(joined.subarray(0, cut))
        carry = Buffer.from(joined.subarray(cut))
      }
      // Looking for line ends per block, not one by one, keeps this pass near the speed of reading.
      for (let from = 0; from < chunk.length; from += BLOCK) {
        const block = chunk.subarray(from, from + BLOCK)
        const last = Math.max(block.lastIndexOf(LF), block.lastIndexOf(CR))
        if (sinceLineEnd + (last < 0 ? block.length : firstLineEnd(block)) > LONGEST_LINE) longLine = true
        sinceLineEnd = last < 0 ? sinceLineEnd + block.length : block.length - last - 1
      }
      bytes += chunk.length
    },
    facts() {
      const encoding = encodingOf(start, valid && carry.length === 0)
      const wide = encoding.startsWith('utf-16')
      return { sha256: hash.digest('hex'), bytes, encoding, nulAtLine: wide ? null : nulAtLine, longLine }
    },
  }
}

function firstLineEnd(block: Buffer): number {
  const lf = block.indexOf(LF)
  const cr = block.subarray(0, lf < 0 ? undefined : lf).indexOf(CR)
  return cr < 0 ? lf : cr
}

function countLines(chunk: Buffer): number {
  let n = 0
  for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, at + 1)) n++
  return n
}

/** Bytes at the end that begin a UTF-8 character which the next chunk finishes. */
function unfinishedBytes(chunk: Buffer): number {
  for (let back = 1; back <= Math.min(3, chunk.length); back++) {
    const byte = chunk[chunk.length - back]!
    if (byte < 0x80) return 0
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return length > back ? back : 0
    }
  }
  return 0
}

function encodingOf(start: Buffer, validUtf8: boolean): TextFacts['encoding'] {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  const wide = wideWithoutMark(start)
  if (wide) return wide
  if (!validUtf8) return 'windows-1252'
  return start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf ? 'utf-8 with byte-order mark' : 'utf-8'
}

/** UTF-16 of mostly western text has a zero in every other byte, mark or no mark. */
function wideWithoutMark(start: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (start.length < 8) return null
  let even = 0
  let odd = 0
  for (let i = 0; i + 1 < start.length; i += 2) {
    if (start[i] === 0) even++
    if (start[i + 1] === 0) odd++
  }
  const pairs = Math.floor(start.length / 2)
  if (odd > pairs * 0.7 && even === 0) return 'utf-16le'
  if (even > pairs * 0.7 && odd === 0) return 'utf-16be'
  return null
}
