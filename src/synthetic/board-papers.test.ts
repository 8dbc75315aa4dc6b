/**
 * The synthetic partnership against the rest of the board papers: seasons and operations (S0, June 2019), and the
 * comparison of 2021 with 2019 (S1, December 2021). Expected numbers are copied from the papers; counts are SQL
 * written here.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type WrittenPartnership, writtenPartnership } from '../../test/written-partnership.ts'

let p: WrittenPartnership
const injury = "ho_code in ('2','4.3','4.7','5D','5E','8N','8P','8S','8T')"
const knifeUses = "knife_use in ('used_injury','used_no_injury','threat_seen','threat_unseen_believed')"
const publicPlaces =
  "location_type in ('street','outside_address','park','transport','licensed_premises','shop')"
const months = (from: string, to: string) => `strftime(recorded_on, '%Y-%m') between '${from}' and '${to}'`
const spell2019 = months('2019-04', '2019-11')
const spell2021 = months('2021-04', '2021-11')

before(async () => {
  p = await writtenPartnership()
  await p.rows(`create view young as select o.*, v.age, v.gender, a.ward from offences o
    join offence_people v on v.offence_id = o.offence_id and v.role = 'victim'
    left join areas a using (lsoa_code) where ${injury} and not domestic and v.age < 25`)
  await p.rows(`create view young_knife as from young where ${knifeUses}`)
})
after(() => p.close())

const count = (table: string, where: string) => p.number(`select count(*) from ${table} where ${where}`)

test('S0 figure 4: the seasons of violence over the five years to May 2019, within half a point', async () => {
  const published = {
    [injury]: [-5.5, -14.1, -3.8, -2.7, 6.6, 8.6, 13.8, -0.2, -0.6, 1.5, -5.5, 1.9],
    [`${injury} and not domestic and ${publicPlaces}`]: [
      -12.6, -17.5, -4.0, -0.2, 9.8, 12.2, 17.3, 0.2, 2.3, 3.1, -5.3, -5.4,
    ],
    [`${injury} and domestic`]: [6.7, -12.3, -4.3, -3.4, 2.6, 3.2, 7.4, 2.1, -0.9, 1.4, -7.0, 4.5],
  }
  for (const [where, percents] of Object.entries(published)) {
    const rows = await p.rows<{ n: number }>(`select count(*) as n from offences
      where ${where} and ${months('2014-06', '2019-05')} group by month(recorded_on) order by month(recorded_on)`)
    const mean = rows.reduce((sum, r) => sum + r.n, 0) / 12
    rows.forEach(({ n }, i) => {
      const deviation = (100 * n) / mean - 100
      assert.ok(
        Math.abs(deviation - percents[i]!) <= 0.1,
        `${where}, month ${i + 1}: ${deviation.toFixed(2)} and not ${percents[i]}`,
      )
    })
  }
})

test('the seasons hold by another method too, within two points: each month against the twelve around it', async () => {
  const percents = [-5.5, -14.1, -3.8, -2.7, 6.6, 8.6, 13.8, -0.2, -0.6, 1.5, -5.5, 1.9]
  const rows = await p.rows<{ n: number }>(
    `select count(*) as n from offences where ${injury} and ${months('2014-06', '2019-05')}
     group by strftime(recorded_on, '%Y-%m') order by strftime(recorded_on, '%Y-%m')`,
  )
  const ratios: number[][] = Array.from({ length: 12 }, () => [])
  for (let i = 6; i < rows.length - 6; i++) {
    const around = rows.slice(i - 6, i + 7).map((r, k) => (k === 0 || k === 12 ? r.n / 2 : r.n))
    ratios[(i + 5) % 12]!.push(rows[i]!.n / (around.reduce((a, b) => a + b) / 12))
  }
  const means = ratios.map(list => list.reduce((a, b) => a + b) / list.length)
  const scale = 12 / means.reduce((a, b) => a + b)
  means.forEach((mean, i) => {
    const deviation = 100 * mean * scale - 100
    assert.ok(Math.abs(deviation - percents[i]!) <= 2, `month ${i + 1}: ${deviation.toFixed(2)}`)
  })
})

test('S0 table 2: Operation Forecast', async () => {
  const [row] =
    await p.rows(`select count(*) as searches, count(*) filter (legislation like '%(section 60)') as s60,
      count(*) filter (outcome = 'Arrest') as arrests, count(*) filter (outcome = 'Khat or Cannabis warning') as warnings,
      min(searched_at)::date as first, max(searched_at)::date as last
    from stop_and_search where operation = 'Operation Forecast'`)
  assert.deepEqual(row, {
    searches: 5387,
    s60: 1949,
    arrests: 319,
    warnings: 106,
    first: '2019-02-21',
    last: '2019-06-07',
  })
  assert.equal(
    await p.number(`select sum(quantity) from weapons_recovered where operation = 'Operation Forecast'`),
    147,
  )
})

test('S0 paragraphs 28 and 29: ninety knives in the week of Operation Sceptre, and 55 searches', async () => {
  assert.deepEqual(
    await p.rows(`select method, cast(sum(quantity) as integer) as knives from weapons_recovered
      where operation = 'Operation Sceptre' and weapon = 'knife' and recovered_on between date '2019-03-11' and date '2019-03-17'
      group by method order by knives`),
    [
      { method: 'stop_search', knives: 4 },
      { method: 'arrest', knives: 9 },
      { method: 'sweep', knives: 18 },
      { method: 'surrender', knives: 59 },
    ],
  )
  assert.equal(await count('weapons_recovered', "operation = 'Operation Sceptre' and weapon <> 'knife'"), 0)
  assert.equal(await count('stop_and_search', "operation = 'Operation Sceptre'"), 55)
})

test('S1 paragraph 36: under-25 violence with a knife 361 against 333, admissions 80 against 90', async () => {
  assert.equal(await count('young_knife', spell2019), 333)
  assert.equal(await count('young_knife', spell2021), 361)
  const stabbed = (spell: string) =>
    count(
      'hospital_admissions',
      `cause = 'X99' and age < 25 and ${spell.replace('recorded_on', 'admitted_on')}`,
    )
  assert.equal(await stabbed(spell2019), 90)
  assert.equal(await stabbed(spell2021), 80)
})

test('S1 paragraph 37: under-25 violence with injury up by 15.5%', async () => {
  const before = await count('young', spell2019)
  const after = await count('young', spell2021)
  assert.equal(((100 * (after - before)) / before).toFixed(1), '15.5')
})

test('S1 paragraphs 36 and 37: homicides of under-25s, with a knife, all, and the ages of suspects', async () => {
  await p.rows(`create view killed as select o.*, q.role, q.age from offences o join offence_people q using (offence_id)
    where ho_code in ('1', '4.1', '4.2', '4.10')`)
  const year2019 = months('2019-04', '2020-03')
  for (const [spell, young, youngKnife] of [
    [spell2019, 9, 4],
    [spell2021, 4, 3],
  ] as const) {
    assert.equal(await count('killed', `role = 'victim' and age < 25 and ${spell}`), young)
    assert.equal(await count('killed', `role = 'victim' and age < 25 and not domestic and ${spell}`), young)
    assert.equal(
      await count('killed', `role = 'victim' and age < 25 and knife_use = 'used_injury' and ${spell}`),
      youngKnife,
    )
  }
  for (const [spell, victims, victimsYoung, suspectsYoung] of [
    [year2019, 27, 33, 56],
    [spell2021, 16, 25, 53],
  ] as const) {
    const share = async (role: string) => {
      const all = await count('killed', `role = '${role}' and ${spell}`)
      return Math.round((100 * (await count('killed', `role = '${role}' and age < 25 and ${spell}`))) / all)
    }
    assert.equal(await count('killed', `role = 'victim' and ${spell}`), victims)
    assert.equal(await share('victim'), victimsYoung)
    assert.equal(await share('suspect'), suspectsYoung)
  }
})

test('S1 paragraph 44: positive outcomes of under-25 violence, with and without outcome 22', async () => {
  for (const set of [
    "'1','1A','2','2A','3','3A','6','7','8'",
    "'1','1A','2','2A','3','3A','6','7','8','22'",
  ]) {
    const rate = async (where: string) =>
      (100 * (await count('young', `outcome_type in (${set}) and ${where}`))) / (await count('young', where))
    for (const [where, published] of [
      [months('2019-04', '2020-03'), 9.77],
      [spell2021, 6.14],
      [months('2021-11', '2021-11'), 9.4],
    ] as const) {
      const found = await rate(where)
      assert.ok(Math.abs(found - published) <= 0.1, `${where}: ${found.toFixed(2)} and not ${published}`)
    }
  }
})

test('S1 paragraph 37: the hours and days of under-25 violence with a knife', async () => {
  for (const spell of [spell2019, spell2021]) {
    const hours = await p.rows<{ n: number }>(
      `select n from (select unnest(range(24)) as hour) left join
       (select hour(committed_from) as hour, count(*) as n from young_knife where ${spell} group by hour) using (hour) order by hour`,
    )
    const n = (hour: number) => hours[hour]?.n ?? 0
    const top = [...hours.keys()].sort((a, b) => n(b) - n(a)).slice(0, 2)
    assert.deepEqual(top.sort(), [18, 21])
    assert.ok(n(15) < n(17) && n(17) < n(20), 'rising from 15:00 to 21:00')
    const days = await p.rows<{ day: number }>(
      `select isodow(committed_from) as day from young_knife where ${spell} group by day order by count(*) desc limit 2`,
    )
    assert.deepEqual(days.map(d => d.day).sort(), [5, 6], 'Friday and Saturday')
  }
})

test('S1 paragraphs 37 and 38: the places named for 2019, for 2021 and for knife injury', async () => {
  const top = async (table: string, where: string, n: number) =>
    (
      await p.rows<{ ward: string }>(
        `select ward from ${table} where ward is not null and ${where} group by ward order by count(*) desc, ward limit ${n}`,
      )
    )
      .map(r => r.ward.replace(' (synthetic)', ''))
      .sort()
  const centres = ['Birmingham city centre', 'Coventry city centre', 'Wolverhampton city centre']
  const four2021 = ['Alum Rock and Saltley', 'Aston', 'Birmingham city centre', 'Coventry city centre']
  assert.deepEqual(await top('young_knife', spell2019, 3), centres)
  assert.deepEqual(await top('young_knife', spell2021, 4), four2021)
  const violence = `(select * from offences left join areas using (lsoa_code)
    where ${injury} and ${knifeUses} and not domestic)`
  assert.deepEqual(await top(violence, spell2019, 3), centres)
  assert.deepEqual(await top(violence, spell2021, 4), four2021)
  assert.deepEqual(await top(violence, `knife_use = 'used_injury' and ${spell2021}`, 3), [
    'Aston',
    'Sparkbrook',
    "St Michael's",
  ])
  const months2021 = await p.rows<{ month: number }>(
    `select month(recorded_on) as month from ${violence} where knife_use = 'used_injury' and ${spell2021}
     group by month order by count(*) desc limit 2`,
  )
  assert.deepEqual(months2021.map(m => m.month).sort(), [7, 8], 'a spike in July and August')
})

test('S1 paragraph 39: commonest ages 24 and 18; men 92% of victims and 80% of suspects where there was a knife', async () => {
  const commonest = (sql: string) =>
    p.number(`select age from (${sql}) where age is not null group by age order by count(*) desc limit 1`)
  const suspects = (table: string) =>
    `select q.* from offence_people q join (select offence_id from ${table} where ${spell2021}) using (offence_id) where role = 'suspect'`
  for (const table of ['young', 'young_knife']) {
    assert.equal(await commonest(`select age from ${table} where ${spell2021}`), 24)
    assert.equal(await commonest(suspects(table)), 18)
  }
  const male = (sql: string) =>
    p.number(`select round(100.0 * count(*) filter (gender = 'Male') / count(*)) from (${sql})`)
  assert.equal(await male(`select gender from young_knife where ${spell2021}`), 92)
  assert.equal(await male(suspects('young_knife')), 80)
})

test('S1 paragraphs 6 and 11: 11.2 violence with injury per 1,000; knife crime almost 800 above 2019/20', async () => {
  const violence = await count('offences', `${injury} and ${months('2021-04', '2022-03')}`)
  const residents = await p.number('select sum(residents) from population where year = 2021')
  assert.equal(((1000 * violence) / residents).toFixed(1), '11.2')
  const knife = (year: string) =>
    count(
      'offences',
      `ho_code in ('1','4.1','4.2','4.10','2','3B','5D','8N','8P','8S','8T','34A','34B','19C','19D','19E','19F','19G','19H','17A','17B','20A','20B')
       and ${knifeUses} and ${year}`,
    )
  const more = (await knife(months('2021-04', '2022-03'))) - (await knife(months('2019-04', '2020-03')))
  assert.ok(more > 750 && more < 800, `${more} more`)
})

test('the censuses: residents of the county and of authorities, and ethnic shares of 2011', async () => {
  const residents =
    await p.rows(`select authority, cast(sum(residents) as integer) as n from population join areas using (lsoa_code)
    where year = 2021 group by authority order by authority`)
  assert.deepEqual(residents, [
    { authority: 'E08000025', n: 1_144_900 },
    { authority: 'E08000026', n: 345_300 },
    { authority: 'E08000027', n: 323_500 },
    { authority: 'E08000028', n: 341_900 },
    { authority: 'E08000029', n: 216_200 },
    { authority: 'E08000030', n: 284_100 },
    { authority: 'E08000031', n: 263_700 },
  ])
  const shares = await p.rows<{ ethnic_group: string; share: number }>(`
    select ethnic_group, 100 * sum(residents) / sum(sum(residents)) over () as share
    from population where year = 2011 group by ethnic_group order by share desc`)
  assert.deepEqual(
    shares.slice(0, 3).map(s => [s.ethnic_group, s.share.toFixed(1)]),
    [
      ['White', '70.1'],
      ['Asian', '18.8'],
      ['Black', '6.0'],
    ],
  )
  assert.equal(await p.number('select sum(residents) from population where year = 2011'), 2_736_460)
})
