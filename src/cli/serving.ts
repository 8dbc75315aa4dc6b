/** Serves an opened store until it is told to stop: the pages, and the port that takes commands meanwhile. */
import { createServer } from 'node:net'
import { caseworkJobs } from '../casework/casework-jobs.ts'
import { noticeJob } from '../casework/notice-job.ts'
import { progressJob } from '../casework/progress/progress-job.ts'
import { syncPack } from '../casework/sync-pack.ts'
import { meetingJobs } from '../casework/tasking/meetings/meeting-jobs.ts'
import { inventedEvidence } from '../evidence/invented.ts'
import type { EvidenceStore } from '../evidence/open-evidence.ts'
import { nightlyJobs } from '../governance/nightly-jobs.ts'
import { settleDeletions } from '../governance/retention/deletion-list.ts'
import { watchClock } from '../governance/sessions/clock-watch.ts'
import { methodState } from '../measures/methods/register.ts'
import { openMethodRunner } from '../measures/methods/run-method.ts'
import { londonDay } from '../platform/calendar.ts'
import type { Config } from '../platform/config.ts'
import { InputFault } from '../platform/errors.ts'
import { startJobs } from '../platform/jobs.ts'
import { mailSettings, openMailer } from '../platform/mail.ts'
import { theProgram } from '../platform/record-of-acts.ts'
import { askEvidence } from '../web/recent-evidence.ts'
import { serve } from '../web/serve.ts'
import { nightlyBackup } from './backup/nightly-backup.ts'
import type { FindCommand, Terminal } from './command.ts'
import { openCommandServer } from './command-server.ts'
import { addCommandPort, readServerKey } from './server-file.ts'

/** Also when nobody asks for a page. */
const LOOK_AT_CLOCK_MS = 30_000

export async function serveUntilStopped(
  store: EvidenceStore,
  config: Config,
  findCommand: FindCommand,
  terminal: Terminal,
): Promise<void> {
  const { pack, installation } = store
  const mail = mailSettings(config)
  await forgetAgain(store, terminal)
  const { any: synthetic, only } = await inventedEvidence(store)
  let open = only
  if (only) await settleDemonstration(store)
  // The first link comes while the server opens; it is told after the address.
  let told = false
  let link = ''
  const serving = await serve(
    { store, pack, clock: installation.clock, synthetic, isOpen: () => open },
    {
      host: config.host,
      port: config.port,
      onSignInLink: next => {
        link = next
        if (told) terminal.out(linkWords(link))
      },
    },
  ).catch(error => {
    throw listenFault(error, config)
  })
  closeWhenReal(store, {
    isOpen: () => open,
    set: now => {
      open = now
    },
    closed: () => {
      terminal.out('Data that is not synthetic was loaded: Concord is closed to visitors now.\n')
      serving.offerSignIn()
    },
  })
  const { serverFile } = installation.folder
  const commands = await openCommandServer(store, findCommand, await readServerKey(serverFile))
  await addCommandPort(serverFile, commands.port)
  const { database, clock, log } = installation
  const runner = openMethodRunner()
  const jobs = await startJobs(database, log, [
    ...nightlyJobs(database, clock, installation.folder.deletions),
    ...nightlyBackup(store),
    ...caseworkJobs(
      database,
      clock,
      task => runner.run('link-one-list', task),
      () => methodState(pack, 'record-matching', londonDay(clock())).runs,
    ),
    progressJob(store),
    ...meetingJobs(database, clock, askEvidence(store.evidence)),
    noticeJob(database, clock, {
      send: mail && openMailer(mail),
      address: config.publicAddress ?? `http://localhost:${config.port}`,
    }),
  ])
  const watch = await watchClock(database, clock, jobs.startAnew)
  const looking = setInterval(() => {
    watch.look().catch(error => log.error({ err: error }, 'the clock could not be looked after'))
  }, LOOK_AT_CLOCK_MS)
  const whose = only ? 'the synthetic' : 'the evidence of'
  terminal.out(`\nConcord shows ${whose} ${pack.name} at ${serving.address}\n`)
  terminal.out(
    only
      ? 'Nothing in it is real. No sign-in is needed: everybody looks as the analyst; "Sign in as" shows the mornings of others.\n'
      : `Without signing in, a visitor sees protected figures only.\n${linkWords(link)}`,
  )
  terminal.out(`The data is in ${installation.folder.root}. Ctrl-C stops.\n`)
  told = true
  await new Promise<void>(resolve => {
    if (terminal.signal.aborted) resolve()
    terminal.signal.addEventListener('abort', () => resolve(), { once: true })
  })
  clearInterval(looking)
  await jobs.stop()
  await runner.close()
  await commands.close()
  await serving.close()
  terminal.out('Stopped.\n')
}

/** Before anybody looks: where a store was put back that still holds what was deleted, it is deleted again. */
async function forgetAgain({ installation }: EvidenceStore, terminal: Terminal): Promise<void> {
  const { database, folder, clock } = installation
  const again = await settleDeletions(database, folder.deletions, clock(), theProgram)
  if (again > 0) {
    terminal.out(
      `The store is older than the list of what was deleted: ${again.toLocaleString('en-GB')} records are deleted again.\n`,
    )
  }
}

/** The people to sign in as, where nothing else is held. */
async function settleDemonstration({ installation, pack }: EvidenceStore): Promise<void> {
  // Of the synthetic partnership, which no other way of serving needs.
  const { settleCast } = await import('../synthetic/casework/cast.ts')
  await syncPack(installation.database, pack)
  await settleCast(installation.database, installation.clock())
}

/**
 * Closed at once with every change, and opened again only when nothing but invented evidence is held: between
 * the change and the answer nobody sees what they should not.
 */
function closeWhenReal(
  store: EvidenceStore,
  door: { isOpen: () => boolean; set: (open: boolean) => void; closed: () => void },
): void {
  store.onChange(() => {
    if (!door.isOpen()) return
    door.set(false)
    inventedEvidence(store).then(
      ({ only }) => {
        door.set(only)
        if (!only) door.closed()
      },
      () => door.closed(),
    )
  })
}

const linkWords = (link: string): string => `This link signs one analyst in, once:\n  ${link}\n`

/** Throws `port-taken` before anything long is begun. Another program may still come first; `serve` says so then. */
export function requireFreePort(config: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', error => reject(listenFault(error, config)))
    probe.listen(config.port, config.host, () => probe.close(() => resolve()))
  })
}

function listenFault(error: NodeJS.ErrnoException, { port, host }: Config): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new InputFault(
        'port-taken',
        `Another program listens on port ${port}. Set PORT to one that is free.`,
      )
    case 'EACCES':
      return new InputFault(
        'port-taken',
        `This account may not listen on port ${port}. Set PORT to 1024 or more.`,
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new InputFault('config-invalid', `HOST is "${host}", which is no address of this machine.`)
    default:
      return error
  }
}
