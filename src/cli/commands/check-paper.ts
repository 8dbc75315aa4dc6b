import { readFile, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { InputFault } from '../../platform/errors.ts'
import { checkPaper, countVerdicts } from '../../reports/check-paper/check-paper.ts'
import { findingsText } from '../../reports/check-paper/finding-text.ts'
import { PAPER_LIMIT_BYTES, readPaper } from '../../reports/check-paper/read-paper.ts'
import { readArguments } from '../arguments.ts'
import type { Command } from '../command.ts'

export const checkPaperCommand: Command = {
  name: 'check-paper',
  summary: 'Computes again what a paper claims: changes, shares, totals, rates, dates',
  usage: 'check-paper FILE… [--all | --json]',
  details: [
    '  --all    also what agrees',
    '  --json   everything, for programs',
    '',
    'Reads .docx, .pdf with text, .txt, .md and .html. Each finding has the sentence, the claim, the computation, the',
    'verdict and the place. Nothing is sent anywhere or kept. Ends with 1 where something disagrees or cannot be read.',
    'docs/paper-checker.md has the kinds of claims, and what is allowed for rounding.',
    '',
    'Example: concord check-paper december-2021.docx',
  ].join('\n'),
  opens: 'nothing',
  prepare: (argv, cwd) => {
    const { values, positionals } = readArguments(
      argv,
      { all: { type: 'boolean' }, json: { type: 'boolean' } },
      { name: 'FILE', least: 1, most: 100 },
    )
    return async terminal => {
      let disagrees = false
      const results: object[] = []
      for (const [done, path] of positionals.entries()) {
        terminal.progress({ label: `checking ${path}`, done, of: positionals.length })
        const paper = await readPaper(await bytesOf(resolve(cwd, path), path), basename(path))
        const findings = checkPaper(paper)
        disagrees ||= countVerdicts(findings).disagrees > 0
        if (values.json) results.push({ file: path, pages: paper.pages, findings })
        else terminal.out(`${findingsText(path, findings, { all: values.all ?? false })}\n`)
      }
      if (values.json) terminal.out(`${JSON.stringify(results, null, 2)}\n`)
      return disagrees ? 1 : 0
    }
  },
}

async function bytesOf(path: string, shown: string): Promise<Buffer> {
  const unreadable = (why: string) =>
    new InputFault('file-unreadable', `${shown} ${why}. Name a paper as .docx, .pdf, .txt, .md or .html.`)
  try {
    const found = await stat(path)
    if (!found.isFile()) throw unreadable('is no file')
    if (found.size > PAPER_LIMIT_BYTES) {
      throw new InputFault('file-too-large', `${shown} is larger than ${PAPER_LIMIT_BYTES / 1e6} MB.`)
    }
    return await readFile(path)
  } catch (error) {
    if (error instanceof InputFault) throw error
    throw unreadable('cannot be opened')
  }
}
