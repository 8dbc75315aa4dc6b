import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { JSDOM } from 'jsdom'
import { tester } from '../../../test/temporary-store.ts'
import { type TestWeb, testWeb } from '../../../test/web-for-tests.ts'
import { loadBoundaryFile } from '../../evidence/geography/load-boundary-file.ts'
import { importFile } from '../../evidence/intake/import-file.ts'

const SIDE = 0.02
const box = (
  properties: Record<string, string>,
  west: number,
  south: number,
  wide: number,
  high: number,
) => ({
  type: 'Feature',
  properties,
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [west + wide, south],
        [west + wide, south + high],
        [west, south + high],
        [west, south],
      ],
    ],
  },
})
const codeOf = (i: number) => `E010${String(8000 + i).padStart(5, '0')}`
const cornerOf = (i: number): [number, number] => [-2 + (i % 5) * SIDE, 52.4 + Math.floor(i / 5) * SIDE]

/**
 * A town of 25 small areas in five rows. April to June 2021: 40 in the first, 10 in the second, 5 in each of ten others,
 * and 5 without a point. The same months of 2019: 60 in the first, 20 in the second, 20 in the last.
 */
const now = [40, 10, ...Array<number>(10).fill(5)]
const then = [60, 20, ...Array<number>(22).fill(0), 20]

function offencesCsv(): string {
  let n = 0
  const row = (year: number, place: string) => {
    const on = `${year}-0${4 + (n % 3)}-${String(1 + (n % 28)).padStart(2, '0')}`
    return `C-${n++},west-midlands,${on},${on} 12:00,34B,threat_seen,kitchen_knife,no,personal,street,${place}`
  }
  const rows = (year: number, counts: number[]) =>
    counts.flatMap((count, i) => {
      const [x, y] = cornerOf(i)
      return Array.from({ length: count }, () => row(year, `${x + SIDE / 2},${y + SIDE / 2}`))
    })
  return [
    'offence_id,force,recorded_on,committed_from,ho_code,knife_use,weapon,domestic,robbery_type,location_type,longitude,latitude',
    ...rows(2021, now),
    ...Array.from({ length: 5 }, () => row(2021, ',')),
    ...rows(2019, then),
  ].join('\n')
}

