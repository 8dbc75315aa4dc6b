/** What an import says, in lines. */
import { MOST_REJECTED } from '../evidence/intake/import-file.ts'
import type { LoadReport } from '../evidence/intake/load-report.ts'
import { plainText } from '../reports/exports/text-table.ts'

const count = (n: number): string => n.toLocaleString('en-GB')
const rows = (n: number): string => `${count(n)} ${n === 1 ? 'row' : 'rows'}`

const statusWords: Record<LoadReport['status'], (report: LoadReport) => string> = {
  active: report => `loaded as load ${report.loadId}`,
  waiting: report => `not loaded: load ${report.loadId} waits`,
  unchanged: report => `the same file is load ${report.loadId} already; nothing was changed`,
  'dry-run': () => 'would be loaded; nothing was written',
  refused: () => 'refused; nothing was changed',
}

/** A dry run that would end in waiting. */
const wouldWait = (report: LoadReport): boolean =>
  report.status === 'dry-run' &&
  (report.rowsAccepted === 0 || report.rowsRejected > MOST_REJECTED * report.rowsRead)

export const isAtFault = (report: LoadReport): boolean =>
  report.status === 'refused' || report.status === 'waiting' || wouldWait(report)

/** The sentence for standard error, or null where the file was taken in. */
export function waitsOrRefused(report: LoadReport): string | null {
  if (report.status === 'refused') {
    const sentence = report.refusal ?? 'it cannot be read'
    return sentence.includes(report.fileName) ? sentence : `${report.fileName}: ${sentence}`
  }
  if (!isAtFault(report)) return null
  const share = `${report.fileName}: ${count(report.rowsRejected)} of ${rows(report.rowsRead)} cannot be taken in`
  return report.status === 'waiting'
    ? `${share}, so nothing was loaded. "concord rejected ${report.loadId} --out FILE.csv" gives them with reasons; correct and send the file again, or send it with --accept-rejected.`
    : `${share}, so it would wait for a decision.`
}

export function reportLines(report: LoadReport): string {
  const { first, last } = { first: report.months[0]?.month, last: report.months.at(-1)?.month }
  const period = first === undefined ? '' : first === last ? ` of ${first}` : ` of ${first} to ${last}`
  const status = wouldWait(report) ? 'would wait; nothing was written' : statusWords[report.status](report)
  const lines = [`${report.fileName}: ${status}`]
  if (report.status !== 'refused') {
    const parts = [
      `${rows(report.rowsRead)} read`,
      `${count(report.rowsAccepted)} accepted${period}`,
      ...(report.rowsRepeated > 0 ? [`${count(report.rowsRepeated)} repeated within the file`] : []),
      ...(report.rowsRejected > 0 ? [`${count(report.rowsRejected)} rejected`] : []),
    ]
    lines.push(`  ${report.dataset}: ${parts.join(', ')}`)
  }
  lines.push(...report.reasons.map(({ reason, rows: n }) => `  rejected: ${reason} (${rows(n)})`))
  lines.push(...report.findings.map(finding => `  noticed: ${finding.sentence}`))
  if (report.status === 'active' && report.rowsRejected > 0) {
    lines.push(`  "concord rejected ${report.loadId} --out FILE.csv" gives the rejected rows`)
  }
  return lines.map(line => `${plainText(line)}\n`).join('')
}

export function summaryLine(reports: readonly LoadReport[]): string {
  const sum = (of: (report: LoadReport) => number) => count(reports.reduce((n, report) => n + of(report), 0))
  const with_ = (status: LoadReport['status']) => reports.filter(report => report.status === status).length
  const parts = [
    `${count(with_('active'))} loaded`,
    ...(with_('dry-run') > 0 ? [`${count(with_('dry-run'))} would be`] : []),
    ...(with_('unchanged') > 0 ? [`${count(with_('unchanged'))} unchanged`] : []),
    ...(with_('waiting') > 0 ? [`${count(with_('waiting'))} waiting`] : []),
    ...(with_('refused') > 0 ? [`${count(with_('refused'))} refused`] : []),
  ]
  return `${count(reports.length)} files: ${parts.join(', ')}. ${sum(r => r.rowsRead)} rows read, ${sum(r => r.rowsAccepted)} accepted, ${sum(r => r.rowsRejected)} rejected.\n`
}
