/** What agencies of the synthetic partnership ask each other, and answer. */

export const questions: readonly { question: string; because: string }[] = [
  {
    question: 'Is there a trusted adult at your place, and may we come to you to meet?',
    because: 'A first visit is planned for next week, and a stranger at the door did not work last time.',
  },
  {
    question: 'How has attendance been since September, and what changed when it fell?',
    because: 'An assessment is due. Dates of absence show whether school or the way there is the worry.',
  },
  {
    question: 'What keeps them safe at present, and what have you agreed with the family?',
    because:
      'We are writing a safety plan and do not want to undo yours. The plan is enough; no history is needed.',
  },
  {
    question: 'Which contacts are planned in the next fortnight?',
    because: 'Three services ring the same household. We would like to go together.',
  },
  {
    question: 'What do they themselves say and want, as far as you have heard?',
    because: 'A meeting decides about support on Thursday, and nobody there has met them.',
  },
  {
    question: 'Which address do you have since the summer?',
    because: 'Two letters came back. Nothing but the address is needed.',
  },
]

export const writtenAnswers: Readonly<Record<string, readonly string[]>> = {
  summary: [
    'Known to us since spring. Goes well with one worker; two visits a month. No change since the last meeting.',
    'We met three times. They want help with college and with the way home. A safety plan is agreed with the mother.',
  ],
  attendance: [
    'Present at 92 of 110 sessions since September. Absences lie on Monday and Friday mornings. One suspension of a day.',
    'Present at 71 of 110 sessions since September, after two terms without a gap. No exclusion.',
  ],
}

export const refusals = [
  'We hold nothing that answers this. A joint visit would tell more; please ring us.',
  'The question goes further than the plan needs. Ask again for contacts only, and we answer the same day.',
  'They asked us not to share this now, and nobody is at risk. We look at it again with them next week.',
] as const

export const offeredBecause = [
  'The lead worker changes, and the new one should know what has been agreed.',
  'A meeting on Thursday needs this to decide about support.',
] as const

export const told = [
  'Told: at the visit, and given the notice',
  'Told: the mother, by telephone',
  'Not told: they could not be reached; the lead worker tells them at the next visit',
] as const

export const emergencies = [
  'A threat was heard for tonight, and you are the one who sees them this evening.',
  'Left the ward an hour ago with a wound that needs care, and was afraid to go home.',
] as const

export const glassReasons = [
  'Came in hurt and alone, and could not say whom to ring. Looked for a parent’s number.',
  'On call at the weekend: a neighbour reported shouting, and nobody of the lead agency could be reached.',
  'Found on a bench at night and would not give an address.',
] as const

export const glassOutcomes = [
  'Right to look: a number was found and rung within ten minutes. No more than that was opened.',
  'The reason holds. The duty desk could have been asked first; said so to the team.',
] as const