describe('concentration in a town of 25 small areas', () => {
  let web: TestWeb
  before(async () => {
    web = await testWeb()
    const layers = {
      'local-authority': [box({ lad_code: 'E08000025', lad_name: 'Birmingham' }, -2, 52.4, 0.1, 0.1)],
      lsoa: Array.from({ length: 25 }, (_, i) =>
        box(
          { lsoa11_code: codeOf(i), lsoa11_name: `Small ${i}`, ...(i < 2 && { impact_area: 'IA-BW' }) },
          ...cornerOf(i),
          SIDE,
          SIDE,
        ),
      ),
      'impact-area': [
        box(
          { impact_area_code: 'IA-BW', impact_area_name: 'Birmingham West impact area' },
          -2,
          52.4,
          2 * SIDE,
          SIDE,
        ),
      ],
    } as const
    for (const [layer, features] of Object.entries(layers)) {
      const path = await web.store.file(
        `${layer}.geojson`,
        JSON.stringify({ type: 'FeatureCollection', features }),
      )
      await loadBoundaryFile(web.store.installation, { path, layer: layer as keyof typeof layers }, tester)
    }
    const residents = Array.from({ length: 25 }, (_, i) => `${codeOf(i)},2019,0,120,,,1000`)
    for (const [dataset, csv] of [
      ['population', `lsoa_code,year,age_from,age_to,gender,ethnic_group,residents\n${residents.join('\n')}`],
      ['offences', offencesCsv()],
    ] as const) {
      const path = await web.store.file(`${dataset}.csv`, csv)
      const report = await importFile(web.store, { path, dataset, actor: tester })
      assert.equal(report.status, 'active', JSON.stringify(report))
    }
  })
  after(() => web.close())

  const wordsOf = (element: Element | null | undefined): string =>
    (element?.textContent ?? '').replace(/\s+/g, ' ').trim()
  const open = async (more = '', browser = web.browser()) => {
    const answer = await browser.get(
      `/places/concentration?measure=knife-crime&from=2021-04&to=2021-06${more}`,
    )
    assert.equal(answer.statusCode, 200)
    return new JSDOM(answer.body).window.document
  }
  const rowsOf = (page: Document, selector: string) =>
    [...page.querySelectorAll(`${selector} tbody tr`)].map(r =>
      [...r.querySelectorAll('th, td')].map(wordsOf),
    )

  test('how few small areas hold how much, those without any among them', async () => {
    const page = await open()
    // By chance, 100 in 25: Poisson of mean 4; the fullest of 25 has 8 or 9, so 8 to 9%.
    assert.match(
      wordsOf(page.querySelector('figure h2')),
      /^Knife crime: 1 small area \(5% of 25\) holds 40\.0% \(40 of 100\); by chance alone (8|9)\.\d% \(about (8|9)\)$/,
    )
    const rows = rowsOf(page, 'figure')
    assert.deepEqual(rows.find(r => r[0] === 'Leading 20%')!.slice(1, 3), ['5', '65.0% (65 of 100)'])
    assert.deepEqual(rows.find(r => r[0] === 'Fewest that hold 50%')!.slice(0, 2), [
      'Fewest that hold 50%',
      '2',
    ])
    assert.match(wordsOf(page.querySelector('.concord-workings')), /100 records that have a place, of 105/)
  })

  test('those that led before stand beside those that lead now, with regression to the mean said', async () => {
    const page = await open()
    const section = page.querySelector('section[aria-labelledby="then-heading"]')!
    assert.equal(
      wordsOf(section.querySelector('h2')),
      'The small area that led in April 2019 to June 2019 held 60.0% (60 of 100) then and holds 40.0% (40 of 100) now',
    )
    assert.match(wordsOf(section), /fall back by themselves \(regression to the mean\)/)
    // Three led with 100 of 100, and hold 50 now; the three that lead now hold 55. PAI: 50% in 12% of places.
    const rows = rowsOf(page, 'section[aria-labelledby="then-heading"]')
    assert.deepEqual(
      rows.find(r => r[0]!.startsWith('10%')),
      [
        '10%: 3 small areas',
        '100.0% (100 of 100)',
        '50.0% (50 of 100)',
        '55.0% (55 of 100)',
        '4.2 times',
        '90.9% (50 of 55)',
        '2.0 to 1',
      ],
    )
    // Only three had any: five cannot have led.
    assert.equal(
      rows.some(r => r[0]!.startsWith('20%')),
      false,
    )
  })

  test('the share inside impact areas has its interval, its counts and the share of residents', async () => {
    const page = await open()
    // Wilson's interval of 50 of 100 is 40.4% to 59.6%.
    assert.equal(
      wordsOf(page.querySelector('#impact-heading')),
      'Inside impact areas: 50.0% (50 of 100), 95% interval 40.4 to 59.6, where 8.0% (2,000 of 25,000) of residents live',
    )
    assert.match(
      wordsOf(page.querySelector('section[aria-labelledby="impact-heading"]')),
      /4\.8% \(5 of 105\)/,
    )
  })

  test('squares of 250 metres come from the records, those without any among them', async () => {
    const page = await open('&place=cell')
    const [, of] = /of ([\d,]+)\) hold/.exec(wordsOf(page.querySelector('figure h2')))!
    // 0.1° by 0.1° at 52.45° north are 6.79 km by 11.13 km: about 1,209 squares.
    const squares = Number(of!.replaceAll(',', ''))
    assert.ok(Math.abs(squares - 1209) < 40, String(squares))
    assert.match(wordsOf(page.querySelector('.concord-workings')), /select longitude, latitude/)
  })

  test('R27 a board member sees the share inside impact areas, and why nothing smaller', async () => {
    const board = web.browser()
    await board.submit('/view-as', '/view-as', { role: 'board-member' })
    const page = await open('', board)
    assert.match(
      wordsOf(page.querySelector('.govuk-inset-text')),
      /not shown here\. This reads single records/,
    )
    assert.equal(page.querySelectorAll('figure').length, 0)
    assert.match(
      wordsOf(page.querySelector('section[aria-labelledby="impact-heading"]')),
      /needs at least 6 months/,
    )
  })

  test('R7 what goes in is named, and what police activity produces is refused', async () => {
    assert.match(
      wordsOf((await open()).querySelector('main')),
      /Counted: Knife crime, from recorded offences\./,
    )
    const answer = await web.browser().get('/places/concentration?measure=stop-and-search')
    assert.equal(answer.statusCode, 400)
    assert.match(answer.body, /what police activity produces/)
  })
})
