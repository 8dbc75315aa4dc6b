/** `docs/commands.md`, from what `concord help` says. */
import type { Command } from '../command.ts'
import { code, generatedBy, table } from './markdown.ts'

export const commandsPage = (commands: readonly Command[]): string =>
  [
    generatedBy('src/cli/docs/commands-page.ts'),
    '# Commands\n',
    `${code('bin/concord COMMAND')}. While the server runs, commands go to it; otherwise they open the data folder themselves, and wait up to a minute (${code('--wait SECONDS')}) for another command that has it open. Progress is shown on a terminal and not in a pipe.\n`,
    table(
      ['Exit status', 'Meaning'],
      [
        ['0', 'done'],
        ['1', 'the input or the data is at fault: one sentence on standard error says what and where'],
        ['2', 'wrong usage: a sentence, and how to call'],
        ['70', 'a defect of Concord itself; the data is as it was'],
        ['130', 'interrupted; nothing half done was kept'],
      ],
    ),
    ...commands.map(({ name, summary, usage, details }) =>
      [
        `## ${name}\n`,
        `${summary}.\n`,
        `\`\`\`\nconcord ${usage}\n${details ? `\n${details}\n` : ''}\`\`\`\n`,
      ].join('\n'),
    ),
  ].join('\n')
