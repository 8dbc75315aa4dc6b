import assert from 'node:assert/strict'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { before, test } from 'node:test'
import { InputFault } from '../platform/errors.ts'
import type { AreaPack } from './area-pack.ts'
import { checkAreaPack, readAreaPack } from './read-area-pack.ts'

const westMidlands = resolve(import.meta.dirname, '../../areas/west-midlands')
let pack: AreaPack

before(async () => {
  pack = await readAreaPack(westMidlands)
})

/** The sentence with which a changed copy of the West Midlands pack is refused. */
function refusal(change: (copy: AreaPack) => void): string {
  const copy = structuredClone(pack)
  change(copy)
  try {
    checkAreaPack(copy)
  } catch (error) {
    assert.ok(error instanceof InputFault)
    assert.equal(error.code, 'area-pack-invalid')
    return error.message
  }
  return assert.fail('the pack was accepted')
}

test('the West Midlands pack has seven authorities, eight units until 2 April 2023 and seven areas after', () => {
  assert.deepEqual(
    pack.localAuthorities.map(a => a.code),
    ['25', '26', '27', '28', '29', '30', '31'].map(end => `E080000${end}`),
  )
  const inForce = (day: string) =>
    pack.policingAreas.filter(a => (a.from ?? '') <= day && day <= (a.to ?? '9999')).map(a => a.code)
  assert.deepEqual(inForce('2019-05-31').sort(), ['BE', 'BW', 'CV', 'DY', 'SH', 'SW', 'WS', 'WV'])
  assert.deepEqual(inForce('2023-04-02').sort(), ['BE', 'BW', 'CV', 'DY', 'SH', 'SW', 'WS', 'WV'])
  assert.equal(inForce('2023-04-03').length, 7)
  assert.equal(pack.baseline.from, '2019-04')
  assert.equal(pack.baseline.to, '2020-03')
})

test('every place that the board papers name lies in a policing unit of the pack', () => {
  assert.ok(pack.namedPlaces.some(p => p.name === 'Aston' && p.policingArea === 'BW'))
  assert.ok(pack.namedPlaces.every(p => pack.policingAreas.some(a => a.code === p.policingArea)))
})

test('a folder without a pack is refused with the path and the setting', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pack-'))
  await assert.rejects(readAreaPack(folder), { code: 'area-pack-invalid', message: /CONCORD_AREA/ })
})

test('a file that is not JSON is refused with what the parser found', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pack-'))
  await writeFile(join(folder, 'pack.json'), '{ "id": ')
  await assert.rejects(readAreaPack(folder), { code: 'area-pack-invalid', message: /pack\.json is not JSON/ })
})

test('every fault is said at once, with its place', () => {
  const said = refusal(copy => {
    copy.baseline.from = '2019-13'
    copy.localAuthorities[0]!.code = 'e0 8'
    delete (copy as Partial<AreaPack>).force
    Object.assign(copy.policingAreas[1]!, { anker: 1 })
    copy.policingAreas[2]!.anchor.longitude = 407_000
    copy.policingAreas[3]!.from = '2019-02-31'
    copy.agencies = []
  })
  assert.match(said, /baseline\.from is "2019-13" but must be a month/)
  assert.match(said, /localAuthorities\[0\]\.code is "e0 8" but must be a code/)
  assert.match(said, /force is missing/)
  assert.match(said, /policingAreas\[1\]\.anker is not a field/)
  assert.match(said, /policingAreas\[2\]\.anchor\.longitude is 407000 but must be a longitude/)
  assert.match(said, /policingAreas\[3\]\.from is "2019-02-31" but must be a day/)
  assert.match(said, /agencies is empty/)
})

test('what is no object, or a list where an object belongs, is refused', () => {
  assert.throws(() => checkAreaPack(null), /must be an object with id, name/)
  assert.match(
    refusal(copy => {
      Object.assign(copy, { words: ['unit'], impactAreas: {} })
    }),
    /impactAreas must be a list\. words must be an object/,
  )
})

test('dates that contradict each other are refused', () => {
  assert.match(
    refusal(copy => {
      copy.pandemic = { ...copy.pandemic, from: '2021-04', to: '2020-04' }
    }),
    /pandemic ends \(2020-04\) before it begins/,
  )
  assert.match(
    refusal(copy => {
      copy.pandemic.from = '2020-03'
    }),
    /baseline .* holds months that pandemic .* leaves out/,
  )
  assert.match(
    refusal(copy => {
      copy.policingAreas.find(a => a.code === 'CV')!.to = '2023-03-31'
    }),
    /Coventry belongs to no policing area from 1 April 2023 to the day before 3 April 2023/,
  )
})

test('a code that two areas have on the same day is refused, and one that comes back later is not', () => {
  assert.match(
    refusal(copy => {
      copy.policingAreas[1]!.code = 'BW'
    }),
    /policingAreas\[1\] \(Birmingham East\) has the code BW, which another has/,
  )
  const again = structuredClone(pack)
  again.policingAreas.find(a => a.code === 'LPA-CV')!.code = 'CV'
  assert.doesNotThrow(() => checkAreaPack(again))
})

