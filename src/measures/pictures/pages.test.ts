import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { JSDOM } from 'jsdom'
import { loadKnifeRobberies } from '../../../test/knife-robberies.ts'
import { type TestBrowser, type TestWeb, testWeb } from '../../../test/web-for-tests.ts'

const documentOf = (html: string): Document => new JSDOM(html).window.document as unknown as Document
const wordsOf = (element: Element | null | undefined): string =>
  (element?.textContent ?? '').replace(/\s+/g, ' ').trim()

/** Rows of the first table under a heading's section, as lists of cells. */
function tableRows(page: Document, selector: string): string[][] {
  const table = page.querySelector(`${selector} table`)
  assert.ok(table, `${selector} has no table`)
  return [...table.querySelectorAll('tbody tr, tfoot tr')].map(row =>
    [...row.querySelectorAll('th, td')].map(cell => wordsOf(cell)),
  )
}

describe('the pages of pictures over evidence that was counted by hand', () => {
  let web: TestWeb
  let analyst: TestBrowser
  const open = async (url: string, browser = analyst) => {
    const answer = await browser.get(url)
    assert.equal(answer.statusCode, 200, url)
    return documentOf(answer.body)
  }

  before(async () => {
    web = await testWeb()
    analyst = web.browser()
    await loadKnifeRobberies(web.store)
  })
  after(() => web.close())

  test('the picture opens on the latest months held, beside the same months of the baseline', async () => {
    const page = await open('/picture')
    assert.match(
      wordsOf(page.querySelector('#headlines + p')),
      /^April 2021 to June 2021, beside .* April 2019 to June 2019$/,
    )
    const card = wordsOf(page.querySelector('.concord-card'))
    assert.match(card, /Knife crime 300 offences A 67% rise, 300 against 180/)
  })

  test('a headline that nothing was sent for says which dataset it needs', async () => {
    const page = await open('/picture')
    const cards = [...page.querySelectorAll('.concord-card')].map(wordsOf)
    assert.match(
      cards.find(c => c.startsWith('Admissions'))!,
      /Nothing was sent .* missing, not zero Needs Hospital admissions/,
    )
  })

  test('what changed beyond noise names the area that changed and not the one that did not', async () => {
    const page = await open('/picture')
    const rows = tableRows(page, 'section[aria-labelledby="changed"]')
    assert.deepEqual(
      rows.filter(r => r[1] === 'Knife crime'),
      [['Birmingham West', 'Knife crime', 'up 100%', '180', '90']],
    )
    assert.ok(!wordsOf(page.querySelector('#changed')?.parentElement).includes('Coventry'))
  })

  test('table 1 sets victims under 25 beside offences, area by area', async () => {
    const page = await open('/picture')
    const rows = tableRows(page, 'section[aria-labelledby="table-one"]')
    // Areas without any are rows of 0.
    assert.deepEqual(
      rows.filter(r => r[1] !== '0'),
      [
        ['Birmingham West', '180', '90', '50'],
        ['Coventry', '90', '45', '50'],
        ['Unknown', '30', '15', '50'],
        ['All', '300', '150', '50'],
      ],
    )
  })

  test('time gives the months of both sides and half of the hours', async () => {
    const page = await open('/time')
    const rows = tableRows(page, 'section[aria-labelledby="months-title"]')
    assert.equal(rows[0]![0], 'Apr 2021')
    assert.equal(rows[0]![1], '100')
    assert.ok(rows[0]!.includes('60'))
    assert.match(
      wordsOf(page.querySelector('#hours-title')),
      /between 17:00 and 18:00: 100.0% \(300 of 300\)/,
    )
    assert.match(wordsOf(page.querySelector('main')), /seasonal index needs at least one whole year/)
  })

  test('places show the unknown as a row and in a sentence, and the map beside them', async () => {
    const page = await open('/places')
    assert.match(
      wordsOf(page.querySelector('.concord-places__list')),
      /10.0% \(30 of 300\) could not be placed/,
    )
    const rows = tableRows(page, '.concord-places__list')
    assert.deepEqual(rows.at(-2)![0], 'Unknown')
    // Only the west of Birmingham has boundaries here.
    assert.match(
      wordsOf(page.querySelector('.concord-places__list')),
      /Not listed: Birmingham East\. Its rows are under “Unknown”/,
    )
    assert.match(rows[0]!.join(' '), /^Birmingham West 180 \(155 to 208\) 90 up 100%/)
    assert.equal(page.querySelectorAll('.chart-map [data-mark="areas"] a').length, 2)
    const withoutMap = await open('/places?level=ward')
    assert.match(
      wordsOf(withoutMap.querySelector('.concord-places__list')),
      /Boundaries of this level are not loaded/,
    )
  })

  test('R7 the address of a map of stop and search is refused with the reason', async () => {
    const answer = await analyst.get('/places?measure=stop-and-search')
    assert.equal(answer.statusCode, 400)
    assert.match(answer.body, /what police activity produces/)
  })

  test('R6 people are never sorted or listed, and every chart is of one role', async () => {
    const page = await open('/people')
    assert.equal(page.querySelectorAll('main .concord-table__sort').length, 0)
    for (const section of page.querySelectorAll('.concord-role')) {
      const role = section.querySelector('h2')!.id
      const other = role === 'victims' ? /suspects|charged/ : /victims/
      for (const chart of section.querySelectorAll('figure')) assert.doesNotMatch(wordsOf(chart), other)
    }
    assert.doesNotMatch(page.querySelector('main')!.innerHTML, /p2021-04|s2021-04/)
  })

  test('people stand with counts, shares of those whose group is known, and the unknown', async () => {
    const page = await open('/people')
    const victims = wordsOf(page.querySelector('#victims')?.parentElement)
    assert.match(victims, /Knife crime: 300 victims/)
    assert.match(victims, /Under 25: 150 of 300 victims of known age \(50.0%\)/)
    const suspects = wordsOf(page.querySelector('#suspects')?.parentElement)
    assert.match(suspects, /Ethnic group not known: 100.0%|Not recorded: Unknown/)
  })

  test('R29 no percentage on a page of pictures stands without its counts', async () => {
    for (const url of ['/weapons', '/people']) {
      const page = await open(url)
      const lines = [...page.querySelectorAll('svg.chart-narrow text')].map(wordsOf).join(' ')
      const alone = [...lines.matchAll(/[\d.]+%(?! interval)(?! \()/g)].map(m => m[0])
      assert.deepEqual(alone, [], url)
    }
  })

  test('a board member sees counts rounded to five and no exact ones', async () => {
    const board = web.browser()
    await board.submit('/view-as', '/view-as', { role: 'board-member' })
    const page = await open('/picture', board)
    for (const row of tableRows(page, 'section[aria-labelledby="table-one"]')) {
      for (const n of row.slice(1, 3))
        assert.ok(n === 'withheld' || Number(n.replaceAll(',', '')) % 5 === 0, row.join(' '))
    }
    const small = await open('/places?level=lsoa', board)
    assert.match(wordsOf(small.querySelector('.concord-places__list')), /Small areas are not mapped/)
  })

  test('what cannot be used in an address is named above the page it falls back to', async () => {
    const page = await open('/picture?from=2021-13&npu=ZZ')
    const summary = wordsOf(page.querySelector('.govuk-error-summary'))
    assert.match(summary, /"2021-13".*no policing area "ZZ"/)
    assert.match(page.title, /^Error: /)
  })

  test('a page is one document: no id twice, no style attribute, every chart with its table and figure', async () => {
    for (const url of ['/picture', '/time', '/places', '/people', '/weapons']) {
      const page = await open(url)
      const ids = [...page.querySelectorAll('[id]')].map(e => e.id)
      assert.deepEqual(
        ids.filter((id, i) => ids.indexOf(id) !== i),
        [],
        url,
      )
      assert.equal(page.querySelectorAll('main [style], main style').length, 0, url)
      for (const figure of page.querySelectorAll('figure.concord-chart')) {
        assert.ok(figure.querySelector('table'), `${url}: ${figure.querySelector('h2, h3')?.textContent}`)
        assert.ok(figure.querySelector('a[href^="/figures/"]'), url)
      }
    }
  })
})

test('with nothing loaded every page says which dataset it needs and where its template is', async () => {
  const web = await testWeb()
  try {
    const browser = web.browser()
    for (const [url, dataset] of [
      ['/picture', 'offences'],
      ['/time', 'offences'],
      ['/places', 'offences'],
      ['/people', 'offence-people'],
      ['/weapons', 'offences'],
      ['/stop-and-search', 'stop-and-search'],
    ] as const) {
      const answer = await browser.get(url)
      assert.equal(answer.statusCode, 200, url)
      const page = documentOf(answer.body)
      assert.match(wordsOf(page.querySelector('.concord-empty')), /Nothing has been loaded yet/)
      assert.ok(
        page.querySelector(`a[href="/data/datasets/${dataset}"]`),
        `${url} does not lead to ${dataset}`,
      )
    }
  } finally {
    await web.close()
  }
})
