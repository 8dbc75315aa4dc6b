/**
 * The words and rules of a placement. What happened to it is a list of moves; how it stands is folded from them; what may
 * follow what is the one table `moves`, which buttons, refusals, tests and the diagram in docs/governance/states read.
 *
 * People decide: nothing here suggests a tier, and nothing counts or ranks people (R6).
 */
import type { DecidingRole } from '../../areas/area-pack.ts'
import type { Day } from '../../platform/calendar.ts'
import { WrongMove } from '../../platform/errors.ts'
import type { GivenGround } from './grounds.ts'

export const stateWords = {
  new: 'Not proposed yet',
  'to-approve': 'Proposed, waiting for a second approver',
  'to-decide': 'Proposed, waiting for the panel',
  placed: 'Placed',
  'move-to-approve': 'A move is proposed, waiting for a second approver',
  'move-to-decide': 'A move is proposed, waiting for the panel',
  lapsed: 'Hidden, because nobody reviewed it in time',
  refused: 'Not placed',
  withdrawn: 'Proposal withdrawn',
  archived: 'Archived, because it went well',
  removed: 'Removed',
} as const

export type PlacementState = keyof typeof stateWords

/** In a tier now. */
export const placedStates = [
  'placed',
  'move-to-approve',
  'move-to-decide',
] as const satisfies readonly PlacementState[]

export const isPlaced = (state: PlacementState): boolean =>
  (placedStates as readonly string[]).includes(state)

/**
 * Who makes a move: who proposed it; a second member of the panel; the chair; the lead worker or a member of the panel; a
 * member of the panel; the lead worker or the chair; anybody who may open it; the program.
 */
export type Side = 'proposer' | 'second' | 'chair' | 'worker' | 'panel' | 'lead' | 'anybody' | 'program'

interface Move {
  from: readonly PlacementState[]
  /** Null: the state stays. */
  to: PlacementState | null
  by: Side
  /** After "you can". */
  words: string
}

const alive = ['to-approve', 'to-decide', 'placed', 'move-to-approve', 'move-to-decide'] as const

export const moves = {
  propose: { from: ['new'], to: 'to-decide', by: 'proposer', words: 'propose it' },
  'propose-with-approver': {
    from: ['new'],
    to: 'to-approve',
    by: 'proposer',
    words: 'propose it to a second approver',
  },
  withdraw: {
    from: ['to-approve', 'to-decide'],
    to: 'withdrawn',
    by: 'proposer',
    words: 'withdraw the proposal',
  },
  approve: {
    from: ['to-approve'],
    to: 'to-decide',
    by: 'second',
    words: 'approve it as the second approver',
  },
  'turn-down': {
    from: ['to-approve'],
    to: 'refused',
    by: 'second',
    words: 'turn it down as the second approver',
  },
  place: { from: ['to-decide'], to: 'placed', by: 'chair', words: 'record that the panel places them' },
  refuse: {
    from: ['to-decide'],
    to: 'refused',
    by: 'chair',
    words: 'record that the panel does not place them',
  },
  overtake: {
    from: ['to-approve', 'to-decide'],
    to: 'refused',
    by: 'program',
    words: 'note that another panel was first',
  },
  'propose-move': {
    from: ['placed'],
    to: 'move-to-decide',
    by: 'worker',
    words: 'propose a move to another tier',
  },
  'propose-move-with-approver': {
    from: ['placed'],
    to: 'move-to-approve',
    by: 'worker',
    words: 'propose a move to a second approver',
  },
  'approve-move': {
    from: ['move-to-approve'],
    to: 'move-to-decide',
    by: 'second',
    words: 'approve the move as the second approver',
  },
  'turn-down-move': {
    from: ['move-to-approve'],
    to: 'placed',
    by: 'second',
    words: 'turn the move down as the second approver',
  },
  move: {
    from: ['move-to-decide'],
    to: 'placed',
    by: 'chair',
    words: 'record that the panel moves them',
  },
  'refuse-move': {
    from: ['move-to-decide'],
    to: 'placed',
    by: 'chair',
    words: 'record that they stay in their tier',
  },
  review: {
    from: ['placed', 'move-to-approve', 'move-to-decide'],
    to: null,
    by: 'worker',
    words: 'record a review',
  },
  'give-notice': {
    from: ['placed', 'move-to-approve', 'move-to-decide'],
    to: null,
    by: 'worker',
    words: 'note that the person was told',
  },
  'withhold-notice': {
    from: ['placed', 'move-to-approve', 'move-to-decide'],
    to: null,
    by: 'chair',
    words: 'say why the person is not told yet',
  },
  'give-to': {
    from: ['placed', 'move-to-approve', 'move-to-decide'],
    to: null,
    by: 'lead',
    words: 'name another lead worker',
  },
  challenge: {
    from: [...alive, 'lapsed'],
    to: null,
    by: 'anybody',
    words: 'write down that the person challenges it',
  },
  archive: { from: ['placed'], to: 'archived', by: 'panel', words: 'archive it, because it went well' },
  remove: {
    from: ['placed', 'move-to-approve', 'move-to-decide', 'lapsed'],
    to: 'removed',
    by: 'chair',
    words: 'remove them',
  },
  lapse: { from: alive, to: 'lapsed', by: 'program', words: 'hide it, because nobody reviewed it' },
  renew: { from: ['lapsed'], to: 'placed', by: 'chair', words: 'review it late, and show it again' },
} as const satisfies Record<string, Move>

