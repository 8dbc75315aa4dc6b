import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { caseworkForTests, morning, type TestCasework } from '../../../test/casework-for-tests.ts'
import { type TestBrowser, type TestWeb, testWeb } from '../../../test/web-for-tests.ts'
import { enterCustody } from '../../casework/custody/custody-store.ts'
import { asMember, type Member } from './as-member.ts'

let web: TestWeb
let casework: TestCasework
let officer: TestBrowser
let school: Member
let police: Member
before(async () => {
  web = await testWeb({ clock: () => morning })
  casework = await caseworkForTests(web.store.installation.database)
  officer = await web.signInAs(await casework.member('council', 'information-governance-officer', null))
  school = await casework.member('school')
  police = await casework.member('police')
})
after(() => web.close())

const ask = async (who: Member, kind: string, id: string, purpose = 'safeguarding') =>
  (await officer.get(`/governance/access?${new URLSearchParams({ user: who.user, purpose, kind, id })}`)).body

test('an officer learns why, in words, and not a word of what it says', async () => {
  const of = await casework.record(school)
  const entry = await casework.entry(school, of, { text: 'Quokka' })
  assert.match(await ask(school, 'entry', entry), /Yes[\s\S]*It is their own agency’s\./)
  const refused = await ask(police, 'entry', entry)
  assert.match(refused, /No[\s\S]*Another agency holds it\. They may ask that agency\./)
  assert.doesNotMatch(refused, /Quokka/)
  assert.match(await ask(school, 'entry', entry, ''), /had not said for what purpose/)
  assert.match(
    await ask(police, 'person', of.person),
    /Knowing that Oak School \(synthetic\) holds one[\s\S]*Their own agency holds no record/,
  )
})

test('a closed circle is explained to be closed to police', async () => {
  const charity = await casework.member('charity')
  const of = await casework.record(charity)
  const circle = randomUUID()
  await asMember(casework.database, charity, { now: morning }, async tx => {
    await tx.query(
      `insert into circles (id, name, kind, agency, owner, created_at, review_on) values ($1, 'One', 'mediation', 'charity', $2, present(), '2027-01-01')`,
      [circle, charity.user],
    )
    await tx.query('insert into circle_members values ($1, $2, $2, present())', [circle, charity.user])
  })
  const note = await casework.entry(charity, of, { circle })
  assert.match(await ask(charity, 'entry', note), /They were named as a member of the circle\./)
  assert.match(await ask(police, 'entry', note), /they were not named as a member/)
  assert.match(await ask(police, 'circle', circle), /they were not named as a member/)
})

test('custody is explained at its two depths', async () => {
  const of = await casework.record(police)
  await casework.record(school, of.person)
  const id = randomUUID()
  await asMember(casework.database, police, { now: morning }, tx =>
    enterCustody(
      tx,
      {
        person: of.person,
        called: 'Quokka',
        child: false,
        establishment: 'Quokka',
        wing: '',
        since: '2026-11-02',
        releaseOn: null,
        legalBasis: 'for tests',
      },
      { key: id },
    ),
  )
  assert.match(await ask(school, 'custody', id), /No agreement in writing joins the two agencies/)
  await casework.agree(['school', 'police'], ['custody'])
  const explained = await ask(school, 'custody', id)
  assert.match(
    explained,
    /Yes[\s\S]*They work with the person[\s\S]*No[\s\S]*They may know that the person is in custody/,
  )
  assert.doesNotMatch(explained, /Quokka/)
})

test('what is not there is said to be gone, and a question that is not whole is answered with what is missing', async () => {
  assert.match(await ask(school, 'entry', randomUUID()), /Nothing of that kind has this number/)
  const empty = (await officer.get('/governance/access?user=&kind=&id=')).body
  for (const sentence of ['Choose who', 'Choose what kind of thing', 'Enter the number']) {
    assert.match(empty, new RegExp(sentence))
  }
})

test('nobody else asks, neither over the page nor in the database', async () => {
  const of = await casework.record(school)
  const other = await web.signInAs(await casework.member('school', 'coordinator'))
  assert.equal((await other.get('/governance/access')).statusCode, 404)
  const [row] = await asMember(casework.database, school, { now: morning }, tx =>
    tx.query<{ facts: unknown }>(`select access_facts('person', $1) as facts`, [of.person]),
  )
  assert.equal(row!.facts, null)
})
