import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { type TestWeb, testWeb } from '../../../../test/web-for-tests.ts'
import { asMember, type Member } from '../../../governance/access/as-member.ts'
import { listFrom, type OvernightPerson, readOffers, sections } from './overnight.ts'
import { readOvernight, saveOffers } from './overnight-store.ts'

const morning = new Date('2026-11-23T08:40:00Z')

test('the list of a Monday reaches back to Friday, and over Christmas to Christmas Eve', () => {
  assert.equal(listFrom('2026-11-23'), '2026-11-20')
  assert.equal(listFrom('2026-11-24'), '2026-11-23')
  assert.equal(listFrom('2026-12-29'), '2026-12-24')
})

const person = (entry: string, roleInEvent: OvernightPerson['roleInEvent']): OvernightPerson => ({
  entry,
  person: `person-${entry}`,
  name: 'Synthetic Person',
  roleInEvent,
  occurredOn: '2026-11-22',
  offer: null,
})

test('R1 whoever was hurt and whoever is suspected never stand in one list', () => {
  const found = sections([person('a', 'suspected'), person('b', 'injured'), person('c', 'suspected')])
  assert.deepEqual(
    found.map(s => [s.title, s.people.map(p => p.entry)]),
    [
      ['Hurt', ['b']],
      ['Suspected', ['a', 'c']],
    ],
  )
})

test('rows left empty are no offers; an accepted one says who takes it on', () => {
  const people = [person('a', 'injured'), person('b', 'injured'), person('c', 'injured')]
  const faults: Record<string, string> = {}
  const offers = readOffers(
    { 'answer-a': 'accepted', 'answer-b': 'declined', 'taken-b': 'left over', 'answer-c': 'constructor' },
    people,
    faults,
  )
  assert.deepEqual(Object.keys(faults), ['taken-a'])
  assert.deepEqual(
    offers.map(o => [o.entry, o.answer, o.takenBy]),
    [
      ['a', 'accepted', null],
      ['b', 'declined', null],
    ],
  )
})

describe('in the store and on the page', () => {
  let web: TestWeb
  let navigator: Member
  before(async () => {
    web = await testWeb({ clock: () => morning })
    navigator = await web.castMember('Navigator in the emergency department')
  })
  after(() => web.close())

  const as = <T>(member: Member, act: Parameters<typeof asMember<T>>[3]) =>
    asMember(web.store.installation.database, member, { now: morning }, act)

  /** An event of the member's agency with somebody in it. */
  const event = (member: Member, family: string, role: string, day: string) =>
    as(member, async tx => {
      const [id, record, entry] = [randomUUID(), randomUUID(), randomUUID()]
      await tx.query('insert into persons (id, created_at) values ($1, present())', [id])
      await tx.query(
        `insert into agency_records (id, person_id, agency, names, purpose, legal_basis, owner, created_at, changed_at, review_on, delete_on)
         values ($1, $2, $3, $4, 'safeguarding', 'x', $5, present(), present(), '2027-01-01', '2028-01-01')`,
        [
          record,
          id,
          member.agency,
          JSON.stringify([{ given: 'Synthetic', family, kind: 'usual' }]),
          member.user,
        ],
      )
      await tx.query(
        `insert into entries (id, record_id, person_id, agency, nature, kind, role_in_event, occurred_on, text, source, author, created_at, changed_at, review_on, delete_on)
         values ($1, $2, $3, $4, 'fact', 'event', $5, $6, 'Synthetic event', 'record', $7, present(), present(), '2027-01-01', '2028-01-01')`,
        [entry, record, id, member.agency, role, day, member.user],
      )
      return { entry, person: id }
    })

  test('shows the agency’s own people since Friday, takes a pass, and shows the answers', async () => {
    const hurt = await event(navigator, 'Hurt', 'injured', '2026-11-21')
    await event(navigator, 'Earlier', 'injured', '2026-11-19')
    await event(await web.castMember('Neighbourhood police officer'), 'Elsewhere', 'suspected', '2026-11-22')
    const browser = await web.signInAs('Navigator in the emergency department')
    const list = await browser.get('/overnight')
    assert.match(list.body, /Synthetic Hurt/)
    assert.doesNotMatch(list.body, /Earlier|Elsewhere/)
    const bad = await browser.submit('/overnight', '/overnight', { [`answer-${hurt.entry}`]: 'accepted' })
    assert.equal(bad.statusCode, 400)
    assert.match(bad.body, new RegExp(`href="#taken-${hurt.entry}"`))
    const saved = await browser.submit('/overnight', '/overnight', {
      [`answer-${hurt.entry}`]: 'accepted',
      [`taken-${hurt.entry}`]: 'Youth team <b>',
    })
    assert.equal(saved.statusCode, 303)
    const after = await browser.get('/overnight')
    assert.match(after.body, /<strong>Accepted<\/strong>, taken on by <bdi>Youth team &lt;b&gt;/)
    for (const post of ['Chief inspector', 'Analyst', 'Board member'] as const) {
      assert.equal((await (await web.signInAs(post)).get('/overnight')).statusCode, 404, post)
    }
  })

  test('the same pass twice is one, and nobody answers for another agency’s people', async () => {
    const { entry, person: id } = await event(navigator, 'Twice', 'at-risk', '2026-11-22')
    const key = randomUUID()
    const offer = { entry, person: id, answer: 'not-reached' as const, takenBy: null }
    await as(navigator, tx => saveOffers(tx, key, [offer]))
    await as(navigator, tx => saveOffers(tx, key, [offer]))
    const [count] = await web.store.installation.database.query<{ n: number }>(
      'select count(*) as n from help_offers where entry = $1',
      [entry],
    )
    assert.equal(count!.n, 1)
    const listed = (await as(navigator, readOvernight)).find(p => p.entry === entry)
    assert.equal(listed?.offer?.answer, 'not-reached')
    const police = await web.castMember('Neighbourhood police officer')
    await assert.rejects(
      as(police, tx => saveOffers(tx, randomUUID(), [offer])),
      /row-level security/,
    )
  })
})
