/**
 * A backup as one file: POSIX ustar (IEEE Std 1003.1-1988), which every system unpacks without us. Plain files only.
 *
 * Sizes from 8 GiB on are written in base 256, as GNU tar and bsdtar read them.
 */
import { createReadStream } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'

const BLOCK = 512
/** Bytes of a header before and behind the field of its own checksum. */
const CHECKSUM = { at: 148, bytes: 8 }
const MOST_OCTAL = 8 ** 11

/** Header of a file. Throws RangeError for a name that does not fit. */
export function tarHeader(name: string, bytes: number, at: Date): Buffer {
  const header = Buffer.alloc(BLOCK)
  const { prefix, rest } = splitName(name)
  header.write(rest, 0)
  header.write('0000600\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  if (bytes < MOST_OCTAL) header.write(`${bytes.toString(8).padStart(11, '0')}\0`, 124)
  else {
    header[124] = 0x80
    header.writeBigUInt64BE(BigInt(bytes), 128)
  }
  header.write(
    `${Math.floor(at.getTime() / 1000)
      .toString(8)
      .padStart(11, '0')}\0`,
    136,
  )
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  header.write(prefix, 345)
  header.write(`${checksumOf(header).toString(8).padStart(6, '0')}\0 `, CHECKSUM.at)
  return header
}

/** The longest names that we write are hashes in folders of datasets; the split is at a slash, as the format wants. */
function splitName(name: string): { prefix: string; rest: string } {
  if (name.length <= 100) return { prefix: '', rest: name }
  const cut = name.indexOf('/', name.length - 101)
  if (cut < 0 || cut > 155) throw new RangeError(`${name} is too long a name for a tar file`)
  return { prefix: name.slice(0, cut), rest: name.slice(cut + 1) }
}

function checksumOf(header: Buffer): number {
  let sum = 0
  for (const [i, byte] of header.entries()) {
    sum += i >= CHECKSUM.at && i < CHECKSUM.at + CHECKSUM.bytes ? 32 : byte
  }
  return sum
}

/** What follows a file of so many bytes, up to the next block. */
export const tarPadding = (bytes: number): Buffer => Buffer.alloc((BLOCK - (bytes % BLOCK)) % BLOCK)

/** What a tar file ends with. */
export const tarEnd = (): Buffer => Buffer.alloc(2 * BLOCK)

export interface TarEntry {
  name: string
  bytes: number
  /** The content, from its place in the tar file. To be read before the next entry is asked for. */
  content: AsyncIterable<Buffer>
}

const isEmpty = (bytes: Buffer): boolean => bytes.every(byte => byte === 0)

/** Throws TarFault where the file is cut off or no tar file. */
export class TarFault extends Error {}

/** Entries in their order. Every byte counts: what stands between files, and behind them, has to be empty. */
export async function* tarEntries(file: FileHandle, path: string): AsyncGenerator<TarEntry> {
  const { size } = await file.stat()
  for (let at = 0; ; ) {
    const header = Buffer.alloc(BLOCK)
    if ((await file.read(header, 0, BLOCK, at)).bytesRead < BLOCK) throw new TarFault('it is cut off')
    if (isEmpty(header)) {
      const end = Buffer.alloc(size - at)
      await file.read(end, 0, end.length, at)
      if (end.length < tarEnd().length) throw new TarFault('it is cut off')
      if (!isEmpty(end)) throw new TarFault('it was changed')
      return
    }
    const entry = readHeader(header)
    at += BLOCK
    if (at + entry.bytes > size) throw new TarFault(`it is cut off within ${entry.name}`)
    yield {
      ...entry,
      content:
        entry.bytes === 0
          ? (async function* () {})()
          : (createReadStream(path, { start: at, end: at + entry.bytes - 1 }) as AsyncIterable<Buffer>),
    }
    at += entry.bytes
    const padding = tarPadding(entry.bytes)
    if ((await file.read(padding, 0, padding.length, at)).bytesRead < padding.length) {
      throw new TarFault('it is cut off')
    }
    if (!isEmpty(padding)) throw new TarFault('it was changed')
    at += padding.length
  }
}

function readHeader(header: Buffer): { name: string; bytes: number } {
  const text = (from: number, length: number) =>
    header.toString('utf8', from, from + length).replace(/\0.*$/s, '')
  if (text(257, 5) !== 'ustar' || Number.parseInt(text(CHECKSUM.at, 8), 8) !== checksumOf(header)) {
    throw new TarFault('it is not a tar file, or was changed')
  }
  if (text(156, 1) !== '0') throw new TarFault('it holds something other than plain files')
  const prefix = text(345, 155)
  const name = prefix ? `${prefix}/${text(0, 100)}` : text(0, 100)
  const bytes = header[124] === 0x80 ? Number(header.readBigUInt64BE(128)) : Number.parseInt(text(124, 12), 8)
  if (!Number.isSafeInteger(bytes) || bytes < 0) throw new TarFault('it is not a tar file, or was changed')
  return { name, bytes }
}
