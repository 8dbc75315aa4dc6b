/** Everybody's day on a phone: each role's morning, every page that its navigation offers, and what is not there for it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type MemberRole, memberRoles } from '../../src/governance/roles.ts'
import { findMember } from '../../src/governance/sign-in/find-member.ts'
import { loadKnifeRobberies } from '../knife-robberies.ts'
import type { CastPost } from '../web-for-tests.ts'
import { faultsOf, openTab, phone, shown } from './browser.ts'
import { type JourneyWeb, journeyWeb } from './journey-web.ts'
import { press } from './keyboard.ts'
import { enterAs, signInAs } from './sign-in.ts'

interface Day {
  /** Of the cast; who has no place in it comes with an account of their own. */
  post: CastPost | null
  morning: string
  /** Reached by keyboard from the morning: links by their names, one after the other. */
  goes: (string | RegExp)[]
  /** Answered as if it were not there. */
  closed: string[]
}

/** Pages of figures: walked by those whose day they are. */
const figures = /^\/(picture|time|rises|weapons|stop-and-search|places|people|measures|methods)\b/

const people = ['/register', '/work', '/sharing', '/triage']

const days: Record<MemberRole, Day> = {
  practitioner: {
    post: 'School link officer',
    morning: '/work',
    goes: ['Concerns', 'Circles'],
    closed: ['/triage', '/groups', '/audit', '/users', '/data'],
  },
  coordinator: {
    post: 'Triage coordinator',
    morning: '/triage',
    goes: ['Your work', 'Sharing'],
    closed: ['/audit', '/users', '/data'],
  },
  analyst: {
    post: 'Analyst',
    morning: '/picture',
    goes: ['Weapons', /^How was this counted\?\s+Weapon in knife crime/],
    closed: [...people, '/audit', '/users'],
  },
  commander: {
    post: 'Chief inspector',
    morning: '/work',
    goes: ['Refer', 'Your work'],
    closed: ['/triage', '/overnight', '/audit', '/users', '/data'],
  },
  'board-member': {
    post: 'Board member',
    morning: '/picture',
    goes: ['Time', 'Overview'],
    closed: [...people, '/audit', '/users', '/data/upload'],
  },
  'scrutiny-panel-member': {
    post: null,
    morning: '/picture',
    goes: ['Stop and search', 'Overview'],
    closed: [...people, '/audit', '/users', '/data/upload'],
  },
  'information-governance-officer': {
    post: 'Information governance officer',
    morning: '/governance',
    goes: ['Record of acts', 'Who may see what'],
    closed: [...people, '/users', '/data'],
  },
  administrator: {
    post: 'Administrator of accounts',
    morning: '/users',
    goes: ['Agencies', 'People at work'],
    closed: [...people, '/audit', '/data'],
  },
}

let web: JourneyWeb
before(async () => {
  web = await journeyWeb()
  await loadKnifeRobberies(web.store)
})
after(() => web.close())

/** Somebody invented of the role, so that nobody real has an account and the cast can still be chosen. */
async function somebody(role: MemberRole) {
  const { database } = web.store.installation
  const [row] = await database.query<{ id: string }>(
    `insert into users (agency, name, post, email, role, state, created_at, synthetic)
     values ('violence-reduction-partnership', 'Toni Example (synthetic)', 'Member', 'toni@panel.example', $1, 'active', now(), true)
     returning id`,
    [role],
  )
  return (await findMember(database, row!.id))!
}

for (const role of memberRoles) {
  test(`${role}: the morning, and every page that is offered, without a fault at 320 pixels`, async () => {
    const { post, morning, goes, closed } = days[role]
    const tab = await openTab(web.browser, { viewport: phone })
    const { page } = tab
    if (post) await signInAs(web, page, post)
    else {
      await enterAs(web, page, await somebody(role))
      await page.goto(web.address)
    }
    assert.equal(new URL(page.url()).pathname, morning)
    const faults = await faultsOf(tab)
    for (const link of goes) {
      await press(page, typeof link === 'string' ? new RegExp(`^${link}$`) : link, 'link')
      faults.push(...(await faultsOf(tab)))
    }

    const offered = () =>
      page
        .locator('nav a[href^="/"]')
        .evaluateAll(links => links.map(link => link.getAttribute('href')!.split(/[?#]/)[0]!))
    const seen = new Set([morning])
    const waiting = await offered()
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      if (seen.has(path) || (morning !== '/picture' && figures.test(path))) continue
      seen.add(path)
      const status = (await page.goto(`${web.address}${path}`))?.status()
      if (status !== 200) faults.push(`${path}: status ${status}`)
      faults.push(...(await faultsOf(tab)))
      waiting.push(...(await offered()))
    }
    assert.ok(seen.size > 1, [...seen].join(' '))
    for (const path of closed) {
      const status = (await page.goto(`${web.address}${path}`))?.status()
      if (status !== 404) faults.push(`${path}: open to ${role}, status ${status}`)
    }
    assert.match(await shown(page), /Page not found/)
    assert.deepEqual(faults, [])
    await tab.close()
  })
}
