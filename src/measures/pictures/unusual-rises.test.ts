import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import {
  type EvidenceInMemory,
  type EvidenceRow,
  evidenceInMemory,
} from '../../../test/evidence-in-memory.ts'
import { packForTests } from '../../../test/pack-for-tests.ts'
import { offence, search, times } from '../../../test/worked-evidence.ts'
import { seededRandom } from '../../analysis/seeded-random.ts'
import { addDays } from '../../platform/calendar.ts'
import { openMethodRunner } from '../methods/run-method.ts'
import { heldWeeks, type RisesOfWeek, unusualRises } from './unusual-rises.ts'
import { weeklySeries } from './unusual-rises-series.ts'
import { isoWeek, parseIsoWeek } from './unusual-rises-weeks.ts'

const runner = openMethodRunner(1)
after(() => runner.close())

const SE = { policing_area: 'SE', local_authority: 'X002' }
/** 1 January 2018 is a Monday. */
const FIRST = '2018-01-01'
const WEEKS = 52
const LAST = parseIsoWeek('2018-W52')!

const weekly = (rows: (monday: string) => EvidenceRow[]): EvidenceRow[] =>
  Array.from({ length: WEEKS }, (_, week) => rows(addDays(FIRST, 7 * week))).flat()

/** Four knife robberies a week in either policing area, none of them late; one more day, so that the year is whole. */
const quiet = weekly(monday =>
  [0, 2, 4, 6].flatMap(i => {
    const day = addDays(monday, i)
    return [offence(day, { committed_from: `${day} 01:00:00` }), offence(day, SE)]
  }),
)
const closing = offence('2018-12-31')

const contextOf = (evidence: EvidenceInMemory) => ({ evidence, pack: packForTests })
const risesOf = (evidence: EvidenceInMemory, week = LAST) =>
  unusualRises(contextOf(evidence), runner, week, 'record')

test('a planted rise is listed with what was expected of it, and the quiet area is not', async () => {
  const planted = times(16, i =>
    offence('2018-12-27', { ...SE, committed_from: i < 6 ? '2018-09-01 12:00:00' : '2018-12-27 12:00:00' }),
  )
  const evidence = await evidenceInMemory({ offences: [...quiet, closing, ...planted] })
  const found = await risesOf(evidence)
  const knife = found.rises.filter(r => r.measure.id === 'knife-crime')
  assert.deepEqual(
    knife.map(r => [r.series.name, r.observed, Math.round(r.expected * 10) / 10, r.late]),
    [
      ['South East, policing unit', 20, 4, 6],
      ['All of Exampleshire', 24, 8, 6],
    ],
  )
  for (const rise of knife) {
    assert.ok(rise.listedFrom > rise.expected && rise.listedFrom <= rise.observed)
    assert.ok(rise.chance < 0.001)
    assert.equal(rise.recent.length, 52)
    assert.equal(rise.recent.at(-1)!.count, rise.observed)
    assert.equal(rise.open, false)
  }
  assert.deepEqual(knife[0]!.request, {
    measure: 'knife-crime',
    from: '2018-12-24',
    to: '2018-12-30',
    where: { npu: ['SE'] },
  })
  assert.ok(found.rises.every(r => !r.series.name.startsWith('North West')))
  evidence.close()
})

test('where nothing rose nothing is listed, and it is said what was tested', async () => {
  const evidence = await evidenceInMemory({ offences: [...quiet, closing] })
  const found = await risesOf(evidence)
  assert.deepEqual(found.rises, [])
  const knife = found.measures.find(m => m.measure.id === 'knife-crime')!
  // Whole, two policing areas; the two authorities hold the same records as these and are not tested twice.
  assert.equal(knife.tested, 3)
  assert.deepEqual(knife.years, { least: 0, most: 0 })
  assert.equal(
    found.tested,
    found.measures.reduce((sum, m) => sum + m.tested, 0),
  )
  evidence.close()
})

test('among many quiet wards some pass the limit for one series in many weeks, and in few is one listed', async () => {
  const random = seededRandom(11)
  const wards = Array.from({ length: 50 }, (_, i) => `W${i}`)
  const poisson = (mean: number) => {
    let count = 0
    for (let left = Math.exp(mean) * (1 - random()); left > 1; left *= 1 - random()) count++
    return count
  }
  const evidence = await evidenceInMemory(
    {
      offences: [
        ...weekly(monday => wards.flatMap(ward => times(poisson(2), () => offence(monday, { ward })))),
        closing,
      ],
    },
    {
      areas: wards.map(code => ({ kind: 'ward', code, name: code, vintage: 'test', from: null, to: null })),
    },
  )
  const last = await Promise.all(Array.from({ length: 20 }, (_, i) => risesOf(evidence, LAST - i)))
  const weeksWith = (is: (found: RisesOfWeek) => boolean) => last.filter(is).length
  assert.equal(
    weeksWith(found => found.tested > 50),
    20,
  )
  assert.ok(weeksWith(found => found.beyondSingleLimit > 0) >= 5)
  assert.ok(weeksWith(found => found.rises.length > 0) <= 2)
  evidence.close()
})

