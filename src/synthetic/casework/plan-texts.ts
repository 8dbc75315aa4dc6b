/** Words of plans: observed, kind, without a name. */
import type { PathwayId, TurningPoint } from '../../casework/plans/pathways.ts'
import type { FourP } from '../../casework/tasking/actions/action.ts'

export const aims = [
  'Is at school or at work every day, and safe on the way there and back.',
  'Has a place to live in which nobody else decides who comes in.',
  'Is not used by others to carry anything, and has somebody to ring when they try.',
  'Has somebody to trust when it gets loud, and goes to them before it does.',
  'Gets through the first three months out of custody with work, a home and a way to be heard.',
  'Sleeps at home, eats there, and says that it is quiet.',
]

export const planStrengths = [
  'Keeps every appointment with the mentor, also when it rains.',
  'Looks after a younger child every afternoon, and is proud of it.',
  'Is good with engines, and knows somebody who has a workshop.',
  'Grandmother is there on Sundays and is listened to.',
  'Asks for help by text before a quarrel starts.',
  'Has finished a course and hangs the certificate in the kitchen.',
]

export const ownWords = [
  'I want my own room and a door that shuts.',
  'I want to work, not talk about working.',
  'I do not want them to wait for me any more.',
  'I would go back to school if I could start at ten.',
  'I like Tuesdays because somebody rings.',
  'I want my mother to stop worrying.',
]

export const told = [
  'Told by the mentor what the plan is for, who reads it and how to challenge it. Has a copy of the page for young people.',
  'Told at home with a parent there. Asked that the school reads no more than it needs, and that was agreed.',
  'Not told yet: it could add to the danger at home. To be looked at again in two weeks.',
]

export const turns: readonly { kind: TurningPoint; text: string }[] = [
  { kind: 'injury', text: 'Was hurt on the way home and talked to the navigator for an hour.' },
  { kind: 'release', text: 'Leaves custody, and has asked who will be at the gate.' },
  { kind: 'birth', text: 'Becomes a parent in the spring.' },
  { kind: 'job', text: 'Begins an apprenticeship, three days a week.' },
  { kind: 'other', text: 'Moved to an aunt, two bus lines away.' },
]

export const needTexts: Readonly<Record<PathwayId, readonly string[]>> = {
  'education-work': [
    'A timetable that begins when they can be there.',
    'A way into work that does not ask for a bank account first.',
  ],
  housing: ['A tenancy of their own, away from who waits outside.', 'Repairs to the front door.'],
  mentoring: ['One adult who stays.', 'Somebody to walk with on Thursdays.'],
  mediation: ['A conversation with the others, with somebody in between.'],
  'mental-health': ['Help with sleeping, and with what comes back at night.'],
  family: ['Somebody for the parents to talk to.', 'Time together without a quarrel about the past.'],
}

export const offerTexts: Readonly<Record<PathwayId, readonly [string, string]>> = {
  'education-work': ['A trial week in a workshop', 'Workshop Figmentfield (synthetic)'],
  housing: ['A place in supported housing', 'Placeholder Homes (synthetic)'],
  mentoring: ['A mentor on Tuesdays and Thursdays', 'Mentors of Sampleton (synthetic)'],
  mediation: ['Three conversations with a mediator', 'Mediators of Mockham (synthetic)'],
  'mental-health': ['Six sessions, the first within two weeks', 'Clinic Pretendley (synthetic)'],
  family: ['A family worker for ten weeks', 'Families of Fictionby (synthetic)'],
}

export const offerOutcomes = [
  'Went to all of it, and asks what comes next.',
  'Went to half, and says that half was enough.',
  'Stopped after the second time; it clashed with work.',
]

export const actionTexts: Readonly<Record<FourP, readonly string[]>> = {
  protect: [
    'Walk the way home once and agree on another one',
    'Ask what would make them feel safe at home',
    'Ring every Friday until the end of the month',
    'Put the address on the list for a quick response',
    'Change the lock, and show how it works',
    'Agree with the school who meets them at the gate',
    'Ask about the bruise, with a nurse there',
  ],
  prepare: [
    'Find a place on the course that begins next month',
    'Go along to the first appointment',
    'Write the application together',
    'Open a bank account',
    'Ask the landlord for a second viewing',
    'Offer the parents an evening with a family worker',
    'Find out which benefits are missing',
  ],
  prevent: [
    'Offer the group at the bus stop something to do on Thursdays',
    'Talk to the shopkeeper about what was seen',
    'Go through the first week after the holidays, day by day',
    'Speak at the assembly of the year',
    'Ask the club to hold a place until they come',
    'Agree what happens when they are late, before they are',
  ],
  pursue: [
    'Look for the camera pictures of the evening',
    'Take the statement of who saw it',
    'Ask for the order to be varied',
    'Work on whoever holds the telephone',
    'Tell the police what is known of that evening',
  ],
}

export const workTexts = [
  'Bring the attendance of the autumn term',
  'Agree who covers the drop-in over the holidays',
  'Send the list of clubs that are open on Fridays',
  'Ask the bus company for lights at the last stop',
  'Train the new colleagues in noting concerns',
  'Write to the shopkeepers of the parade about whom to ring',
]

export const results = [
  'Done, and they were glad of it.',
  'Done on the second try.',
  'Done; a copy is with the family.',
  'Done with a colleague. Nothing else came of it.',
  'Done. They asked for more of it, and that is arranged.',
]

export const notDone = [
  'They had moved by then.',
  'The service has no place before the summer.',
  'They did not want it, and said why.',
  'Overtaken by what the court decided.',
]

export const noted = [
  'Rang twice, left a message.',
  'Met at the library; they will think about it.',
  'The form is with the other agency.',
  'Waiting for an answer by Friday.',
]

export const movedBecause = [
  'The worker is away that week.',
  'They asked for a later day.',
  'The place opens in a month.',
]

export const escalatedBecause = [
  'Nobody of the service answers, and the date has passed twice.',
  'It needs somebody who can decide about money.',
]

export const reviewNotes = [
  'Sleeps better and is at school four days in five. The need for housing stays.',
  'Two offers taken up. What pursues has ended; what prepares goes on.',
  'A hard month. The mentor stays, and the next review is earlier.',
]

export const closedOutcomes = [
  'In work since three months, lives on their own and rings by themselves.',
  'At college, safe on the way, and the family wants no more visits. They were asked, and agree.',
  'Moved to another area, where others have taken over with their agreement.',
]

export const placeNames = [
  ['The parade at the last stop (synthetic)', 'transport'],
  ['The academy’s gate (synthetic)', 'school'],
  ['The all-night shop (synthetic)', 'licensed-premises'],
  ['The flat above the bakery (synthetic)', 'home'],
  ['The park behind the baths (synthetic)', 'open-space'],
  ['The house with six rooms (synthetic)', 'childrens-home'],
] as const

export const lineNames = [
  ['Line of the grey bridge (synthetic)', 'Birmingham', ['Shrewsbury', 'Telford'], 'active'],
  ['Line of the third platform (synthetic)', 'Wolverhampton', ['Hereford'], 'disrupted'],
  ['Line of the blue door (synthetic)', 'Coventry', ['Rugby', 'Daventry'], 'closed'],
] as const
