import { oneOf } from '../conditions.ts'
import { eventsWhere } from '../counting.ts'
import type { Chosen, Counting, Measure, Variant } from '../measure.ts'

/** Age, gender and ethnic group are asked of people only. */
const about: Variant = {
  name: 'about',
  title: 'About',
  describes: 'All actions, or those about a person, of whom alone it is asked who they are',
  choices: [
    { value: 'all', title: 'all actions' },
    { value: 'people', title: 'about a person' },
  ],
  default: 'all',
}

const actionsWhere = (chosen: Chosen, ...where: string[]): Counting =>
  eventsWhere('actions', null, ...where, ...(chosen.about === 'people' ? ["e.subject = 'person'"] : []))

const common = {
  family: 'Actions and meetings',
  source: 'The casework of this installation, counted every night up to the day before',
  breaks: [
    'What was deleted before casework was counted for the first time is not in it; what is deleted later stays counted.',
  ],
  rate: null,
} satisfies Partial<Measure>

const ofActions = {
  ...common,
  since: 'The first action in Concord',
  counted: 'actions due in the period by the day agreed last, as they stood on the last day counted',
  variants: [about],
}

const log = 'Actions of plans, meetings and placements, and others, of every agency'
const notDue = 'Actions that were not due yet on the last day counted'

export const actionsAndMeetings: Measure[] = [
  {
    ...ofActions,
    id: 'actions-due',
    title: 'Actions due',
    definition: 'Actions whose day is over, whatever became of them.',
    kind: 'count',
    unit: 'actions',
    includes: [log, 'Actions that were withdrawn'],
    excludes: [notDue],
    counting: chosen => actionsWhere(chosen),
  },
  {
    ...ofActions,
    id: 'actions-in-time',
    title: 'Actions done in time',
    definition:
      'Actions that were done by the day agreed last, out of all whose day is over. Whether that day was moved can be told apart.',
    kind: 'proportion',
    unit: '% of actions due',
    includes: [
      log,
      'Actions that were closed as not done: in the base, and not in time',
      'Actions that are still open: in the base, and not in time',
    ],
    excludes: [notDue, 'Actions that were withdrawn'],
    counting: chosen => ({
      ...actionsWhere(chosen, oneOf('e.outcome', ['in-time', 'late', 'overdue', 'not-done'])),
      met: "e.outcome = 'in-time'",
    }),
    notBy: ['outcome'],
  },
  {
    ...ofActions,
    id: 'actions-overdue',
    title: 'Actions overdue',
    definition: 'Actions that were open on the last day counted, although their day was over.',
    kind: 'count',
    unit: 'actions',
    includes: [log],
    excludes: [notDue, 'Actions that were done late, closed as not done, or withdrawn'],
    counting: chosen => actionsWhere(chosen, "e.outcome = 'overdue'"),
    notBy: ['outcome'],
  },
  {
    ...common,
    id: 'meeting-attendance',
    title: 'Attendance at meetings',
    definition: 'Members of meetings who came, out of all who sat in them.',
    kind: 'proportion',
    unit: '% of seats',
    counted: 'seats of meetings held in the period and closed by the last day counted',
    since: 'The first meeting in Concord',
    variants: [],
    includes: ['Every type of meeting', 'Apologies, absence, and what nobody noted: not present'],
    excludes: ['Meetings that were called off, or are not closed'],
    counting: () => ({ ...eventsWhere('meeting_attendance', null), met: "e.attendance = 'present'" }),
    notBy: ['attendance'],
  },
]
