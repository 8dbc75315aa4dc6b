/** Every command, in the order in which help lists them. */
import type { Command } from './command.ts'
import { analyseCommand } from './commands/analyse.ts'
import { backupCommand } from './commands/backup.ts'
import { boundariesCommand } from './commands/boundaries.ts'
import { checkPaperCommand } from './commands/check-paper.ts'
import { countCommand } from './commands/count.ts'
import { demoCommand } from './commands/demo.ts'
import { figureCommand } from './commands/figure.ts'
import { helpCommand } from './commands/help.ts'
import { importCommand } from './commands/import.ts'
import { loadsCommand } from './commands/loads.ts'
import { mappingCommand } from './commands/mapping.ts'
import { matchCommand } from './commands/match.ts'
import { measuresCommand } from './commands/measures.ts'
import { migrateCommand } from './commands/migrate.ts'
import { rejectedCommand } from './commands/rejected.ts'
import { restoreCommand } from './commands/restore.ts'
import { serveCommand } from './commands/serve.ts'
import { templateCommand } from './commands/template.ts'
import { usersCommand } from './commands/users.ts'
import { verifyAuditCommand } from './commands/verify-audit.ts'
import { withdrawCommand } from './commands/withdraw.ts'

export const commands: readonly Command[] = [
  demoCommand(findCommand),
  serveCommand(findCommand),
  migrateCommand,
  importCommand,
  loadsCommand,
  rejectedCommand,
  withdrawCommand,
  boundariesCommand,
  mappingCommand,
  templateCommand,
  measuresCommand,
  figureCommand,
  countCommand,
  analyseCommand,
  matchCommand,
  checkPaperCommand,
  verifyAuditCommand,
  usersCommand,
  backupCommand,
  restoreCommand,
  helpCommand(() => commands),
]

export function findCommand(name: string): Command | undefined {
  return commands.find(command => command.name === name)
}
