import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { tester } from '../../../test/temporary-store.ts'
import { type TestWeb, testWeb } from '../../../test/web-for-tests.ts'
import { importFile } from '../../evidence/intake/import-file.ts'

let web: TestWeb
before(async () => {
  web = await testWeb({ synthetic: false })
  const search = (day: number, type: string, gender: string) =>
    `${type},2019-03-${String(day).padStart(2, '0')}T10:00:00+00:00,,,52.48,-1.9,${gender},18-24,Asian/Asian British - Indian,Asian,Misuse of Drugs Act 1971 (section 23),Controlled drugs,Arrest,True,False`
  const searches = Array.from({ length: 60 }, (_, i) =>
    search(
      (i % 28) + 1,
      ['Person search', 'Person and Vehicle search', 'Vehicle search'][i % 3]!,
      i % 2 ? 'Male' : 'Female',
    ),
  )
  const offences = Array.from(
    { length: 80 },
    (_, i) =>
      `SYN-${i},west-midlands,2019-03-${String((i % 28) + 1).padStart(2, '0')},34B,threat_seen,kitchen_knife,no`,
  )
  for (const [name, lines] of [
    [
      '2019-03-west-midlands-stop-and-search.csv',
      [
        'Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,Outcome linked to object of search,Removal of more than just outer clothing',
        ...searches,
      ],
    ],
    ['offences.csv', ['offence_id,force,recorded_on,ho_code,knife_use,weapon,domestic', ...offences]],
  ] as const) {
    const path = await web.store.file(name, lines.join('\n'))
    const report = await importFile(web.store, { path, actor: tester })
    assert.equal(report.status, 'active', report.refusal ?? '')
  }
})
after(() => web.close())

for (const page of [
  '/picture',
  '/time',
  '/places',
  '/places/concentration',
  '/places/near-repeats',
  '/people',
  '/weapons',
  '/stop-and-search',
  '/measures',
]) {
  test(`${page} answers somebody who may not see records`, async () => {
    const answer = await web.browser().get(page)
    assert.equal(answer.statusCode, 200, answer.body.replaceAll(/<[^>]+>/g, ' ').slice(0, 400))
  })
}
