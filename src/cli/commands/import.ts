import { resolve } from 'node:path'
import { importPaths } from '../../evidence/intake/import-paths.ts'
import type { Progress } from '../../evidence/intake/load-report.ts'
import { readArguments } from '../arguments.ts'
import type { Command } from '../command.ts'
import { isAtFault, reportLines, summaryLine, waitsOrRefused } from '../load-words.ts'
import { operator } from '../operator.ts'

const stepWords: Record<Progress['step'], string> = {
  reading: 'reading',
  checking: 'checking rows of',
  placing: 'placing rows of',
  writing: 'writing',
  done: 'done with',
}

export const importCommand: Command = {
  name: 'import',
  summary: "Loads partners' files: files, folders with all they hold, patterns",
  usage: 'import PATH… [--dataset DATASET] [--supplier NAME] [--dry-run] [--accept-rejected] [--json]',
  details: [
    '  --dataset DATASET   what the files are; told from their columns when absent',
    '  --supplier NAME     whose they are; uses the headings saved with "concord mapping"',
    '  --dry-run           says what would happen and writes nothing',
    '  --accept-rejected   loads although more than a tenth of the rows is rejected',
    '  --json              reports for a program',
    '',
    'CSV, Excel, Parquet, and the JSON lines of the police API; also compressed (.gz).',
    'Rejected rows come back with "concord rejected LOAD". Sending the same file again changes nothing.',
  ].join('\n'),
  opens: 'stores',
  prepare: (argv, cwd) => {
    const { values, positionals } = readArguments(
      argv,
      {
        dataset: { type: 'string' },
        supplier: { type: 'string' },
        'dry-run': { type: 'boolean' },
        'accept-rejected': { type: 'boolean' },
        json: { type: 'boolean' },
      },
      { name: 'PATH', least: 1, most: Number.POSITIVE_INFINITY },
    )
    const paths = positionals.map(path => resolve(cwd, path))
    return async (terminal, store) => {
      const onProgress = ({ file, step, done, of }: Progress) =>
        terminal.progress({ label: `${stepWords[step]} ${file}`, done, of })
      const reports = await importPaths(
        store,
        paths,
        {
          dataset: values.dataset,
          supplier: values.supplier,
          dryRun: values['dry-run'],
          acceptRejected: values['accept-rejected'],
          actor: operator(terminal.account),
          onProgress,
        },
        report => {
          if (!values.json) terminal.out(reportLines(report))
          if (waitsOrRefused(report)) terminal.err(waitsOrRefused(report)!)
          // Between two files: what is loaded stays, and nothing more is begun.
          terminal.signal.throwIfAborted()
        },
      )
      if (values.json) terminal.out(`${JSON.stringify(reports, null, 2)}\n`)
      else if (reports.length > 1) terminal.out(summaryLine(reports))
      return reports.some(isAtFault) ? 1 : 0
    }
  },
}
