/** What help and `docs/methods.md` say of the methods. */
import type { AnalyseMethod } from './analyse-method.ts'

export const methodUsage = ({ name, usage }: AnalyseMethod): string =>
  `concord analyse ${name} --input FILE.csv ${usage} [--out FILE.csv | --json]`.replaceAll(/ {2,}/g, ' ')

export function methodList(methods: readonly AnalyseMethod[]): string {
  const width = Math.max(...methods.map(m => m.name.length))
  return [
    ...methods.map(m => `  ${m.name.padEnd(width)}  ${m.summary}`),
    '',
    '"concord help analyse METHOD" says its options and columns.',
    '',
  ].join('\n')
}

export const methodHelp = (method: AnalyseMethod): string =>
  [`${method.summary}.`, '', `Usage: ${methodUsage(method)}`, '', method.details, ''].join('\n')
