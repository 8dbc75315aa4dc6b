/**
 * What referrals of the synthetic partnership say: what somebody saw, what the child says and wants, what goes well, and
 * what coordinators answer. Signs are never the whole of it (R4), and nothing is added up (R6).
 */
import type { OtherPerson } from '../../casework/intake/referrals/answers.ts'
import type { DeclineReasonId } from '../../casework/intake/triage/decline-reasons.ts'

interface Concern {
  seen: string
  said?: string
  wants?: string
  signs: readonly string[]
}

export const childConcerns: readonly Concern[] = [
  {
    seen: 'Came to school on Monday with a bruised cheek and sat apart at lunch. Two people who are not pupils waited across the road on three afternoons; staff walked along to the bus.',
    said: '“It is nothing. They just want to talk.”',
    wants: 'To get home without being followed.',
    signs: ['TTS10', 'TTS19'],
  },
  {
    seen: 'Has missed eleven mornings in four weeks after good attendance. When here, falls asleep in lessons. The mother found a second telephone that rings at night.',
    said: '“If I turn it off they come to the house.”',
    wants: 'For it to stop, and for nobody to get into trouble.',
    signs: ['TTS03', 'TTS06', 'TTS12'],
  },
  {
    seen: 'Told a mentor about a debt that started with a lost bag and grows each week. Did not say who it is owed to. Hands shook while telling it.',
    said: '“I only held it for one night.”',
    wants: 'Somebody who talks to them before they come again.',
    signs: ['TTS05', 'GYW03'],
  },
  {
    seen: 'Was missing from Friday evening until Sunday and came home by train with a ticket from another town. Would not eat at school on Monday.',
    said: 'Nothing about the weekend yet. Asked whether the door of the office locks.',
    wants: 'To stay with the same mentor.',
    signs: ['TTS21', 'TTS06'],
  },
  {
    seen: 'Was seen at the doctor’s with low mood for the second time; nobody had asked about what happens outside. Deletes messages before anybody can see them. A friend told a teacher that pictures are being kept to make them do things.',
    said: '“You cannot help with this.”',
    wants: 'To change the route to school, and a woman to talk to.',
    signs: ['GYW01', 'TTS20'],
  },
  {
    seen: 'Was found on the way to school with a kitchen knife and handed it over at once. It was the first time, and staff believe that fear of one corner is behind it.',
    said: '“I would not use it. I just want them to see it.”',
    wants: 'A lift in the mornings, and to stay at this school.',
    signs: ['TTS19', 'TTS20'],
  },
  {
    seen: 'Has stopped football and the homework club within a month and has new shoes that the father did not buy. An older person in a car drops them at the gate.',
    said: '“He is just somebody who looks out for me.”',
    wants: 'Has not been asked yet; a trusted teacher will.',
    signs: ['TTS08', 'TTS05', 'TTS12'],
  },
  {
    seen: 'Came to the emergency department with a cut of the forearm that needed stitches, and left before the talk with the navigator. The aunt rang later and asked for help.',
    said: '“I fell on glass.”',
    signs: ['TTS10'],
  },
]

export const adultConcerns: readonly Concern[] = [
  {
    seen: 'Leaves custody in three weeks and has nowhere to live but the street where it all happened. Has asked twice for help to go elsewhere.',
    said: '“If I go back there I know how it ends.”',
    wants: 'A room in another part of the area, and work that starts soon.',
    signs: ['TTS19'],
  },
  {
    seen: 'Was hurt outside a shop for the second time this year and would not talk to the police. Accepted a cup of tea and an hour with a navigator.',
    said: '“I have a little girl. I want this over.”',
    wants: 'Help with the landlord and somebody to ring at night.',
    signs: ['TTS10'],
  },
  {
    seen: 'Others come and go in the flat and the tenant sleeps in the kitchen. Speaks quietly when they are there. The rent is paid by somebody else since spring.',
    wants: 'To have the door to themselves again.',
    signs: ['TTS05', 'TTS18'],
  },
]

