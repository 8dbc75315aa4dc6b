/**
 * Every notice that there is. What a notice says is fixed by its kind: nothing that anybody typed can come into one, and
 * so no name, date of birth, address or tier (R16). The database knows the same kinds and no others.
 */

export const noticeGroups = {
  safeguarding: 'What cannot wait',
  triage: 'Referrals to look at',
  sent: 'What became of what you sent or asked',
  sharing: 'Requests from other agencies, and what they give',
  reviews: 'What is to be reviewed',
  actions: 'Actions that you have, and those that you asked for',
  cohorts: 'Cohorts: proposals, decisions and what has ended',
  plans: 'Plans that you lead or take part in',
  meetings: 'Meetings: what is raised to a board and decided there, and copies that you are given',
  consequences: 'Consequence management after incidents',
} as const

export type NoticeGroup = keyof typeof noticeGroups

export interface NoticeKind {
  /** E-mail about a group can be switched off, but for safeguarding. */
  group: NoticeGroup
  /** After the reference: the subject of an e-mail, and the action. */
  asks: string
  /** What happened, in a sentence. */
  says: string
  /** Counts as read as soon as what it asks is done, by whomever. */
  untilDone?: true
}

export const noticeKinds = {
  'urgent-referral-arrived': {
    group: 'safeguarding',
    asks: 'look at it today',
    says: 'A referral that cannot wait has come in.',
    untilDone: true,
  },
  'referral-arrived': {
    group: 'triage',
    asks: 'look at it',
    says: 'A referral has come in.',
    untilDone: true,
  },
  'referral-challenged': {
    group: 'triage',
    asks: 'look at it again',
    says: 'The decision on a referral is challenged. Somebody who had no part in it decides.',
    untilDone: true,
  },
  'referral-corrected': {
    group: 'triage',
    asks: 'read it again',
    says: 'A referral that you took on was corrected.',
  },
  'referral-withdrawn': {
    group: 'triage',
    asks: 'nothing more to do',
    says: 'A referral that you took on was withdrawn.',
  },
  'referral-taken': {
    group: 'sent',
    asks: 'somebody is looking at it',
    says: 'A coordinator has taken on a referral that you sent.',
  },
  'referral-decided': {
    group: 'sent',
    asks: 'read the decision',
    says: 'A referral that you sent was decided.',
  },
  'invited-partner-referred': {
    group: 'sent',
    asks: 'read what they sent',
    says: 'A partner whom you invited has sent their referral.',
  },
  'information-asked-for': {
    group: 'sharing',
    asks: 'answer it',
    says: 'Another agency asks yours for information.',
    untilDone: true,
  },
  'request-answered': {
    group: 'sent',
    asks: 'read the answer',
    says: 'A request that you made was answered.',
  },
  'information-offered': {
    group: 'sharing',
    asks: 'read it',
    says: 'Another agency has given yours information.',
  },
  'shared-in-emergency': {
    group: 'safeguarding',
    asks: 'read it now',
    says: 'Another agency has shared information with yours in an emergency.',
  },
  'disclosure-withdrawn': {
    group: 'sharing',
    asks: 'stop using it',
    says: 'Another agency has taken back what it gave yours.',
  },
  'glass-broken': {
    group: 'safeguarding',
    asks: 'see who and why',
    says: 'Somebody has opened records of your agency without a right, for a stated reason.',
  },
  'emergency-to-review': {
    group: 'reviews',
    asks: 'review it by the next working day',
    says: 'Information was shared in an emergency.',
    untilDone: true,
  },
  'emergency-referral-to-review': {
    group: 'reviews',
    asks: 'review it by the next working day',
    says: 'A referral went without an agreement, as an emergency.',
    untilDone: true,
  },
  'broken-glass-to-review': {
    group: 'safeguarding',
    asks: 'review it within five working days',
    says: 'Somebody has opened records without a right, for a stated reason.',
    untilDone: true,
  },
  'challenge-to-review': {
    group: 'reviews',
    asks: 'review it',
    says: 'You are asked to review a challenge, because you had no part in what is challenged.',
  },
  'breach-reported': {
    group: 'safeguarding',
    asks: 'the 72 hours have begun',
    says: 'A breach of personal data was reported.',
  },
  'action-given': {
    group: 'actions',
    asks: 'see what is to be done',
    says: 'There is an action for you or your agency to do.',
  },
  'action-withdrawn': {
    group: 'actions',
    asks: 'nothing more to do',
    says: 'An action that you had was withdrawn.',
  },
  'action-closed': {
    group: 'actions',
    asks: 'read what came of it',
    says: 'An action that you asked for is closed.',
  },
  'action-escalated': {
    group: 'actions',
    asks: 'answer it',
    says: 'An action does not move, and was escalated to your agency.',
  },
  'action-escalation-answered': {
    group: 'actions',
    asks: 'read the answer',
    says: 'The escalation of an action was answered.',
  },
  'action-starts-today': {
    group: 'actions',
    asks: 'starts today',
    says: 'An action that you have is to be started today.',
    untilDone: true,
  },
  'action-due-today': {
    group: 'actions',
    asks: 'due today',
    says: 'An action that you have is due today.',
    untilDone: true,
  },
  'action-overdue': {
    group: 'actions',
    asks: 'overdue',
    says: 'An action that you have is overdue. Say what came of it or move its date.',
    untilDone: true,
  },
  'placement-to-approve': {
    group: 'cohorts',
    asks: 'approve it as the second or turn it down',
    says: 'A proposal about somebody under 18 waits for a second approver.',
    untilDone: true,
  },
  'placement-to-decide': {
    group: 'cohorts',
    asks: 'lay it before the panel',
    says: 'A proposal waits for the panel that you chair.',
    untilDone: true,
  },
  'placement-decided': {
    group: 'cohorts',
    asks: 'read the decision',
    says: 'A proposal that you made was decided.',
  },
  'placement-overtaken': {
    group: 'cohorts',
    asks: 'nothing to decide any more',
    says: 'Another panel was first to decide about the same person.',
  },
  'lead-worker-named': {
    group: 'cohorts',
    asks: 'get in touch',
    says: 'You were named as a lead worker.',
  },
  'placement-ended': {
    group: 'cohorts',
    asks: 'take it from your lists and confirm',
    says: 'Somebody whom your agency was told of is in a cohort no more.',
    untilDone: true,
  },
  'placement-challenged': {
    group: 'reviews',
    asks: 'confirm who asks and name a reviewer',
    says: 'Somebody challenges being in a cohort. A rights case was opened.',
  },
  'plan-joined': {
    group: 'plans',
    asks: 'read it',
    says: 'Your agency was brought to a plan.',
  },
  'plan-handed-over': {
    group: 'plans',
    asks: 'you lead it now',
    says: 'A plan was handed over to you.',
  },
  'plan-closed': {
    group: 'plans',
    asks: 'read what came of it',
    says: 'A plan that your agency takes part in was closed.',
  },
  'plan-review-due-today': {
    group: 'plans',
    asks: 'review it today',
    says: 'A plan that you lead must be reviewed today. Tomorrow it is hidden.',
    untilDone: true,
  },
  'escalation-raised': {
    group: 'meetings',
    asks: 'put it before the board',
    says: 'A matter was raised to a board that you chair or keep the minutes of.',
  },
  'escalation-answered': {
    group: 'meetings',
    asks: 'read the decision',
    says: 'A matter that you raised to a board came back with a decision.',
  },
  'panel-case-decided': {
    group: 'meetings',
    asks: 'read what the panel did',
    says: 'A case that you referred to a panel was decided, deferred or is over.',
  },
  'bid-decided': {
    group: 'meetings',
    asks: 'read the decision',
    says: 'A bid of yours for a resource was decided.',
  },
  'consequence-joined': {
    group: 'consequences',
    asks: 'read it and say what your agency knows',
    says: 'Your agency was brought to consequence management after an incident.',
  },
  'consequence-handed-over': {
    group: 'consequences',
    asks: 'you lead it now',
    says: 'Consequence management was handed over to you.',
  },
  'consequence-review-due-today': {
    group: 'consequences',
    asks: 'write the review today',
    says: 'Consequence management that you lead is to be reviewed today.',
    untilDone: true,
  },
  'consequence-review-overdue': {
    group: 'consequences',
    asks: 'write the review',
    says: 'The review of consequence management is overdue. It cannot be closed without it.',
    untilDone: true,
  },
  'custody-due-today': {
    group: 'plans',
    asks: 'look at it today',
    says: 'A release from custody, or a look at custody or another arrangement that you note, is due today.',
    untilDone: true,
  },
  'meeting-copy-given': {
    group: 'meetings',
    asks: 'take it before it ends',
    says: 'You were given a copy of the minutes or the agenda of a meeting.',
  },
  'meeting-copy-withdrawn': {
    group: 'meetings',
    asks: 'destroy it',
    says: 'A copy of minutes or an agenda that you took was taken back.',
  },
  'due-today': {
    group: 'triage',
    asks: 'due today',
    says: 'Something that waits for you is due today.',
    untilDone: true,
  },
  overdue: {
    group: 'safeguarding',
    asks: 'overdue',
    says: 'Something that waits for you is overdue.',
    untilDone: true,
  },
} as const satisfies Record<string, NoticeKind>

export type NoticeKindId = keyof typeof noticeKinds

export const kindsUntilDone = (Object.keys(noticeKinds) as NoticeKindId[]).filter(
  kind => (noticeKinds[kind] as NoticeKind).untilDone,
)

/** Goes at once, by night and at weekends too. */
export const isUrgent = (kind: NoticeKindId): boolean => noticeKinds[kind].group === 'safeguarding'
