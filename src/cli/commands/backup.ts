import { resolve } from 'node:path'
import { calendarWords, londonDay } from '../../platform/calendar.ts'
import { readArguments } from '../arguments.ts'
import { type MadeBackup, makeBackup } from '../backup/make-backup.ts'
import type { Command } from '../command.ts'
import { operator } from '../operator.ts'

export const backupCommand: Command = {
  name: 'backup',
  summary: 'Copies everything that is held into a folder or one file, with checksums',
  usage: 'backup FOLDER|FILE.tar [--json]',
  details: [
    'Casework, evidence and their catalogue of one moment, also while the server runs: loads wait meanwhile, and with the embedded store pages do while casework is read. Nothing is ever overwritten.',
    'Not in it: the key of the installation (the file web-secret, which opens second factors: keep a copy apart, once), passwords and secrets in settings, who is signed in, and links to set a password that are on their way.',
    'Where DATABASE_URL names a server, this is a copy of its rows; see docs/operations/backup.md for backups of the server itself.',
    'CONCORD_BACKUPS makes one every night.',
  ].join('\n'),
  opens: 'stores',
  prepare: (argv, cwd) => {
    const { values, positionals } = readArguments(
      argv,
      { json: { type: 'boolean' } },
      { name: 'FOLDER or FILE.tar', least: 1, most: 1 },
    )
    const target = resolve(cwd, positionals[0]!)
    return async (terminal, store) => {
      const backup = await makeBackup(store, target, operator(terminal.account), {
        signal: terminal.signal,
        onStep: terminal.progress,
      })
      terminal.out(
        values.json ? `${JSON.stringify({ target, ...backup }, null, 2)}\n` : words(target, backup),
      )
      return 0
    }
  },
}

const count = (n: number): string => n.toLocaleString('en-GB')

const words = (target: string, { rows, evidenceFiles, bytes, destroyBy, acts, made }: MadeBackup): string =>
  [
    `The backup of ${calendarWords(londonDay(made))} is in ${target}: ${count(rows)} rows of casework and catalogue and ${count(evidenceFiles)} files of evidence, ${count(Math.ceil(bytes / 1_000_000))} MB, each with its checksum.`,
    `The record of acts ends in it at ${acts.seq}:${acts.hash}`,
    'The key of the installation (web-secret in the data folder) is not in it. Keep a copy of it apart: without it everybody has to set up their second factor again.',
    `Destroy it by ${calendarWords(destroyBy)}: what is deleted here meanwhile is still in it.`,
    '',
  ].join('\n')
