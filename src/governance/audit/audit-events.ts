/**
 * What a route leaves in the record of acts, and how an officer reads it: the words follow "Sam Example (school link
 * officer, Oak School), for safeguarding,". A route that leaves nothing says `'nothing'`.
 *
 * `by: 'route'` events are written before the handler runs, so that nothing leaves unrecorded: upon what, by the parameter
 * of the address that `id` names, and with those that `keeps` names; never all of them, because a link to sign in is an
 * address too. `by: 'act'` events are written by the act itself, in its own transaction.
 *
 * `upon: 'evidence'`: an act upon what happened, counted, rather than upon what is held about people.
 */
export interface RouteEvent {
  by: 'route'
  kind: string
  id: string
  keeps: readonly string[]
  says: string
  upon?: 'evidence'
}

interface ActEvent {
  by: 'act'
  says: string
  upon?: 'evidence'
}

export const auditEvents = {
  'file-sent': { by: 'act', upon: 'evidence', says: 'sent a file of evidence' },
  'load-withdrawn': { by: 'act', upon: 'evidence', says: 'withdrew a load of evidence' },
  'rejected-rows-downloaded': {
    by: 'route',
    upon: 'evidence',
    kind: 'load',
    id: 'id',
    keeps: [],
    says: 'downloaded rows of a load that were rejected',
  },
  'figure-downloaded': {
    by: 'route',
    upon: 'evidence',
    kind: 'figure',
    id: 'measure',
    keeps: ['format'],
    says: 'downloaded a figure',
  },
  'boundaries-loaded': {
    by: 'act',
    upon: 'evidence',
    says: 'loaded boundaries, or a table of which area lies in which',
  },
  'rows-placed-again': { by: 'act', upon: 'evidence', says: 'placed the rows of evidence in areas anew' },
  'mapping-saved': { by: 'act', upon: 'evidence', says: 'saved what a supplier’s headings mean' },
  'mapping-removed': { by: 'act', upon: 'evidence', says: 'removed what a supplier’s headings mean' },
  'synthetic-partnership-built': { by: 'act', upon: 'evidence', says: 'built the synthetic partnership' },
  'evidence-acts-carried-over': {
    by: 'act',
    upon: 'evidence',
    says: 'carried older acts upon evidence over from where they stood unchained',
  },
  'signed-in': { by: 'act', says: 'signed in without an account, by a link of the server' },
  'view-changed': { by: 'act', says: 'looked at the pages as another role' },
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
  'referral-reviewed': { by: 'act', says: 'looked at a referral again and kept it' },
  'referral-taken': { by: 'act', says: 'took a referral on' },
  'referral-accepted': { by: 'act', says: 'accepted a referral' },
  'referral-declined': { by: 'act', says: 'declined a referral' },
  'partner-invited': { by: 'act', says: 'invited a partner without an account to refer' },
  'invitations-listed': { by: 'act', says: 'looked at the list of invitations' },
  'invitation-opened': { by: 'act', says: 'opened an invitation' },
  'invitation-taken-back': { by: 'act', says: 'took an invitation back' },
  'emergency-referrals-listed': { by: 'act', says: 'looked at referrals that went without an agreement' },
  'emergency-referral-reviewed': { by: 'act', says: 'reviewed a referral that went without an agreement' },
  'concern-noted': { by: 'act', says: 'noted a concern' },
  'concern-opened': { by: 'act', says: 'opened a concern' },
  'concerns-listed': { by: 'act', says: 'looked at the concerns of their agency' },
  'concern-patterns-listed': { by: 'act', says: 'looked at where several agencies noted concerns' },
  'overnight-listed': { by: 'act', says: 'looked at the list of people in the last events' },
  'help-offered': { by: 'act', says: 'recorded an offer of help' },
  'casework-counted': { by: 'act', says: 'counted casework into the evidence' },
  'triage-listed': { by: 'act', says: 'looked at the queue of referrals' },
  'meetings-listed': { by: 'act', says: 'looked at the meetings in which they sit' },
  'meeting-planned': { by: 'act', says: 'planned a meeting' },
  'meeting-opened': { by: 'act', says: 'opened the page of a meeting' },
  'meeting-moved': { by: 'act', says: 'planned, opened, closed or handed over a meeting' },
  'meeting-agenda-gathered': { by: 'act', says: 'gathered the agenda of a meeting' },
  'meeting-item-added': { by: 'act', says: 'brought a matter up in a meeting' },
  'meeting-item-passed': { by: 'act', says: 'marked a matter of a meeting as gone through' },
  'meeting-entry-added': { by: 'act', says: 'said something in a meeting' },
  'meeting-attendance-noted': { by: 'act', says: 'noted who came to a meeting' },
  'meeting-member-added': { by: 'act', says: 'added somebody to a meeting' },
  'meeting-seat-given': { by: 'act', says: 'gave somebody a seat in a meeting' },
  'meeting-seat-ended': { by: 'act', says: 'ended a seat in a meeting' },
  'meeting-minutes-read': { by: 'act', says: 'read the minutes of a meeting' },
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
  'rights-cases-listed': { by: 'act', says: 'looked at the list of rights cases' },
  'rights-case-opened': { by: 'act', says: 'opened a rights case' },
  'rights-case-read': { by: 'act', says: 'read a rights case' },
  'rights-case-moved': { by: 'act', says: 'took a step in a rights case' },
  'rights-subject-sought': {
    by: 'act',
    says: 'looked up which agencies hold something about the person of a rights case',
  },
  'rights-subject-settled': { by: 'act', says: 'said that a rights case is about the person' },
  'disputable-statements-listed': { by: 'act', says: 'looked at which statements a dispute can be about' },
  'statement-restricted': { by: 'act', says: 'restricted a disputed statement about the person' },
  'restriction-lifted': { by: 'act', says: 'lifted the restriction of a statement about the person' },
  'access-pack-gathered': {
    by: 'act',
    says: 'gathered everything held about the person, for an access request',
  },
  'access-pack-read': { by: 'act', says: 'read an access pack' },
  'access-pack-decided': { by: 'act', says: 'noted what becomes of an entry of an access pack' },
  'access-pack-finished': { by: 'act', says: 'finished an access pack' },
  'access-pack-exported': { by: 'act', says: 'took out an access pack for the person to be given' },
  'breach-reported': { by: 'act', says: 'reported a breach' },
  'breaches-listed': { by: 'act', says: 'looked at the list of breaches' },
  'breach-read': { by: 'act', says: 'read a report of a breach' },
  'breach-moved': { by: 'act', says: 'took a step about a breach' },
  'hold-placed': { by: 'act', says: 'placed a legal hold on what is held about the person' },
  'hold-lifted': { by: 'act', says: 'lifted a legal hold' },
  'holds-listed': { by: 'act', says: 'looked at the legal holds' },
  'actions-listed': { by: 'act', says: 'looked at the action log' },
  'action-opened': { by: 'act', says: 'opened an action' },
  'action-made': { by: 'act', says: 'made an action' },
  'actions-handed-on': { by: 'act', says: 'handed on the open actions of somebody who leaves' },
  'action-moved': { by: 'act', says: 'did something about an action' },
  'governance-opened': { by: 'act', says: 'looked at what governance has to do' },
  'notices-read': { by: 'act', says: 'marked notices of their own as read' },
  'notice-preferences-changed': { by: 'act', says: 'changed when they are sent e-mail' },
  'calendar-address-made': { by: 'act', says: 'made a secret address for the calendar of their deadlines' },
  'calendar-address-ended': { by: 'act', says: 'ended the secret address of their calendar' },
  'access-explained': { by: 'act', says: 'asked why somebody may see something, or may not' },
  'refused-access': { by: 'act', says: 'asked for something that they may not see or do' },
} as const satisfies Record<string, RouteEvent | ActEvent>

export type AuditEvent = keyof typeof auditEvents

/** Events whose acts are upon evidence. */
export const evidenceEvents = Object.entries<RouteEvent | ActEvent>(auditEvents)
  .filter(([, { upon }]) => upon === 'evidence')
  .map(([id]) => id)
