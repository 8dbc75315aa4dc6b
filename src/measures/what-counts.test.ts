import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { offence, person, publishedSearch, search, times } from '../../test/worked-evidence.ts'
import { april2019, figureOf, sentencesOf, valuesOf } from '../../test/worked-figure.ts'

describe('what counts', () => {
  test('knife crime needs a selected class and a knife that was used or threatened', async () => {
    const figure = await figureOf(
      {
        offences: [
          offence('2019-04-01'),
          offence('2019-04-02', { ho_code: '8N', knife_use: 'used_injury' }),
          offence('2019-04-03', { knife_use: 'threat_unseen_believed' }),
          offence('2019-04-04', { knife_use: 'possessed_only' }),
          offence('2019-04-05', { knife_use: null }),
          // Damage done with a knife, and possession found on a search.
          offence('2019-04-06', { ho_code: '58', knife_use: 'used_no_injury' }),
          offence('2019-04-07', { ho_code: '10D', knife_use: 'threat_seen' }),
        ],
      },
      { measure: 'knife-crime', ...april2019 },
    )
    assert.equal(figure.total.value, 3)
  })

  test('a code counts only while it was in force: 8T exists since 13 November 2018', async () => {
    const assault = { ho_code: '8T', knife_use: 'used_injury' }
    const figure = await figureOf(
      { offences: [offence('2018-11-12', assault), offence('2018-11-13', assault)] },
      { measure: 'knife-crime' },
    )
    assert.equal(figure.total.value, 1)
  })

  test('an offence with three victims under 25 counts once, and victims count three times', async () => {
    const assault = offence('2019-04-01', { ho_code: '8N' })
    const rows = {
      offences: [assault],
      'offence-people': [17, 18, 24].map(age => person(assault, 'victim', age)),
    }
    assert.equal((await figureOf(rows, { measure: 'u25-vwi', ...april2019 })).total.value, 1)
    assert.equal((await figureOf(rows, { measure: 'u25-vwi-victims', ...april2019 })).total.value, 3)
  })

  test('whose age it is makes a difference, and 25 is not under 25', async () => {
    const young = offence('2019-04-01', { ho_code: '8N' })
    const old = offence('2019-04-02', { ho_code: '8N' })
    const rows = {
      offences: [young, old],
      'offence-people': [
        person(young, 'victim', 24),
        person(young, 'suspect', 25),
        person(old, 'victim', 25),
        person(old, 'suspect', 0),
      ],
    }
    const count = async (whose: string) =>
      (await figureOf(rows, { measure: 'u25-vwi', ...april2019, variant: { whose } })).total.value
    assert.deepEqual([await count('victim'), await count('suspect'), await count('either')], [1, 1, 2])
  })

  test('domestic offences are left out of under-25 violence, and an empty flag is not a flag', async () => {
    const flags = [true, false, null].map(domestic => offence('2019-04-01', { ho_code: '8N', domestic }))
    const rows = { offences: flags, 'offence-people': flags.map(o => person(o, 'victim', 20)) }
    assert.equal((await figureOf(rows, { measure: 'u25-vwi', ...april2019 })).total.value, 2)
    assert.equal((await figureOf(rows, { measure: 'domestic-violence', ...april2019 })).total.value, 1)
  })

  test('an offence whose victim has no age is left out of under-25 violence, and the share is reported', async () => {
    const offences = times(4, () => offence('2019-04-30', { ho_code: '8N' }))
    const [known, ageless, both, adult] = offences
    const figure = await figureOf(
      {
        offences,
        'offence-people': [
          person(known!, 'victim', 20),
          person(ageless!, 'victim', null),
          person(both!, 'victim', null),
          person(both!, 'victim', 19),
          person(adult!, 'victim', 44),
        ],
      },
      { measure: 'u25-vwi', ...april2019 },
    )
    assert.equal(figure.total.value, 2)
    assert.deepEqual(sentencesOf(figure, 'unknown-share'), [
      'Age was not recorded for 1 more offences (33.3% of those that could count): left out.',
    ])
  })

  test('neighbourhood crime is the sum of its four parts', async () => {
    const rows = {
      offences: ['28E', '34B', '39', '45', '48', '34A', '30C', '46'].map(ho_code =>
        offence('2019-04-01', { ho_code }),
      ),
    }
    const count = async (measure: string) => (await figureOf(rows, { measure, ...april2019 })).total.value
    assert.deepEqual(
      [
        await count('neighbourhood-crime'),
        await count('residential-burglary'),
        await count('robbery-personal'),
        await count('theft-from-person'),
        await count('vehicle-crime'),
      ],
      [5, 1, 1, 1, 2],
    )
  })

  test('published searches stand in only where the force’s own extract holds nothing', async () => {
    const figure = await figureOf(
      {
        'stop-and-search': [search('2019-04-01'), search('2019-04-02')],
        'police-uk-stop-and-search': [
          publishedSearch('2019-04-01'),
          ...times(3, () => publishedSearch('2019-05-01')),
          ...times(5, () => publishedSearch('2019-04-01', { force: 'merseyside' })),
        ],
      },
      { measure: 'stop-and-search', by: ['force', 'month'] },
    )
    assert.deepEqual(valuesOf(figure), {
      'merseyside / 2019-04': 5,
      'merseyside / 2019-05': null,
      'west-midlands / 2019-04': 2,
      'west-midlands / 2019-05': 3,
    })
    assert.equal(figure.total.value, 10)
  })

  test('an empty outcome of a search is no find but stays in the base', async () => {
    const outcomes = ['Arrest', 'A no further action disposal', null, 'Community resolution']
    const figure = await figureOf(
      { 'stop-and-search': outcomes.map(outcome => search('2019-04-01', { outcome })) },
      { measure: 'stop-and-search-find-rate', ...april2019 },
    )
    assert.deepEqual([figure.total.value, figure.total.count, figure.total.denominator], [50, 2, 4])
  })

  test('positive outcomes count by the day of recording, or by the day on which the investigation closed', async () => {
    const assault = (recordedOn: string, outcome: string | null, outcomeOn: string | null) =>
      offence(recordedOn, { ho_code: '8N', outcome_type: outcome, outcome_on: outcomeOn })
    const offences = [
      assault('2019-01-10', '1', '2019-04-10'),
      assault('2019-04-01', '8', '2019-05-01'),
      assault('2019-04-02', '14', '2019-04-20'),
      assault('2019-04-03', null, null),
      assault('2019-04-04', '22', '2019-04-30'),
    ]
    const rows = { offences, 'offence-people': offences.map(o => person(o, 'victim', 16)) }
    const rate = async (variant: Record<string, string>) => {
      const { total } = await figureOf(rows, { measure: 'positive-outcome-rate', ...april2019, variant })
      return [total.count, total.denominator]
    }
    assert.deepEqual(await rate({}), [1, 4])
    assert.deepEqual(await rate({ set: 'with-diversion' }), [2, 4])
    assert.deepEqual(await rate({ set: 'charges-only' }), [0, 4])
    assert.deepEqual(await rate({ basis: 'closed' }), [1, 3])
    assert.deepEqual(await rate({ basis: 'closed', offences: 'violence-with-injury' }), [1, 3])
  })

  test('weapons recovered are added up, not their rows', async () => {
    const figure = await figureOf(
      {
        'weapons-recovered': [
          {
            recovery_id: '1',
            force: 'west-midlands',
            recovered_on: '2019-04-01',
            weapon: 'knife',
            quantity: 12,
            method: 'sweep',
          },
          {
            recovery_id: '2',
            force: 'west-midlands',
            recovered_on: '2019-04-02',
            weapon: 'knife',
            quantity: 3,
            method: 'arrest',
          },
        ],
      },
      { measure: 'weapons-recovered', ...april2019, by: ['method'] },
    )
    assert.equal(figure.total.value, 15)
    assert.equal(valuesOf(figure)['Weapon sweep'], 12)
    assert.equal(valuesOf(figure).Surrendered, 0)
  })
})
