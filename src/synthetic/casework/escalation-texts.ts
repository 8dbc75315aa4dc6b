/** What meetings of the synthetic partnership raise to boards, and what comes back. Nobody is named, and no place that is anybody's. */

export interface EscalationText {
  what: string
  because: string
  answer: string
  /** What follows from the answer; null where it is the whole. */
  task: string | null
}

export const escalationTexts: readonly EscalationText[] = [
  {
    what: 'Which agency leads where three work with the same household?',
    because:
      'Three plans with three leads were found on the same day, and no meeting can tell another agency to stop.',
    answer:
      'Children’s services lead while a child is in the household, because they see it most often; the others work to their plan.',
    task: 'Write down who leads where several agencies work with a household, and bring it to the next board.',
  },
  {
    what: 'Cover in the evenings of the holidays',
    because: 'Youth work ends at six and harm falls later; the hours are paid from another budget.',
    answer:
      'The hours move to the evening for the holidays, paid from the grant; what changed is looked at in October.',
    task: 'Move the hours of youth work to the evening for the holidays, and say what it cost.',
  },
  {
    what: 'No place in mentoring before the autumn',
    because: 'Eleven offers wait, and the programme is full until September.',
    answer:
      'Twelve more places are bought until March. Who waited, and how long, comes to the board by age and ethnicity.',
    task: 'Buy twelve more places in mentoring until March.',
  },
  {
    what: 'The hospital shares no times of arrival',
    because: 'Hotspots are asked for by the hour, and the agreement names days alone.',
    answer: 'The commissioner and the hospital change the agreement: hours, and still nobody’s name.',
    task: 'Change the agreement so that hours of arrival are shared, without names.',
  },
  {
    what: 'Lights in four stairwells are mended by nobody',
    because: 'Two owners each say that it is the other’s.',
    answer: 'The council mends them now and settles with the owners after.',
    task: 'Mend the lights in the four stairwells, and settle the cost with the owners.',
  },
  {
    what: 'Schools outside of the agreement ask for advice',
    because: 'They may not be told anything, and ask every week.',
    answer:
      'They are invited to sign by the end of term. Until then they get training, and no information about anybody.',
    task: null,
  },
  {
    what: 'The same bus route stands on three agendas',
    because: 'Each meeting sends somebody, and nobody owns the plan.',
    answer:
      'The route is one plan, led by the police, with the operator; the daily meetings send what they hear there.',
    task: 'Open one plan for the bus route, with the operator.',
  },
  {
    what: 'More people of one age group are proposed than live in the borough’s share',
    because: 'The panel cannot say whether it is need or who refers.',
    answer:
      'Referrals, proposals and decisions by age and ethnicity are looked at for two years, with intervals, before the next review.',
    task: 'Bring referrals, proposals and decisions of two years by age and ethnicity, with intervals.',
  },
  {
    what: 'Nobody pays for interpreters in first meetings',
    because: 'Families are asked to bring somebody, which is not safe.',
    answer: 'Each agency pays for its own from this month. A friend or a child is never asked to interpret.',
    task: null,
  },
  {
    what: 'Knife arch at the interchange: who asks the people who use it?',
    because: 'It was bid for twice, and nobody asked those who pass it every day.',
    answer:
      'Not before young people and the scrutiny panel were asked; the bid comes back with what they said.',
    task: 'Ask young people and the scrutiny panel about the knife arch, and bring what they said.',
  },
  {
    what: 'Releases on a Friday afternoon',
    because: 'Housing and the pharmacy are closed, and the first night is the hardest.',
    answer:
      'Probation asks for Thursdays where the law lets it; a number is answered on Friday nights from January.',
    task: 'Ask for releases on Thursdays where the law lets it, and staff a number on Friday nights.',
  },
  {
    what: 'Two panels decide about the same people',
    because: 'A borough panel and the force’s list overlap, and families are told different things.',
    answer: 'The panel that knows them first decides; the other is told and brings what it knows.',
    task: null,
  },
]

export const takenBack: readonly string[] = [
  'It was settled between the two agencies on the same day.',
  'The bid was taken back, and the question with it.',
]
