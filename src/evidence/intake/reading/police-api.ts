/**
 * Crimes as the API of data.police.uk returns them, one JSON object a line or one array, rewritten with the
 * headings of its published files.
 *
 * Traps: coordinates are text; the crime type is a slug; the persistent id is empty for anti-social
 * behaviour; asking ward by ward returns a crime on a ward's edge twice, under the same `id`.
 */
import { createReadStream, createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { InputFault } from '../../../platform/errors.ts'
import { labelOf } from '../../codes/code-list.ts'
import { forces } from '../../codes/forces.ts'
import { crimeTypeSlugs } from '../../codes/police-uk-codes.ts'
import { csvLine } from './csv-text.ts'

const labels = new Map(crimeTypeSlugs)

export const apiHeadings = [
  'API id',
  'Crime ID',
  'Month',
  'Reported by',
  'Falls within',
  'Longitude',
  'Latitude',
  'Location',
  'Crime type',
  'Last outcome category',
  'Context',
]

interface ApiCrime {
  id?: unknown
  persistent_id?: unknown
  category?: unknown
  month?: unknown
  location_type?: unknown
  location?: { latitude?: unknown; longitude?: unknown; street?: { name?: unknown } } | null
  outcome_status?: { category?: unknown } | null
  context?: unknown
}

/** Rewrites the file; a line that is not a crime becomes a row that intake rejects with a reason. */
export async function policeApiToCsv(
  path: string,
  name: string,
  force: string | null,
  csvPath: string,
): Promise<void> {
  if (force === null) {
    throw new InputFault(
      'force-unknown',
      `${name} does not say whose crimes it holds. Name it by month and force, such as 2018-06-west-midlands-wards.ndjson.`,
    )
  }
  const forceName = labelOf(forces, force)
  await pipeline(async function* lines() {
    yield csvLine(apiHeadings)
    for await (const crime of crimesIn(path)) yield csvLine(crime ? asRow(crime, forceName) : [])
  }, createWriteStream(csvPath))
}

async function* crimesIn(path: string): AsyncGenerator<ApiCrime | null> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })
  let first = true
  for await (const line of lines) {
    if (first && line.trimStart().startsWith('[')) {
      lines.close()
      yield* arrayIn(path)
      return
    }
    first = false
    if (line.trim() === '') continue
    yield parsed(line)
  }
}

async function* arrayIn(path: string): AsyncGenerator<ApiCrime | null> {
  const whole = parsed(await readFile(path, 'utf8')) as unknown
  if (!Array.isArray(whole)) {
    throw new InputFault('file-damaged', 'The JSON breaks off, or is not a list of crimes. Fetch it again.')
  }
  for (const crime of whole) yield typeof crime === 'object' ? (crime as ApiCrime) : null
}

function parsed(text: string): ApiCrime | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? (value as ApiCrime) : null
  } catch {
    return null
  }
}

const text = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null

function asRow(crime: ApiCrime, forceName: string): (string | null)[] {
  const slug = text(crime.category)
  return [
    text(crime.id),
    text(crime.persistent_id),
    text(crime.month),
    crime.location_type === 'BTP' ? labelOf(forces, 'btp') : forceName,
    forceName,
    text(crime.location?.longitude),
    text(crime.location?.latitude),
    text(crime.location?.street?.name),
    slug === null ? null : (labels.get(slug) ?? slug),
    text(crime.outcome_status?.category),
    text(crime.context),
  ]
}