export type PlacementMove = keyof typeof moves

export const moveNames = Object.keys(moves) as PlacementMove[]

/** How somebody on the panel stood. */
export const views = {
  agreed: 'Agreed',
  dissented: 'Dissented',
  abstained: 'Did not say',
} as const

export type View = keyof typeof views

/** Somebody who sat when the panel decided. */
export interface Seat {
  user: string
  view: View
  /** Of who dissented: why. */
  because?: string
}

/** What was said of a move; no more than its form asks. */
export interface MoveDetail {
  tier?: string
  /** Of a proposal: what goes well and what keeps them safe, the person's own view, grounds and reasons. */
  strengths?: string
  protective?: string
  view?: string
  viewNotAsked?: string
  grounds?: GivenGround[]
  because?: string
  /** Inadmissible grounds that the text leans on, and that its author was asked about (R4). */
  asked?: string[]
  /** Of a decision. */
  panel?: Seat[]
  owner?: string
  reviewOn?: Day
  /** Of a review or an archive: what has changed since, and what was looked at for harm. */
  changed?: string
  checked?: string
  achieved?: string[]
  /** Of an archive: kept apart from the placement at once. */
  pseudonym?: string
  /** Of a notice: how, to whom, and on which day; or when it is looked at again. */
  told?: string
  on?: Day
  againOn?: Day
  /** Of a removal. */
  reason?: string
  rightsCase?: string
}

export interface PlacementAction {
  seq: number
  action: PlacementMove
  /** Null: the program. */
  byUser: string | null
  byName: string
  byAgencyName: string
  at: Date
  detail: MoveDetail
}

/** What is proposed and not decided yet. */
export interface Proposal {
  by: string
  byName: string
  at: Date
  tier: string
  detail: MoveDetail
  /** Null while nobody has approved it as the second; never asked where `needsSecond` was false. */
  approvedBy: string | null
}

export interface Standing {
  state: PlacementState
  /** Of the last move; 0 before it was proposed. */
  seq: number
  tier: string | null
  /** Set while a placing or a move waits for somebody. */
  proposal: Proposal | null
  /** The last decision of the panel. */
  decision: PlacementAction | null
  lastReview: PlacementAction | null
  notice: 'due' | 'given' | 'withheld' | null
  challenged: boolean
}

const unproposed: Standing = {
  state: 'new',
  seq: 0,
  tier: null,
  proposal: null,
  decision: null,
  lastReview: null,
  notice: null,
  challenged: false,
}

/** How a placement stands after its moves, which are in order. Pure. */
export const standing = (actions: readonly PlacementAction[]): Standing => actions.reduce(after, unproposed)

function after(before: Standing, action: PlacementAction): Standing {
  const { seq, detail, byUser, byName, at } = action
  const next: Standing = { ...before, seq, state: moves[action.action].to ?? before.state }
  switch (action.action) {
    case 'propose':
    case 'propose-with-approver':
    case 'propose-move':
    case 'propose-move-with-approver':
      return {
        ...next,
        proposal: { by: byUser ?? '', byName, at, tier: detail.tier ?? '', detail, approvedBy: null },
      }
    case 'approve':
    case 'approve-move':
      return { ...next, proposal: before.proposal && { ...before.proposal, approvedBy: byUser } }
    case 'place':
      return { ...next, tier: detail.tier ?? null, proposal: null, decision: action, notice: 'due' }
    case 'move':
      return { ...next, tier: detail.tier ?? null, proposal: null, decision: action }
    case 'refuse':
    case 'refuse-move':
      return { ...next, proposal: null, decision: action }
    case 'turn-down':
    case 'turn-down-move':
    case 'overtake':
    case 'withdraw':
    case 'archive':
    case 'remove':
    case 'lapse':
      return { ...next, proposal: null }
    case 'review':
    case 'renew':
      return { ...next, lastReview: action }
    case 'give-notice':
      return { ...next, notice: 'given' }
    case 'withhold-notice':
      return { ...next, notice: 'withheld' }
    case 'challenge':
      return { ...next, challenged: true }
    case 'give-to':
      return next
  }
}

/** What a move needs to know of the tiers that it is about. */
export interface TierRules {
  name: string
  aboveSupport: boolean
  inPack: boolean
  mayPlace: readonly DecidingRole[]
  mayMove: readonly DecidingRole[]
  mayArchive: readonly DecidingRole[]
}

