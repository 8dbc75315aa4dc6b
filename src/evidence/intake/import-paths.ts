/** Imports many files: paths, folders and globs, in the order of their names. */
import { glob, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { InputFault } from '../../platform/errors.ts'
import type { EvidenceStore } from '../open-evidence.ts'
import { importFile } from './import-file.ts'
import type { ImportRequest, LoadReport } from './load-report.ts'

/** Files that lie beside data and are none. */
const notData = (path: string): boolean =>
  /(^|[\\/])\.|(^|[\\/])(readme|licen[cs]e)[^\\/]*$|\.(md|txt|pdf|docx?|geojson|json)$/i.test(path)

/**
 * The files that the paths name: a file as it is, a folder with all it holds, a pattern with all it matches.
 * Throws `file-unreadable` for a path that names nothing.
 */
export async function filesAt(paths: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const path of paths) {
    const here = await stat(path).catch(() => null)
    const matches = here?.isFile() ? [path] : await matching(here ? join(path, '**/*') : path)
    if (matches.length === 0) {
      throw new InputFault('file-unreadable', `There is no data file at ${path}.`)
    }
    found.push(...matches)
  }
  return [...new Set(found)]
}

async function matching(pattern: string): Promise<string[]> {
  const files: string[] = []
  for await (const path of glob(pattern)) {
    if (!notData(path) && (await stat(path)).isFile()) files.push(path)
  }
  return files.sort((a, b) => (basename(a) < basename(b) ? -1 : 1))
}

/** Imports them one after another; each file stands for itself, so one bad file does not stop the rest. */
export async function importPaths(
  store: EvidenceStore,
  paths: readonly string[],
  request: Omit<ImportRequest, 'path'>,
  onReport: (report: LoadReport, done: number, of: number) => void = () => {},
): Promise<LoadReport[]> {
  const files = await filesAt(paths)
  const reports: LoadReport[] = []
  for (const path of files) {
    const report = await importFile(store, { ...request, path })
    reports.push(report)
    onReport(report, reports.length, files.length)
  }
  return reports
}
