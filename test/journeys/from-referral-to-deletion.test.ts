/**
 * The whole of casework with one child, by keyboard on a phone: what a school refers, who decides, who else may know of
 * it, who looked, what the child is given of it, and that nothing but counts is left of it in the end.
 */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { linkOneList } from '../../src/analysis/linkage/one-list.ts'
import { seededRandom } from '../../src/analysis/seeded-random.ts'
import { proposeMatches } from '../../src/casework/register/matching/propose-matches.ts'
import { asProgram } from '../../src/governance/access/as-member.ts'
import { runRetention } from '../../src/governance/retention/run-retention.ts'
import { findMember } from '../../src/governance/sign-in/find-member.ts'
import type { Database } from '../../src/platform/postgres.ts'
import { agreementForReferrals } from '../agreement-for-referrals.ts'
import { onEveryStore } from '../every-store.ts'
import { filesWith, tablesWith } from '../traces.ts'
import type { CastPost } from '../web-for-tests.ts'
import { desktop, openTab, phone, shown, sound, type Tab } from './browser.ts'
import { type JourneyWeb, journeyWeb } from './journey-web.ts'
import { choose, follow, press, tabTo, typeIn } from './keyboard.ts'
import { enterAs, signInAs } from './sign-in.ts'

const given = 'Zzyxwolfram'
const family = 'Invented'

