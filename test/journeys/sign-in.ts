/** Signing in, in a browser: as one of the cast with the keyboard, or as anybody whose account there is. */
import type { Page } from 'playwright-core'
import { asMember, type Member } from '../../src/governance/access/as-member.ts'
import { startSession } from '../../src/governance/sessions/session-store.ts'
import { SESSION_COOKIE } from '../../src/web/session-cookie.ts'
import type { CastPost } from '../web-for-tests.ts'
import type { JourneyWeb } from './journey-web.ts'
import { press } from './keyboard.ts'

/** Chooses somebody of the cast from the page that offers them; their morning is open afterwards. */
export async function signInAs({ address }: JourneyWeb, page: Page, post: CastPost): Promise<void> {
  await page.goto(`${address}/sign-in-as`)
  await press(page, `Sign in as ${post.toLowerCase()}`)
}

/** Gives the browser a session of somebody who has no place in the cast. */
export async function enterAs({ address, store }: JourneyWeb, page: Page, member: Member): Promise<void> {
  const { database } = store.installation
  const token = await asMember(database, member, { now: new Date() }, tx =>
    startSession(tx, { way: 'account', device: 'A journey' }),
  )
  await page.context().addCookies([{ name: SESSION_COOKIE, value: token, url: address }])
}
