import { UsageFault } from '../../platform/errors.ts'
import { readArguments } from '../arguments.ts'
import type { Command } from '../command.ts'
import { commandHelp, overview } from '../help.ts'

export const helpCommand = (commands: () => readonly Command[]): Command => ({
  name: 'help',
  summary: 'What the commands are, or more about one',
  usage: 'help [COMMAND]',
  details: '',
  opens: 'nothing',
  prepare: argv => {
    const [name] = readArguments(argv, {}, { name: 'COMMAND', least: 0, most: 1 }).positionals
    const command = commands().find(c => c.name === name)
    if (name !== undefined && !command) throw new UsageFault(`There is no command "${name}".`)
    return async terminal => {
      terminal.out(command ? commandHelp(command) : overview(commands()))
      return 0
    }
  },
})