onEveryStore('a child', store => {
  let web: JourneyWeb
  let school: Tab
  let trust: Tab
  let reference: string
  let rightsCase: string
  let years = 0
  const clock = () => {
    const now = new Date()
    now.setUTCFullYear(now.getUTCFullYear() + years)
    return now
  }
  const database = () => web.store.installation.database

  before(async () => {
    web = await journeyWeb({ clock, databaseUrl: await store.databaseUrl() })
    await agreementForReferrals(
      database(),
      ['schools', 'violence-reduction-partnership', 'birmingham-childrens-trust'],
      ['contacts'],
    )
    await others(database())
    school = await tabOf('School link officer')
    trust = await tabOf('Social worker')
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

  async function tabOf(post: CastPost): Promise<Tab> {
    const tab = await openTab(web.browser, { viewport: phone })
    await signInAs(web, tab.page, post)
    await sound(tab, `the morning of the ${post}`)
    return tab
  }

  async function addToRegister(tab: Tab, contact: string): Promise<void> {
    const { page } = tab
    await page.goto(`${web.address}/register/new`)
    await look(tab)
    await typeIn(page, 'Given names', given)
    await typeIn(page, 'Family name', family)
    await typeIn(page, 'Day', '4')
    await typeIn(page, 'Month', '5')
    await typeIn(page, 'Year', '2012')
    await typeIn(page, 'Postcode', 'B1 1AA')
    await press(page, 'Add this person')
    await page.getByRole('heading', { name: `${given} ${family}` }).waitFor()
    await press(page, 'Add an entry')
    await look(tab, 'an entry')
    await choose(page, page.locator('[name=kind][value=contact]'))
    await choose(page, page.locator('[name=nature][value=fact]'))
    await typeIn(page, 'What happened, was said', contact)
    await typeIn(page, 'How do you know?', 'Seen myself')
    await press(page, 'Add the entry')
    assert.match(await shown(page), new RegExp(contact))
    await look(tab, 'the person')
  }

  step('is known to a school and to the children’s trust, each of which knows its own part', async () => {
    await addToRegister(school, `${given} met a mentor every week.`)
    await addToRegister(trust, `${given} was visited at home.`)
    for (const { page } of [school, trust]) {
      assert.match(await shown(page), /No other agency that has an agreement with yours/)
    }
  })

  step('is referred by the school link officer on a phone', async () => {
    const { page } = school
    await page.goto(`${web.address}/work`)
    await press(page, 'Refer a person, group or place')
    await sound(school, 'the start')
    await press(page, 'Start')
    await press(page, 'Save and continue')
    assert.match(await shown(page), /There is a problem/)
    await sound(school, 'an error')
    const go = async () => {
      await sound(school, await page.title())
      await press(page, 'Save and continue')
    }
    await choose(page, 'It cannot wait until tomorrow')
    await go()
    await choose(page, 'A child or young person under 18')
    await go()
    await typeIn(page, 'Given name', given)
    await typeIn(page, 'Family name', family)
    await go()
    await typeIn(page, 'Day', '4')
    await typeIn(page, 'Month', 'may')
    await typeIn(page, 'Year', '2012')
    await go()
    await choose(page, 'Female')
    await choose(page, page.locator('input[name="ethnicity"][value="not-known"]'))
    await go()
    await choose(page, page.locator('input[name="disability"][value="not-known"]'))
    await choose(page, 'Not looked after')
    await go()
    await typeIn(page, 'School or college', 'Oak School (synthetic)')
    await go()
    await typeIn(page, 'Name', 'Synthetic Sibling')
    await press(page, 'Save and add another')
    assert.equal(await page.getByLabel('Name').count(), 2)
    await go()
    await choose(page, 'Injuries without an explanation')
    await go()
    await typeIn(page, 'What have you seen or heard?', `${given} came with two new phones and a cut hand.`)
    await go()
    await go()
    await typeIn(page, 'What is going well', 'She trusts her art teacher.')
    await go()
    await choose(page, 'To keep a child or an adult at risk safe')
    await go()
    await choose(page, 'Yes, they know')
    await go()
    assert.match(await shown(page), /Injuries without an explanation/)
    assert.match(await shown(page), /Synthetic Sibling/)
    await sound(school, 'the answers')
    await press(page, 'Send the referral')
    const confirmation = await shown(page)
    reference = /R-\d{4}-\d{4}/.exec(confirmation)![0]
    assert.doesNotMatch(confirmation, new RegExp(given))
    await sound(school, 'the confirmation')
  })

  step(
    'is triaged by a coordinator, who learns who else may know her and nothing of what they hold',
    async () => {
      const coordinator = await tabOf('Triage coordinator')
      const { page } = coordinator
      assert.match(page.url(), /\/triage$/, 'the morning of a coordinator is the queue')
      await press(page, 'Notices 1 not read', 'link')
      await sound(coordinator)
      assert.doesNotMatch(await shown(page), new RegExp(given), 'a notice is a reference and a link')
      await press(page, new RegExp(`^${reference}`), 'link')
      assert.match(await shown(page), /two new phones/)
      assert.match(await shown(page), /Birmingham Children's Trust/)
      assert.doesNotMatch(await shown(page), /visited at home/)
      await sound(coordinator, 'the opened referral')
      await press(page, 'Take it on')
      await press(page, 'Accept')
      await sound(coordinator, 'the decision')
      await choose(page, 'Additional Needs')
      await choose(page, 'A programme of the partnership')
      await typeIn(page, 'Your reason', 'Exploitation is likely')
      await typeIn(page, 'What the referrer reads', 'A youth worker comes to school on Tuesday.')
      await press(page, 'Accept the referral')
      assert.match(await shown(page), /It was accepted/)
      await sound(coordinator, 'the decided referral')
      await coordinator.close()

      await school.page.goto(`${web.address}/work`)
      assert.match(await shown(school.page), new RegExp(`${reference}\\s+Accepted`))
      await sound(school, 'what was sent')
      await press(school.page, reference, 'link')
      assert.match(await shown(school.page), /A youth worker comes to school on Tuesday/)
      assert.doesNotMatch(await shown(school.page), /Exploitation is likely/)
      await sound(school, 'the outcome')
    },
  )

  step(
    'is one child in two records once somebody has judged it; another agency sees the pointer alone',
    async () => {
      await proposeMatches(database(), clock(), async ({ seed, ...task }) =>
        linkOneList(task, seededRandom(seed)),
      )
      const [row] = await database().query<{ id: string }>(
        `insert into users (agency, name, post, email, role, state, created_at, synthetic)
       select id, 'Toni Example (synthetic)', 'Coordinator', 'toni@trust.example', 'coordinator', 'active', now(), true
       from agencies where id = 'birmingham-childrens-trust' returning id`,
      )
      const judge = await openTab(web.browser, { viewport: phone })
      await enterAs(web, judge.page, (await findMember(database(), row!.id))!)
      await judge.page.goto(`${web.address}/register/matches`)
      await look(judge, 'a pair to judge')
      assert.doesNotMatch(await shown(judge.page), /mentor/)
      await choose(judge.page, 'Yes, join them')
      await typeIn(judge.page, 'How do you know?', 'The school confirmed it on the telephone.')
      await press(judge.page, /^Decide/)
      await look(judge, 'a pair that was judged')
      await judge.close()

      await trust.page.reload()
      assert.match(
        await shown(trust.page),
        /Schools and pupil referral units also holds a record\. What is in it is not shown/,
      )
      assert.doesNotMatch(await shown(trust.page), /mentor|two new phones/)
      await look(trust, 'the pointer')
      const stranger = await tabOf('Neighbourhood police officer')
      assert.equal(
        (await stranger.page.goto(trust.page.url()))?.status(),
        404,
        'without a record, no pointer',
      )
      await stranger.close()
    },
  )

  step('is asked about with a purpose, and the school gives what answers', async () => {
    const { page } = trust
    await press(page, 'Ask Schools', 'link')
    await press(page, /^Ask$/)
    assert.match(await page.title(), /^Error: /)
    await look(trust, 'a question without words')
    await typeIn(page, 'What do you need to know?', `Who knows ${given} well?`)
    await typeIn(page, 'Why do you need it', 'For the assessment that is due')
    await press(page, /^Ask$/)
    await look(trust, 'the question')

    await press(school.page, /^Notices \d+ not read/, 'link')
    await press(school.page, /answer it$/, 'link')
    await look(school, 'what is asked')
    assert.doesNotMatch(await shown(school.page), /visited at home/)
    await press(school.page, 'Choose what to give')
    await look(school, 'what to give')
    await choose(school.page, 'Contacts with them')
    await press(school.page, 'See what would be given')
    await look(school, 'what would be given')
    await choose(school.page, school.page.getByLabel('Told', { exact: true }))
    await typeIn(school.page, 'When and how, or why not', 'At school, with her mother')
    await press(school.page, 'Give exactly this')
    await look(school, 'what was given')

    await page.reload()
    await press(page, 'What was given', 'link')
    assert.match(await shown(page), new RegExp(`${given} met a mentor every week`))
    assert.doesNotMatch(await shown(page), /two new phones/)
    await look(trust, 'the answer')
  })

  step('asks for what is held of her: the officer reads who looked, and exports the pack', async () => {
    const officer = await tabOf('Information governance officer')
    const { page } = officer
    await press(page, 'Put down a new request', 'link')
    await look(officer)
    await choose(page, page.locator('[name=kind][value=access]'))
    await choose(page, page.locator('[name=regime][value=general]'))
    await typeIn(page, 'Given names, or their only name', given)
    await typeIn(page, 'Family name', family)
    await typeIn(page, page.locator('[name="birthDate-day"]'), '4')
    await typeIn(page, page.locator('[name="birthDate-month"]'), '5')
    await typeIn(page, page.locator('[name="birthDate-year"]'), '2012')
    await typeIn(page, 'How they want to be answered', 'At the school office')
    await typeIn(page, 'What they ask, in their words', `Everything about ${given}`)
    await press(page, 'Open the case')
    rightsCase = new URL(page.url()).pathname
    await press(page, 'They have shown who they are')
    await look(officer, 'a step')
    await typeIn(page, page.getByRole('textbox').last(), 'The school knows her.')
    await press(page, 'They have shown who they are')
    await press(page, 'Find who holds something about them', 'link')
    await look(officer, 'who holds something')
    await press(page, 'Save')
    await look(officer, 'the case')

    await press(page, /^who looked at/, 'link')
    const acts = await shown(page)
    for (const name of ['Sam Example', 'Pat Example']) assert.match(acts, new RegExp(name))
    assert.match(acts, /Toni Example/)
    assert.doesNotMatch(
      acts,
      new RegExp(`${given}|mentor`),
      'the record of acts names people by number alone',
    )
    await look(officer, 'who looked')
    await typeIn(page, 'What it was done to', `referral ${reference}`)
    const person = page.getByLabel('Number of the person')
    await tabTo(page, person)
    await page.keyboard.press('Control+A')
    await page.keyboard.press('Delete')
    await press(page, 'Search')
    assert.match(await shown(page), /Robin Example/)
    await look(officer, 'who looked at the referral')

    await page.goto(`${web.address}${rightsCase}`)
    await press(page, 'Gather everything that is held')
    await look(officer, 'the pack')
    const pack = page.url()
    await follow(page, page.getByRole('link', { name: 'What is kept about who you are' }).first())
    await look(officer, 'an entry of the pack')
    for (let entries = 0; page.url() !== pack && entries < 30; entries++) {
      await choose(page, page.locator('[name=decision][value=keep]'))
      await typeIn(page, page.locator('[name=decidedBy]'), 'Designated safeguarding lead')
      await press(page, 'Save and go on')
    }
    assert.match(await shown(page), /Every entry is decided on/)
    await press(page, 'Finish the pack')
    await look(officer, 'the finished pack')
    const download = page.waitForEvent('download')
    await tabTo(page, page.getByRole('button', { name: 'For a program (JSON)' }))
    await page.keyboard.press('Enter')
    const exported = await readFile(await (await download).path(), 'utf8')
    await press(page, 'Page to print and give')
    const copy = await shown(page)
    for (const text of ['met a mentor every week', 'was visited at home', 'two new phones', 'Who knows']) {
      assert.match(copy, new RegExp(text))
      assert.match(exported, new RegExp(text))
    }
    await look(officer, 'the copy')
    await page.goto(`${web.address}${rightsCase}/step/answer`)
    await look(officer, 'the answer')
    await choose(page, 'Given, with what belongs to others taken out')
    await typeIn(page, page.locator('[name=because]'), 'Everything was given.')
    await typeIn(page, page.locator('[name=told]'), `${given} has her copy.`)
    await press(page, 'Answer and close')
    await look(officer, 'the closed case')
    await officer.close()
  })

  step('R12 is gone in the end: from every table and file, and counts are left', async () => {
    assert.ok((await tablesWith(database(), given)).length > 5)
    if (!store.server) assert.ok((await filesWith(web.store.root, given)).length > 0)
    for (const tab of [school, trust]) await tab.close()
    years = 8
    const { deleted } = await runRetention(database(), clock())
    assert.equal(deleted.referral, 1)
    assert.equal(deleted['agency-record'], 2)
    assert.deepEqual(await tablesWith(database(), given), [])
    assert.deepEqual(await filesWith(web.store.root, given), [])

    const later = await tabOf('School link officer')
    assert.doesNotMatch(await shown(later.page), new RegExp(reference))
    assert.equal((await later.page.goto(`${web.address}/referrals/${reference}`))?.status(), 404)
    await later.close()
    const officer = await tabOf('Information governance officer')
    await press(officer.page, 'What is kept for how long', 'link')
    assert.match(
      await shown(officer.page),
      /A referral\s+Schools and pupil referral units\s+its time was over\s+1/,
    )
    await look(officer)
    await officer.close()
  })
})

/** Other people at both agencies: without them there is no chance to tell a match from. */
const others = (database: Database) =>
  asProgram(database, new Date('2026-01-01T09:00:00Z'), async tx => {
    const given = ['Aisha', 'Bola', 'Cerys', 'Dev', 'Ewa', 'Farid', 'Grace', 'Hanif']
    const family = ['Fictionby', 'Sampleton', 'Mockham', 'Inventry', 'Placehold', 'Specimen', 'Madeup']
    await tx.query(
      `with named as (
         select gen_random_uuid() as person, agency, given, family, row_number() over () as n
         from unnest(array['schools', 'birmingham-childrens-trust']) agency, unnest($1::text[]) given,
           unnest($2::text[]) family
       ), added as (insert into persons (id, created_at) select person, present() from named)
       insert into agency_records (id, person_id, agency, names, birth_date, birth_date_known, postcode, purpose,
         legal_basis, owner, created_at, changed_at, review_on, delete_on)
       select gen_random_uuid(), person, agency,
         jsonb_build_array(jsonb_build_object('given', given, 'family', family, 'kind', 'usual')),
         '2006-01-01'::date + (n * 37 % 2900)::integer, 'day', 'B' || n % 40 || ' ' || n % 9 || 'AA', 'safeguarding',
         'Children Act 2004', (select id from users u where u.agency = named.agency limit 1),
         present(), present(), '2099-01-01', '2099-01-01' from named`,
      [given, family],
    )
  })
