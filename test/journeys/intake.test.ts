import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Answers } from '../../src/casework/intake/referrals/answers.ts'
import { saveAnswers, startDraft } from '../../src/casework/intake/referrals/draft-store.ts'
import { questionIds } from '../../src/casework/intake/referrals/questions.ts'
import { move, readReferral } from '../../src/casework/intake/referrals/referral-store.ts'
import { sendDraft } from '../../src/casework/intake/referrals/send-referral.ts'
import { asMember, type Member } from '../../src/governance/access/as-member.ts'
import { findMember } from '../../src/governance/sign-in/find-member.ts'
import { londonDay } from '../../src/platform/calendar.ts'
import { castUser } from '../../src/synthetic/casework/cast.ts'
import { agreementForReferrals } from '../agreement-for-referrals.ts'
import { onEveryStore } from '../every-store.ts'
import type { CastPost } from '../web-for-tests.ts'
import { desktop, faultsOn, openTab, phone, shown, sound } from './browser.ts'
import { type JourneyWeb, journeyWeb } from './journey-web.ts'
import { press, typeIn } from './keyboard.ts'
import { signInAs } from './sign-in.ts'

/** Long words and other scripts: what people type must not widen a page. */
const answers: Answers = {
  urgency: 'today',
  kind: 'child',
  given: 'Synthetic-Wolfeschlegelsteinhausenbergerdorff',
  family: 'طفل',
  birthDate: '2012-05-04',
  gender: 'female',
  ethnicity: 'not-known',
  disability: 'not-known',
  care: 'no',
  others: [{ name: 'Synthetic Sibling', age: '9', relation: 'brother' }],
  signs: ['TTS05', 'GYW03'],
  seen: `Came with two new phones. ${'w'.repeat(300)}`,
  strengths: 'Trusts her art teacher',
  basis: 'safeguarding',
  told: 'yes',
}

