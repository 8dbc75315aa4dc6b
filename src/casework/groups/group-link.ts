/**
 * The words and rules of a link: that somebody was seen with a group, on a day, as a source says (R2). Nobody is a member of
 * anything here. What may follow what is the one table `linkMoves`.
 */
import type { Day } from '../../platform/calendar.ts'
import { WrongMove } from '../../platform/errors.ts'

/**
 * What may be a ground for a link: what somebody did with others of the group. Music, dress, emoji, whom they follow, family, a
 * postcode and having been hurt are none, and cannot be chosen (R4). Whom a group hurts or uses is referred, and not linked.
 */
export const linkGrounds = {
  'acted-together': {
    title: 'Took part with people seen with it in an offence with violence, a weapon or supply of drugs',
    hint: 'Convicted, charged, or suspected in an investigation that is open',
    since: '2022-01-01',
  },
  'found-together': {
    title: 'Found with people seen with it and a weapon, or drugs for supply',
    hint: 'As the officer who was there wrote it down',
    since: '2022-01-01',
  },
  'threatened-for': {
    title: 'Threatened somebody in its name',
    hint: 'Say who heard it. What was said online needs the reference of the authority.',
    since: '2022-01-01',
  },
  directs: {
    title: 'Gives people seen with it orders to commit crime',
    hint: 'As a professional has assessed, with reasons',
    since: '2022-01-01',
  },
} as const satisfies Record<string, { title: string; hint: string; since: Day }>

export type LinkGround = keyof typeof linkGrounds

export const linkStates = {
  new: 'Not written down yet',
  'to-confirm': 'Waiting for somebody to confirm it',
  stands: 'Confirmed',
  lapsed: 'Hidden, because nobody reviewed it in time',
  'turned-down': 'Not confirmed',
  withdrawn: 'Withdrawn',
  removed: 'Removed',
} as const

export type LinkState = keyof typeof linkStates

export const linkSides = {
  author: 'whoever wrote it down',
  second: 'a coordinator or commander of the agency who did not write it down',
  keeper: 'whoever keeps records at the agency',
  anybody: 'anybody who may read it',
  program: 'the program',
} as const

interface Move {
  from: readonly LinkState[]
  to: LinkState | null
  by: keyof typeof linkSides
  words: string
}

export const linkMoves = {
  see: { from: ['new'], to: 'to-confirm', by: 'author', words: 'write it down' },
  withdraw: { from: ['to-confirm'], to: 'withdrawn', by: 'author', words: 'withdraw it' },
  confirm: { from: ['to-confirm'], to: 'stands', by: 'second', words: 'confirm it' },
  'turn-down': { from: ['to-confirm'], to: 'turned-down', by: 'second', words: 'turn it down' },
  review: { from: ['stands'], to: null, by: 'keeper', words: 'review it' },
  tell: { from: ['stands'], to: null, by: 'keeper', words: 'note that the person was told' },
  challenge: {
    from: ['to-confirm', 'stands', 'lapsed'],
    to: null,
    by: 'anybody',
    words: 'write down that the person challenges it',
  },
  remove: { from: ['stands', 'lapsed'], to: 'removed', by: 'keeper', words: 'remove it' },
  lapse: {
    from: ['to-confirm', 'stands'],
    to: 'lapsed',
    by: 'program',
    words: 'hide it, because nobody reviewed it',
  },
} as const satisfies Record<string, Move>

export type LinkMove = keyof typeof linkMoves

export const linkMoveNames = Object.keys(linkMoves) as LinkMove[]

export interface LinkMover {
  /** Works at the agency whose link it is. */
  own: boolean
  author: boolean
  role: string
}

/** Why the move is not theirs, or not possible as it stands; null where it is. */
export function whyNotLink(name: LinkMove, state: LinkState, who: LinkMover): string | null {
  const { from, by }: Move = linkMoves[name]
  if (!isTheirs(by, who)) {
    return by === 'second' && who.author
      ? 'You wrote it down, so somebody else confirms it (R4, R5).'
      : `That is for ${linkSides[by]}.`
  }
  return from.includes(state) ? null : `It is now: ${linkStates[state].toLowerCase()}.`
}

function isTheirs(by: Move['by'], { own, author, role }: LinkMover): boolean {
  switch (by) {
    case 'author':
      return own && author
    case 'second':
      return own && !author && (role === 'coordinator' || role === 'commander')
    case 'keeper':
      return own && (role === 'practitioner' || role === 'coordinator')
    case 'anybody':
      return true
    case 'program':
      return false
  }
}

export const possibleLinkMoves = (state: LinkState, who: LinkMover): LinkMove[] =>
  linkMoveNames.filter(name => whyNotLink(name, state, who) === null)

/** Throws WrongMove with what is possible instead. */
export function insistOnLink(name: LinkMove, state: LinkState, who: LinkMover): void {
  const why = whyNotLink(name, state, who)
  if (why === null) return
  const possible = possibleLinkMoves(state, who).map(m => linkMoves[m].words)
  throw new WrongMove(
    `${why} ${possible.length > 0 ? `You can ${possible.join(', or ')}.` : 'There is nothing for you to do with it now.'}`,
  )
}
