/** Roles of people at work, in the field's words. What each may do is `permissions.ts`. */

export const roleTitles = {
  practitioner: 'Practitioner',
  coordinator: 'Coordinator',
  analyst: 'Analyst',
  commander: 'Commander or chair',
  'board-member': 'Board member',
  'scrutiny-panel-member': 'Scrutiny panel member',
  'information-governance-officer': 'Information governance officer',
  administrator: 'Administrator',
} as const

/**
 * - `practitioner`: refers, and works with people; reads their own agency's records.
 * - `coordinator`: triages, plans and chases; looks after their agency's records.
 * - `analyst`: figures at record level; no person.
 * - `commander`: tasks and decides; reads their own agency's records.
 * - `board-member`, `scrutiny-panel-member`: protected figures; no person.
 * - `information-governance-officer`: the record of acts, agreements, rights; no case of their own.
 * - `administrator`: accounts; no sight of cases.
 */
export type MemberRole = keyof typeof roleTitles

export const memberRoles = Object.keys(roleTitles) as MemberRole[]

export const isMemberRole = (text: string): text is MemberRole => Object.hasOwn(roleTitles, text)
