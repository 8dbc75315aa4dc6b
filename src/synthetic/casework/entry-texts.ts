/**
 * What workers of the synthetic partnership write about people: plain sentences of what was seen, said or concluded. No
 * word labels anybody (R1), no music, dress or family is a ground (R4), and no child is made to look grown up (R26).
 */
import type { EntryKind, EventRole, Nature } from '../../casework/register/register.ts'

export interface EntryText {
  kind: EntryKind
  nature: Nature
  role?: EventRole
  text: string
  source: string
  /** 3x5x2, where it is intelligence. */
  grade?: readonly [number, string]
  conditions?: string
  /** Whom it fits, in years; everybody where it is left out. */
  ages?: readonly [least: number, most: number]
}

export const text = (
  kind: EntryKind,
  nature: Nature,
  source: string,
  words: string,
  ages?: EntryText['ages'],
): EntryText => ({ kind, nature, source, text: words, ...(ages ? { ages } : {}) })

export const strengthTexts: readonly EntryText[] = [
  text(
    'strength',
    'fact',
    'Attendance register',
    'Came to every lesson this fortnight, and stayed for the homework club on both Thursdays.',
    [4, 18],
  ),
  text(
    'strength',
    'fact',
    'Seen by the author',
    'Helped a younger pupil who was lost on the first day, without being asked.',
    [4, 18],
  ),
  text(
    'strength',
    'reported',
    'Their aunt, by telephone',
    'Looks after a little brother after school and is proud of it.',
    [9, 24],
  ),
  text(
    'strength',
    'assessment',
    'The author',
    'Trusts one mentor and says so. Keeping that adult matters more than any new service.',
  ),
  text(
    'strength',
    'fact',
    'Coach of the boxing club',
    'Has trained twice a week since spring and has started to help with the juniors.',
    [9, 24],
  ),
  text(
    'strength',
    'reported',
    'Their grandmother, at home',
    'Cooks for the family on Sundays; everybody sits at one table.',
  ),
  text(
    'strength',
    'fact',
    'College',
    'Finished the first unit of a course in motor mechanics and has a place for the second.',
    [16, 120],
  ),
  text(
    'strength',
    'assessment',
    'The author',
    'Asks for help early when something goes wrong. That was new this year.',
  ),
  text(
    'strength',
    'fact',
    'Employer of a Saturday job',
    'Has been on time for eight Saturdays. The shop would like them to stay.',
    [16, 120],
  ),
  text(
    'strength',
    'reported',
    'Form tutor',
    'Speaks well in front of others and was chosen for the school council.',
    [4, 18],
  ),
]

export const viewTexts: readonly EntryText[] = [
  text(
    'view',
    'reported',
    'The young person',
    '“I want to do my exams and be left alone. I do not want to move school again.”',
    [14, 18],
  ),
  text(
    'view',
    'reported',
    'The young person',
    '“People talk about me and not to me. Ask me first, then I will tell you.”',
  ),
  text(
    'view',
    'reported',
    'The young person',
    '“I would go back to football if it was not on that side of the park.”',
    [9, 24],
  ),
  text(
    'view',
    'reported',
    'The person',
    'Wants work that starts before the summer, and somebody to go along to the first day.',
    [16, 120],
  ),
  text(
    'view',
    'reported',
    'The young person',
    'Would rather meet at the library than at home. Mornings are good.',
  ),
  text(
    'view',
    'reported',
    'The person',
    'Agrees to a weekly visit for now, and wants to look at that again after Christmas.',
    [16, 120],
  ),
  text(
    'view',
    'reported',
    'The young person',
    '“My mum worries more than I do. Can somebody talk to her as well?”',
    [4, 18],
  ),
]

