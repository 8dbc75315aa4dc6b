import { clockColumns, type Dataset, periodColumns } from '../dataset.ts'
import { age, ethnicGroup, force, gender, pseudonym, smallArea } from './column-kinds.ts'

export const missingEpisodes: Dataset = {
  id: 'missing-episodes',
  table: 'missing_episodes',
  title: 'Missing episodes',
  describes: 'Reports to the police that a person is missing. Episodes, not people.',
  grain: 'one row per episode',
  suppliers: ['police'],
  source: 'Force missing persons system, under the information-sharing agreement',
  key: ['force', 'episode_id'],
  replacedBy: ['force', 'episode_id'],
  period: 'reported_at',
  placement: 'small-area',
  columns: [
    {
      name: 'episode_id',
      title: 'Episode number',
      type: 'text',
      describes: 'A number that stands for the episode',
      example: 'SYN-M-000001',
      required: true,
    },
    force,
    {
      name: 'reported_at',
      title: 'Reported at',
      type: 'timestamp',
      describes: 'Local time of the report',
      example: '2019-03-02 22:10',
      required: true,
    },
    {
      name: 'found_at',
      title: 'Found at',
      type: 'timestamp',
      describes: 'Local time at which the person was found or came back; empty while missing',
      example: '2019-03-03 09:30',
    },
    age,
    gender,
    ethnicGroup,
    { ...smallArea, describes: 'Small area from which the person went missing' },
    pseudonym,
  ],
  checks: [
    {
      id: 'found-before-reported',
      columns: ['found_at', 'reported_at'],
      failsWhen: 'found_at < reported_at',
      reason: 'found_at is before reported_at',
    },
  ],
  derived: [...periodColumns('reported_at'), ...clockColumns('reported_at')],
}
