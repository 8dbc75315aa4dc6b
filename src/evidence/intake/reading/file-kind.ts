/** Tells what a file is by its first bytes. Its name is not trusted: clerks rename files. */

export type FileKind = 'gzip' | 'workbook' | 'old-workbook' | 'parquet' | 'json' | 'text' | 'other'

export function fileKind(start: Uint8Array): FileKind {
  const begins = (...bytes: number[]) => bytes.every((b, i) => start[i] === b)
  if (begins(0x1f, 0x8b)) return 'gzip'
  if (begins(0x50, 0x4b, 0x03, 0x04)) return 'workbook'
  if (begins(0xd0, 0xcf, 0x11, 0xe0)) return 'old-workbook'
  if (begins(0x50, 0x41, 0x52, 0x31)) return 'parquet'
  if (begins(0x25, 0x50, 0x44, 0x46) || begins(0x89, 0x50, 0x4e, 0x47) || begins(0xff, 0xd8, 0xff))
    return 'other'
  const text = new TextDecoder().decode(start.subarray(0, 64)).replace(/^\uFEFF/, '')
  return /^\s*[{[]/.test(text) ? 'json' : 'text'
}
