import { closedList } from '../codes/code-list.ts'
import { type Dataset, periodColumns } from '../dataset.ts'
import { force, latitude, longitude, pointChecks, smallArea } from './column-kinds.ts'

export const recoveryMethods = closedList(
  'recovery-methods',
  'How the weapon was recovered',
  'Operation Sceptre returns; the June 2019 board paper, paragraph 29',
  [
    ['sweep', 'Weapon sweep'],
    ['surrender', 'Surrendered'],
    ['stop_search', 'Stop and search'],
    ['arrest', 'Arrest or other policing'],
    ['test_purchase', 'Test purchase'],
    ['other', 'Other'],
  ],
)

export const recoveredWeapons = closedList(
  'recovered-weapons',
  'Kind of weapon recovered',
  'Partnership list',
  [
    ['knife', 'Knife or blade'],
    ['machete', 'Machete or sword'],
    ['firearm', 'Firearm'],
    ['blunt', 'Blunt weapon'],
    ['other', 'Other weapon'],
  ],
)

export const weaponsRecovered: Dataset = {
  id: 'weapons-recovered',
  table: 'weapons_recovered',
  title: 'Weapons recovered',
  describes: 'Weapons found, surrendered or seized. One row can stand for several of a kind.',
  grain: 'one row per recovery',
  suppliers: ['police', 'council', 'charity'],
  source: 'Force property system and surrender-bin returns',
  key: ['force', 'recovery_id'],
  replacedBy: ['force', 'recovery_id'],
  period: 'recovered_on',
  placement: 'point',
  columns: [
    {
      name: 'recovery_id',
      title: 'Recovery number',
      type: 'text',
      describes: 'A number that stands for the recovery',
      example: 'SYN-W-000001',
      required: true,
    },
    force,
    {
      name: 'recovered_on',
      title: 'Recovered on',
      type: 'date',
      describes: 'Day of recovery',
      example: '2019-03-12',
      required: true,
    },
    {
      name: 'weapon',
      title: 'Weapon',
      type: 'text',
      describes: 'Kind of weapon',
      example: 'knife',
      codes: recoveredWeapons,
      required: true,
    },
    {
      name: 'quantity',
      title: 'Quantity',
      type: 'integer',
      describes: 'How many',
      example: '1',
      required: true,
      range: { min: 1, max: 10000 },
    },
    {
      name: 'method',
      title: 'How',
      type: 'text',
      describes: 'How it was recovered',
      example: 'sweep',
      codes: recoveryMethods,
      required: true,
    },
    {
      name: 'operation',
      title: 'Operation',
      type: 'text',
      describes: 'Name of the operation, if any',
      example: 'Operation Sceptre',
    },
    longitude,
    latitude,
    smallArea,
  ],
  checks: pointChecks,
  derived: periodColumns('recovered_on'),
}
