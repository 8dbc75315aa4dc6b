import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { caseworkForTests, morning, type TestCasework } from '../../test/casework-for-tests.ts'
import { type TestWeb, testWeb } from '../../test/web-for-tests.ts'
import type { Member } from '../governance/access/as-member.ts'

/** SQL that the page of the tests runs as whoever is signed in. */
let sql = ''
let web: TestWeb
let casework: TestCasework
let school: Member
before(async () => {
  web = await testWeb({
    clock: () => morning,
    extraPages: [
      (app, context) => {
        app.get('/try', { config: { may: 'see-people', records: 'nothing' } }, request =>
          context.casework.as(request, tx => tx.query(sql)),
        )
      },
    ],
  })
  casework = await caseworkForTests(web.store.installation.database)
  school = await casework.member('school')
})
after(() => web.close())

const answer = async (text: string) => {
  sql = text
  return (await (await web.signInAs(school)).get('/try')).statusCode
}

const refusals = async () =>
  (
    await casework.database.query<{ n: number }>(
      `select count(*) as n from audit where event = 'refused-access' and outcome = 'refused'`,
    )
  )[0]!.n

const share = (person: string) =>
  `insert into disclosures (person_id, from_agency, to_agency, kind, purpose, legal_basis, fields, content, because, person_told, made_by, made_at, ends_on, review_on)
   values ('${person}', 'oak-school', 'police', 'emergency', 'safeguarding', 'x', '{summary}', '{}', 'x', 'x', '${school.user}', present(), '2026-11-23', '2026-11-23')`

test('what the policies refuse, and what leans on nothing, are both not there, and both recorded', async () => {
  const theirs = await casework.record(await casework.member('council'))
  const before = await refusals()
  assert.equal(await answer(share(theirs.person)), 404)
  assert.equal(await answer(share(randomUUID())), 404)
  assert.equal(await refusals(), before + 2)
})

test('a key that is taken is somebody who was first, and no defect', async () => {
  const { person } = await casework.record(school)
  const before = await refusals()
  assert.equal(await answer(`insert into persons (id, created_at) values ('${person}', present())`), 409)
  assert.equal(await refusals(), before)
})

test('a grant that is missing stays a defect, which is logged', async () => {
  assert.equal(await answer('select * from sessions'), 500)
})