onEveryStore('referral, triage, concerns and the morning list', store => {
  let web: JourneyWeb
  let draft: string
  let decided: string
  let taken: string
  before(async () => {
    web = await journeyWeb({ databaseUrl: await store.databaseUrl() })
    const { database } = web.store.installation
    await agreementForReferrals(database)
    const as = <T>(member: Member, act: Parameters<typeof asMember<T>>[3]) =>
      asMember(database, member, { now: new Date() }, act)
    const officer = (await findMember(database, castUser(1)))!
    const coordinator = (await findMember(database, castUser(2)))!
    const fill = async (member: Member) =>
      as(member, async tx => {
        const id = await startDraft(tx)
        await saveAnswers(tx, id, answers)
        return id
      })
    const send = async () => {
      const id = await fill(officer)
      const sending = await as(officer, tx => sendDraft(tx, id))
      assert.ok(sending.outcome === 'sent')
      return sending.reference
    }
    const take = (reference: string) =>
      as(coordinator, tx => move(tx, reference, 'take', { key: randomUUID(), seen: 1 }))
    draft = await fill(officer)
    taken = await send()
    await take(taken)
    decided = await send()
    await take(decided)
    await as(coordinator, async tx =>
      move(tx, decided, 'decline', {
        key: randomUUID(),
        seen: (await readReferral(tx, decided)).stands.seq,
        detail: {
          decision: {
            outcome: 'declined',
            level: null,
            route: 'early-help',
            reason: 'already-helped',
            told: 'x'.repeat(200),
          },
        },
        because: 'For coordinators',
      }),
    )
    await hurtLastNight(database, officer)
  })
  after(() => web.close())

  test('no page has a fault that axe finds, an id twice, an error or a sideways scroll', async () => {
    const addresses: [CastPost, string[]][] = [
      [
        'School link officer',
        [
          '/work',
          '/refer',
          ...questionIds.filter(q => q !== 'called').map(q => `/refer/${draft}/${q}`),
          ...['danger', 'check', 'no-agreement'].map(page => `/refer/${draft}/${page}`),
          `/referrals/${decided}`,
          `/referrals/${decided}/sent`,
          `/referrals/${decided}/challenge`,
          `/referrals/${taken}/withdraw`,
          `/referrals/${taken}/correct/lives`,
          '/concerns',
          '/concerns/new',
          '/overnight',
        ],
      ],
      [
        'Triage coordinator',
        [
          '/triage',
          '/triage?show=decided',
          '/triage?show=review&kind=place',
          `/triage/${taken}`,
          `/triage/${taken}/accept`,
          `/triage/${taken}/decline`,
          `/triage/${decided}`,
          '/concerns',
          '/referrals/figures',
        ],
      ],
      ['Information governance officer', ['/referrals/emergencies']],
    ]
    const tab = await openTab(web.browser, { viewport: phone })
    const faults: string[] = []
    for (const [post, paths] of addresses) {
      await signInAs(web, tab.page, post)
      const others = store.server ? [] : [desktop]
      faults.push(...(await faultsOn(tab, web.address, paths, { others })))
    }
    assert.deepEqual(faults, [])
    await tab.close()
  })

  test('everything works without JavaScript', async () => {
    const tab = await openTab(web.browser, { viewport: phone, javaScriptEnabled: false })
    const { page } = tab
    await signInAs(web, page, 'School link officer')
    await page.goto(`${web.address}/refer`)
    await page.getByRole('button', { name: 'Start' }).click()
    await page.getByLabel('Somebody is in danger now').check()
    await page.getByRole('button', { name: 'Save and continue' }).click()
    assert.match((await page.locator('main').textContent()) ?? '', /Ring 999/)
    await page.getByRole('button', { name: 'I have rung, go on' }).click()
    await page.getByLabel('A place').check()
    await page.getByRole('button', { name: 'Save and continue' }).click()
    await page.getByLabel('In a few words').fill('The steps behind the library (synthetic)')
    await page.getByRole('button', { name: 'Save and continue' }).click()
    await page.getByLabel('What have you seen or heard?').fill('Children are made to wait there for a car.')
    await page.getByRole('button', { name: 'Save and continue' }).click()
    await page.getByRole('button', { name: 'Save and continue' }).click()
    await page.getByLabel('To keep a child').check()
    await page.getByRole('button', { name: 'Save and continue' }).click()
    await page.getByLabel('No, not yet').check()
    await page.getByLabel('If not: why not?').fill('Nobody is named.')
    await page.getByRole('button', { name: 'Save and continue' }).click()
    await page.getByRole('button', { name: 'Send the referral' }).click()
    assert.match((await page.locator('main').textContent()) ?? '', /R-\d{4}-\d{4}/)
    await tab.close()
  })

  test('a concern is noted by keyboard in one page, and can become a referral', async () => {
    const tab = await openTab(web.browser, { viewport: phone })
    const { page } = tab
    await signInAs(web, page, 'School link officer')
    await page.goto(`${web.address}/concerns`)
    await sound(tab, 'no concerns yet')
    await press(page, 'Note a concern')
    await press(page, 'Note it')
    assert.match(await shown(page), /There is a problem/)
    await sound(tab, 'an error')
    await typeIn(page, 'Given name', 'Synthetic')
    await typeIn(page, 'What did you notice?', 'Asleep in class, for the third time.')
    await press(page, 'Note it')
    await sound(tab, 'the concern')
    await press(page, 'Refer them')
    assert.match(await shown(page), /How soon must somebody look at this/)
    await page.goto(`${web.address}/concerns`)
    await sound(tab, 'the log')
    await tab.close()
  })
})

/** Somebody hurt, in the member's own agency's records. */
async function hurtLastNight(
  database: JourneyWeb['store']['installation']['database'],
  member: Member,
): Promise<void> {
  const now = new Date()
  await asMember(database, member, { now }, async tx => {
    const [person, record] = [randomUUID(), randomUUID()]
    await tx.query('insert into persons (id, created_at) values ($1, present())', [person])
    await tx.query(
      `insert into agency_records (id, person_id, agency, names, purpose, legal_basis, owner, created_at, changed_at, review_on, delete_on)
       values ($1, $2, $3, '[{"given":"Synthetic","family":"Hurt","kind":"usual"}]', $4, 'x', $5, present(), present(), present_day() + 40, present_day() + 300)`,
      [record, person, member.agency, member.purpose, member.user],
    )
    await tx.query(
      `insert into entries (id, record_id, person_id, agency, nature, kind, role_in_event, occurred_on, text, source, author, created_at, changed_at, review_on, delete_on)
       values ($1, $2, $3, $4, 'fact', 'event', 'injured', $5, 'Synthetic event', 'record', $6, present(), present(), present_day() + 40, present_day() + 300)`,
      [randomUUID(), record, person, member.agency, londonDay(now), member.user],
    )
  })
}
