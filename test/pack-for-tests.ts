/** A small invented area: two policing areas in one authority, and a second authority without any. */
import type { AreaPack } from '../src/areas/area-pack.ts'
import { methods } from '../src/measures/methods/register.ts'

export const packForTests: AreaPack = {
  id: 'exampleshire',
  name: 'Exampleshire',
  force: 'west-midlands',
  baseline: {
    from: '2019-04',
    to: '2020-03',
    label: '2019/20',
    reason: 'The last year before the pandemic',
    source: 'Invented for tests',
  },
  pandemic: { from: '2020-04', to: '2021-03', source: 'Invented for tests' },
  localAuthorities: [
    { code: 'X001', name: 'Northborough', source: 'Invented for tests' },
    { code: 'X002', name: 'Southborough', source: 'Invented for tests' },
  ],
  policingAreas: [
    {
      code: 'NW',
      name: 'North West',
      kind: 'Neighbourhood policing unit',
      localAuthority: 'X001',
      source: 'Invented for tests',
      anchor: { longitude: -1.9, latitude: 52.5 },
    },
    {
      code: 'SE',
      name: 'South East',
      kind: 'Neighbourhood policing unit',
      localAuthority: 'X002',
      source: 'Invented for tests',
      anchor: { longitude: -1.8, latitude: 52.4 },
    },
  ],
  impactAreas: [{ code: 'I1', name: 'Market Quarter', source: 'Invented for tests' }],
  namedPlaces: [],
  methods: methods.map(({ id }) => ({ id, owner: 'The analyst of the tests', stops: '2099-12-31' })),
  agencies: [{ id: 'police', name: 'Police', kind: 'police' }],
  intake: {
    dutyDesks: [{ name: 'Duty desk of Exampleshire', contact: '01632 960100' }],
    thresholds: [
      {
        from: '2015-01-01',
        scheme: 'Levels of Exampleshire',
        source: 'Invented for tests',
        levels: [
          { id: 'early', name: 'Early', means: 'One service' },
          { id: 'complex', name: 'Complex', means: 'Several services' },
        ],
      },
    ],
    routes: [
      { id: 'early-help', name: 'Early help', words: 'A worker gets in touch.' },
      { id: 'police', name: 'Police', words: 'The police look into it.' },
    ],
  },
  tierSchemes: [],
  cohorts: [],
  custodyKnownTo: [],
  arrangementKinds: [],
  meetingTypes: [],
  playbooks: [],
  resources: [],
  bidCriteria: [],
  consequenceReviews: [{ from: '2020-01-01', days: 7, source: 'Invented for tests' }],
  words: { policingArea: 'policing unit', policingAreas: 'policing units' },
}
