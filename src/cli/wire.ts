/** What travels between a command and the server that runs it: one JSON object a line. */

export interface WireRequest {
  argv: string[]
  /** Folder against which the command's paths are meant. */
  cwd: string
  account: string
}

export type WireEvent =
  | { kind: 'out'; text: string }
  | { kind: 'err'; text: string }
  | { kind: 'progress'; label: string; done: number; of: number | null }
  | { kind: 'document'; base64: string; text: boolean; file: string | null }
  | { kind: 'status'; status: number }

export const wireLine = (event: WireEvent): string => `${JSON.stringify(event)}\n`
