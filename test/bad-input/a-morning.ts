/** The synthetic partnership on a morning, with somebody at every form: the people whose browsers try what forms bear. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { symbols } from 'pino'
import { tasks } from '../../src/analysis/tasks.ts'
import { saveProposal, startProposal } from '../../src/casework/cohorts/proposal-store.ts'
import { proposeMatches } from '../../src/casework/register/matching/propose-matches.ts'
import { gatherAgenda } from '../../src/casework/tasking/meetings/agenda/gather-agenda.ts'
import { moveMeeting, planMeeting } from '../../src/casework/tasking/meetings/meeting-store.ts'
import { asMember, type Member } from '../../src/governance/access/as-member.ts'
import { setPasswordByLink } from '../../src/governance/sign-in/local-sign-in.ts'
import { createSeal } from '../../src/governance/sign-in/sealed.ts'
import { stepAt, totpCode } from '../../src/governance/sign-in/totp.ts'
import { cast } from '../../src/synthetic/casework/cast.ts'
import { cookieSecret } from '../../src/web/secrets.ts'
import { account, goodPassword, invited } from '../accounts-for-tests.ts'
import { morning } from '../casework-for-tests.ts'
import { proposalAnswers } from '../cohort-for-tests.ts'
import { invited as invitedToRefer, writeAsGuest } from '../invitation-for-tests.ts'
import { loadKnifeRobberies } from '../knife-robberies.ts'
import { openRightsCase, takeStep } from '../rights-for-tests.ts'
import { copySyntheticCasework } from '../synthetic-stores.ts'
import { type CastPost, type TestBrowser, type TestWeb, testWeb } from '../web-for-tests.ts'
import type { Trying } from './try-form.ts'
import { send, urlencoded, type Visitor } from './visitor.ts'

export interface Morning {
  web: TestWeb
  visitors: Visitor[]
  known: Trying['known']
  /** Lines of the log, with all that it can be made to say. */
  log: string[]
}

export async function aMorning(): Promise<Morning> {
  const web = await testWeb({
    data: copySyntheticCasework,
    clock: () => morning,
    requestsPerMinute: 1_000_000,
  })
  const { database } = web.store.installation
  await proposeMatches(database, morning, async task => tasks['link-one-list'](task))
  await loadKnifeRobberies(web.store)
  const log: string[] = []
  const people = await peopleOf(web)
  Object.assign(web.store.installation.log, {
    level: 'trace',
    [symbols.streamSym]: { write: (line: string) => log.push(line) },
  })
  return { web, ...people, log }
}

