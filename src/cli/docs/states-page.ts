/** What may follow what, as a diagram and a table: written from the tables of moves that the program itself obeys. */

import * as placement from '../../casework/cohorts/placement.ts'
import * as custody from '../../casework/custody/custody.ts'
import * as group from '../../casework/groups/group.ts'
import * as groupLink from '../../casework/groups/group-link.ts'
import * as invitation from '../../casework/intake/invitations/invitation.ts'
import * as referral from '../../casework/intake/referrals/referral.ts'
import * as offer from '../../casework/plans/offer.ts'
import * as plan from '../../casework/plans/plan.ts'
import * as action from '../../casework/tasking/actions/action.ts'
import * as bid from '../../casework/tasking/bids/bid.ts'
import * as consequence from '../../casework/tasking/consequences/consequence.ts'
import * as escalation from '../../casework/tasking/meetings/escalation.ts'
import * as meeting from '../../casework/tasking/meetings/meeting.ts'
import * as panelCase from '../../casework/tasking/panels/panel-case.ts'
import * as breach from '../../governance/breaches/breach.ts'
import * as rights from '../../governance/rights/rights-case.ts'
import { regimes } from '../../governance/rights/rights-kinds.ts'
import { statutoryClocks } from '../../governance/rights/statutory-clocks.ts'
import { generatedBy, table } from './markdown.ts'

interface Diagram {
  title: string
  first: string
  states: Readonly<Record<string, string>>
  moves: Readonly<Record<string, { from: readonly string[]; to: string | null }>>
  columns: string[]
  /** Cells of a move beside its name, from and to. */
  cells: (move: string) => string[]
  /** Sentences under the table. */
  notes: string[]
}

const node = (state: string): string => state.replaceAll('-', '_')

function statesPage({ title, first, states, moves, columns, cells, notes }: Diagram): string {
  const arrows = Object.entries(moves).flatMap(([name, { from, to }]) =>
    from.map(state => `  ${node(state)} --> ${node(to ?? state)}: ${name}`),
  )
  const rows = Object.entries(moves).map(([name, { from, to }]) => [
    name,
    from.join(', '),
    to ?? 'stays',
    ...cells(name),
  ])
  return [
    generatedBy('src/cli/docs/states-page.ts'),
    `# ${title}: what may follow what`,
    '',
    '```mermaid',
    'stateDiagram-v2',
    ...Object.entries(states).map(([state, words]) => `  ${node(state)}: ${words}`),
    `  [*] --> ${node(first)}`,
    ...arrows,
    '```',
    '',
    table(['Move', 'From', 'To', ...columns], rows),
    ...notes,
    'A move that does not fit is answered with status 409 and with what is possible.',
    '',
  ].join('\n')
}

const sides = {
  author: 'whoever sent it, or invited the partner who did',
  referrer: 'the agency that sent it',
  coordinator: 'a coordinator of the partnership',
} as const

export const referralStatesPage = (): string =>
  statesPage({
    title: 'Referral',
    first: 'draft',
    states: referral.stateWords,
    moves: referral.moves,
    columns: ['By'],
    cells: name => [sides[referral.moves[name as referral.ReferralMove].by]],
    notes: [
      'Whoever sent a referral, or invited the partner who did, never decides about it. Whoever took part in a decision does not look at the challenge of it (R21).',
    ],
  })

export const actionStatesPage = (): string =>
  statesPage({
    title: 'Action',
    first: 'unmade',
    states: action.stateWords,
    moves: action.moves,
    columns: ['By'],
    cells: name => [action.moves[name as action.ActionMove].by.map(side => action.sides[side]).join('; or ')],
    notes: [
      'An action is given once to somebody of the agency that does it; afterwards it is handed on. It is started once. While it',
      'waits for the answer of the agency that it was escalated to, it is not escalated again.',
    ],
  })

