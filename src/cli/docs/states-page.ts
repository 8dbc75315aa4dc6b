/** What may follow what, as a diagram and a table: written from the table of moves that the program itself obeys. */
import { moveNames, moves, stateWords } from '../../casework/intake/referrals/referral.ts'
import { generatedBy, table } from './markdown.ts'

const sides = {
  author: 'whoever sent it',
  referrer: 'the agency that sent it',
  coordinator: 'a coordinator of the partnership',
} as const

const node = (state: string): string => state.replaceAll('-', '_')

export function referralStatesPage(): string {
  const arrows = moveNames.flatMap(name => {
    const { from, to } = moves[name]
    return from.map(state => `  ${node(state)} --> ${node(to ?? state)}: ${name}`)
  })
  const states = Object.entries(stateWords).map(([state, words]) => `  ${node(state)}: ${words}`)
  const rows = moveNames.map(name => {
    const { from, to, by } = moves[name]
    return [name, from.join(', '), to ?? 'stays', sides[by]]
  })
  return [
    generatedBy('src/cli/docs/states-page.ts'),
    '# Referral: what may follow what',
    '',
    '```mermaid',
    'stateDiagram-v2',
    ...states,
    '  [*] --> draft',
    ...arrows,
    '```',
    '',
    table(['Move', 'From', 'To', 'By'], rows),
    'Whoever sent a referral never decides about it. Whoever took part in a decision does not look at the challenge of it',
    '(R21). A move that does not fit is answered with status 409 and with what is possible.',
    '',
  ].join('\n')
}