async function peopleOf(web: TestWeb): Promise<Pick<Morning, 'visitors' | 'known'>> {
  const { database } = web.store.installation
  const one = async (sql: string) =>
    Object.values((await database.query<Record<string, string>>(sql))[0]!)[0]!
  const accounts = { database, clock: () => morning, seal: createSeal(await cookieSecret(web.store.root)) }
  const holder = await account(accounts, { agency: 'schools', synthetic: true })
  const comer = await invited(accounts, { agency: 'schools', synthetic: true })
  const halfway = await invited(accounts, { agency: 'schools', synthetic: true })
  await setPasswordByLink(accounts, halfway.token, goodPassword)

  const signingIn = async (email: string, next: string) => {
    const cookies: Record<string, string> = {}
    const page = await send(web.app, cookies, '/sign-in')
    const csrf = /name="_csrf" value="([^"]+)"/.exec(page.body)![1]!
    await send(
      web.app,
      cookies,
      '/sign-in',
      urlencoded([
        ['_csrf', csrf],
        ['email', email],
        ['password', goodPassword],
      ]),
    )
    return { name: `on the way to ${next}`, role: 'nobody', cookies, from: [next] }
  }

  // A draft that can be sent, a referral to be reviewed, an emergency to be looked at, a disputed statement, two sessions.
  const school = await web.castMember('School link officer')
  await database.query(
    `update referral_drafts set answers = (select answers from referrals where kind = 'child' order by reference limit 1)
     where author = $1`,
    [school.user],
  )
  const draft = await one(`select id from referral_drafts where author = '${school.user}' limit 1`)
  await database.query(`update referrals set review_on = '2026-11-22'`)
  const accepted = await one(
    `select reference from referrals where state = 'accepted' order by reference limit 1`,
  )
  const person = await one(
    `select person_id from agency_records where agency = 'schools' and sensitive = false order by person_id limit 1`,
  )
  await web.cookiesOf('School link officer')
  const officer = await web.signInAs('Information governance officer')
  const disputed = await rightsCase(web, officer, 'rectification')
  const asked = await rightsCase(web, officer, 'access')
  await database.query(
    'update referral_emergencies set reviewed_by = null, reviewed_at = null, review_outcome = null',
  )

  const coordinator = await web.castMember('Triage coordinator')
  const proposal = await writtenProposal(web)
  const chair = await web.castMember('Chief inspector')
  const waiting = await one(
    `select p.reference from placements p join panel_members m on m.cohort = p.cohort
     where p.state = 'to-decide' and m.part = 'chair' and m.user_id = '${chair.user}' order by p.reference limit 1`,
  )
  await giveAction(web, coordinator)
  await database.query(`update places set review_on = '2026-11-22' where delete_on > '2026-11-22'`)
  const widened = await planToWiden(web)
  const approved = await one(
    `select reference from groups where agency = 'west-midlands-police' and state = 'stands' and level = 'gang'
     order by reference limit 1`,
  )
  const boards = await boardsThatSit(web, coordinator)
  const held = await openedMeeting(web)

  const free = await one(
    `select r.person_id from agency_records r
     where r.agency = 'probation' and r.suspended_on is null
       and not exists (select from custody_spells s where s.person_id = r.person_id) order by r.person_id limit 1`,
  )

  const linkable = await one(
    `select e.person_id from entries e join agency_records r on r.id = e.record_id
     where e.agency = 'west-midlands-police' and e.kind = 'event' and e.circle is null and e.role_in_event = 'suspected'
       and e.suspended_on is null and r.suspended_on is null order by e.person_id limit 1`,
  )

  const from: Partial<Record<CastPost, string[]>> = {
    'School link officer': [
      `/refer/${draft}/check`,
      `/refer/${draft}/danger`,
      `/refer/${draft}/no-agreement`,
    ],
    'Triage coordinator': [`/triage/${accepted}`, `/leaving/${coordinator.user}`, ...boards],
    'Information governance officer': [`${disputed}/restrict`, asked, '/referrals/emergencies'],
    'Administrator of accounts': [`/users/${school.user}`],
    'Neighbourhood police officer': [
      `/cohorts/proposals/${proposal}/check`,
      `/groups/${approved}/assess/street-gang`,
      `/groups/${approved}/change`,
      `/groups/link/${linkable}`,
    ],
    'Social worker': [widened],
    'Probation officer': [`/register/${free}`],
    'Chief inspector': [held, `/cohorts/placements/${waiting}/decide`],
  }
  const visitors: Visitor[] = [
    {
      name: 'somebody with a password',
      role: 'practitioner',
      cookies: await web.cookiesOf({ ...school, user: holder.user }),
      from: ['/account/password', '/account/recovery-codes'],
    },
  ]
  for (const { post, role } of cast) {
    visitors.push({ name: post, role, cookies: await web.cookiesOf(post), from: from[post] ?? [] })
  }
  visitors.push(
    await guestOf(web, coordinator, true),
    await guestOf(web, coordinator, false),
    {
      name: 'nobody',
      role: 'nobody',
      cookies: {},
      from: ['/sign-in', '/view-as', '/sign-in-as', `/join/${comer.token}`],
    },
    await signingIn(holder.email, '/sign-in/code'),
    await signingIn(halfway.email, '/sign-in/second-factor'),
  )
  const known: Trying['known'] = (_visitor, form, page) => ({
    person: form.fields.some(f => f.name === 'because') ? [person] : [],
    ...Object.fromEntries(
      form.fields.filter(f => /^seat-[0-9a-f-]{36}$/.test(f.name)).map(f => [f.name, ['agreed']]),
    ),
    old: [goodPassword],
    password: [form.route === '/sign-in' ? goodPassword : 'a kettle of herons'],
    email: form.route === '/sign-in' ? [holder.email] : ['new.colleague@school.example'],
    code: [form.route === '/sign-in/second-factor' ? codeOfPage(page.body) : holder.code()],
  })
  return { visitors, known }
}

/** A case about somebody of whom something is held, who has shown who they are; gives its address. */
async function rightsCase(
  web: TestWeb,
  officer: TestBrowser,
  kind: 'access' | 'rectification',
): Promise<string> {
  const [record] = await web.store.installation.database.query<{
    names: { given: string; family: string }[]
    birth: string
  }>(
    `select names, to_char(birth_date, 'YYYY-MM-DD') as birth from agency_records r
     where birth_date_known = 'day' and exists (select from entries e where e.record_id = r.id) order by id limit 1`,
  )
  const [year, month, day] = record!.birth.split('-')
  const address = await openRightsCase(officer, {
    kind,
    given: record!.names[0]!.given,
    family: record!.names[0]!.family,
    'birthDate-day': day!,
    'birthDate-month': month!,
    'birthDate-year': year!,
  })
  await takeStep(officer, address, 'confirm-identity')
  const subjects = await officer.get(`${address}/subject`)
  const subject = /name="person"[^>]* value="([^"]+)"/.exec(subjects.body)![1]!
  await officer.submit(`${address}/subject`, `${address}/subject`, { person: subject })
  return address
}

