/**
 * What row-level security costs: the same queries over the same 120,000 records and 240,000 entries, once as a member, bound by
 * the policies, and once as the owner of the tables, bound by nothing. The queries ask for rows that the member may see,
 * so that both give the same; each is asked as a page asks it, in a transaction of its own that says who acts.
 */
import { asMember, asProgram, type Member } from '../src/governance/access/as-member.ts'
import { type Database, openDatabase, type Queryable } from '../src/platform/postgres.ts'
import { caseworkForTests, morning } from '../test/casework-for-tests.ts'
import { ordinaryOwner } from '../test/ordinary-owner.ts'
import { startRealPostgres } from '../test/real-postgres.ts'
import { median, ms, type Result } from './medians.ts'

const RECORDS = 120_000
const PEOPLE_ASKED = 200
const AIM = 1.5

interface Question {
  name: string
  sql: string
  /** Asked of each of so many people; else once a round. */
  ofPeople: boolean
}

const questions: Question[] = [
  {
    name: 'a person’s record and entries',
    sql: `select r.names, e.text from agency_records r left join entries e on e.record_id = r.id
          where r.person_id = $2 and r.agency = $1 and r.suspended_on is null`,
    ofPeople: true,
  },
  {
    name: 'whether a person is there',
    sql: 'select id from persons where id = $2 and $1 <> $$$$',
    ofPeople: true,
  },
  {
    name: 'the 50 records changed last',
    sql: 'select id, names from agency_records where agency = $1 and suspended_on is null order by changed_at desc, id limit 50',
    ofPeople: false,
  },
  {
    name: 'how many records',
    sql: 'select count(*) from agency_records where agency = $1 and suspended_on is null',
    ofPeople: false,
  },
  {
    name: 'entries of a month by kind',
    sql: `select kind, count(*) from entries where agency = $1 and suspended_on is null
            and occurred_on >= '2026-10-01' group by kind order by kind`,
    ofPeople: false,
  },
]

async function fill(database: Database): Promise<{ member: Member; people: string[] }> {
  const casework = await caseworkForTests(database)
  const member = await casework.member('council', 'coordinator')
  for (const agency of ['school', 'police', 'charity', 'partnership'] as const) await casework.member(agency)
  await casework.agree(['school', 'council'], ['known-to'])
  await asProgram(database, morning, async ({ query }) => {
    // People of one agency each; every third of them known to a second one.
    await query(`insert into persons select gen_random_uuid(), present() from generate_series(1, $1)`, [
      RECORDS,
    ])
    await query(
      `insert into agency_records (person_id, agency, names, purpose, legal_basis, owner, created_at, changed_at, review_on, delete_on)
       select p.id, u.agency, jsonb_build_array(jsonb_build_object('given', 'Synthetic', 'family', 'Person', 'kind', 'usual')),
         'safeguarding', 'for tests', u.id, present(), present() - make_interval(mins => p.n::int), '2028-01-01', '2030-01-01'
       from (select id, row_number() over () as n from persons) p
       join (select id, agency, row_number() over (order by agency, id) - 1 as place, count(*) over () as of from users) u
         on u.place = p.n % u.of`,
    )
    await query(
      `insert into entries (record_id, person_id, agency, nature, kind, occurred_on, text, source, author, created_at, changed_at, review_on, delete_on)
       select r.id, r.person_id, r.agency, 'fact', (array['contact', 'strength', 'event'])[1 + k % 3],
         date '2026-11-01' - (k * 30 + extract(minute from r.changed_at)::int), 'Synthetic.', 'for tests', r.owner, present(), present(), '2028-01-01', '2030-01-01'
       from agency_records r, generate_series(1, 2) k`,
    )
    await query('analyze')
  })
  const people = await database.query<{ id: string }>(
    'select person_id as id from agency_records where agency = $1 and suspended_on is null order by id limit $2',
    [member.agency, PEOPLE_ASKED],
  )
  return { member, people: people.map(p => p.id) }
}

type Ask = (act: (tx: Queryable) => Promise<unknown>) => Promise<unknown>

/** Milliseconds of one round, and what was answered. */
async function round(ask: Ask, question: Question, agency: string, people: string[]) {
  const started = performance.now()
  const answers: unknown[] = []
  const each = question.ofPeople ? people.map(person => [agency, person]) : [[agency]]
  for (const values of each) answers.push(await ask(tx => tx.query(question.sql, values)))
  return { took: performance.now() - started, answers: JSON.stringify(answers) }
}

async function benchStore(name: string, database: Database, rounds: number): Promise<Result> {
  const { member, people } = await fill(database)
  const asTheMember: Ask = act => asMember(database, member, { now: morning }, act)
  const asOwner: Ask = act => asProgram(database, morning, act)
  const ratios: string[] = []
  let worst = { ratio: 0, what: '' }
  for (const question of questions) {
    const bound: number[] = []
    const free: number[] = []
    // In turns, the first of them to warm up.
    for (let i = 0; i <= rounds; i++) {
      const one = await round(asTheMember, question, member.agency, people)
      const other = await round(asOwner, question, member.agency, people)
      if (one.answers !== other.answers) throw new Error(`${name}: ${question.name} is answered differently`)
      if (i > 0) {
        bound.push(one.took)
        free.push(other.took)
      }
    }
    const ratio = median(bound) / median(free)
    if (ratio > worst.ratio) worst = { ratio, what: question.name }
    ratios.push(`${question.name} ${ratio.toFixed(2)}× (${ms(median(bound))} against ${ms(median(free))})`)
  }
  return {
    what: `Row-level security over ${RECORDS.toLocaleString('en-GB')} records, ${name}`,
    headline: `${worst.ratio.toFixed(2)}× at worst: ${worst.what}`,
    aim: `within ${AIM}× of the same queries without it`,
    met: worst.ratio <= AIM,
    detail: ratios.join('; '),
  }
}

export async function benchAccess(rounds: number): Promise<Result[]> {
  const results: Result[] = []
  const embedded = await openDatabase({ databaseUrl: null, folder: null })
  results.push(await benchStore('embedded', embedded, rounds).finally(() => embedded.close()))
  const server = await startRealPostgres()
  try {
    const database = await openDatabase({ databaseUrl: await ordinaryOwner(server.url), folder: null })
    results.push(await benchStore('on a server', database, rounds).finally(() => database.close()))
  } finally {
    await server.stop()
  }
  return results
}
