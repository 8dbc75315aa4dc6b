import { fiveGroups, occupations, roles, selfDefined } from '../codes/people-codes.ts'
import { codeLookup, type Dataset, periodColumns } from '../dataset.ts'
import { age, ethnicityOfficer, ethnicitySelf, force, gender, pseudonym } from './column-kinds.ts'

/** Five census groups from the self-defined code; null where nothing was stated. */
export const ethnicGroup = {
  name: 'ethnic_group',
  type: 'text' as const,
  sql: codeLookup(
    'ethnicity_self',
    selfDefined.flatMap(e => (e.fiveGroup ? [[e.code, e.fiveGroup] as const] : [])),
  ),
  describes: `${fiveGroups.title}, from self-defined ethnicity only`,
}

export const offencePeople: Dataset = {
  id: 'offence-people',
  table: 'offence_people',
  title: 'People in offences',
  describes: 'Victims and suspects of recorded offences, without names.',
  grain: 'one row per person and role in an offence',
  suppliers: ['police'],
  source: 'Force crime recording system, extracted under the information-sharing agreement',
  key: ['force', 'offence_id', 'role', 'person_no'],
  replacedBy: ['force', 'offence_id', 'role', 'person_no'],
  period: 'recorded_on',
  placement: 'none',
  columns: [
    {
      name: 'offence_id',
      title: 'Offence number',
      type: 'text',
      describes: 'The offence in which the person had this role',
      example: 'SYN-2019-000001',
      required: true,
      headings: ['crime number', 'crime no', 'offence number'],
    },
    {
      name: 'person_no',
      title: 'Person number',
      type: 'integer',
      describes: '1, 2, 3 … within the offence and role',
      example: '1',
      required: true,
      range: { min: 1, max: 999 },
    },
    force,
    {
      name: 'recorded_on',
      title: 'Recorded on',
      type: 'date',
      describes: 'The day on which the offence was recorded',
      example: '2019-03-14',
      required: true,
    },
    {
      name: 'role',
      title: 'Role',
      type: 'text',
      describes: 'Victim or suspect in this offence; a person can be both, in different offences',
      example: 'victim',
      codes: roles,
      required: true,
    },
    age,
    gender,
    ethnicitySelf,
    ethnicityOfficer,
    {
      name: 'occupation',
      title: 'Occupation',
      type: 'text',
      describes: 'Occupation where recorded',
      example: 'student',
      codes: occupations,
      personal: true,
    },
    {
      name: 'charged',
      title: 'Charged',
      type: 'boolean',
      describes: 'A suspect charged or summonsed (a defendant); empty for victims',
      example: '',
    },
    pseudonym,
  ],
  checks: [
    {
      id: 'victim-charged',
      columns: ['role', 'charged'],
      failsWhen: "role = 'victim' and charged",
      reason: 'a victim cannot be charged in the same role; send the suspect as a row of its own',
    },
  ],
  derived: [...periodColumns('recorded_on'), ethnicGroup],
}
