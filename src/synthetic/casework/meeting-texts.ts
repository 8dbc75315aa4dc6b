/**
 * What is said and decided in meetings of the synthetic partnership. Plain sentences; nobody is named, nobody labelled
 * (R1, R26), and no music, dress or family is a ground (R4).
 */

export const matters: Readonly<Record<string, readonly string[]>> = {
  incident: [
    'Stabbing, slight injury, street or road',
    'Robbery, somebody under 18, bus, train, tram or station',
    'Other violence, slight injury, outside an address',
    'Weapon seen or found, park or open space',
    'Threat to life or of violence, somebody under 18',
    'Disorder between groups, street or road',
    'Exploitation, or a home taken over, inside a dwelling',
  ],
  missing: ['Somebody under 18, found', 'Somebody under 18, missing still', 'An adult, found'],
  event: ['4 hurt, 1 suspected', '2 hurt', '3 at risk, 1 saw it', '6 hurt, 2 suspected'],
  referral: [
    'A child or young person under 18: new, it should be looked at by tomorrow',
    'A child or young person under 18: overdue, it can wait a few days',
    'A place: new, it can wait a few days',
  ],
  place: [
    'The steps behind the library',
    'The bus interchange after school',
    'The park by the canal',
    'A stairwell',
  ],
  topic: ['Cover over the holidays', 'A campaign in the colleges', 'How referrals are described'],
  bid: ['Task force, four evenings, city centre', 'Knife arch for a weekend', 'Youth workers on a bus route'],
  figure: ['The quarter in figures', 'Equality of what was done', 'Training so far'],
  person: ['Way home from school', 'Help after an injury', 'Before a release', 'A safety plan that runs out'],
}

export const said: Readonly<Record<'note' | 'shared' | 'question', readonly string[]>> = {
  note: [
    'it was agreed to look at it again tomorrow.',
    'nothing new since yesterday.',
    'the school and the youth team speak about it this afternoon.',
    'officers are there after school all week.',
  ],
  shared: [
    'the injury was treated, and they went home with an adult.',
    'somebody they trust works at the youth club and is there on Tuesdays.',
    'they were in school yesterday and today, and came on time.',
    'they said themselves that they take another way home now.',
    'a safety plan is in place, and the next visit is on Thursday.',
    'neighbours rang about the stairwell twice this week.',
    'there is a place free in the mentoring programme from Monday.',
  ],
  question: [
    'who has spoken to the family since?',
    'does anybody know a trusted adult?',
    'is there a camera at the interchange that works?',
  ],
}

export const decided: readonly string[] = [
  'A youth worker meets them at school on Monday, because they asked for somebody from outside.',
  'No further action by this meeting: early help is in touch, and that is enough for now.',
  'Two officers and a youth worker are at the interchange from 15:00 to 17:00 this week, because both robberies fell there.',
  'The emergency department offers help again, because nobody was reached yesterday.',
  'It goes to the operational forum, because three agencies work on it without one plan.',
  'The school keeps the place open, and attendance is looked at in a fortnight.',
  'Housing is asked for a move before the release, because the old address is not safe.',
  'Lights and cameras are checked by the council before the weekend.',
]

export const tasks: readonly string[] = [
  'Offer a first meeting with a youth worker, and say what came of it.',
  'Ring the bus operator about cameras and times.',
  'Look at the lights and the sight lines at the place.',
  'Write the safety plan down, with the person, and share its summary.',
  'Ask the school who the trusted adult is.',
  'Visit with the neighbourhood officer.',
  'Check whether help from the hospital was taken up.',
  'Bring the figures of the last four weeks for the place.',
]

export const results: readonly string[] = [
  'Done: they met, and meet again next week.',
  'Done: two cameras were turned, one was mended.',
  'Done: offered, and declined for now. Asked again in a month.',
  'Done: the plan is written and the summary given.',
]

export const boardDecisions: readonly string[] = [
  'The task force goes to the city centre for four evenings, because harm reported there stood out for three weeks.',
  'The bid is declined: the same was asked for last month and its result is not in yet.',
  'The training plan is agreed for two more terms, with a look at who was not reached.',
  'The board asks for the same figures by ethnicity and age, with intervals.',
  'What was escalated is answered: one lead agency is named, and the plan comes back in six weeks.',
]
