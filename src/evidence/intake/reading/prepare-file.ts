/**
 * Turns whatever was sent into something that the engine reads: UTF-8 CSV with a known delimiter, or
 * Parquet. The file that was sent is never changed; rewritten copies go to the scratch folder.
 */
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { InputFault } from '../../../platform/errors.ts'
import type { Finding } from '../load-report.ts'
import { decodeLineByLine, decodeWide } from './decode-text.ts'
import { fileKind } from './file-kind.ts'
import { EXPANSION, EXPANSION_CEILING, EXPANSION_FLOOR, inWords, LONGEST_LINE } from './limits.ts'
import { policeApiToCsv } from './police-api.ts'
import { publishedName } from './published-name.ts'
import { type TextFacts, textScanner } from './scan-text.ts'
import { workbookToCsv } from './workbook.ts'

export interface PreparedFile {
  format: 'csv' | 'parquet'
  /** What the engine reads: the file itself, or a copy in the scratch folder. */
  path: string
  /** Hash of the content, unpacked: a file is recognised whether it comes zipped or not. */
  sha256: string
  bytes: number
  encoding: string
  /** Force that the rows were given by the file's name, where they have none themselves. */
  forceOfName: string | null
  findings: Finding[]
  /** Throws `file-changed` when the file was written to since it was first looked at. */
  refuseIfChanged(): Promise<void>
}

export async function prepareFile(path: string, name: string, scratch: string): Promise<PreparedFile> {
  const before = await stat(path).catch(() => {
    throw new InputFault(
      'file-unreadable',
      `${name} cannot be opened. Check the path and that you may read it.`,
    )
  })
  if (!before.isFile()) throw new InputFault('file-unreadable', `${name} is not a file.`)
  if (before.size === 0) throw new InputFault('file-empty', `${name} is empty.`)
  const refuseIfChanged = async () => {
    const now = await stat(path)
    if (now.size !== before.size || now.mtimeMs !== before.mtimeMs) {
      throw new InputFault(
        'file-changed',
        `${name} was written to while it was being read. Wait until it is complete and send it again.`,
      )
    }
  }
  const prepared = await prepare(path, name, scratch, before.size)
  await refuseIfChanged()
  return { ...prepared, refuseIfChanged }
}

type Prepared = Omit<PreparedFile, 'refuseIfChanged'>

async function prepare(path: string, name: string, scratch: string, size: number): Promise<Prepared> {
  const kind = fileKind(await firstBytes(path))
  switch (kind) {
    case 'gzip': {
      const unpacked = join(scratch, 'unpacked')
      const facts = await unpack(path, name, unpacked, size)
      const inner = fileKind(await firstBytes(unpacked))
      if (inner === 'gzip')
        throw new InputFault('file-unreadable', `${name} is compressed twice. Unpack it once.`)
      return inner === 'text' || inner === 'json'
        ? textFile(unpacked, name, scratch, facts, inner)
        : prepare(unpacked, name, scratch, facts.bytes)
    }
    case 'workbook': {
      const csv = join(scratch, 'sheet.csv')
      const unread = await workbookToCsv(path, name, csv)
      const { sha256 } = await scan(path)
      return {
        format: 'csv',
        path: csv,
        sha256,
        bytes: size,
        encoding: 'Excel workbook',
        forceOfName: null,
        findings: unread.map(sheet => ({
          kind: 'sheet-not-read',
          sentence: `The sheet "${sheet}" was not read: only the first sheet is. Save it as a file of its own if it holds data.`,
          rows: null,
        })),
      }
    }
    case 'old-workbook':
      throw new InputFault('file-unreadable', `${name} is an old Excel file (.xls). Save it as .xlsx or CSV.`)
    case 'parquet': {
      const { sha256 } = await scan(path)
      return {
        format: 'parquet',
        path,
        sha256,
        bytes: size,
        encoding: 'Parquet',
        forceOfName: null,
        findings: [],
      }
    }
    case 'other':
      throw new InputFault(
        'file-unreadable',
        `${name} is a picture or a PDF. Concord reads CSV, Excel (.xlsx), Parquet and the JSON of data.police.uk.`,
      )
    case 'text':
    case 'json':
      return textFile(path, name, scratch, await scan(path), kind)
  }
}

async function textFile(
  path: string,
  name: string,
  scratch: string,
  facts: TextFacts,
  kind: 'text' | 'json',
): Promise<Prepared> {
  refuseUnreadableText(name, facts)
  const findings: Finding[] = []
  const forceOfName = kind === 'json' ? (publishedName(name)?.force ?? null) : null
  let readable = path
  if (facts.encoding === 'utf-16le' || facts.encoding === 'utf-16be') {
    readable = join(scratch, 'decoded')
    await decodeWide(path, readable, facts.encoding)
  } else if (facts.encoding === 'windows-1252') {
    readable = join(scratch, 'decoded')
    const lines = await decodeLineByLine(path, readable)
    if (lines.utf8 > 0) {
      findings.push({
        kind: 'mixed-encodings',
        sentence: `The file mixes encodings. Lines read as Windows-1252: ${lines.windows1252}; as UTF-8: ${lines.utf8}. Check names and places with accents.`,
        rows: lines.windows1252,
      })
    }
  }
  if (kind === 'json') {
    const csv = join(scratch, 'crimes.csv')
    await policeApiToCsv(readable, name, forceOfName, csv)
    readable = csv
  }
  return {
    format: 'csv',
    path: readable,
    sha256: facts.sha256,
    bytes: facts.bytes,
    encoding: facts.encoding,
    forceOfName,
    findings,
  }
}

function refuseUnreadableText(name: string, facts: TextFacts): void {
  if (facts.nulAtLine !== null) {
    throw new InputFault(
      'file-damaged',
      `${name} has NUL bytes${facts.nulAtLine > 0 ? `, first in line ${facts.nulAtLine}` : ''}: it is not a text file, or was damaged on its way. Export it again.`,
    )
  }
  if (facts.longLine) {
    throw new InputFault(
      'file-damaged',
      `${name} has a line of more than ${inWords(LONGEST_LINE)}. Most likely line ends were lost in the export.`,
    )
  }
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const handle = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(512), 0, 512, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

async function scan(path: string): Promise<TextFacts> {
  const scanner = textScanner()
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) scanner.take(chunk as Buffer)
  return scanner.facts()
}

async function unpack(path: string, name: string, to: string, size: number): Promise<TextFacts> {
  const limit = Math.min(EXPANSION_CEILING, Math.max(EXPANSION_FLOOR, size * EXPANSION))
  const scanner = textScanner()
  let unpacked = 0
  try {
    await pipeline(
      createReadStream(path),
      createGunzip(),
      new Transform({
        transform(chunk: Buffer, _encoding, done) {
          unpacked += chunk.length
          if (unpacked > limit) {
            done(
              new InputFault(
                'file-too-large',
                `${name} unpacks to more than ${inWords(limit)}. Send it unpacked.`,
              ),
            )
            return
          }
          scanner.take(chunk)
          done(null, chunk)
        },
      }),
      createWriteStream(to),
    )
  } catch (error) {
    await rm(to, { force: true })
    if (error instanceof InputFault || (error as NodeJS.ErrnoException).code === 'ENOSPC') throw error
    throw new InputFault(
      'file-damaged',
      `${name} is a compressed file that breaks off or is damaged. Send it again.`,
    )
  }
  return scanner.facts()
}
