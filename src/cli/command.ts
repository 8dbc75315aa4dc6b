/**
 * What a command is. It reads its arguments first, with no store open, and gives back the act; so wrong usage is
 * told at once, and the same act runs here or in the server that has the data folder open.
 */
import type { EvidenceStore } from '../evidence/open-evidence.ts'

/**
 * 0 done · 1 the input or the data is at fault · 2 wrong usage · 70 a defect of Concord itself · 130 interrupted
 */
export type ExitStatus = 0 | 1 | 2 | 70 | 130

export interface Step {
  label: string
  done: number
  /** Null where the whole is not known. */
  of: number | null
}

/** Where a command speaks to whoever gave it, on this terminal or over the wire. */
export interface Terminal {
  /** Standard output, as it is. */
  out(text: string): void
  /** A sentence on standard error. */
  err(sentence: string): void
  /** Shown on a terminal, and nowhere else. */
  progress(step: Step): void
  /** A whole document: into the file (absolute path; all of it or nothing), or standard output when null. */
  document(content: string | Uint8Array, file: string | null): Promise<void>
  /** Aborted when whoever gave the command stops it. */
  signal: AbortSignal
  /** Account of the machine that gives the command, for the record of acts. */
  account: string
}

interface CommandWords {
  name: string
  summary: string
  /** Without the program's name: `withdraw LOAD`. */
  usage: string
  /** Options and examples, for `help`. */
  details: string
  /** Help about one of the command's own topics, as `concord help analyse aoristic` asks; null when there is none. */
  helpAbout?(topic: string): Promise<string | null>
}

/** `prepare` throws `UsageFault`; the act throws `InputFault`. Paths are made absolute against `cwd`. */
export type Command = CommandWords &
  (
    | { opens: 'nothing'; prepare(argv: string[], cwd: string): (terminal: Terminal) => Promise<ExitStatus> }
    | {
        opens: 'stores'
        prepare(
          argv: string[],
          cwd: string,
        ): (terminal: Terminal, store: EvidenceStore) => Promise<ExitStatus>
      }
  )

export type FindCommand = (name: string) => Command | undefined