export const meetingStatesPage = (): string =>
  statesPage({
    title: 'Meeting',
    first: 'planned',
    states: meeting.stateWords,
    moves: meeting.moves,
    columns: ['Asks'],
    cells: name => {
      const move = meeting.moves[name as meeting.MeetingMove]
      return ['because' in move ? move.because : '']
    },
    notes: [
      'A meeting is moved by whoever is in the chair or its secretary, and, where they have lost the line, by any member who',
      'coordinates or commands. `plan` makes it: by somebody, or by the program from the cadence in the area pack.',
      `A closed meeting is opened again within ${meeting.REOPEN_HOURS} hours.`,
    ],
  })

export const invitationStatesPage = (): string =>
  statesPage({
    title: 'Invitation to refer',
    first: 'open',
    states: invitation.stateWords,
    moves: invitation.moves,
    columns: ['By'],
    cells: name => [invitation.moves[name as invitation.InvitationMove].by],
    notes: [
      'Whoever holds a link that is not open is told what to do instead, and not why. What was begun goes with the invitation.',
    ],
  })

export const planStatesPage = (): string =>
  statesPage({
    title: 'Plan',
    first: 'unmade',
    states: plan.stateWords,
    moves: plan.moves,
    columns: ['By'],
    cells: name => [plan.sides[plan.moves[name as plan.PlanMove].by]],
    notes: [
      'A child’s plan never holds nothing but Pursue without a recorded reason. A plan that nobody reviews in time is hidden and',
      'then deleted (R10).',
    ],
  })

export const panelCaseStatesPage = (): string =>
  statesPage({
    title: 'Case for a panel',
    first: 'unmade',
    states: panelCase.stateWords,
    moves: panelCase.moves,
    columns: ['By'],
    cells: name => [panelCase.sides[panelCase.moves[name as panelCase.PanelCaseMove].by]],
    notes: [
      'A crime of a person stands before one panel, once; what is decided is not decided again. A panel decides with the quorum of',
      'the area pack, and with reasons; dissent stands beside them. The final say on a charge is the police’s.',
    ],
  })

export const bidStatesPage = (): string =>
  statesPage({
    title: 'Bid for a resource',
    first: 'unmade',
    states: bid.stateWords,
    moves: bid.moves,
    columns: ['By'],
    cells: name => [bid.sides[bid.moves[name as bid.BidMove].by]],
    notes: [
      'A resource is granted for no more places at once than the area pack says it can be in; a second chair who grants it at the',
      'same moment is told who holds it. Nobody grants what they asked for.',
    ],
  })

export const consequenceStatesPage = (): string =>
  statesPage({
    title: 'Consequence management',
    first: 'unmade',
    states: consequence.stateWords,
    moves: consequence.moves,
    columns: ['By'],
    cells: name => [consequence.sides[consequence.moves[name as consequence.ConsequenceMove].by]],
    notes: [
      'The review is written from its day on, which the area pack says, and never before. Nothing is closed without it; while it is',
      'not written it stands on every agenda that sees it. Opened again, it is reviewed anew.',
    ],
  })

export const custodyStatesPage = (): string =>
  statesPage({
    title: 'Time in custody',
    first: 'unmade',
    states: custody.stateWords,
    moves: custody.moves,
    columns: ['By'],
    cells: name => [custody.sides[custody.moves[name as custody.CustodyMove].by]],
    notes: [
      'A release is a turning point in every open plan about the person whose members may all know of it. Time in custody that',
      'nobody reviews is hidden and then deleted (R10); half a year after the release it is deleted.',
    ],
  })

export const offerStatesPage = (): string =>
  statesPage({
    title: 'Offer of a plan',
    first: 'offered',
    states: offer.offerStates,
    moves: offer.offerMoves,
    columns: ['Asks'],
    cells: name => [offer.offerMoves[name as offer.OfferMove].asks?.label ?? 'nothing'],
    notes: ['Whoever reads the plan and works with people says what became of an offer.'],
  })

