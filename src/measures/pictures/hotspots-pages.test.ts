import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { JSDOM } from 'jsdom'
import { tester } from '../../../test/temporary-store.ts'
import { type TestBrowser, type TestWeb, testWeb } from '../../../test/web-for-tests.ts'
import { loadBoundaryFile } from '../../evidence/geography/load-boundary-file.ts'
import { importFile } from '../../evidence/intake/import-file.ts'
import { fromNationalGrid } from '../methods/national-grid.ts'

const documentOf = (html: string): Document => new JSDOM(html).window.document as unknown as Document
const wordsOf = (element: Element | null | undefined): string =>
  (element?.textContent ?? '').replace(/\s+/g, ' ').trim()

/** A square of ten kilometres, its south-west at a whole kilometre. */
const [WEST, SOUTH, SIDE] = [400_000, 280_000, 10_000]
const corner = (east: number, north: number) => fromNationalGrid(WEST + east, SOUTH + north)

const boundary = (properties: Record<string, string>, [west, east]: [number, number]) => ({
  type: 'Feature',
  properties,
  geometry: {
    type: 'Polygon',
    coordinates: [
      [corner(west, 0), corner(west, SIDE), corner(east, SIDE), corner(east, 0), corner(west, 0)],
    ],
  },
})

/** Records in the middle of a cell of 250 metres: column and row from the south-west, and how many in each year. */
const cells: [col: number, row: number, now: number, then: number][] = [
  [10, 10, 40, 12],
  [10, 11, 30, 10],
  [30, 30, 20, 22],
  [20, 35, 0, 15],
]
const SCATTERED = 60

function offencesCsv(): string {
  let number = 0
  const row = (day: string, at: [number, number] | null, hour = 21) =>
    `${++number},west-midlands,${day},${day} ${hour}:30,34B,threat_seen,kitchen_knife,no,personal,street,${at ? at.map(n => n.toFixed(6)).join(',') : ','}`
  const day = (month: string, i: number) => `${month}-${String(1 + (i % 28)).padStart(2, '0')}`
  const many = (month: string, count: number, at: (i: number) => [number, number] | null) =>
    Array.from({ length: count }, (_, i) => row(day(month, i), at(i)))
  const rows = cells.flatMap(([col, r, now, then]) => {
    const at = () => corner((col + 0.5) * 250, (r + 0.5) * 250)
    return [...many('2021-05', now, at), ...many('2020-05', then, at)]
  })
  // One in each of 60 cells far from each other, and from the others.
  const scattered = (i: number) =>
    corner((3 * (i % 10) + 0.5) * 250 + 2000, (3 * Math.floor(i / 10) + 0.5) * 250)
  return [
    'offence_id,force,recorded_on,committed_from,ho_code,knife_use,weapon,domestic,robbery_type,location_type,longitude,latitude',
    ...rows,
    ...many('2021-05', SCATTERED, i => scattered(i)),
    ...many('2021-05', 5, () => null),
    ...many('2021-05', 2, () => corner(SIDE + 3000, 500)),
    '',
  ].join('\n')
}

async function loadBoundaries({ store }: TestWeb): Promise<void> {
  for (const [name, layer, features] of [
    ['authority', 'local-authority', [boundary({ LAD24CD: 'E08000025', LAD24NM: 'Birmingham' }, [0, SIDE])]],
    [
      'ward',
      'ward',
      [
        boundary({ WD24CD: 'E05000001', WD24NM: 'Lowerside' }, [0, 5000]),
        boundary({ WD24CD: 'E05000002', WD24NM: 'Upperside' }, [5000, SIDE]),
      ],
    ],
  ] as const) {
    const path = await store.file(`${name}.geojson`, JSON.stringify({ type: 'FeatureCollection', features }))
    await loadBoundaryFile(store.installation, { path, layer }, tester)
  }
}

