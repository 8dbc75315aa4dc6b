/** The register of changes in recording that S1 paragraphs 9 to 13 describe. */
import { recordingChanges } from '../evidence/datasets/recording-changes.ts'
import { type SyntheticFile, writeCsvFile } from './csv-file.ts'

const paper = 'Board paper of 21 December 2021'

/** The paper gives one assessment, about 4%, for the three together; it stands with the last of them. */
const changes = [
  {
    change_id: 'crime-data-integrity-2020',
    starts_on: '2020-04-01',
    title: 'Crime Data Integrity review',
    explains:
      'A review of recording led to more of what is reported being recorded as crime. The paper gives no date; the start of the year after its comparator year is assumed.',
    measures: null,
    effect_percent: null,
    source: `${paper}, paragraph 9`,
  },
  {
    change_id: 'log-quality-team-2020',
    starts_on: '2020-11-01',
    title: 'Log Quality Team',
    explains:
      'A team checks that every log of a reported crime is recorded, including a report of a person with a knife who is not found.',
    measures: null,
    effect_percent: null,
    source: `${paper}, paragraphs 9 and 10`,
  },
  {
    change_id: 'connect-2021',
    starts_on: '2021-04-01',
    title: 'CONNECT introduced',
    explains:
      'New crime recording software, which also records better whether a knife was involved. Together with the changes of 2020 it is assessed as adding about 4% to recorded crime. The paper says early 2021; April is assumed.',
    measures: null,
    effect_percent: 4,
    source: `${paper}, paragraphs 9 to 12`,
  },
]

export const writeRecordingChanges = (force: string, folder: string): SyntheticFile =>
  writeCsvFile(
    folder,
    recordingChanges,
    changes.map(change => ({ ...change, force })),
  )
