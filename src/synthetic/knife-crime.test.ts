/**
 * Knife crime of the synthetic partnership against the board paper of 18 June 2019 (S0). Every expected number is
 * copied from the paper; every count is SQL written here, from the counting rules and not from the generator.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type WrittenPartnership, writtenPartnership } from '../../test/written-partnership.ts'

let p: WrittenPartnership
before(async () => {
  p = await writtenPartnership()
  // ADR 160: selected classes, with a knife or sharp instrument used or threatened.
  await p.rows(`create view knife_crime as
    select o.*, a.unit, a.ward from offences o left join areas a using (lsoa_code)
    where ho_code in ('1','4.1','4.2','4.10','2','3B','5D','8N','8P','8S','8T','34A','34B',
                      '19C','19D','19E','19F','19G','19H','17A','17B','20A','20B')
      and knife_use in ('used_injury','used_no_injury','threat_seen','threat_unseen_believed')`)
  await p.rows(`create view window_crime as from knife_crime
    where recorded_on between date '2018-11-01' and date '2019-05-31'`)
  await p.rows(`create view window_people as
    select q.* from offence_people q join window_crime using (offence_id)`)
})
after(() => p.close())

test('table 1: knife crime and victims under 25 of every policing unit', async () => {
  const rows = await p.rows(`
    select unit, count(distinct w.offence_id) as offences, count(*) filter (v.age < 25) as young, count(v.offence_id) as victims
    from window_crime w left join offence_people v on v.offence_id = w.offence_id and v.role = 'victim'
    group by unit order by offences desc`)
  assert.deepEqual(rows, [
    { unit: 'BW', offences: 731, young: 357, victims: 731 },
    { unit: 'BE', offences: 449, young: 219, victims: 449 },
    { unit: 'CV', offences: 238, young: 114, victims: 238 },
    { unit: 'SW', offences: 203, young: 83, victims: 203 },
    { unit: 'WV', offences: 172, young: 69, victims: 172 },
    { unit: 'DY', offences: 149, young: 67, victims: 149 },
    { unit: 'WS', offences: 135, young: 61, victims: 135 },
    { unit: 'SH', offences: 106, young: 48, victims: 106 },
  ])
})

test('paragraph 12: 414, 316 and 319 offences in March, April and May 2019, and 312 a month on average', async () => {
  const months = await p.rows<{ month: string; n: number }>(
    `select strftime(recorded_on, '%Y-%m') as month, count(*) as n from window_crime group by month order by month`,
  )
  assert.deepEqual(months.slice(4), [
    { month: '2019-03', n: 414 },
    { month: '2019-04', n: 316 },
    { month: '2019-05', n: 319 },
  ])
  assert.equal(months.length, 7)
  assert.equal(Math.round(months.reduce((sum, m) => sum + m.n, 0) / 7), 312)
})

test('paragraph 2: a steady rise since the summer of 2015', async () => {
  const halves = await p.rows<{ n: number }>(`
    select date_diff('month', date '2015-07-01', date_trunc('month', recorded_on)) // 6 as half, count(*) as n
    from knife_crime where recorded_on between date '2015-07-01' and date '2019-06-30' group by half order by half`)
  assert.equal(halves.length, 8)
  halves.slice(1).forEach((half, i) => {
    assert.ok(half.n > halves[i]!.n, `half ${i + 2} has ${half.n} after ${halves[i]!.n}`)
  })
  const to2020 = await p.number(
    `select count(*) from knife_crime where recorded_on between date '2019-04-01' and date '2020-03-31'`,
  )
  assert.ok(
    to2020 > 3400,
    `the needs assessment has more than 3,400 in the year to March 2020, not ${to2020}`,
  )
})

/** Percent of the rows that meet the condition, of all and of those where the column is recorded. */
async function shares(table: string, condition: string, recorded: string): Promise<number[]> {
  const [row] = await p.rows<{ of_all: number; of_recorded: number }>(`
    select 100.0 * count(*) filter (${condition}) / count(*) as of_all,
           100.0 * count(*) filter (${condition}) / count(*) filter (${recorded}) as of_recorded from ${table}`)
  return [Math.round(row!.of_all), Math.round(row!.of_recorded)]
}

test('paragraph 13: machetes in 13%, injury in 19%, mostly a threat, robbery more than violence', async () => {
  assert.deepEqual(await shares('window_crime', "weapon = 'machete'", 'weapon is not null'), [13, 13])
  assert.deepEqual(await shares('window_crime', "knife_use = 'used_injury'", 'true'), [19, 19])
  assert.ok((await shares('window_crime', "knife_use like 'threat%'", 'true'))[0]! > 50)
  const [kinds] = await p.rows<{ robbery: number; violence: number }>(`select
    count(*) filter (ho_code in ('34A', '34B')) as robbery,
    count(*) filter (ho_code in ('2', '5D', '8N', '8P', '8S', '8T')) as violence from window_crime`)
  assert.ok(kinds!.robbery > kinds!.violence)
  const common = await p.rows<{ weapon: string }>(
    'select weapon from window_crime group by weapon order by count(*) desc limit 2',
  )
  assert.deepEqual(common.map(c => c.weapon).sort(), ['kitchen_knife', 'unknown_knife'])
})

