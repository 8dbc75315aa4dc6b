/** How a picture was done: the method, what went in, what was left out, and the query. Beside every method's picture. */
import type { MethodEntry } from './register.ts'

export interface Workings {
  method: MethodEntry
  /** Settings that the answer depends on, in words: "Bandwidth", "400 metres (Diggle’s rule)". */
  parameters: { name: string; value: string }[]
  /** "1,203 offences with a point, of 1,251". */
  used: string
  /** What was left out and why, a sentence each. */
  leftOut: string[]
  /** Figures that it starts from or is compared with. */
  figures: { text: string; href: string }[]
  evidenceVersion: string
  /** The query that brought the records; null where they are those of the figures named. */
  sql: string | null
}
