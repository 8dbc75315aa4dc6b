/**
 * What a route leaves in the record (`acts`). A route that leaves nothing says `'nothing'`.
 *
 * `by: 'route'` events are written before the handler runs, so that nothing leaves unrecorded, with the
 * parameters of the address that `keeps` names: never all of them, because a link to sign in is an address
 * too. The other events are written by the act itself, in its own transaction.
 */
export const auditEvents = {
  'rejected-rows-downloaded': { by: 'route', keeps: ['id'] },
  'figure-downloaded': { by: 'route', keeps: ['measure', 'format'] },
  'signed-in': { by: 'route', keeps: [] },
  'view-changed': { by: 'route', keeps: [] },
  'file-sent': { by: 'act' },
  'load-withdrawn': { by: 'act' },
} as const satisfies Record<string, { by: 'route'; keeps: readonly string[] } | { by: 'act' }>

export type AuditEvent = keyof typeof auditEvents
