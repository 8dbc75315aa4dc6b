import { closedList } from '../codes/code-list.ts'
import type { Dataset } from '../dataset.ts'
import { agency, coded, countedByNight, monthOf } from './casework-columns.ts'

export const attendances = closedList('attendances', 'Attendance', 'Meetings in Concord', [
  ['present', 'Present'],
  ['apologies', 'Apologies'],
  ['absent', 'Absent'],
  ['expected', 'Not noted'],
])

export const meetingAttendance: Dataset = {
  ...countedByNight,
  id: 'meeting-attendance',
  table: 'meeting_attendance',
  title: 'Attendance at meetings',
  describes:
    'Seats of meetings that were held, and whether somebody came. About agencies, and nobody by name.',
  grain: 'one row per member of a meeting that was held',
  columns: [
    monthOf('Month in which it was held'),
    {
      name: 'meeting_type',
      title: 'Meeting',
      type: 'text',
      describes: 'Id of the type of meeting in the area pack',
      example: 'joint-decision-panel',
      required: true,
    },
    agency('Id of the agency for which somebody sits'),
    coded('attendance', attendances, 'Whether they came'),
  ],
}
