/**
 * What a route leaves in the record of acts, and how an officer reads it: the words follow "Sam Example (school link
 * officer, Oak School), for safeguarding,". A route that leaves nothing says `'nothing'`.
 *
 * `by: 'route'` events are written before the handler runs, so that nothing leaves unrecorded, with the
 * parameters of the address that `keeps` names: never all of them, because a link to sign in is an address
 * too. `by: 'act'` events are written by the act itself, in its own transaction.
 */
interface RouteEvent {
  by: 'route'
  keeps: readonly string[]
  says: string
}

interface ActEvent {
  by: 'act'
  says: string
}

export const auditEvents = {
  'rejected-rows-downloaded': { by: 'route', keeps: ['id'], says: 'downloaded rows that were rejected' },
  'figure-downloaded': { by: 'route', keeps: ['measure', 'format'], says: 'downloaded a figure' },
  'signed-in': { by: 'route', keeps: [], says: 'signed in' },
  'view-changed': { by: 'route', keeps: [], says: 'looked at the pages as another role' },
  'person-signed-in': { by: 'act', says: 'signed in' },
  'person-signed-out': { by: 'act', says: 'signed out' },
  'sign-in-failed': { by: 'act', says: 'tried to sign in' },
  'sign-in-locked': { by: 'act', says: 'tried to sign in while no more tries were taken' },
  'session-ended': { by: 'act', says: 'ended a session' },
  'purpose-changed': { by: 'act', says: 'changed the purpose of their work' },
  'password-changed': { by: 'act', says: 'set a new password' },
  'second-factor-changed': { by: 'act', says: 'changed their second factor' },
  'recovery-code-used': { by: 'act', says: 'used a recovery code' },
  'accounts-listed': { by: 'act', says: 'looked at the list of accounts' },
  'account-added': { by: 'act', says: 'added an account' },
  'account-changed': { by: 'act', says: 'changed an account' },
  'account-ended': { by: 'act', says: 'suspended or ended an account' },
  'agency-changed': { by: 'act', says: 'changed whom to ask at an agency' },
  'account-link-made': { by: 'act', says: 'made a link to set a password' },
  'file-sent': { by: 'act', says: 'sent a file of evidence' },
  'load-withdrawn': { by: 'act', says: 'withdrew a load of evidence' },
  'people-searched': { by: 'act', says: 'looked for a person by name' },
  'person-opened': { by: 'act', says: 'opened a person’s page' },
  'person-added': { by: 'act', says: 'added a person' },
  'record-changed': { by: 'act', says: 'changed a record of a person' },
  'record-reviewed': { by: 'act', says: 'reviewed a record and kept it' },
  'entry-added': { by: 'act', says: 'wrote an entry about a person' },
  'matches-proposed': { by: 'act', says: 'looked for records that may be of one person' },
  'matches-listed': { by: 'act', says: 'looked at records that may be of one person' },
  'records-joined': { by: 'act', says: 'judged two records to be of one person, and joined them' },
  'records-kept-apart': { by: 'act', says: 'judged two records to be of different people' },
  'records-parted': { by: 'act', says: 'took a join of two records back' },
  'audit-searched': { by: 'act', says: 'searched the record of acts' },
  'retention-ran': { by: 'act', says: 'ended what was due to end' },
  'deletions-repeated': { by: 'act', says: 'deleted again what an old backup had brought back' },
  'referral-draft-started': { by: 'act', says: 'began a referral' },
  'referral-draft-saved': { by: 'act', says: 'wrote on a draft of a referral' },
  'referral-draft-opened': { by: 'act', says: 'opened a draft of a referral' },
  'referral-draft-discarded': { by: 'act', says: 'threw a draft of a referral away' },
  'referrals-listed': { by: 'act', says: 'looked at the list of referrals that they or their agency sent' },
  'referral-opened': { by: 'act', says: 'opened a referral' },
  'referral-sent': { by: 'act', says: 'sent a referral' },
  'referral-corrected': { by: 'act', says: 'corrected a referral' },
  'referral-withdrawn': { by: 'act', says: 'withdrew a referral' },
  'referral-challenged': { by: 'act', says: 'challenged the decision on a referral' },
  'referral-taken': { by: 'act', says: 'took a referral on' },
  'referral-accepted': { by: 'act', says: 'accepted a referral' },
  'referral-declined': { by: 'act', says: 'declined a referral' },
  'triage-listed': { by: 'act', says: 'looked at the queue of referrals' },
  'agreements-listed': { by: 'act', says: 'looked at the agreements on sharing' },
  'agreement-made': { by: 'act', says: 'made an agreement on sharing' },
  'agreement-ended': { by: 'act', says: 'ended an agreement on sharing' },
  'known-to-looked-up': { by: 'act', says: 'was told which agencies hold a record of the person' },
  'sharing-listed': { by: 'act', says: 'looked at what is asked of, given to and given by their agency' },
  'sharing-of-person-opened': { by: 'act', says: 'looked at what is shared about the person' },
  'information-asked-for': { by: 'act', says: 'asked another agency about the person' },
  'request-opened': { by: 'act', says: 'opened a request from another agency' },
  'request-refused': { by: 'act', says: 'refused a request from another agency' },
  'disclosure-previewed': { by: 'act', says: 'looked at what would be given' },
  'information-given': { by: 'act', says: 'gave information to another agency' },
  'disclosure-opened': { by: 'act', says: 'opened what was given' },
  'disclosure-withdrawn': { by: 'act', says: 'took back what was given' },
  'shared-in-emergency': { by: 'act', says: 'shared information in an emergency' },
  'circle-note-released': { by: 'act', says: 'released a note of a circle because of a threat to life' },
  'glass-broken': { by: 'act', says: 'opened records without a right, for a stated reason' },
  'emergency-reviewed': { by: 'act', says: 'reviewed an emergency share' },
  'broken-glass-reviewed': { by: 'act', says: 'reviewed an opening without a right' },
  'sharing-reviews-listed': { by: 'act', says: 'looked at what is to be reviewed' },
  'circles-listed': { by: 'act', says: 'looked at their circles' },
  'circle-opened': { by: 'act', says: 'opened a circle' },
  'circle-made': { by: 'act', says: 'made a circle' },
  'circle-member-added': { by: 'act', says: 'added a member to a circle' },
  'circle-member-removed': { by: 'act', says: 'removed a member from a circle' },
  'circle-reviewed': { by: 'act', says: 'reviewed a circle' },
  'refused-access': { by: 'act', says: 'asked for something that they may not see or do' },
} as const satisfies Record<string, RouteEvent | ActEvent>

export type AuditEvent = keyof typeof auditEvents
