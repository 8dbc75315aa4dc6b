/**
 * What a route leaves in the record (`acts`). A route that leaves nothing says `'nothing'`.
 *
 * `by: 'route'` events are written before the handler runs, so that nothing leaves unrecorded; the other
 * events are written by the act itself, in its own transaction.
 */
export const auditEvents = {
  'rejected-rows-downloaded': { by: 'route', words: 'downloaded the rejected rows of a load' },
  'figure-downloaded': { by: 'route', words: 'downloaded a figure' },
  'signed-in': { by: 'route', words: 'signed in with a link' },
  'view-changed': { by: 'route', words: 'changed the view' },
  'file-sent': { by: 'act', words: 'sent a file' },
  'load-withdrawn': { by: 'act', words: 'withdrew a load' },
} as const satisfies Record<string, { by: 'route' | 'act'; words: string }>

export type AuditEvent = keyof typeof auditEvents
