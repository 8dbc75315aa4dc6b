/** `docs/methods.md`, from what `concord help analyse METHOD` says. */
import type { AnalyseMethod } from '../analyse/analyse-method.ts'
import { methodUsage } from '../analyse/method-words.ts'
import { code, generatedBy, table } from './markdown.ts'

export const methodsPage = (methods: readonly AnalyseMethod[]): string =>
  [
    generatedBy('src/cli/docs/methods-page.ts'),
    '# Methods\n',
    `${code('concord analyse METHOD --input FILE.csv')} works on any CSV file, without a database. The same methods are functions on typed arrays, for programs and browsers: ${code("import { seasonIndex } from 'concord/analysis'")}. Each names its source where it is written, in ${code('src/analysis')}.\n`,
    'The file has a heading row; columns may come in any order and among others; comma, semicolon or tab. Numbers are written in full precision, flags are 0 or 1, what is missing is an empty field, and an infinite limit is the word Infinity. A cell that cannot be used is told with its row, as a spreadsheet shows it, and its column.\n',
    table(
      ['Method', 'What it says'],
      methods.map(({ name, summary }) => [`[${name}](#${name})`, summary]),
    ),
    ...methods.map(method =>
      [
        `## ${method.name}\n`,
        `${method.summary}.\n`,
        `\`\`\`\n${methodUsage(method)}\n\n${method.details}\n\`\`\`\n`,
      ].join('\n'),
    ),
  ].join('\n')