export const settingConcerns = {
  family: [
    'The eldest was hurt in September and the two younger ones are now walked to school by an uncle. The parents ask what to do when somebody rings the bell at night.',
    'Stones were thrown at the front window twice. The children sleep in the back room, and the parents have asked to move.',
  ],
  group: [
    'Four children from two schools are picked up together after school on Thursdays by the same grey car. Staff of both schools saw it; none of the children will say where they go.',
    'Five friends stopped coming to the youth club in the same week. Two of their mothers say that they are afraid of the way there.',
  ],
  place: [
    'Since the lights failed in the underpass there were three robberies of children on the way from school. The shops close at six and nobody else is there.',
    'Young people say that older ones wait at the bus shelter on Friday evenings and ask them to carry things. Drivers have noticed it as well.',
  ],
  school: [
    'Two pupils were followed home in one week, and parents have begun to keep children at home. The head asks for somebody at the gate until half-term.',
    'Threats were read out in a lesson after a quarrel between pupils of two schools. Both heads would like to talk with one lead.',
  ],
} as const

export const placeNames = {
  family: 'Family at Placeholder Street (synthetic)',
  group: 'Children who meet at Mockham Road (synthetic)',
  place: 'Underpass at Sample Close (synthetic)',
  school: 'Fictionby Academy (synthetic)',
} as const

export const strengthsTold = [
  'Likes the art room and trusts the teacher there. The grandmother is at home every afternoon.',
  'Comes to boxing twice a week. The coach would come to a meeting.',
  'Is close to an older sister, who rings us when she worries.',
  'Was chosen as a reading partner for younger pupils and has not missed a session.',
  'Wants to be an electrician and has a visit to the college in the diary.',
  'Speaks openly with the school nurse on Wednesdays.',
] as const

export const siblings: readonly OtherPerson[] = [
  { name: 'Younger brother', age: '7', relation: 'Brother' },
  { name: 'Younger sister', age: '6', relation: 'Sister' },
  { name: 'Cousin who lives with them', age: 'about 15', relation: 'Cousin' },
]

export const whyNotTold = [
  'Telling the family first could make it less safe for the child; the mother will be told with the social worker.',
  'Could not be reached since; we will tell them when they are next in.',
] as const

export const acceptedBecause = [
  'Harm outside the home by people older than the child. Several services know a part; one lead worker is needed.',
  'Fits the programme, and the young person asked for it. Nobody else is working with them at present.',
  'Fear and a debt, with school at risk. The parents do well; that does not make it less.',
  'Hurt twice in a year. The offer in hospital was taken up and needs somebody to carry on.',
] as const

export const acceptedTold = [
  'Thank you. A youth worker rings the family this week, and rings you afterwards.',
  'Accepted. Please keep the Wednesday talks going; the lead worker will come to one.',
  'Accepted with one lead. You are asked to the first meeting, and so is the coach.',
] as const

export const declined: Readonly<Record<DeclineReasonId, { because: string; told: string }>> = {
  'already-helped': {
    because:
      'A social worker has been working with the family since the summer; a second lead would confuse.',
    told: 'Thank you. The family has a social worker already, who has what you wrote and will ring you.',
  },
  'another-service': {
    because: 'Grief after a death is in front. The bereavement service fits better and has room.',
    told: 'The bereavement service fits better; we have asked them to get in touch with you this week.',
  },
  'below-threshold': {
    because: 'One quarrel between friends, mended since. Nobody else is involved as far as anybody knows.',
    told: 'Support by your own pastoral team is enough for now. If somebody older turns up, refer again the same day.',
  },
  'not-enough-known': {
    because: 'Rang twice; the referrer is away until Monday. Nothing yet says who was hurt, or where.',
    told: 'We tried to ring. Please ring back and tell us what was seen; we look at it again at once.',
  },
  'not-wanted': {
    because: 'An adult who was asked twice and does not want it. Nobody is at risk or coerced.',
    told: 'They do not want help now. They have our number, and you may refer again when that changes.',
  },
  'outside-area': {
    because: 'Lives in another county since August; the children’s services there were rung and know.',
    told: 'The family lives outside the area. We have passed it on to the desk there and told them that you ask.',
  },
  duplicate: {
    because: 'The same concern came from another agency last week and was accepted.',
    told: 'Thank you: somebody else told us of this as well, and help has begun. Your part is added to it.',
  },
}

export const challengeBecause = [
  'The decision says that the parents do well. That is so, and it is not the parents who hurt the child. The debt was not looked at.',
  'We were told to go on by ourselves. We have done that since spring, and it has got worse twice.',
  'It was read as one quarrel. There were three, with the same older person each time.',
] as const

export const withdrawBecause = [
  'The family has moved, and the school there has taken it up.',
  'Sent for the wrong pupil; a new referral follows.',
  'They have a lead worker since yesterday.',
] as const

export const correctBecause = ['The address was the old one.', 'We have spoken to the child since.'] as const
