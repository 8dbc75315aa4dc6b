import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, before, test } from 'node:test'
import { type WrittenPartnership, writeFiles, writtenPartnership } from '../../test/written-partnership.ts'
import { readBoundaries } from '../evidence/geography/boundary-file.ts'
import { buildLayer, placePoints } from '../evidence/geography/layer.ts'
import type { PartnershipFiles } from './write-partnership.ts'

let p: WrittenPartnership
before(async () => {
  p = await writtenPartnership(11)
})
after(() => p.close())

const fingerprints = ({ files, boundaries }: PartnershipFiles) =>
  [...files, ...boundaries].map(({ path }) => [
    basename(path),
    createHash('sha256').update(readFileSync(path)).digest('hex'),
  ])

test('the same seed writes the same bytes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'concord-again-'))
  try {
    assert.deepEqual(fingerprints(await writeFiles(folder, 11)), fingerprints(p))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('whatever the seed, what the papers published is the same', async () => {
  const knife = `ho_code in ('1','4.1','4.2','4.10','2','3B','5D','8N','8P','8S','8T','34A','34B','19C','19D','19E','19F','19G','19H','17A','17B','20A','20B')
    and knife_use in ('used_injury','used_no_injury','threat_seen','threat_unseen_believed')`
  assert.deepEqual(
    await p.rows(`select unit, count(*) as n, count(*) filter (age < 25) as young
      from offences o join areas using (lsoa_code) join offence_people v on v.offence_id = o.offence_id and v.role = 'victim'
      where ${knife} and o.recorded_on between date '2018-11-01' and date '2019-05-31' group by unit order by n desc`),
    [
      { unit: 'BW', n: 731, young: 357 },
      { unit: 'BE', n: 449, young: 219 },
      { unit: 'CV', n: 238, young: 114 },
      { unit: 'SW', n: 203, young: 83 },
      { unit: 'WV', n: 172, young: 69 },
      { unit: 'DY', n: 149, young: 67 },
      { unit: 'WS', n: 135, young: 61 },
      { unit: 'SH', n: 106, young: 48 },
    ],
  )
  const young = (from: string, to: string) =>
    p.number(`select count(*) from offences o join offence_people v on v.offence_id = o.offence_id and v.role = 'victim'
      where ho_code in ('2','5D','8N','8P','8S','8T') and not domestic and v.age < 25 and ${knife}
        and o.recorded_on between date '${from}' and date '${to}'`)
  assert.equal(await young('2019-04-01', '2019-11-30'), 333)
  assert.equal(await young('2021-04-01', '2021-11-30'), 361)
})

test('about two million rows; some 115,000 offences a year; none in the pandemic year', async () => {
  const rows = p.files.reduce((sum, f) => sum + f.rows, 0)
  assert.ok(rows > 1_900_000 && rows < 2_500_000, `${rows} rows`)
  const years = await p.rows<{ year: number; n: number }>(
    `select year(recorded_on - interval 3 month) as year, count(*) as n from offences
     where recorded_on >= date '2015-04-01' group by year order by year`,
  )
  assert.deepEqual(
    years.map(y => y.year),
    [2015, 2016, 2017, 2018, 2019, 2021],
  )
  for (const { n } of years) assert.ok(n > 100_000 && n < 120_000, `${n} offences`)
})

test('nobody could take it for real: numbers and pseudonyms say so', async () => {
  for (const [table, column, pattern] of [
    ['offences', 'offence_id', '^SYN-20\\d\\d-\\d{6}$'],
    ['stop_and_search', 'search_id', '^SYN-S-\\d{6}$'],
    ['hospital_admissions', 'admission_id', '^SYN-A-\\d{6}$'],
    ['exclusions', 'exclusion_id', '^SYN-E-\\d{6}$'],
    ['missing_episodes', 'episode_id', '^SYN-M-\\d{6}$'],
    ['weapons_recovered', 'recovery_id', '^SYN-W-\\d{6}$'],
    ['offence_people', 'pseudonym', '^synthetic-[0-9a-f]{6}$'],
    ['stop_and_search', "coalesce(pseudonym, 'synthetic-000000')", '^synthetic-[0-9a-f]{6}$'],
  ]) {
    const odd = await p.number(
      `select count(*) from ${table} where not regexp_matches(${column}, '${pattern}')`,
    )
    assert.equal(odd, 0, `${table}.${column}`)
  }
})

test('every point lies in the small area that its record names', async () => {
  const path = p.boundaries.find(b => b.layer === 'lsoa')!.path
  const layer = buildLayer(readBoundaries(readFileSync(path, 'utf8'), basename(path)).areas)
  const rows = await p.rows<{ longitude: number; latitude: number; lsoa_code: string | null }>(
    `select longitude, latitude, lsoa_code from offences where longitude is not null and hash(offence_id) % 8 = 0`,
  )
  const placed = placePoints(
    layer,
    Float64Array.from(rows, r => r.longitude),
    Float64Array.from(rows, r => r.latitude),
  )
  const wrong = rows.filter((r, i) => (layer.codes[placed[i]!] ?? null) !== r.lsoa_code)
  assert.ok(rows.length > 80_000)
  assert.deepEqual(wrong.slice(0, 3), [])
})

test('it is as imperfect as real extracts: blanks, spans, points elsewhere', async () => {
  const share = (table: string, where: string, of = 'true') =>
    p.number(`select 100.0 * count(*) filter (${where}) / count(*) from ${table} where ${of}`)
  const between = (found: number, least: number, most: number, what: string) =>
    assert.ok(found >= least && found <= most, `${what}: ${found.toFixed(2)}%`)
  between(await share('offences', 'longitude is null'), 1.5, 2.5, 'without a point')
  between(await share('offences', 'lsoa_code is null'), 0.6, 1.6, 'without any place')
  between(await share('offences', 'longitude > -1.3 or longitude < -2.5'), 0.02, 0.2, 'elsewhere')
  between(
    await share('offences', 'committed_to > committed_from + interval 1 hour'),
    8,
    30,
    'of uncertain time',
  )
  between(await share('offence_people', 'age is null', "role = 'victim'"), 2, 4, 'without an age')
  between(await share('offence_people', 'gender is null'), 1, 4, 'without a gender')
  between(await share('offence_people', "coalesce(ethnicity_self, 'NS') = 'NS'"), 8, 20, 'without ethnicity')
  between(
    await share('offence_people', 'occupation is not null', "role = 'suspect'"),
    4,
    12,
    'with an occupation',
  )
  between(await share('stop_and_search', 'longitude is null'), 2, 4, 'searches without a point')
})

test('records agree with themselves', async () => {
  const none = async (sql: string) => assert.equal(await p.number(`select count(*) from ${sql}`), 0, sql)
  await none('offences where recorded_on < committed_from::date or committed_to < committed_from')
  await none("offences where outcome_on < recorded_on or (outcome_type = '0') <> (outcome_on is null)")
  await none("offences where outcome_type = '22' and recorded_on < date '2019-04-01'")
  await none("offences where (robbery_type is not null) <> (ho_code in ('34A', '34B'))")
  await none("offences where ho_code = '8T' and recorded_on < date '2018-11-13'")
  await none("offences where ho_code in ('28A', '28B') and recorded_on >= date '2017-04-01'")
  await none("offences where ho_code in ('28E', '30C') and recorded_on < date '2017-04-01'")
  // Domestic abuse needs two people aged sixteen.
  await none(
    "offence_people q join offences o using (offence_id) where o.domestic and q.role = 'victim' and q.age < 16",
  )
  await none("offence_people where role = 'victim' and (charged or occupation is not null)")
  await none("offence_people where occupation <> 'student' and age < 16")
  await none(`(select offence_id from offences where outcome_type in ('1', '1A') except
    select offence_id from offence_people where charged)`)
  await none(`(select offence_id from offence_people where role = 'suspect' intersect
    select offence_id from offences where outcome_type in ('14', '18', '0'))`)
  await none(`(select offence_id, pseudonym from offence_people group by all having count(*) > 1)`)
  await none('missing_episodes where found_at < reported_at')
})

test('people come back, always with the same gender and ethnicity', async () => {
  assert.equal(
    await p.number(`select count(*) from (select pseudonym from offence_people group by pseudonym
      having count(distinct gender) > 1 or count(distinct ethnicity_self) > 1)`),
    0,
  )
  const often = await p.number(
    `select count(*) from (select pseudonym from offence_people group by pseudonym having count(*) >= 3)`,
  )
  assert.ok(often > 10_000, `${often} people are in three or more records`)
})
