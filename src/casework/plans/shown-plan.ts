/** A plan as its page and its print show it: needs with what was offered, actions under the four headings. Pure. */
import { calendarWords, type Day } from '../../platform/calendar.ts'
import { type FourP, fourPs } from '../tasking/actions/action.ts'
import type { ActionLine } from '../tasking/actions/action-store.ts'
import { offerMoves, offerStates, possibleOfferMoves } from './offer.ts'
import type { Offer } from './offer-store.ts'
import { exitPathways, turningPoints } from './pathways.ts'
import { moves, type StatementKind, type SubjectKind, statementKinds } from './plan.ts'
import type { MadePlanMove, Plan } from './plan-store.ts'
import type { Statement } from './statement-store.ts'

export interface Heading<Line> {
  id: FourP
  title: string
  open: Line[]
  closed: Line[]
}

/** The four headings in the order of a plan about somebody: what protects and helps stands before what pursues. */
const order: readonly FourP[] = ['protect', 'prepare', 'prevent', 'pursue']

export const headings = <Line extends Pick<ActionLine, 'fourP' | 'state'>>(
  lines: readonly Line[],
): Heading<Line>[] =>
  order.map(id => {
    const mine = lines.filter(line => line.fourP === id)
    return {
      id,
      title: fourPs[id],
      open: mine.filter(line => line.state === 'open'),
      closed: mine.filter(line => line.state !== 'open'),
    }
  })

export const shownOffer = (offer: Offer) => ({
  ...offer,
  pathwayWords: exitPathways[offer.pathway].title,
  stateWords: offerStates[offer.state],
  moves: possibleOfferMoves(offer.state).map(move => ({ move, text: offerMoves[move].button })),
  history: offer.moved.map(m => ({ ...m, says: offerMoves[m.move].says })),
})

export function shownNeeds(
  statements: readonly Statement[],
  offers: readonly Offer[],
  lines: readonly ActionLine[],
) {
  return statements
    .filter(s => s.kind === 'need')
    .map(need => {
      const actions = lines.filter(line => line.need === need.id)
      return {
        ...need,
        pathwayWords: need.pathway ? exitPathways[need.pathway].title : null,
        offers: offers.filter(o => o.need === need.id).map(shownOffer),
        openActions: actions.filter(a => a.state === 'open').length,
        doneActions: actions.filter(a => a.state === 'done').length,
      }
    })
}

/** Sections of statements that are no needs, in order; a child's plan opens on strengths and their own words (R1). */
export const sections = (statements: readonly Statement[], kind: SubjectKind) =>
  (['strength', 'words', 'turning-point', 'told'] as const)
    .filter(id => (statementKinds[id].of as readonly SubjectKind[]).includes(kind))
    .map(id => ({
      id: id as StatementKind,
      ...statementKinds[id],
      title: id === 'words' && kind !== 'person' ? 'What people there say' : statementKinds[id].title,
      lines: statements
        .filter(s => s.kind === id)
        .map(s => ({ ...s, turningWords: s.turning ? turningPoints[s.turning] : null })),
    }))

/** Newest first. */
export const planHistory = (made: readonly MadePlanMove[]) =>
  made
    .map(m => ({
      by: m.byName,
      at: m.at,
      says: says(m),
      text: m.detail.outcome ?? m.detail.because ?? m.detail.note ?? null,
    }))
    .toReversed()

function says({ move, toName, toAgency, reviewOn }: MadePlanMove): string {
  switch (move) {
    case 'add-member':
      return `brought ${toAgency} to it`
    case 'remove-member':
      return `parted with ${toAgency}`
    case 'hand-over':
      return `handed it over to ${toName}`
    case 'review':
      return `reviewed it; the next review is by ${calendarWords(reviewOn!)}`
    default:
      return moves[move].says
  }
}

/** "about a child", "about a place": under the name. */
export const aboutWords = ({ kind, child }: Pick<Plan, 'kind' | 'child'>): string =>
  kind === 'person' ? (child ? 'about a child' : 'about a person') : `about a ${kind}`

/** Whether a review is near enough to be said first. */
export const reviewIsNear = (reviewOn: Day, soon: Day): boolean => reviewOn <= soon