async function giveAction(web: TestWeb, to: Member): Promise<void> {
  const browser = await web.signInAs(to)
  const answer = await browser.submit('/actions/new', '/actions/new', {
    key: randomUUID(),
    what: 'Ring the school about the timetable.',
    agency: to.agency,
    owner: to.user,
    'dueOn-day': '1',
    'dueOn-month': '12',
    'dueOn-year': '2026',
  })
  assert.equal(answer.statusCode, 303, answer.body)
}

/** Where the social worker brings another agency to a plan that they lead. */
async function planToWiden(web: TestWeb): Promise<string> {
  const worker = await web.castMember('Social worker')
  const [led] = await web.store.installation.database.query<{ reference: string }>(
    `select reference from plans where owner = $1 and state = 'open' and suspended_on is null order by reference limit 1`,
    [worker.user],
  )
  const browser = await web.signInAs(worker)
  const address = `/plans/${led!.reference}/members`
  const another = /<option value="([a-z-]+)"/.exec((await browser.get(address)).body)![1]!
  return `${address}?agency=${another}`
}

/** Where the coordinator raises a matter to a board, and answers what was raised to another that sits now. */
async function boardsThatSit(web: TestWeb, coordinator: Member): Promise<string[]> {
  const { database } = web.store.installation
  const [waits] = await database.query<{ reference: string; board: string }>(
    `select reference, to_type as board from escalations where state = 'raised' order by reference limit 1`,
  )
  const sits = async (type: string) => {
    const reference = await asMember(database, coordinator, { now: morning }, async tx => {
      const planned = await planMeeting(tx, { type, startsAt: morning, place: '' }, { key: randomUUID() })
      await moveMeeting(tx, planned.reference, 'open', { key: randomUUID(), seen: 1 })
      return planned.reference
    })
    await gatherAgenda(database, coordinator, reference, { now: morning, askOutside: async () => new Map() })
    return reference
  }
  return [
    `/meetings/${await sits(waits!.board)}/escalations/${waits!.reference}/answer`,
    `/meetings/${await sits('operational-forum')}/escalate`,
  ]
}

/** A daily meeting that its chair opened, with its agenda; gives its address. */
async function openedMeeting(web: TestWeb): Promise<string> {
  const chair = await web.castMember('Chief inspector')
  const [planned] = await web.store.installation.database.query<{ reference: string }>(
    `select m.reference from meetings m join meeting_types t on t.id = m.type
     where m.state = 'planned' and m.chair = $1 and t.definition -> 'cadence' ->> 'kind' = 'daily'
     order by m.starts_at limit 1`,
    [chair.user],
  )
  const browser = await web.signInAs(chair)
  const address = `/meetings/${planned!.reference}`
  const seen = /name="seen" value="(\d+)"/.exec((await browser.get(address)).body)![1]!
  const answer = await browser.submit(`${address}/move/open`, address, { key: randomUUID(), seen })
  assert.equal(answer.statusCode, 303, answer.body)
  return address
}

/** A proposal of the police officer with every answer; gives the number of its draft. */
async function writtenProposal(web: TestWeb): Promise<string> {
  const { database } = web.store.installation
  const officer = await web.castMember('Neighbourhood police officer')
  const [adult] = await database.query<{ person: string }>(
    `select person_id as person from agency_records r
     where agency = $1 and birth_date < '2004-01-01' and not exists (select from placements p where p.person_id = r.person_id)
     order by person_id limit 1`,
    [officer.agency],
  )
  return asMember(database, officer, { now: morning }, async tx => {
    const id = await startProposal(tx, adult!.person)
    await saveProposal(tx, id, proposalAnswers({ cohort: 'birmingham-west', tier: 'tier-3' }))
    return id
  })
}

/** Somebody without an account who was invited to refer; with answers, or before they have begun. */
async function guestOf(web: TestWeb, by: Member, begun: boolean): Promise<Visitor> {
  const { database } = web.store.installation
  const open = await invitedToRefer(database, by, {}, morning)
  if (begun) await writeAsGuest(database, open, undefined, morning)
  const cookies: Record<string, string> = {}
  await send(web.app, cookies, `/invitation/${open.link}`)
  const pages = ['', '/check', '/danger', '/no-agreement', '/urgency']
  return {
    name: begun ? 'a guest' : 'a guest who has not begun',
    role: 'guest',
    cookies,
    from: begun ? pages.map(page => `/invited${page}`) : ['/invited'],
  }
}

/** The code of an app that was shown the key on the page. */
function codeOfPage(html: string): string {
  const key = /<[^>]*>\s*((?:[A-Z2-7]{4} ?){8})\s*</.exec(html)?.[1] ?? ''
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...key.replaceAll(' ', '')].map(c => letters.indexOf(c).toString(2).padStart(5, '0')).join('')
  const bytes = bits.match(/.{8}/g) ?? []
  return totpCode(Buffer.from(bytes.map(b => Number.parseInt(b, 2))), stepAt(morning))
}
