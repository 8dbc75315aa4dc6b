/** What is written of custody and other arrangements in the synthetic partnership. Of nobody real, and of no real place. */

export const establishments = {
  adult: ['HMP Placeholder (synthetic)', 'HMP Mockham (synthetic)', 'HMP and YOI Figment (synthetic)'],
  child: ['YOI Sampleton (synthetic)', 'Secure children’s home Pretendley (synthetic)'],
} as const

export const wings = ['A wing', 'B wing', 'C wing', 'Induction unit', '']

export const conflicts = [
  {
    nature: 'reported',
    text: 'Says that somebody on the next wing asks for money of an old debt. Asked to eat at another hour.',
    source: 'Told their key worker',
  },
  {
    nature: 'fact',
    text: 'A fight in the yard with two others. All three were seen by a nurse, and are kept on different wings since.',
    source: 'Incident report of the establishment',
  },
  {
    nature: 'assessment',
    text: 'Should not share a workshop with those who were tried together with them, until the mediation has been offered.',
    source: 'Offender manager, after the review',
  },
  {
    nature: 'reported',
    text: 'A threat was shouted through a window at night. They sleep badly and have asked for a move.',
    source: 'Night officer',
  },
] as const

export const visitors = [
  {
    nature: 'reported',
    text: 'A visitor whom they did not expect left them frightened. They ask that the visit is not booked again.',
    source: 'Visits hall, told afterwards',
  },
  {
    nature: 'assessment',
    text: 'Calls of an adult who is not on the list come before each demand for money.',
    source: 'Safer custody team',
  },
] as const

export const overBecause = [
  'Moved to another establishment; no contact since.',
  'Both asked for it to be over, and it is.',
]

export const releaseBecause = [
  'The sentence was calculated anew.',
  'Released on licence, if the address is approved.',
  'The hearing was put off by a fortnight.',
]

export const custodyReviewed = [
  'Works in the kitchen, and speaks with the family again.',
  'Finished a course; the first night is not settled yet.',
]

export const toldBy = [
  'The panel, at its last meeting',
  'Their probation officer, by telephone',
  'The person themselves',
  'The social worker, at the strategy meeting',
]

export const leadPosts: Readonly<Record<string, string>> = {
  iom: 'Offender manager of the IOM team (synthetic)',
  mappa: 'MAPPA coordinator (synthetic)',
  magu: 'Case worker of the unit (synthetic)',
  'youth-offending': 'Youth justice worker (synthetic)',
  probation: 'Probation officer (synthetic)',
  'social-care': 'Social worker (synthetic)',
}
