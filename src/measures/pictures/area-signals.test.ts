import assert from 'node:assert/strict'
import { test } from 'node:test'
import { evidenceInMemory } from '../../../test/evidence-in-memory.ts'
import { packForTests } from '../../../test/pack-for-tests.ts'
import { offence, times } from '../../../test/worked-evidence.ts'
import { monthsBetween } from '../../platform/calendar.ts'
import { computeFigure } from '../compute-figure.ts'
import { areaSignals } from './area-signals.ts'

const months = monthsBetween('2019-04', '2020-04')

/** Twenty or twenty-one a month in each area through the baseline year; then so many in the month after it. */
async function signalsOf(after: { NW: number; SE: number }) {
  const evidence = await evidenceInMemory({
    offences: months.flatMap((month, i) =>
      (['NW', 'SE'] as const).flatMap(area =>
        times(month === '2020-04' ? after[area] : 20 + (i % 2), () =>
          offence(month === '2020-04' ? '2020-04-30' : `${month}-15`, { policing_area: area }),
        ),
      ),
    ),
  })
  const request = {
    measure: 'knife-crime',
    by: ['npu', 'month'] as ('npu' | 'month')[],
    from: '2019-04',
    to: '2020-04',
  }
  const figure = await computeFigure({ evidence, pack: packForTests }, request, 'record')
  evidence.close()
  return areaSignals({
    figure,
    request,
    byArea: Map.groupBy(
      figure.rows.filter(row => row.codes.npu),
      row => row.labels.npu!,
    ),
    scope: { limits: null },
    pack: packForTests,
    today: '2026-11-20',
    shown: { from: '2019-04', to: '2020-04' },
  })
}

test('an area whose latest month stands out is named with its reason, and the quiet one is not', async () => {
  const signals = await signalsOf({ NW: 60, SE: 20 })
  assert.equal(signals.lead, 'The latest months stand out in 1 of 2 areas.')
  assert.equal(signals.isNow, true)
  assert.equal(signals.others.length, 1)
  assert.match(signals.others[0]!, /^North West: .*April 2020.*60.*above the upper limit/)
})

test('where nothing stands out that is said, with how many areas were looked at', async () => {
  const signals = await signalsOf({ NW: 20, SE: 21 })
  assert.deepEqual(
    [signals.lead, signals.isNow, signals.others],
    ['The latest months stand out in none of 2 areas.', false, []],
  )
})
