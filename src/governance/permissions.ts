/**
 * Who may do what, in one table. A role that is not named may not; what a role may not is not there for it. Which people
 * and records a role then reaches is the affair of the database's policies (`access/`).
 */
import type { MemberRole } from './roles.ts'

/** `visitor`: anybody who reaches an installation with real data and has not signed in. */
export type Role = MemberRole | 'visitor'

const atWork = [
  'practitioner',
  'coordinator',
  'analyst',
  'commander',
  'board-member',
  'scrutiny-panel-member',
  'information-governance-officer',
  'administrator',
] as const satisfies readonly Role[]

const withPeople = ['practitioner', 'coordinator', 'commander'] as const satisfies readonly Role[]

export const permissions = {
  /** Have the arithmetic of a paper checked; nothing of it is kept. */
  'check-papers': atWork,
  /** Files of the program, health, the accessibility statement, signing in. */
  'open-anything-public': [...atWork, 'visitor'],
  /** Figures, at the viewer's level of disclosure, and the measures behind them. */
  'see-figures': [...atWork, 'visitor'],
  /** Which files were loaded, what was found in them, and how far each dataset reaches; rows as `shown-rows.ts` says. */
  'see-loads': ['analyst', 'board-member', 'scrutiny-panel-member'],
  /** Rows as they were sent. */
  'see-rejected-rows': ['analyst'],
  'send-files': ['analyst'],
  'withdraw-loads': ['analyst'],
  /** Look at the pages as another role would see them. */
  'view-as': ['analyst', 'board-member'],
  /** One's own account: password, second factor, sessions, signing out. */
  'use-own-account': atWork,
  /** Open records about people: those that the policies let through. */
  'see-people': withPeople,
  /** Add to and correct one's own agency's records. */
  'keep-records': ['practitioner', 'coordinator'],
  /** Decide whether two records are the same person. */
  'match-people': ['coordinator'],
  /** Refer a person, family, group, place or school, and note a concern. */
  refer: withPeople,
  /** The action log: read, make, move. */
  'work-actions': withPeople,
  /** See which actions somebody who leaves still has, and hand them on. */
  'hand-on-actions': ['coordinator'],
  /** Let a partner without an account refer, once, and answer for what comes of it. */
  'invite-partners': ['practitioner', 'coordinator'],
  /** Read plans and write in them; the policies say which. */
  'use-plans': withPeople,
  /** Cases that a panel decides on out of court; the policies say which. */
  'use-panel-cases': withPeople,
  'refer-to-panels': ['practitioner', 'coordinator'],
  /** Bids for the task force and other resources: for places and cohorts, about nobody. */
  'see-bids': [...withPeople, 'analyst', 'board-member'],
  'make-bids': [...withPeople, 'analyst'],
  /** Consequence management after an incident: open it, write in it, review it; the policies say which. */
  'manage-consequences': withPeople,
  /** Make, review and close plans, bring agencies to them; places and lines that plans are about. */
  'keep-plans': ['practitioner', 'coordinator'],
  /** Who of one's own agency's people is in custody; where, and what there is to mind, is for the policies to say. */
  'use-custody': withPeople,
  /** Write down custody and other arrangements, and what of a plan goes through the gate. */
  'keep-custody': ['practitioner', 'coordinator'],
  /** Work the queue of referrals. */
  triage: ['coordinator'],
  /** Meetings in which one sits; what is about people is there for those who work with people. */
  'attend-meetings': [...withPeople, 'analyst', 'board-member', 'scrutiny-panel-member'],
  /** Plan meetings, and run those in whose chair or office one sits. */
  'keep-meetings': ['coordinator', 'commander'],
  /** Cohorts: what is theirs to see, propose, decide and review is for the policies and the panel to say. */
  'work-in-cohorts': withPeople,
  /** Propose somebody for a tier. */
  'propose-placements': ['practitioner', 'coordinator'],
  /** Groups, and who was seen with them; which agencies' people, the policies say. */
  'work-on-groups': withPeople,
  /** Assess a group, link somebody to one, say what is between two. */
  'keep-groups': ['practitioner', 'coordinator'],
  /** Name who sits on a panel that one's own agency leads. */
  'keep-panels': ['coordinator', 'commander'],
  /** Ask another agency, answer, disclose, take back. */
  'share-information': ['practitioner', 'coordinator'],
  /** Anybody with a duty, without asking anybody (R15). */
  'share-in-emergency': withPeople,
  /** Closed groups for mediation, youth work and health notes; the policies keep police out (R17). */
  'use-circles': withPeople,
  'keep-circles': ['practitioner', 'coordinator'],
  /** Emergency shares and broken glass, afterwards. */
  'review-sharing': ['information-governance-officer'],
  'break-glass': withPeople,
  /** Agreements are open to everybody at work: nobody should have to guess what may be shared. */
  'see-agreements': atWork,
  'keep-agreements': ['information-governance-officer'],
  'see-audit': ['information-governance-officer'],
  /** Access requests, corrections, objections, challenges, breaches. */
  'handle-rights': ['information-governance-officer'],
  /** A challenge that one was asked to look at, having had no part in the decision (R21). */
  'review-challenges': ['coordinator', 'commander', 'information-governance-officer'],
  /** Legal holds; what is kept for how long, and what was deleted. */
  'keep-holds': ['information-governance-officer'],
  /** A breach can be raised from any screen (R23). */
  'raise-breach': atWork,
  'keep-users': ['administrator'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

export const may = (role: Role, permission: Permission): boolean =>
  (permissions[permission] as readonly Role[]).includes(role)
