import { closedList } from '../codes/code-list.ts'
import type { Dataset } from '../dataset.ts'
import { agency, coded, countedByNight, describedPerson, monthOf, yesNo } from './casework-columns.ts'

const LOG = 'The action log of Concord'

export const fourPs = closedList('four-ps', 'Heading of a 4P plan', 'Serious and organised crime strategy', [
  ['pursue', 'Pursue'],
  ['prevent', 'Prevent'],
  ['protect', 'Protect'],
  ['prepare', 'Prepare'],
])

export const actionSubjects = closedList('action-subjects', 'What an action is about', LOG, [
  ['person', 'A person'],
  ['group', 'A group'],
  ['place', 'A place'],
  ['line', 'A line'],
  ['none', 'Nobody and nothing by name'],
])

export const actionOrigins = closedList('action-origins', 'Where an action was decided', LOG, [
  ['plan', 'In a plan'],
  ['meeting', 'In a meeting'],
  ['placement', 'For somebody in a cohort'],
  ['other', 'Elsewhere'],
])

export const actionOutcomes = closedList('action-outcomes', 'What became of an action', LOG, [
  ['in-time', 'Done by the day agreed last'],
  ['late', 'Done after that day'],
  ['overdue', 'Open, although the day is over'],
  ['not-done', 'Closed as not done'],
  ['withdrawn', 'Withdrawn'],
])

export const datesMoved = yesNo('dates-moved', 'Date moved', 'A later day was agreed', 'The first day stands')

export const actions: Dataset = {
  ...countedByNight,
  id: 'actions',
  table: 'actions',
  title: 'Actions that were due',
  describes:
    'Actions of the action log that were due, and what became of them, without anything that leads back to one: no words, no name, no day.',
  grain: 'one row per action',
  columns: [
    monthOf('Month in which it was due, by the day agreed last'),
    agency('Id of the agency that does it'),
    coded('four_p', fourPs, 'Heading of the plan; empty outside of plans', { optional: true }),
    coded('subject', actionSubjects, 'What it is about. Only of a person are the columns of people asked'),
    coded('origin', actionOrigins, 'Where it was decided'),
    coded('outcome', actionOutcomes, 'What became of it so far'),
    coded('date_moved', datesMoved, 'Whether another day was agreed than the first'),
    ...describedPerson('on the day on which it was due'),
  ],
}
