/** What is written in the proposals and reviews of the synthetic cohorts. Nothing of it happened. */
import type { GroundId } from '../../casework/cohorts/grounds.ts'

export const strengths = [
  'Plays football every week and brings younger ones along.',
  'Goes to college four days of five and likes the workshop.',
  'Trusts the youth worker and rings when things get tight.',
  'Has kept a Saturday job since spring.',
  'Draws well; a piece hangs in the library.',
] as const

export const protective = [
  'A trusted adult takes the phone at night and drives to college.',
  'The youth club is open on the evenings that were hard.',
  'A teacher checks in each morning.',
  'A mentor who was there once keeps meeting at the gym.',
] as const

export const views = [
  'Wants to be left in peace and to work with cars.',
  'Says that nobody asked before; would like to finish the course.',
  'Wants to move, and does not want the old numbers to have the new address.',
  'Does not agree with all of it, and will meet the worker again.',
] as const

export const reasons = [
  'A named worker who visits; what was offered before ended after two letters.',
  'Several agencies meet this person already, and none of them leads.',
  'What happened in the last months is more than one worker can hold alone.',
  'A steady contact and a plan with dates, looked at again soon.',
] as const

export const reviewed = [
  'In college since the start of term, and no event since the last look.',
  'Met the worker at each visit; the phone stays off at night.',
  'Two visits missed, then back; works three days a week.',
  'A new home, and a quiet month.',
] as const

export const moved = [
  'Works now, and has kept each visit for three months: support is enough.',
  'The events of last month are being looked into; the visits have to be closer.',
] as const

interface GroundText {
  ground: GroundId
  says: string
  source: string
}

export const grounds: readonly GroundText[] = [
  {
    ground: 'weapon',
    says: 'Had a kitchen knife at the bus station and gave it up when asked.',
    source: 'officer who was there',
  },
  {
    ground: 'harmed-others',
    says: 'Hit another pupil with a belt at the gate.',
    source: 'teacher who saw it',
  },
  { ground: 'convicted', says: 'Convicted of wounding.', source: 'court register' },
  {
    ground: 'suspected',
    says: 'Suspected of a robbery that is being investigated.',
    source: 'investigating officer',
  },
  { ground: 'charged', says: 'Charged with having a knife in a public place.', source: 'charge sheet' },
]

export const supportGrounds: readonly GroundText[] = [
  { ground: 'missing', says: 'Away from home for three nights.', source: 'missing report' },
  {
    ground: 'out-of-school',
    says: 'On a part-time timetable since half-term.',
    source: 'attendance officer',
  },
  {
    ground: 'exploited',
    says: 'Two new phones and debts that nobody can explain.',
    source: 'assessment of the social worker',
  },
  { ground: 'asked-for-help', says: 'Asked the youth worker for help to stop.', source: 'youth worker' },
]
