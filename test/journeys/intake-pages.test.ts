import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
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
import { desktop, openTab, overflow, phone } from './browser.ts'
import { type JourneyWeb, journeyWeb } from './journey-web.ts'

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

describe('every page of referral, triage, concerns and the morning list', () => {
  let web: JourneyWeb
  let draft: string
  let decided: string
  let taken: string
  before(async () => {
    web = await journeyWeb()
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

  for (const [name, viewport] of [
    ['a desk', desktop],
    ['a phone 320 pixels wide', phone],
  ] as const) {
    test(`has no fault that axe finds, no id twice, no error and no sideways scroll on ${name}`, async () => {
      const addresses: [string, string[]][] = [
        [
          'school link officer',
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
          'triage coordinator',
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
        ['information governance officer', ['/referrals/emergencies']],
      ]
      const tab = await openTab(web.browser, { viewport })
      const faults: string[] = []
      for (const [post, paths] of addresses) {
        await tab.page.goto(`${web.address}/sign-in-as`)
        await tab.page.getByRole('button', { name: `Sign in as ${post}` }).click()
        // Leaving while a script is on its way would count as a failed request.
        await tab.page.waitForLoadState('networkidle')
        for (const path of paths) {
          const status = (await tab.page.goto(`${web.address}${path}`))?.status()
          if (status !== 200) faults.push(`${path}: status ${status}`)
          for (const fault of await tab.accessibilityFaults()) faults.push(`${path}: ${fault}`)
          const wider = await overflow(tab.page)
          if (wider > 0) faults.push(`${path}: ${wider} pixels wider than the window`)
          const doubled = await tab.page.evaluate(() => {
            const ids = [...document.querySelectorAll('[id]')].map(e => e.id)
            return ids.filter((id, i) => ids.indexOf(id) < i)
          })
          if (doubled.length > 0) faults.push(`${path}: ${doubled.join(', ')} twice`)
          for (const trouble of tab.troubles.splice(0)) faults.push(`${path}: ${trouble}`)
        }
      }
      assert.deepEqual(faults, [])
      await tab.close()
    })
  }
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
