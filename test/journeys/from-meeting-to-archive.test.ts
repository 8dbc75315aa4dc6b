/**
 * The week of a partnership with one child, by keyboard: the daily meeting that hears of him, the panel that decides with a
 * dissent, the plan, the review that comes due, the end because it went well, and what the board sees of it: a figure.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { countCasework } from '../../src/casework/progress/count-casework.ts'
import { asProgram } from '../../src/governance/access/as-member.ts'
import { runRetention } from '../../src/governance/retention/run-retention.ts'
import type { Database } from '../../src/platform/postgres.ts'
import { castUser } from '../../src/synthetic/casework/cast.ts'
import { seatCast, waitingMeeting } from '../cast-in-meetings.ts'
import { onEveryStore } from '../every-store.ts'
import { tester } from '../temporary-store.ts'
import type { CastPost } from '../web-for-tests.ts'
import { desktop, openTab, phone, shown, sound, type Tab } from './browser.ts'
import { type JourneyWeb, journeyWeb } from './journey-web.ts'
import { choose, follow, pick, press, tabTo, typeIn } from './keyboard.ts'
import { signInAs } from './sign-in.ts'

const name = 'Quincy Invented'
const DAY = 86_400_000
/** Friday morning. */
const begin = Date.parse('2026-11-20T08:40:00Z')

