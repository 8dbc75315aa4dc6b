/** What `concord help` says. */
import type { Command } from './command.ts'

/** The usage without its options: those stand in the command's own help. */
const shortUsage = ({ usage }: Command): string => usage.replace(/ [[(]*(-|\w+ --).*/, '')

export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(c => shortUsage(c).length))
  return [
    'Concord: one honest picture of serious violence in an area.',
    '',
    'Usage: concord COMMAND',
    '',
    ...commands.map(c => `  ${shortUsage(c).padEnd(width)}  ${c.summary}`),
    '',
    '"concord help COMMAND" says more. Data lives in CONCORD_DATA (default ./var); docs/operations/settings.md has all settings.',
    'Exit status: 0 done, 1 the input or the data is at fault, 2 wrong usage, 70 a defect of Concord, 130 interrupted.',
    '',
  ].join('\n')
}

export const commandHelp = (command: Command): string =>
  [
    `${command.summary}.`,
    '',
    `Usage: concord ${command.usage}`,
    ...(command.details ? ['', command.details] : []),
    '',
  ].join('\n')