test('paragraphs 14 and 17: 14:00 to 23:00 in the force, 17:00 to 01:00 where there is a night-time economy', async () => {
  const busiest = async (where: string, length: number) => {
    const rows = await p.rows<{ hour: number; n: number }>(
      `select hour(committed_from) as hour, count(*) as n from window_crime where ${where} group by hour`,
    )
    const at = (hour: number) => rows.find(r => r.hour === hour % 24)?.n ?? 0
    const sums = Array.from({ length: 24 }, (_, from) =>
      Array.from({ length }, (_, i) => at(from + i)).reduce((a, b) => a + b),
    )
    return sums.indexOf(Math.max(...sums))
  }
  assert.equal(await busiest('true', 9), 14)
  assert.equal(await busiest("unit in ('BW', 'BE', 'CV', 'WV')", 8), 17)
})

test('paragraph 16: most of it on roads and outside addresses', async () => {
  assert.ok((await shares('window_crime', "location_type in ('street', 'outside_address')", 'true'))[0]! > 50)
})

test('paragraph 19: victims by age, ethnicity and gender, whichever base is taken', async () => {
  await p.rows(`create view victims as from window_people where role = 'victim'`)
  assert.deepEqual(await shares('victims', 'age < 25', 'age is not null'), [47, 47])
  assert.deepEqual(await shares('victims', "gender = 'Male'", 'gender is not null'), [79, 79])
  assert.deepEqual(
    await shares('victims', "ethnicity_officer = 'IC1'", "ethnicity_officer <> 'IC9'"),
    [50, 50],
  )
  assert.deepEqual(await shares('victims', "ethnicity_self[1] = 'A'", "ethnicity_self <> 'NS'"), [21, 21])
})

test('paragraph 19: known offenders by age, ethnicity and gender, whichever base is taken', async () => {
  await p.rows(`create view suspects as from window_people where role = 'suspect'`)
  assert.deepEqual(await shares('suspects', 'age < 25', 'age is not null'), [47, 47])
  assert.deepEqual(await shares('suspects', "gender = 'Male'", 'gender is not null'), [83, 83])
  assert.deepEqual(
    await shares('suspects', "ethnicity_officer = 'IC1'", "ethnicity_officer <> 'IC9'"),
    [49, 49],
  )
})

test('paragraph 23: defendants are men in 92%; few occupations are recorded, 55% unemployed and 33% students', async () => {
  await p.rows(`create view charged as from window_people where role = 'suspect' and charged`)
  assert.deepEqual(await shares('charged', "gender = 'Male'", 'gender is not null'), [92, 92])
  for (const table of ['charged', 'suspects']) {
    const recorded = 'occupation is not null'
    assert.equal((await shares(table, "occupation = 'unemployed'", recorded))[1], 55)
    assert.equal((await shares(table, "occupation = 'student'", recorded))[1], 33)
  }
  assert.ok((await shares('suspects', 'occupation is not null', 'true'))[0]! < 20, 'rarely completed')
})

test('paragraphs 24 and 25: homicides with a knife', async () => {
  await p.rows(`create view killed as select k.*, v.age from knife_crime k
    join offence_people v on v.offence_id = k.offence_id and v.role = 'victim'
    where ho_code in ('1', '4.1', '4.2', '4.10')`)
  const count = (where: string) => p.number(`select count(*) from killed where ${where}`)
  assert.equal(await count("recorded_on between date '2018-06-01' and date '2019-05-31'"), 19)
  assert.equal(await count("recorded_on between date '2017-06-01' and date '2018-05-31'"), 22)
  const spring = "recorded_on between date '2019-02-01' and date '2019-04-30'"
  assert.equal(await count(spring), 7)
  assert.equal(await count(`${spring} and unit in ('BW', 'BE')`), 5)
  assert.equal(await count(`${spring} and domestic and age >= 25`), 2)
  assert.equal(await count(`${spring} and not domestic and age < 25`), 5)
  assert.equal(await count("recorded_on between date '2019-04-25' and date '2019-05-31'"), 0)
})

test('knives that do not count are there, as in any real extract', async () => {
  for (const trap of [
    "knife_use = 'possessed_only' and ho_code = '10D'",
    "knife_use = 'possessed_only' and ho_code in ('8N', '34B')",
    "knife_use = 'threat_seen' and ho_code in ('105A', '9A')",
  ]) {
    assert.ok((await p.number(`select count(*) from offences where ${trap}`)) > 100, trap)
  }
})
