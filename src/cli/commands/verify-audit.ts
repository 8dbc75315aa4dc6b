import { type NotedEnd, verifyAudit } from '../../governance/audit/verify-audit.ts'
import { UsageFault } from '../../platform/errors.ts'
import { readArguments } from '../arguments.ts'
import type { Command } from '../command.ts'

export const verifyAuditCommand: Command = {
  name: 'verify-audit',
  summary: 'Whether the record of acts is as it was written',
  usage: 'verify-audit [--noted SEQ:HASH] [--json]',
  details:
    'Finds any entry that was altered, removed or put in. Prints the end of the record: note it outside, and give it with --noted the next time, so that a record that was written anew as a whole is found too.',
  opens: 'stores',
  prepare: argv => {
    const { values } = readArguments(argv, { noted: { type: 'string' }, json: { type: 'boolean' } })
    const noted = values.noted === undefined ? null : readNoted(values.noted)
    return async (terminal, store) => {
      const verified = await verifyAudit(store.installation.database, noted)
      if (values.json) terminal.out(`${JSON.stringify(verified, null, 2)}\n`)
      else {
        const { entries, last, faults, stepsBack } = verified
        for (const { seq, from, to } of stepsBack) {
          terminal.out(
            `Entry ${seq} follows the one before it, and bears an earlier time: the clock went back from ${from.toISOString()} to ${to.toISOString()}.\n`,
          )
        }
        for (const { seq, because } of faults) terminal.out(`Entry ${seq}: ${because}.\n`)
        terminal.out(
          faults.length === 0
            ? `${entries.toLocaleString('en-GB')} entries, each as it was written. The end is ${last.seq}:${last.hash}\n`
            : `${faults.length} of ${entries.toLocaleString('en-GB')} entries are not as they were written.\n`,
        )
      }
      return verified.faults.length === 0 ? 0 : 1
    }
  },
}

function readNoted(text: string): NotedEnd {
  const [, seq, hash] = /^(\d+):([0-9a-f]{64}|start)$/.exec(text) ?? []
  if (!seq || !hash) {
    throw new UsageFault(
      `--noted is "${text}" but must be the end that verify-audit printed, such as 120:9f86….`,
    )
  }
  return { seq: Number(seq), hash }
}
