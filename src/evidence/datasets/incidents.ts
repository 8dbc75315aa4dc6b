import { closedList } from '../codes/code-list.ts'
import { locationTypes } from '../codes/crime-codes.ts'
import { clockColumns, type Dataset, periodColumns } from '../dataset.ts'
import { force, latitude, longitude, pointChecks, smallArea } from './column-kinds.ts'

export const incidentKinds = closedList(
  'incident-kinds',
  'Kind of incident',
  'Partnership list, after the categories of the National Standard for Incident Recording (2011)',
  [
    ['shooting', 'Shooting, or a firearm seen'],
    ['stabbing', 'Stabbing'],
    ['violence', 'Other violence'],
    ['threat', 'Threat to life or of violence'],
    ['weapon', 'Weapon seen or found'],
    ['robbery', 'Robbery'],
    ['disorder', 'Disorder between groups'],
    ['exploitation', 'Exploitation, or a home taken over'],
    ['missing', 'Missing person'],
    ['concern', 'Concern for somebody’s safety'],
    ['other', 'Other'],
  ],
)

export const incidentInjuries = closedList(
  'incident-injuries',
  'Injury, as far as known',
  'Partnership list',
  [
    ['none', 'No injury'],
    ['slight', 'Slight injury'],
    ['serious', 'Serious injury'],
    ['fatal', 'Fatal'],
  ],
)

/**
 * What a daily meeting reads: what was reported since yesterday, before any of it is a recorded offence. It names nobody
 * and is counted in no figure: the same matter may come again as an offence.
 */
export const incidents: Dataset = {
  id: 'incidents',
  table: 'incidents',
  title: 'Incident log',
  describes:
    'Incidents as they were reported to the police, day by day. For meetings, and in no figure: recorded offences follow later.',
  grain: 'one row per incident',
  suppliers: ['police'],
  source: 'Force incident log, extracted daily under the information-sharing agreement',
  key: ['force', 'incident_id'],
  replacedBy: ['force', 'incident_id'],
  period: 'reported_at',
  placement: 'point',
  columns: [
    {
      name: 'incident_id',
      title: 'Incident number',
      type: 'text',
      describes: 'The log number, or a number that stands for it',
      example: 'SYN-I-000001',
      required: true,
      headings: ['log number', 'incident number'],
    },
    force,
    {
      name: 'reported_at',
      title: 'Reported at',
      type: 'timestamp',
      describes: 'Local time of the report',
      example: '2026-11-19 21:40',
      required: true,
    },
    {
      name: 'kind',
      title: 'Kind of incident',
      type: 'text',
      describes: 'What it was reported as',
      example: 'stabbing',
      codes: incidentKinds,
      required: true,
    },
    {
      name: 'injury',
      title: 'Injury',
      type: 'text',
      describes: 'The most serious injury, as far as known',
      example: 'slight',
      codes: incidentInjuries,
    },
    {
      name: 'under_18',
      title: 'Somebody under 18',
      type: 'boolean',
      describes: 'Whether somebody under 18 was in it, as far as known',
      example: 'yes',
    },
    {
      name: 'location_type',
      title: 'Kind of location',
      type: 'text',
      describes: 'Where it happened, in kind',
      example: 'street',
      codes: locationTypes,
    },
    longitude,
    latitude,
    smallArea,
  ],
  checks: pointChecks,
  derived: [...periodColumns('reported_at'), ...clockColumns('reported_at')],
}