test('a week is whole only when every one of its days was sent', async () => {
  // Sixteen a week, and nothing after Wednesday 26 December: the month broke off, and its last day may be half a day.
  const sent: EvidenceRow[] = [...quiet, ...quiet.map((row, i) => ({ ...row, offence_id: `again-${i}` }))]
  const evidence = await evidenceInMemory({ offences: sent.filter(row => row.recorded_on! <= '2018-12-26') })
  const held = await heldWeeks(contextOf(evidence))
  assert.deepEqual(held && [isoWeek(held.first), isoWeek(held.last)], ['2018-W01', '2018-W51'])
  const found = await risesOf(evidence)
  assert.equal(found.tested, 0)
  assert.ok(found.notHeld.some(m => m.measure.id === 'knife-crime' && isoWeek(m.last) === '2018-W51'))
  evidence.close()
})

test('a month that was not sent is no week of zeros', async () => {
  const evidence = await evidenceInMemory({
    offences: [...quiet, closing].filter(row => !String(row.recorded_on).startsWith('2018-04')),
  })
  const weekly = (await weeklySeries(contextOf(evidence), 'knife-crime'))!
  const of = (week: string) => weekly.counts[parseIsoWeek(week)! - weekly.first]
  assert.equal(of('2018-W12'), 8)
  // 26 March to 1 April lies half in the month that is missing, and 30 April to 6 May by a day.
  for (const week of ['2018-W13', '2018-W14', '2018-W17', '2018-W18']) assert.ok(Number.isNaN(of(week)), week)
  assert.equal(of('2018-W19'), 8)
  evidence.close()
})

test('an area has no weeks before it was there', async () => {
  const evidence = await evidenceInMemory(
    { offences: [...quiet, closing] },
    {
      areas: [
        { kind: 'policing-area', code: 'NW', name: 'North West', vintage: '1', from: '2018-03-07', to: null },
        {
          kind: 'policing-area',
          code: 'SE',
          name: 'South East',
          vintage: '1',
          from: '2010-01-01',
          to: '2018-06-30',
        },
        { kind: 'policing-area', code: 'SE', name: 'South East', vintage: '2', from: '2018-07-01', to: null },
      ],
    },
  )
  const weekly = (await weeklySeries(contextOf(evidence), 'knife-crime'))!
  const ofArea = (code: string, week: string) => {
    const s = weekly.series.findIndex(({ area }) => area?.code === code)
    return weekly.counts[s * (weekly.last - weekly.first + 1) + parseIsoWeek(week)! - weekly.first]
  }
  // 7 March 2018 is a Wednesday: the week from the 12th is the first whole one.
  assert.ok(Number.isNaN(ofArea('NW', '2018-W10')))
  assert.equal(ofArea('NW', '2018-W11'), 4)
  // Two vintages of boundaries with nothing between them are one area.
  assert.equal(ofArea('SE', '2018-W26'), 4)
  evidence.close()
})

test('however many areas there are, a measure is asked for once', async () => {
  const askedWith = async (areas: number) => {
    const evidence = await evidenceInMemory(
      { offences: [...quiet, closing] },
      {
        areas: Array.from({ length: areas }, (_, i) => ({
          kind: 'ward' as const,
          code: `W${i}`,
          name: `Ward ${i}`,
          vintage: 'test',
          from: null,
          to: null,
        })),
      },
    )
    await risesOf(evidence)
    await risesOf(evidence, LAST - 1)
    evidence.close()
    return evidence.asked.length
  }
  assert.equal(await askedWith(200), await askedWith(1))
})

test('R7 nothing that police activity produces is watched, nor homicide or domestic abuse', async () => {
  const evidence = await evidenceInMemory({
    offences: [...quiet, closing],
    'stop-and-search': weekly(monday => times(9, () => search(monday))),
  })
  const { measures, notHeld } = await risesOf(evidence)
  const watched = [...measures, ...notHeld].map(m => m.measure)
  assert.ok(watched.length > 8)
  for (const { id, family } of watched) {
    assert.doesNotMatch(`${id} ${family}`, /stop|search|possession|recover|homicide|domestic|weapons/i)
  }
  evidence.close()
})

test('R27 nobody is told who may not see records, and nothing is asked', async () => {
  const evidence = await evidenceInMemory({ offences: [...quiet, closing] })
  await assert.rejects(
    unusualRises(contextOf(evidence), runner, LAST, 'protected'),
    /only to those who may see them/,
  )
  assert.deepEqual(evidence.asked, [])
  evidence.close()
})

test('admissions of the last weeks are marked as still coming in', async () => {
  const admission = (day: string): EvidenceRow => ({
    admitted_on: day,
    cause: 'X99',
    policing_area: 'NW',
    local_authority: 'X001',
  })
  const evidence = await evidenceInMemory({
    'hospital-admissions': [
      ...weekly(monday => times(5, () => admission(monday))),
      ...times(20, () => admission('2018-12-28')),
      admission('2018-12-31'),
    ],
  })
  const { rises } = await risesOf(evidence)
  assert.ok(rises.length > 0)
  assert.ok(rises.every(r => r.open && r.late === null))
  evidence.close()
})