export const escalationStatesPage = (): string =>
  statesPage({
    title: 'Escalation',
    first: 'raised',
    states: escalation.stateWords,
    moves: escalation.moves,
    columns: ['By'],
    cells: name => [escalation.moves[name as escalation.EscalationMove].by],
    notes: ['An answer is a decision of the board, and stands on the next agenda of the meeting that asked.'],
  })

export const rightsStatesPage = (): string =>
  `${statesPage({
    title: 'Request about one’s own data',
    first: 'received',
    states: rights.stateWords,
    moves: rights.moves,
    columns: ['Of', 'By'],
    cells: name => {
      const move = rights.moves[name as rights.RightsMove]
      return [
        'kinds' in move ? move.kinds.join(', ') : 'every kind',
        name === 'decide' ? 'the reviewer' : 'information governance',
      ]
    },
    notes: [
      'The clock stands still in `identity` and `clarifying`. A challenge is decided by a reviewer who wrote nothing about the',
      'person, looks after no record of theirs and took no part in the decision (R21).',
    ],
  })}
## The clocks

${table(
  ['Kind', 'Law', 'Period', 'More', 'Holds', 'Rests on', 'Confirmed'],
  statutoryClocks.map(c => [
    c.kind,
    regimes[c.regime].title,
    'months' in c.period ? 'one month' : `acknowledged within ${c.period.days} days`,
    c.extensionMonths > 0 ? `${c.extensionMonths} months` : 'none',
    c.until ? `${c.since} to ${c.until}` : `since ${c.since}`,
    c.source,
    c.confirmed ? 'yes' : 'no',
  ]),
)}
There is no right to object where Part 3 of the Data Protection Act 2018 applies.
`

const placementSides = {
  proposer: 'whoever proposed it',
  second: 'a chair or member of the panel who did not propose it',
  chair: 'a chair of the panel who neither proposed nor approved it',
  worker: 'the lead worker, or a chair or member of the panel',
  panel: 'a chair or member of the panel',
  lead: 'the lead worker or a chair of the panel',
  anybody: 'anybody who may open it',
  program: 'the program',
} as const satisfies Record<placement.Side, string>

export const placementStatesPage = (): string =>
  statesPage({
    title: 'Place in a cohort',
    first: 'new',
    states: placement.stateWords,
    moves: placement.moves,
    columns: ['By'],
    cells: name => [placementSides[placement.moves[name as placement.PlacementMove].by]],
    notes: [
      'A panel decides: at least two members of two agencies, with reasons and dissent (R6). Somebody under 18 has a second',
      'approver for every tier above support (R5). What has ended is told to every agency that was given it, and deleted when all',
      'have confirmed (R11).',
    ],
  })

export const groupStatesPage = (): string =>
  statesPage({
    title: 'Group',
    first: 'new',
    states: group.stateWords,
    moves: group.moves,
    columns: ['By'],
    cells: name => [group.sides[group.moves[name as group.GroupMove].by]],
    notes: [
      'What a group is called is what the written test that was approved last makes of it (R3). An assessment ends after 180 days,',
      'and no review lies beyond its end. With the group end all links to it.',
    ],
  })

export const groupLinkStatesPage = (): string =>
  statesPage({
    title: 'Seen with a group',
    first: 'new',
    states: groupLink.linkStates,
    moves: groupLink.linkMoves,
    columns: ['By'],
    cells: name => [groupLink.linkSides[groupLink.linkMoves[name as groupLink.LinkMove].by]],
    notes: [
      'Whoever confirms it says that the person was told, or why not and when that is looked at again (R21). What was removed,',
      'withdrawn or not confirmed leaves every page at once, and is deleted within 28 days (R11).',
    ],
  })

export const breachStatesPage = (): string =>
  statesPage({
    title: 'Breach',
    first: 'reported',
    states: breach.stateWords,
    moves: breach.moves,
    columns: ['Asks'],
    cells: name => [breach.moves[name as breach.BreachMove].label],
    notes: [
      'With a risk to people nothing is closed before the Information Commissioner was told; with a high one not before the',
      'people were, or it was said why not.',
    ],
  })
