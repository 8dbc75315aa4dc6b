import { closedList } from '../codes/code-list.ts'
import { type Dataset, periodColumns } from '../dataset.ts'
import { age, ethnicGroup, gender, pseudonym, smallArea } from './column-kinds.ts'

export const admissionCauses = closedList(
  'admission-causes',
  'External cause of admission',
  'International Classification of Diseases, tenth revision, X85 to Y09 (assault)',
  [
    ['X99', 'Assault by sharp object'],
    ['X95', 'Assault by firearm'],
    ['Y00', 'Assault by blunt object'],
    ['Y04', 'Assault by bodily force'],
    ['Y09', 'Assault by unspecified means'],
  ],
)

export const hospitalAdmissions: Dataset = {
  id: 'hospital-admissions',
  table: 'hospital_admissions',
  title: 'Hospital admissions for assault',
  describes: 'Finished admission episodes whose external cause is assault. Episodes, not people.',
  grain: 'one row per finished admission episode',
  suppliers: ['health'],
  source: 'Hospital Episode Statistics or the trust, under the information-sharing agreement',
  key: ['admission_id'],
  replacedBy: ['admission_id'],
  period: 'admitted_on',
  placement: 'small-area',
  columns: [
    {
      name: 'admission_id',
      title: 'Admission number',
      type: 'text',
      describes: 'A number that stands for the episode',
      example: 'SYN-A-000001',
      required: true,
    },
    {
      name: 'admitted_on',
      title: 'Admitted on',
      type: 'date',
      describes: 'Day of admission',
      example: '2019-03-02',
      required: true,
    },
    {
      name: 'cause',
      title: 'Cause',
      type: 'text',
      describes: 'ICD-10 external cause, three characters',
      example: 'X99',
      codes: admissionCauses,
      required: true,
    },
    age,
    gender,
    ethnicGroup,
    { ...smallArea, describes: 'Small area of residence' },
    pseudonym,
  ],
  checks: [],
  derived: periodColumns('admitted_on'),
}
