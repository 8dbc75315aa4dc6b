import { UsageFault } from '../../platform/errors.ts'
import { readArguments } from '../arguments.ts'
import type { Command } from '../command.ts'
import { commandHelp, overview } from '../help.ts'

export const helpCommand = (commands: () => readonly Command[]): Command => ({
  name: 'help',
  summary: 'What the commands are, or more about one',
  usage: 'help [COMMAND [TOPIC]]',
  details: '',
  opens: 'nothing',
  prepare: argv => {
    const [name, topic] = readArguments(argv, {}, { name: 'COMMAND', least: 0, most: 2 }).positionals
    const command = commands().find(c => c.name === name)
    if (name !== undefined && !command) throw new UsageFault(`There is no command "${name}".`)
    return async terminal => {
      if (command && topic !== undefined) {
        const more = (await command.helpAbout?.(topic)) ?? null
        if (more === null) throw new UsageFault(`There is no help about "${topic}" of "${name}".`)
        terminal.out(more)
        return 0
      }
      terminal.out(command ? commandHelp(command) : overview(commands()))
      return 0
    }
  },
})