onEveryStore('the week of a partnership', store => {
  let web: JourneyWeb
  let tab: Tab
  let person: string
  let placement: string
  let reference: string
  let days = 0
  const started = Date.now()
  const clock = () => new Date(begin + days * DAY + Date.now() - started)
  const database = () => web.store.installation.database

  before(async () => {
    web = await journeyWeb({ clock, databaseUrl: await store.databaseUrl() })
    await seatCast(database(), clock())
    await waitingMeeting(database(), clock())
    await agreeOnCohorts(database())
    tab = await openTab(web.browser, { viewport: phone })
  })
  after(() => web.close())

  /** Of pages that no other journey looks at in both widths. */
  const look = (tab: Tab, what?: string) => sound(tab, what, store.server ? [] : [desktop])

  let broken = false
  /** What goes on from where the step before it ended. */
  const step = (what: string, act: () => Promise<void>) =>
    test(what, async t => {
      if (broken) return t.skip('a step before it failed')
      broken = true
      await act()
      broken = false
    })

  /** One after the other they sign in on the same tablet. */
  async function as(post: CastPost, act: (tab: Tab) => Promise<void>): Promise<void> {
    await signInAs(web, tab.page, post)
    await act(tab)
  }

  /** From the page with which the morning begins to the placement. */
  async function openDue({ page }: Tab): Promise<void> {
    await press(page, 'See what is due in your cohorts', 'link')
    await follow(page, page.getByRole('link', { name: reference }).first())
  }

  step('begins with the daily meeting that waits, and ends it with minutes', () =>
    as('Triage coordinator', async ({ page }) => {
      await press(page, 'Daily threat and risk meeting, Birmingham', 'link')
      await press(page, 'Open the meeting')
      assert.match(await shown(page), new RegExp(`A child or young person under 18: new.*: ${name}`, 's'))
      const form = page
        .locator('.concord-matter[data-item]:not([data-item="general"]) form[data-say]')
        .first()
      const add = async (kind: 'Decision' | 'Action', words: string) => {
        await tabTo(page, form.locator('[name=kind]:checked'))
        const box = form.getByLabel(kind, { exact: true })
        for (let i = 0; i < 5 && !(await box.isChecked()); i++) await page.keyboard.press('ArrowDown')
        await tabTo(page, form.getByLabel('What was said, decided or is to be done'))
        await page.keyboard.type(words)
        await tabTo(page, form.getByRole('button', { name: /^Add/ }))
        await page.keyboard.press('Enter')
        await page.locator('[data-part="said"]', { hasText: words }).waitFor()
      }
      await add('Decision', 'The panel of the west looks at it this week.')
      await add('Action', 'The social worker is asked for a proposal.')
      await tabTo(page, page.getByRole('button', { name: /^Gone through: next\s*: A child/ }))
      await page.keyboard.press('Enter')
      await page.getByText('Gone through', { exact: true }).first().waitFor()
      await press(page, 'Close the meeting')
      await press(page, /close it/i)
      assert.match(page.url(), /\/minutes$/)
      const minutes = await shown(page)
      assert.match(minutes, /The panel of the west looks at it this week/)
      assert.match(minutes, /The social worker is asked.*A-2026-\d{4}: /s)
    }),
  )

  step('goes on with a social worker, who proposes the child for a tier', () =>
    as('Social worker', async tab => {
      const { page } = tab
      await page.goto(`${web.address}/register/new`)
      await typeIn(page, 'Given names', 'Quincy')
      await typeIn(page, 'Family name', 'Invented')
      await typeIn(page, 'Day', '4')
      await typeIn(page, 'Month', '5')
      await typeIn(page, 'Year', '2011')
      await press(page, 'Add this person')
      person = new URL(page.url()).pathname
      await press(page, 'Add an entry')
      await choose(page, page.locator('[name=kind][value=contact]'))
      await choose(page, page.locator('[name=nature][value=fact]'))
      await typeIn(page, 'What happened, was said', 'Gave up a kitchen knife when he was asked.')
      await typeIn(page, 'How do you know?', 'Seen myself')
      await press(page, 'Add the entry')

      await press(page, 'Propose them for a tier', 'link')
      await look(tab, 'the start of a proposal')
      await press(page, 'Start')
      await choose(page, 'Birmingham West tiered approach')
      const go = () => press(page, 'Save and continue')
      await go()
      await go()
      assert.match(await shown(page), /Say what goes well/, 'strengths are asked for before risks')
      await look(tab, 'strengths that are missing')
      await typeIn(page, 'What goes well', 'Plays football every week.')
      await typeIn(page, 'What keeps them safe, or would', 'His aunt takes him in at weekends.')
      await go()
      await typeIn(page, 'In their own words', 'I want to work with cars.')
      await go()
      await pick(page, 'Which ground', 'Found with a weapon, or said that they carry one')
      await typeIn(page, 'Day', '2')
      await typeIn(page, 'Month', '11')
      await typeIn(page, 'Year', '2026')
      await typeIn(page, 'Known from', 'The social worker who was there')
      await typeIn(page, 'What happened', 'Had a kitchen knife at the bus station.')
      await look(tab, 'the grounds')
      await go()
      await choose(page, 'Gave up a kitchen knife when he was asked.')
      await go()
      await choose(page, 'Tier 4: neighbourhood')
      await typeIn(page, 'Why this tier', 'A named officer beside the worker; support alone was turned away.')
      await go()
      await look(tab, 'the proposal to check')
      await press(page, 'Send it to the panel')
      placement = page.url()
      reference = /T-2026-\d{4}$/.exec(placement)![0]
      assert.match(await shown(page), /Proposed, waiting for a second approver/)
    }),
  )

  step('has a panel of named people of several agencies', () =>
    as('Chief inspector', async tab => {
      const { page } = tab
      await page.goto(`${web.address}/cohorts`)
      await press(page, 'Birmingham West tiered approach', 'link')
      for (const [place, who, part] of [
        [8, 'Morgan Example (synthetic), Chief inspector', 'Chair'],
        [2, 'Robin Example (synthetic), Triage coordinator', 'Member'],
        [4, 'Jo Example (synthetic), Youth worker', 'Member'],
      ] as const) {
        const option = page.locator(`option[value="${castUser(place)}"]`)
        await pick(page, 'Person', (await option.textContent())!.trim())
        await choose(page, page.getByLabel(part, { exact: true }))
        await press(page, 'Name to the panel')
        assert.match(await shown(page), new RegExp(`${part}: ${who.replaceAll(/[()]/g, '\\$&')}`))
      }
      await look(tab, 'the panel')
    }),
  )

  step('has a second approver, who reads what goes well before why', () =>
    as('Triage coordinator', async tab => {
      const { page } = tab
      assert.match(await shown(page), /In your cohorts: 1 proposal to approve as the second/)
      await openDue(tab)
      const opened = await shown(page)
      assert.ok(opened.indexOf('Plays football') < opened.indexOf('Gave up a kitchen knife'), 'R1')
      await look(tab, 'a proposal')
      await press(page, 'Approve as the second approver')
      await press(page, /^Approve$/)
      assert.match(await shown(page), /Confirm that you have looked at the grounds/)
      await look(tab, 'an approval without a look at the grounds')
      await choose(page, page.getByLabel(/I have looked at each ground/))
      await typeIn(page, 'What you looked at', 'The grounds, and the statement of the worker.')
      await press(page, /^Approve$/)
      assert.match(await shown(page), /Proposed, waiting for the panel/)
    }),
  )

  step('is decided by the panel, with its reasons and a dissent', () =>
    as('Chief inspector', async tab => {
      const { page } = tab
      assert.match(await shown(page), /In your cohorts: 1 proposal before your panel/)
      await openDue(tab)
      await press(page, 'Record the decision of the panel')
      await look(tab, 'a decision')
      await choose(page, 'They are placed in this tier')
      const seat = (place: number) => `seat-${castUser(place)}`
      await choose(page, page.locator(`[name="${seat(2)}"][value=agreed]`))
      await choose(page, page.locator(`[name="${seat(4)}"][value=dissented]`))
      await typeIn(page, page.locator(`[name="${seat(4)}-because"]`), 'A mentor was never offered.')
      await typeIn(page, 'The panel’s reasons', 'Somebody visits, and the police stand behind the worker.')
      await choose(page, page.getByLabel(/I have looked at each ground/))
      await pick(page, 'Lead worker', "Pat Example (synthetic), Social worker, Birmingham Children's Trust")
      await press(page, 'Record the decision')
      const decided = await shown(page)
      assert.match(decided, /Somebody visits, and the police stand behind the worker/)
      assert.match(decided, /Jo Example .*: dissented\. A mentor was never offered/)
      await look(tab, 'the decided placement')
    }),
  )

  step('has a plan: the lead worker’s, in which pursuing a child is not all', () =>
    as('Social worker', async tab => {
      const { page } = tab
      await page.goto(`${web.address}${person}`)
      await press(page, 'Begin a plan', 'link')
      await typeIn(page, 'What should be better?', 'He is safe at the bus station.')
      await press(page, 'Begin the plan')
      await press(page, 'Add a need', 'link')
      await typeIn(page, 'What is needed?', 'Somebody to walk with after school.')
      await choose(page, 'Mentoring')
      await press(page, 'Save')
      await press(page, /^Give an action$/)
      const give = async (what: string, heading: string) => {
        await tabTo(page, page.getByLabel('What is to be done?'))
        await page.keyboard.press('Control+A')
        await page.keyboard.type(what)
        await choose(page, heading)
      }
      await give('Find who gave him the knife.', 'Pursue')
      await pick(page, 'Which agency does it?', "Birmingham Children's Trust (your agency)")
      await pick(page, 'Who of your agency? (optional)', 'Pat Example (synthetic), Social worker')
      const due = page.getByRole('group', { name: 'Due by' })
      await typeIn(page, due.getByLabel('Day'), '23')
      await typeIn(page, due.getByLabel('Month'), '12')
      await typeIn(page, due.getByLabel('Year'), '2026')
      await press(page, 'Give the action')
      assert.match(
        await shown(page),
        /would hold nothing but Pursue.* or say in the plan why there is nothing/s,
      )
      await look(tab, 'a plan that only pursues')
      await give('Walk with him on Thursdays.', 'Protect')
      await press(page, 'Give the action')
      assert.match(await shown(page), /Walk with him on Thursdays/)
      await look(tab, 'the plan')

      await page.goto(placement)
      await choose(page, page.locator('[name=how]').first())
      await press(page, 'Note it')
      assert.match(await shown(page), /First contact on 20 November 2026/)
    }),
  )

  step('brings the review to the morning page when it is near, and it is recorded', async () => {
    days = 31
    await as('Social worker', async tab => {
      const { page } = tab
      assert.match(await shown(page), /In your cohorts: 1 review due within a week, 1 person to be told/)
      await look(tab, 'a morning on which something is due')
      await press(page, 'Walk with him on Thursdays.', 'link')
      await press(page, 'It is done')
      await typeIn(page, 'What came of it?', 'He goes home by himself now.')
      await press(page, 'It is done')
      await page.goto(`${web.address}/work`)
      await openDue(tab)
      await press(page, 'They were told', 'link')
      await typeIn(page, 'Day', '18')
      await typeIn(page, 'Month', '12')
      await typeIn(page, 'Year', '2026')
      await typeIn(page, 'Who told them, how', 'The worker at home, with his aunt.')
      await press(page, 'Note that they were told')
      await press(page, 'Record a review')
      await typeIn(page, 'What goes well now', 'He has a place at the garage.')
      await typeIn(page, 'What has changed since the last look', 'Nothing was carried since.')
      await typeIn(page, 'What they say themselves', 'I like it there.')
      await typeIn(page, 'Why they should stay in this tier', 'One more month, until the trial is over.')
      await look(tab, 'a review')
      await press(page, 'Record the review')
      // Five weeks after the day of the review: a child's interval in that tier.
      assert.match(await shown(page), /Next review by 25 January 2027/)
      await page.goto(`${web.address}/work`)
      assert.doesNotMatch(await shown(page), /In your cohorts|Walk with him/, 'nothing is due any more')
    })
  })

  step('ends because it went well, and every recipient confirms that nothing is kept', async () => {
    days = 60
    await as('Triage coordinator', async tab => {
      const { page } = tab
      assert.match(await shown(page), /In your cohorts: 1 review due within a week/)
      await openDue(tab)
      await press(page, 'Archive it, because it went well', 'link')
      await choose(page, 'In work')
      await typeIn(page, 'In words', 'He works at a garage and goes home by himself.')
      await typeIn(
        page,
        'What was looked at for harm',
        'The police looked at their records since the review.',
      )
      await look(tab, 'archiving')
      await press(page, 'Archive it')
      await look(tab, 'what has ended')
    })
    for (const post of ['Triage coordinator', 'Social worker', 'Youth worker', 'Chief inspector'] as const) {
      await as(post, async ({ page }) => {
        await page.goto(`${web.address}/cohorts/due`)
        await press(page, '1 end for your agency to confirm', 'link')
        await press(page, new RegExp(`^We keep nothing of it\\s*: ${reference}`))
        assert.match(await shown(page), /Nothing waits for your agency/)
      })
    }
  })

  step('leaves a count and no name; R27 the board reads that it is withheld', async () => {
    days = 74
    await runRetention(database(), clock())
    await countCasework(web.store, tester)
    await as('Social worker', async ({ page }) => {
      assert.equal((await page.goto(placement))?.status(), 404)
    })
    const board = `${web.address}/meetings/types/strategic-violence-board`
    const rows = async ({ page }: Tab) => {
      const found = page.getByRole('row', { name: /^Birmingham West tiered approach/ })
      return Promise.all((await found.all()).map(row => row.getByRole('cell').allInnerTexts()))
    }
    await as('Board member', async tab => {
      await tab.page.goto(board)
      assert.deepEqual(await rows(tab), [
        ['withheld', 'withheld', 'withheld', '0'],
        ['withheld', '0', '0', 'withheld', '0', 'withheld', 'withheld'],
      ])
      await look(tab, 'the board')
    })
    await as('Analyst', async tab => {
      await tab.page.goto(board)
      // Met on the first day and reviewed once; the next review was due after the end, which was a look as well. Visits were
      // due on 11 December and 1 January, and the one contact was before the first. The need was never written off as met.
      assert.deepEqual(await rows(tab), [
        ['1 of 1', '1 of 2', '2 of 2', '0'],
        ['1', '0', '0', '1', '0', '60, of 1', '0 of 1'],
      ])
    })
  })
})

/** What a cohort and a plan need: for the purpose of police and partnership, and for that of those who safeguard. */
const agreeOnCohorts = (database: Database): Promise<void> =>
  asProgram(database, new Date('2020-01-01T09:00:00Z'), async tx => {
    await tx.query(
      `with agreement as (
         insert into agreements (title, purpose, legal_basis, owner, starts_on, ends_on, created_at)
         select 'Cohorts (synthetic)', purpose, 'Crime and Disorder Act 1998, section 115', 'partnership', '2020-01-01',
           '2099-12-31', present()
         from unnest('{safeguarding,violence-prevention,support}'::text[]) purpose returning id
       ), fields as (
         insert into agreement_fields select id, unnest('{cohort,plan,action}'::text[]) from agreement
       )
       insert into agreement_parties
       select id, unnest('{west-midlands-police,violence-reduction-partnership,birmingham-childrens-trust,st-giles-trust}'::text[])
       from agreement`,
    )
  })