export const safetyTexts: readonly EntryText[] = [
  text(
    'safety',
    'fact',
    'Agreed with the parent',
    'Is met at the bus stop on Tuesdays and Thursdays until the end of term.',
  ),
  text(
    'safety',
    'assessment',
    'The author',
    'Feels safe at school and on the number 50 bus, not on the walk past the shops after dark.',
    [4, 18],
  ),
  text(
    'safety',
    'fact',
    'Housing officer',
    'The lock of the front door was changed, and the family has the number of the out of hours desk.',
  ),
  text(
    'safety',
    'reported',
    'The young person',
    'Has a cousin’s home to go to when it gets too much, and has used it once.',
  ),
  text(
    'safety',
    'fact',
    'Safety plan',
    'Knows whom to ring at night, and showed that the number is in the telephone.',
  ),
  text(
    'safety',
    'assessment',
    'The author',
    'Needs a way home from training that does not cross the car park. The club can give a lift.',
  ),
]

export const contactTexts: readonly EntryText[] = [
  text(
    'contact',
    'fact',
    'The author',
    'Met at the youth centre for an hour. Talked about college and about sleep. Next meeting in a week.',
  ),
  text(
    'contact',
    'fact',
    'The author',
    'Rang at the agreed time; no answer. Sent a message with two other times.',
  ),
  text(
    'contact',
    'fact',
    'The author',
    'Visited at home with a colleague. The mother was there and joined for the second half.',
  ),
  text(
    'contact',
    'fact',
    'The author',
    'Came to the office without an appointment and asked for help with a form. It was sent off together.',
  ),
  text(
    'contact',
    'fact',
    'The author',
    'Walked together from school to the club. It took twenty minutes and said more than the last three meetings.',
    [4, 18],
  ),
  text(
    'contact',
    'fact',
    'The author',
    'Did not come to the meeting. Rang the next day to say sorry; a new one is agreed.',
  ),
  text(
    'contact',
    'fact',
    'The author',
    'First meeting. Explained who may read what is written, and gave the notice about it.',
  ),
]

const concern = (
  role: EventRole | undefined,
  nature: Nature,
  source: string,
  words: string,
  ages?: EntryText['ages'],
): EntryText => ({ ...text('concern', nature, source, words, ages), ...(role ? { role } : {}) })

export const concernTexts: readonly EntryText[] = [
  concern(
    'at-risk',
    'reported',
    'Form tutor',
    'Has new things that nobody at home bought, and will not say who gave them.',
    [9, 24],
  ),
  concern(
    'at-risk',
    'fact',
    'Attendance register',
    'Missed nine mornings in three weeks after two terms without a gap.',
    [4, 18],
  ),
  concern(
    undefined,
    'assessment',
    'The author',
    'Seems frightened of being seen near the shops. Would not say why; asked to be met indoors.',
  ),
  concern(
    'at-risk',
    'reported',
    'Their mother, by telephone',
    'Was out until two in the morning on Saturday and came home without shoes. She rang the police.',
    [4, 18],
  ),
  concern(
    'at-risk',
    'reported',
    'The young person',
    'Says that somebody keeps a debt over them that grows each week.',
  ),
  concern(
    undefined,
    'assessment',
    'The author',
    'Low and tired for a month. The doctor’s appointment is on the way; somebody should go along.',
  ),
  concern(
    'at-risk',
    'reported',
    'Youth worker',
    'Was asked to hold a bag for somebody older and was told not to look into it.',
  ),
]

export const circleTexts: readonly EntryText[] = [
  text(
    'contact',
    'fact',
    'The author',
    'First of six talks between the two young people. Both came, each with an adult of their choice.',
  ),
  text(
    'safety',
    'assessment',
    'The author',
    'Neither wants the other hurt. They agreed on who uses the court on which evenings.',
  ),
  text('view', 'reported', 'The young person', '“I will talk if nobody writes down where I live.”'),
  text(
    'contact',
    'fact',
    'The author',
    'Talked about sleep and about pain after the wound. A dressing is booked for Friday.',
  ),
  text(
    'strength',
    'fact',
    'The author',
    'Came to the session alone for the first time and stayed to the end.',
  ),
]