async function loadOffences({ store }: TestWeb): Promise<void> {
  const report = await importFile(store, {
    path: await store.file('offences.csv', offencesCsv()),
    dataset: 'offences',
    actor: tester,
  })
  assert.equal(report.status, 'active', JSON.stringify(report))
}

describe('hotspots over evidence that was placed by hand', () => {
  let web: TestWeb
  let analyst: TestBrowser
  const open = async (url: string, browser = analyst) => {
    const answer = await browser.get(url)
    assert.equal(answer.statusCode, 200, `${url}: ${answer.body.slice(0, 500)}`)
    return documentOf(answer.body)
  }
  const rows = (page: Document) =>
    [...page.querySelectorAll('section[aria-labelledby="list-heading"] tbody tr')].map(tr =>
      [...tr.querySelectorAll('th, td')].map(wordsOf),
    )
  const MAY = '/places/hotspots?from=2021-05&to=2021-05&compare=year-before'

  before(async () => {
    web = await testWeb()
    analyst = web.browser()
    await loadBoundaries(web)
    await loadOffences(web)
  })
  after(() => web.close())

  test('the list has the hotspots in their order, then everything else, and sums to the whole', async () => {
    const page = await open(MAY)
    const list = rows(page)
    assert.deepEqual(
      list.map(r => [r[0], r[1]]),
      [
        ['1. Around Lowerside ward, Birmingham', '70 (44.6%)'],
        ['2. Around Upperside ward, Birmingham', '20 (12.7%)'],
        ['Elsewhere in the area', '60 (38.2%)'],
        ['With a point beyond the boundary', '2 (1.3%)'],
        ['Without a point: not on the map', '5 (3.2%)'],
      ],
    )
    assert.equal(
      list.reduce((sum, r) => sum + Number(r[1]!.split(' ')[0]), 0),
      157,
    )
  })

  test('the numbers on the map are those of the list, with the same counts', async () => {
    const page = await open(MAY)
    const labels = [...page.querySelectorAll('.chart-wide [data-mark="numbers"] a')].map(a =>
      a.getAttribute('aria-label'),
    )
    assert.deepEqual(labels, [
      '1. Around Lowerside ward, Birmingham: 70 offences',
      '2. Around Upperside ward, Birmingham: 20 offences',
    ])
  })

  test('then and now are the same cells, and what chance explains is not called a change', async () => {
    const [first, second] = rows(await open(MAY))
    // 70 against 22 is clear, 20 against 22 is not.
    assert.equal(first![4], '22')
    assert.match(first![5]!, /^up 218%$/)
    assert.deepEqual(second!.slice(4, 6), ['22', 'no clear change'])
    assert.match(first![6]!, /^21:00 and 22:00 \(70 of 70\)$/)
  })

  test('it says which hotspots stood out then as well, and what does not any more', async () => {
    const text = wordsOf((await open(MAY)).querySelector('main'))
    assert.match(
      text,
      /2 of the 2 hotspots stood out in May 2020 as well; 1 that stood out then does not any more\./,
    )
  })

  test('R7 what went into the map is named, and no word says what will come', async () => {
    const page = await open(MAY)
    const text = wordsOf(page.querySelector('main'))
    assert.match(
      text,
      /Counted on this map: Knife crime, from recorded offences\. Stops, searches and weapons/,
    )
    assert.doesNotMatch(text, /predict|forecast|likely to|risk/i)
  })

  test('R7 stop and search, and what it finds, are refused with the reason', async () => {
    for (const measure of ['stop-and-search', 'weapons-recovered', 'street-weapons', 'homicide']) {
      const answer = await analyst.get(`/places/hotspots?measure=${measure}`)
      assert.equal(answer.statusCode, 400, measure)
      assert.match(answer.body, /what police activity produces/)
      const download = await analyst.get(`/places/hotspots/${measure}/download/csv`)
      assert.equal(download.statusCode, 400, measure)
    }
    const offered = [...(await open(MAY)).querySelectorAll('#filter-measure option')].map(o =>
      o.getAttribute('value'),
    )
    assert.ok(offered.includes('knife-crime') && !offered.some(id => id!.startsWith('stop')), offered.join())
  })

  test('R27 those who may not see records see no hotspots, on the page or as a file', async () => {
    const board = web.browser()
    await board.submit('/view-as', '/view-as', { role: 'board-member' })
    const page = await open(MAY, board)
    assert.match(wordsOf(page.querySelector('main')), /reads single records/)
    assert.equal(page.querySelectorAll('main svg, main table').length, 0)
    const download = await board.get('/places/hotspots/knife-crime/download/csv?from=2021-05&to=2021-05')
    assert.equal(download.statusCode, 400)
    assert.doesNotMatch(download.body, /Lowerside/)
  })

  test('days work, and with few records there is a sentence instead of a surface', async () => {
    const page = await open('/places/hotspots?from=2021-05-01&to=2021-05-07&compare=previous')
    assert.match(wordsOf(page.querySelector('.concord-filter')), /1 May 2021 to 7 May 2021/)
    // Dealt to days 1 to 28 in turn, the first week has 14 of 40, 9 of 30, 7 of 20 and 18 of 60.
    assert.match(wordsOf(page.querySelector('main')), /48 records have a point inside the area/)
    assert.equal(page.querySelectorAll('main svg.chart-map').length, 0)
    assert.ok(page.querySelector('a[href*="from=2021-05-01"]'), 'the last four weeks, up to 28 May')
  })

  test('how it was done says bandwidth, cells, what was left out, and the query', async () => {
    const page = await open(`${MAY}&bandwidth=400`)
    const [density, hot] = [...page.querySelectorAll('.concord-workings')].map(wordsOf)
    assert.match(density!, /Radius of 400 metres, as chosen.*150 of 157 offences.*5 without a point.*beyond/)
    assert.match(hot!, /1,600 cells.*Benjamini and Hochberg.*select/)
  })

  test('what stands in the address more than once is named, not a defect', async () => {
    for (const name of ['limits', 'pandemic', 'npu', 'bandwidth']) {
      const answer = await analyst.get(`${MAY}&${name}=1&${name}=2`)
      assert.equal(answer.statusCode, 400, name)
      assert.match(answer.body, /more than once/)
    }
  })

  test('the list as a file has the same rows, and what defines them on each', async () => {
    const href = (await open(MAY)).querySelector('a[href*="/download/csv"]')!.getAttribute('href')!
    const answer = await analyst.get(href)
    assert.equal(answer.headers['content-type'], 'text/csv; charset=utf-8')
    const [header, first, ...rest] = answer.body.trim().split('\r\n')
    assert.equal(rest.length, 4)
    assert.match(header!, /^number,where,count,km2,comparator-count,change,/)
    assert.match(
      first!,
      /^1,"Around Lowerside ward, Birmingham",70,.*,22,"a 218% rise, 70 against 22",21,22,knife-crime,/,
    )
  })
})

test('without boundaries nothing is told, and the page says what to load', async () => {
  const web = await testWeb()
  try {
    await loadOffences(web)
    const answer = await web.browser().get('/places/hotspots')
    assert.match(answer.body, /Boundaries of the area are not loaded/)
  } finally {
    await web.close()
  }
})

test('R9 a method whose last day has passed does not run, and the page says whose it is', async () => {
  const web = await testWeb({ clock: () => new Date('2099-06-15T09:00:00Z') })
  try {
    await loadBoundaries(web)
    await loadOffences(web)
    const page = documentOf((await web.browser().get('/places/hotspots?from=2021-05&to=2021-05')).body)
    assert.match(
      wordsOf(page.querySelector('main')),
      /Density surface was allowed until .* not been looked at again/,
    )
    assert.equal(page.querySelectorAll('main svg.chart-map, main table').length, 0)
  } finally {
    await web.close()
  }
})
