/** What is written in the synthetic consequence management. Nobody is named or labelled (R1, R26), no ground is taken from culture (R4). */
import type {
  AffectedRole,
  EntryKind,
  Tension,
} from '../../casework/tasking/consequences/consequence-entry.ts'

export const happenings: readonly { what: string; place: string }[] = [
  { what: 'A young person was stabbed on the way home from college', place: 'Bus interchange' },
  { what: 'Shots were fired at a house; one was hurt', place: 'Street by the canal' },
  { what: 'A fight between two groups of pupils; one was cut', place: 'Park behind the leisure centre' },
  { what: 'A young man was stabbed outside a shop', place: 'High street' },
  { what: 'A robbery with a knife at the tram stop; one was hurt', place: 'Tram stop' },
  { what: 'A pupil was cut with a knife at the school gate', place: 'Outside the school' },
  { what: 'A young man was badly hurt in an attack', place: 'Car park of the market' },
  { what: 'Two were hurt when a car was driven at them', place: 'Ring road' },
]

interface WrittenEntry {
  kind: EntryKind
  text: string
  called?: string
  role?: AffectedRole
  grade?: Tension
  authority?: string
  /** Kind of agency that writes it. */
  by: string
  /** Hours after it was opened. */
  after: number
}

/** Of every one, in the order in which it is written; the newest have the first of them. */
export const written: readonly WrittenEntry[] = [
  {
    kind: 'affected',
    called: 'Robin Mockexample',
    role: 'injured',
    text: 'Out of theatre, and talks to the nurse. Wants to see a friend before anybody else.',
    by: 'police',
    after: 1,
  },
  {
    kind: 'affected',
    called: 'Sasha Mockexample',
    role: 'witness',
    text: 'Saw it and gave first help. Has not slept. Asked for somebody to talk to who is not police.',
    by: 'education',
    after: 2,
  },
  {
    kind: 'tension',
    grade: 'raised',
    text: 'Small groups stood at the interchange until late; shops closed early.',
    by: 'police',
    after: 2,
  },
  {
    kind: 'family',
    text: 'The mother was at the hospital all night. She asks that nobody comes to the house in uniform.',
    by: 'children',
    after: 3,
  },
  {
    kind: 'school',
    text: 'The college knows, and its safeguarding lead speaks to the year group this morning.',
    by: 'education',
    after: 3,
  },
  {
    kind: 'rumour',
    text: 'It is said that somebody has died. Nobody has; the college and the youth club say so today.',
    by: 'education',
    after: 4,
  },
  {
    kind: 'online',
    authority: 'OSA-SYN-0417',
    text: 'Two posts name a place and a time for tomorrow. Reported, and one is gone.',
    by: 'police',
    after: 5,
  },
  {
    kind: 'retaliation',
    text: 'Friends may look for whoever did it at the interchange after college; two said so to their mentor.',
    by: 'youth-justice',
    after: 5,
  },
  {
    kind: 'offer',
    text: 'A hospital navigator offered to come to the ward. Accepted for this afternoon.',
    by: 'health',
    after: 6,
  },
  {
    kind: 'offer',
    text: 'Mediation was offered to both groups through the youth club. One wants to think about it.',
    by: 'council',
    after: 20,
  },
  {
    kind: 'reassurance',
    text: 'Youth workers and two officers whom people know are at the interchange from three to seven all week.',
    by: 'council',
    after: 22,
  },
  {
    kind: 'tension',
    grade: 'uneasy',
    text: 'Quieter since Tuesday; parents still fetch their children by car.',
    by: 'council',
    after: 70,
  },
]

export const reviews: readonly { affected: string; result: string }[] = [
  {
    affected:
      'At home since Thursday. The navigator comes twice a week, and the college has a plan for the way back.',
    result:
      'Youth workers at the interchange helped most. The second offer of mediation came too late: make it on the first day.',
  },
  {
    affected: 'Both are safe, and one has moved college at their own wish.',
    result:
      'Everything that was promised was done but for the letter to parents, which the council sends this week.',
  },
]