/** Somebody who wants to move a placement. */
export interface Mover {
  user: string
  role: string
  /** In the panel of its cohort today. */
  part: 'chair' | 'member' | 'adviser' | null
  /** Proposed the placement. */
  proposed: boolean
  /** Looks after it. */
  owns: boolean
}

/** R5: an under-18, or somebody whose age nobody knows, has a second approver for every tier above support. */
export const needsSecond = (child: boolean, tier: Pick<TierRules, 'aboveSupport'>): boolean =>
  child && tier.aboveSupport

/** Why the move is not theirs, or not possible as it stands; null where it is. `tier` gives the rules of a tier by its id. */
export function whyNot(
  name: PlacementMove,
  stands: Standing,
  who: Mover,
  tier: (id: string) => TierRules | undefined,
): string | null {
  const { from, by }: Move = moves[name]
  const side = whyNotTheirs(by, stands, who)
  if (side) return side
  if (!from.includes(stands.state)) return `It is now: ${lower(stateWords[stands.state])}.`
  const wanted = stands.proposal ? tier(stands.proposal.tier) : undefined
  const current = stands.tier ? tier(stands.tier) : undefined
  const role = (roles: readonly DecidingRole[] | undefined) =>
    (roles as readonly string[] | undefined)?.includes(who.role) ?? false
  if ((name === 'place' || name === 'move') && wanted && !wanted.inPack) {
    return `${wanted.name} is no longer in use, so nobody new can be placed there.`
  }
  if ((name === 'place' || name === 'refuse') && !role(wanted?.mayPlace)) return roleWords('places')
  if ((name === 'move' || name === 'refuse-move') && !role(wanted?.mayMove)) return roleWords('moves')
  if (name === 'archive' && !role(current?.mayArchive)) return roleWords('archives')
  if (name === 'renew' && stands.tier === null) {
    return 'The panel did not decide on it in time. It has to be proposed anew.'
  }
  return null
}

function whyNotTheirs(by: Side, { proposal }: Standing, who: Mover): string | null {
  const onPanel = who.part === 'chair' || who.part === 'member'
  switch (by) {
    case 'proposer':
      return who.proposed ? null : 'Only whoever proposed it can do that.'
    case 'second':
      if (!onPanel) return 'Only a member of the panel can do that.'
      return proposal?.by === who.user
        ? 'You proposed it, so somebody else is the second approver (R5).'
        : null
    case 'chair':
      if (who.part !== 'chair') return 'Only a chair of the panel can do that.'
      if (proposal?.by === who.user) return 'You proposed it, so another chair has to decide (R6).'
      return proposal && proposal.approvedBy === who.user
        ? 'You approved it as the second approver, so another chair has to decide (R5).'
        : null
    case 'worker':
      return who.owns || onPanel ? null : 'Only the lead worker or a member of the panel can do that.'
    case 'panel':
      return onPanel ? null : 'Only a member of the panel can do that.'
    case 'lead':
      return who.owns || who.part === 'chair'
        ? null
        : 'Only the lead worker or a chair of the panel can do that.'
    case 'program':
      return 'Only the program does that.'
    case 'anybody':
      return null
  }
}

const roleWords = (verb: string): string =>
  `In this tier nobody of your role ${verb} people. Ask another member of the panel.`

export const possibleMoves = (
  stands: Standing,
  who: Mover,
  tier: (id: string) => TierRules | undefined,
): PlacementMove[] => moveNames.filter(name => whyNot(name, stands, who, tier) === null)

/** Throws WrongMove with what is possible instead. */
export function insist(
  name: PlacementMove,
  stands: Standing,
  who: Mover,
  tier: (id: string) => TierRules | undefined,
): void {
  const why = whyNot(name, stands, who, tier)
  if (why === null) return
  const possible = possibleMoves(stands, who, tier).map(m => moves[m].words)
  throw new WrongMove(
    `${why} ${possible.length > 0 ? `You can ${possible.join(', or ')}.` : 'There is nothing for you to do with it now.'}`,
  )
}

/** What is wrong with who sat; null for a panel. One person is none, and neither is one agency (R6). */
export function whyNoPanel(
  seats: readonly Seat[],
  panel: readonly { user: string; agency: string; part: string }[],
  chair: string,
): string | null {
  const sat = panel.filter(p => seats.some(s => s.user === p.user) && p.part !== 'adviser')
  if (seats.some(s => !panel.some(p => p.user === s.user)))
    return 'Somebody is named who is not on this panel.'
  if (!seats.some(s => s.user === chair)) return 'Name yourself: you chair it.'
  if (sat.length < 2 || new Set(sat.map(p => p.agency)).size < 2) {
    return 'Name at least two members of two agencies: nobody decides on a tier alone.'
  }
  if (seats.some(s => s.view === 'dissented' && !s.because)) return 'Say why, for everybody who dissented.'
  return null
}

const lower = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1)
