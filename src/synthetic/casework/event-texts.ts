/** Events in the records of the synthetic partnership, by kind of agency. Roles belong to the event, never to the person (R1). */
import type { EventRole, Nature } from '../../casework/register/register.ts'
import { type EntryText, text } from './entry-texts.ts'

const event = (role: EventRole, nature: Nature, source: string, words: string): EntryText => ({
  ...text('event', nature, source, words),
  role,
})

/** Events by kind of agency; what none of its own is in the list takes the first. */
export const eventTexts: Readonly<Record<string, readonly EntryText[]>> = {
  any: [
    event(
      'witness',
      'reported',
      'The young person',
      'Saw two older people take a telephone from another child near the station, and got home unhurt.',
    ),
    event(
      'at-risk',
      'reported',
      'A neighbour, by telephone',
      'Was shouted at from a car on the way home, for the second time this month. Does not know who it was.',
    ),
    event(
      'injured',
      'reported',
      'The young person',
      'Had a cut on the hand and said that somebody had held a blade out. Was taken to be looked at the same day.',
    ),
  ],
  police: [
    event(
      'injured',
      'fact',
      'Crime report',
      'Was hurt in the arm by somebody not yet known, near the bus station. Reported by a passer-by.',
    ),
    event(
      'witness',
      'fact',
      'Crime report',
      'Gave an account of a robbery in the underpass, with a parent present.',
    ),
    event(
      'suspected',
      'reported',
      'Crime report',
      'Was named by one witness to an assault outside a takeaway. No further action was taken.',
    ),
    event(
      'suspected',
      'fact',
      'Custody record',
      'Was found with a kitchen knife in a bag, said that it was for the way home, and was interviewed with an appropriate adult.',
    ),
    {
      ...event(
        'at-risk',
        'reported',
        'Intelligence report',
        'Was seen with an older person at the retail park late on two evenings. Who that is, and why, is not known.',
      ),
      grade: [2, 'C'],
    },
    {
      ...event(
        'at-risk',
        'reported',
        'Intelligence report',
        'May owe money to somebody who has threatened others for it.',
      ),
      grade: [2, 'D'],
      conditions: 'Not to be told onwards without asking the author',
    },
  ],
  health: [
    event(
      'injured',
      'fact',
      'Attendance at an emergency department',
      'Came in with a wound of the forearm that needed stitches. Said that it was a fall; accepted an offer to talk again.',
    ),
    event(
      'injured',
      'fact',
      'Attendance at an emergency department',
      'Came in with bruises of the ribs, with a friend. Went home with an aunt.',
    ),
  ],
  probation: [
    event(
      'convicted',
      'fact',
      'Court register',
      'Was convicted of possession of a bladed article. Sentenced to a community order with unpaid work.',
    ),
    event(
      'convicted',
      'fact',
      'Court register',
      'Was convicted of affray two years ago and has completed the order since.',
    ),
  ],
  'youth-justice': [
    event(
      'convicted',
      'fact',
      'Youth court',
      'Received a referral order of six months. The panel meets at the library.',
    ),
    event(
      'suspected',
      'fact',
      'Police, to the panel',
      'Was offered a diversion before charge and took it up with a parent.',
    ),
  ],
  education: [
    event(
      'at-risk',
      'fact',
      'School record',
      'Was followed to the gate by two people who are not pupils. Staff walked out and they left.',
    ),
    event(
      'injured',
      'fact',
      'First aid book',
      'Was pushed on the stairs in a quarrel and had a grazed elbow. Both families were rung.',
    ),
    event(
      'witness',
      'fact',
      'School record',
      'Told a teacher that another pupil had been made to hand over a telephone.',
    ),
  ],
}
