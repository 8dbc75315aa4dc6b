/** From what was typed to an exit status: finds the command, opens what it needs, and says what went wrong. */

import { nearest } from '../measures/nearest.ts'
import { UsageFault } from '../platform/errors.ts'
import type { Command, ExitStatus, Terminal } from './command.ts'
import { runAtServer } from './command-client.ts'
import { commands, findCommand } from './command-list.ts'
import { reportFailure } from './failure.ts'
import { commandHelp, overview } from './help.ts'
import { closeStore, storeOrServer, WAIT_SECONDS } from './open-stores.ts'

/** Runs `concord ARGV`. Never throws. */
export async function runCommand(argv: string[], cwd: string, terminal: Terminal): Promise<ExitStatus> {
  const [name, ...rest] = argv
  if (name === undefined) {
    terminal.err(overview(commands))
    return 2
  }
  if (name === '--help' || name === '-h') {
    terminal.out(overview(commands))
    return 0
  }
  const command = findCommand(name)
  if (!command) {
    const near = nearest(
      name,
      commands.map(c => c.name),
    )
    const hint = near ? ` Did you mean "concord ${near}"?` : ''
    terminal.err(`There is no command "${name}".${hint} "concord help" lists them.`)
    return 2
  }
  const beforeDashes = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest
  if (beforeDashes.includes('--help') || beforeDashes.includes('-h')) {
    const topic = rest.find(word => !word.startsWith('-'))
    const more = topic === undefined ? null : await command.helpAbout?.(topic)
    terminal.out(more ?? commandHelp(command))
    return 0
  }
  try {
    return await runFound(command, rest, cwd, terminal)
  } catch (error) {
    return reportFailure(error, terminal, command.usage)
  }
}

async function runFound(
  command: Command,
  argv: string[],
  cwd: string,
  terminal: Terminal,
): Promise<ExitStatus> {
  if (command.opens === 'nothing') return command.prepare(argv, cwd)(terminal)
  const { waitSeconds, others } = waitOption(argv)
  const act = command.prepare(others, cwd)
  const refused = new Set<number>()
  for (;;) {
    const found = await storeOrServer(waitSeconds, terminal, refused)
    if ('evidence' in found) {
      try {
        return await act(terminal, found)
      } finally {
        await closeStore(found)
      }
    }
    const status = await runAtServer(found, command.name, { argv: others, cwd }, terminal)
    if (status !== null) return status
    // Its file outlived it: open the folder ourselves.
    refused.add(found.commandPort)
  }
}

/** `--wait SECONDS` is understood by every command that opens the stores. */
function waitOption(argv: string[]): { waitSeconds: number; others: string[] } {
  const at = argv.findIndex(word => word === '--wait' || word.startsWith('--wait='))
  const end = argv.indexOf('--')
  if (at < 0 || (end >= 0 && end < at)) return { waitSeconds: WAIT_SECONDS, others: argv }
  const joined = argv[at]!.includes('=')
  const text = joined ? argv[at]!.slice('--wait='.length) : (argv[at + 1] ?? '')
  if (!/^\d{1,5}$/.test(text)) throw new UsageFault('--wait needs a number of seconds.')
  return { waitSeconds: Number(text), others: argv.toSpliced(at, joined ? 1 : 2) }
}
