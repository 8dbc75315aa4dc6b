import { resolve } from 'node:path'
import { calendarWords, londonDay } from '../../platform/calendar.ts'
import { systemClock } from '../../platform/clock.ts'
import { readConfig } from '../../platform/config.ts'
import { UsageFault } from '../../platform/errors.ts'
import { londonMinutes } from '../../platform/london-time.ts'
import { readArguments } from '../arguments.ts'
import type { Manifest } from '../backup/manifest.ts'
import { checkBackup, type Restored, restoreBackup } from '../backup/restore-backup.ts'
import type { Command } from '../command.ts'
import { operator } from '../operator.ts'

export const restoreCommand: Command = {
  name: 'restore',
  summary: 'Checks a backup, and puts it in the place of what is held',
  usage:
    'restore FOLDER|FILE.tar [--check] [--replace] [--deletions FILE | --without-deletions] [--key FILE]',
  details: [
    '  --check              reads every byte of the backup, says whether it is whole, and changes nothing',
    '  --replace            there is an installation already, and this takes its place',
    '  --deletions FILE     the file "deletions" of the old data folder or of a later backup: on a new machine',
    '  --without-deletions  there is no such file',
    '  --key FILE           a copy of the key of the installation (web-secret): on a new machine',
    '',
    'The server must be stopped. Everything is checked before anything is replaced; whenever it is interrupted, what was held is there or what is restored, and nothing between.',
    'What was deleted since the backup is deleted again, and what came to its end since is ended, before anybody looks. Then the record of acts is verified.',
    'A backup of an embedded store can be put into a server (DATABASE_URL), and the other way round.',
  ].join('\n'),
  opens: 'nothing',
  prepare: (argv, cwd) => {
    const { values, positionals } = readArguments(
      argv,
      {
        check: { type: 'boolean' },
        replace: { type: 'boolean' },
        deletions: { type: 'string' },
        'without-deletions': { type: 'boolean' },
        key: { type: 'string' },
      },
      { name: 'FOLDER or FILE.tar', least: 1, most: 1 },
    )
    if (values.deletions !== undefined && values['without-deletions']) {
      throw new UsageFault('--deletions and --without-deletions exclude each other.')
    }
    const path = resolve(cwd, positionals[0]!)
    const given = (file: string | undefined) => (file === undefined ? null : resolve(cwd, file))
    return async terminal => {
      const options = {
        acting: operator(terminal.account),
        now: systemClock(),
        signal: terminal.signal,
        onStep: terminal.progress,
      }
      if (values.check) {
        terminal.out(`${path} is whole: ${contentWords(await checkBackup(path, options))}.\n`)
        return 0
      }
      const restored = await restoreBackup(
        readConfig(),
        {
          path,
          replace: values.replace ?? false,
          deletions: given(values.deletions),
          withoutDeletions: values['without-deletions'] ?? false,
          key: given(values.key),
        },
        options,
      )
      terminal.out(restoredWords(restored))
      return restored.acts.faults.length === 0 ? 0 : 1
    }
  },
}

const count = (n: number, one: string, more = `${one}s`): string =>
  `${n.toLocaleString('en-GB')} ${n === 1 ? one : more}`

function instantWords(made: string): string {
  const instant = new Date(made)
  const minutes = londonMinutes(instant)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${calendarWords(londonDay(instant))} at ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

const contentWords = ({ made, casework, files }: Manifest): string =>
  `${count(
    Object.values(casework.rows).reduce((sum, n) => sum + n, 0),
    'row',
  )} of casework and catalogue and ${count(files.filter(f => f.name.startsWith('evidence/')).length, 'file')} of evidence of ${instantWords(made)}`

const keyWords = {
  fits: 'The key of the installation is the one of then: second factors work.',
  differs:
    'The key of this data folder (web-secret) is another than then: nobody’s second factor works. Restore again with --key, or let people set up new ones ("concord users reset EMAIL --lost-phone").',
  absent:
    'There is no key (web-secret) in this data folder: nobody’s second factor works. Restore again with --key, or let people set up new ones ("concord users reset EMAIL --lost-phone").',
} as const

function restoredWords({ manifest, deletedAgain, ended, acts, key, leftBehind }: Restored): string {
  const broken = acts.faults.map(({ seq, because }) => `Entry ${seq} of the record of acts: ${because}.`)
  const settings = Object.entries(manifest.settings).map(([name, value]) => `${name}=${value}`)
  return [
    `Every file of the backup is as it was written. In place now: ${contentWords(manifest)}.`,
    `${count(deletedAgain, 'record')} deleted since then ${deletedAgain === 1 ? 'is' : 'are'} deleted again; ${count(ended, 'record')} whose end has come ${ended === 1 ? 'is' : 'are'} deleted as well.`,
    ...(broken.length > 0
      ? broken
      : [
          `The record of acts is whole: ${count(acts.entries, 'entry', 'entries')}. The end is ${acts.last.seq}:${acts.last.hash}`,
        ]),
    'Nobody is signed in; links to set a password and invitations to refer have to be made again. E-mail that was on its way then is not sent.',
    keyWords[key],
    ...(settings.length > 0 ? [`The settings of then, without secrets: ${settings.join(', ')}.`] : []),
    ...(leftBehind === null
      ? []
      : [`The embedded store in ${leftBehind} is not used any more. Delete it once you are content.`]),
    `What was done after ${instantWords(manifest.made)} is not there: accounts that ended, disclosures taken back, restrictions and agreements ended since have to be ended again. docs/operations/backup.md has the list.`,
    '',
  ].join('\n')
}