test('names that lead nowhere are refused', () => {
  assert.match(
    refusal(copy => {
      copy.policingAreas[0]!.localAuthority = 'E08000099'
    }),
    /Birmingham West\) lies in E08000099, which is not among localAuthorities/,
  )
  assert.match(
    refusal(copy => {
      copy.namedPlaces[0]!.policingArea = 'XX'
    }),
    /Birmingham city centre\) lies in XX, which is not among policingAreas/,
  )
  assert.match(
    refusal(copy => {
      copy.localAuthorities.push({ code: 'E08000099', name: 'Elsewhere', source: 'Nobody' })
    }),
    /Elsewhere has no policing area/,
  )
  assert.match(
    refusal(copy => {
      copy.agencies.push(copy.agencies[0]!)
    }),
    /has the id west-midlands-police, which another has/,
  )
  assert.match(
    refusal(copy => {
      copy.intake.routes.push(copy.intake.routes[0]!)
    }),
    /intake\.routes\[\d+\] has the id early-help, which another has/,
  )
  assert.match(
    refusal(copy => {
      copy.intake.thresholds[0]!.levels[1]!.id = copy.intake.thresholds[0]!.levels[0]!.id
    }),
    /intake\.thresholds\[0\]\.levels\[1\] has the id/,
  )
})

test('the West Midlands pack has the six and the five tiers of the board paper, and five cohorts of Walsall', () => {
  const tiersOf = (id: string) => pack.tierSchemes.find(s => s.id === id)!.tiers
  assert.equal(tiersOf('six-tier').length, 6)
  assert.equal(tiersOf('five-tier').length, 5)
  // Board paper of 21 December 2021, paragraph 25: the last tier of each is within the prison system, and the one before
  // it is led by partners.
  for (const scheme of ['six-tier', 'five-tier']) {
    const [led, custody] = tiersOf(scheme).slice(-2)
    assert.equal(custody!.custody, true)
    assert.equal(led!.aboveSupport, false)
    assert.equal(led!.leadAgency, 'violence-reduction-partnership')
  }
  assert.equal(tiersOf('six-tier')[0]!.leadAgency, 'regional-organised-crime-unit')
  assert.equal(pack.cohorts.filter(c => c.leadAgency === 'walsall-council').length, 5)
})

test('R10 a review that lies too far off is refused, and R5 one of a child that is no sooner', () => {
  assert.match(
    refusal(copy => {
      copy.tierSchemes[0]!.tiers[0]!.reviewDays = 181
    }),
    /tierSchemes\[0\]\.tiers\[0\] \(Tier 1.*\) is reviewed after 181 days; no review may lie further off than 180/,
  )
  assert.match(
    refusal(copy => {
      copy.tierSchemes[0]!.tiers[0]!.reviewDaysChild = copy.tierSchemes[0]!.tiers[0]!.reviewDays
    }),
    /is reviewed after 28 days for under-18s, which must be sooner than the 28 of adults/,
  )
})

test('R14 a school, a landlord or an immigration body cannot be party to a cohort', () => {
  for (const kind of ['education', 'school', 'housing', 'immigration']) {
    assert.match(
      refusal(copy => {
        copy.agencies.push({ id: 'another', name: 'Another', kind })
        copy.cohorts[0]!.parties.push('another')
      }),
      new RegExp(`has another among its parties; an agency of the kind ${kind} is never given a list`),
    )
  }
})

test('tiers and cohorts that contradict themselves are refused', () => {
  const cohort = (change: (copy: AreaPack['cohorts'][number]) => void) =>
    refusal(copy => change(copy.cohorts[0]!))
  assert.match(
    cohort(c => {
      c.scheme = 'nine-tier'
    }),
    /Birmingham West tiered approach\) follows the scheme nine-tier, which is not among tierSchemes/,
  )
  assert.match(
    cohort(c => {
      c.parties = c.parties.filter(p => p !== c.leadAgency)
    }),
    /is led by west-midlands-police, which is not among its parties/,
  )
  assert.match(
    cohort(c => {
      c.parties.push('nobody', c.leadAgency)
    }),
    /has among its parties nobody, which is not among agencies.*names west-midlands-police twice/,
  )
  assert.match(
    refusal(copy => {
      copy.cohorts.push(copy.cohorts[0]!)
      copy.tierSchemes.push(copy.tierSchemes[0]!)
    }),
    /tierSchemes\[3\] has the id six-tier, which another has.*cohorts\[9\] has the id birmingham-west/,
  )
  assert.match(
    refusal(copy => {
      const [one, two] = copy.tierSchemes[0]!.tiers
      two!.rank = one!.rank
      two!.leadAgency = 'nobody'
      Object.assign(one!, { mayPlace: ['analyst'] })
    }),
    /mayPlace\[0\] is "analyst" but must be one of practitioner, coordinator, commander/,
  )
  assert.match(
    refusal(copy => {
      const [one, two] = copy.tierSchemes[0]!.tiers
      two!.rank = one!.rank
      two!.leadAgency = 'nobody'
    }),
    /\(Tier 2.*\) has the rank 1, which another has.*is led by nobody, which is not among agencies/,
  )
})

test('playbooks that nobody could use are refused', () => {
  const book = (change: (copy: AreaPack['playbooks'][number]) => void) =>
    refusal(copy => change(copy.playbooks[0]!))
  assert.match(
    book(copy => {
      copy.actions[0]!.agencyKind = 'bakery'
      copy.actions[1]!.days = 200
    }),
    /is for an agency of the kind bakery, and there is none.*is due after 200 working days; at most 120/,
  )
  assert.match(
    book(copy => {
      for (const action of copy.actions) action.fourP = 'pursue'
    }),
    /is for people and holds nothing but Pursue/,
  )
})
