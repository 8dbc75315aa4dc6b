import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestWeb, testWeb } from '../../test/web-for-tests.ts'
import type { Role } from '../governance/permissions.ts'
import { cast } from '../synthetic/casework/cast.ts'
import { morningPage } from './morning.ts'
import { navigation } from './navigation.ts'
import { roles, type Viewer } from './viewers.ts'

let web: TestWeb
before(async () => {
  web = await testWeb()
})
after(() => web.close())

const viewerOf = async (post: (typeof cast)[number]['post'], role: Role): Promise<Viewer> => ({
  role,
  name: post,
  ...roles[role],
  signedIn: true,
  member: await web.castMember(post),
  session: null,
  unread: 0,
  program: false,
})

test('nobody has more than six entries, and everybody has the page that their day begins with', async () => {
  for (const { post, role } of cast) {
    const start = morningPage(web.app, role)
    const { service } = navigation(await viewerOf(post, role), start)
    assert.ok(service.length <= 6, `${post} has ${service.map(e => e.text).join(', ')}`)
    assert.equal(service.filter(e => e.active).length, 1, `${post} begins at ${start}, which is in no entry`)
  }
})

test('every entry and page that somebody is shown opens for them', async () => {
  for (const { post, role } of cast) {
    const browser = await web.signInAs(post)
    const { service } = navigation(await viewerOf(post, role), '/')
    for (const { href } of service) {
      assert.equal((await browser.get(href)).statusCode, 200, `${post}: ${href}`)
      const { section } = navigation(await viewerOf(post, role), href)
      for (const page of section) {
        assert.equal((await browser.get(page.href)).statusCode, 200, `${post}: ${page.href}`)
      }
    }
  }
})
