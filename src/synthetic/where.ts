/**
 * Where things happen: first the policing unit where a paper gives counts by unit, then the small area, then a
 * point in it. Points gather at a few spots of each area, as they do on a real map.
 */
import type { Position } from 'geojson'
import { knifePlaces, nightTimeUnits, table1, unitSizes } from './calibration.ts'
import type { SmallArea } from './geography.ts'
import { injuryNotDomestic, kindAt, kindNumber } from './offence-kinds.ts'
import { BLANK, INJURY, knifeRows, NO_AREA, type OffenceTable } from './offence-table.ts'
import { deal, dealShares, picker, type Random, randomFrom } from './random.ts'

export interface Places {
  areas: readonly SmallArea[]
  units: readonly string[]
  /** Position in `units` of each area. */
  unitOf: Uint8Array
  /** How much crime an area draws. */
  pull: Float64Array
  isNightTime(area: number): boolean
  /** A point within the area, to five decimals. */
  pointIn(area: number, random: Random): Position
}

export function preparePlaces(areas: readonly SmallArea[], deciles: readonly number[], seed: number): Places {
  const units = Object.keys(unitSizes)
  const unitOf = Uint8Array.from(areas, a => units.indexOf(a.unit))
  const random = randomFrom(seed, 'spots')
  const spots = areas.map(area => Array.from({ length: 7 }, () => between(area, random, 0.75)))
  const pickSpot = picker([30, 22, 16, 12, 9, 6, 5])
  return {
    areas,
    units,
    unitOf,
    pull: Float64Array.from(areas, (area, i) => {
      const centre = area.place?.endsWith('city centre') ? 2.4 : area.place ? 1.3 : 1
      return centre * (1.55 - 0.085 * deciles[i]!)
    }),
    isNightTime: area => area !== NO_AREA && nightTimeUnits.includes(areas[area]!.unit),
    pointIn: (area, chance) => {
      const here = areas[area]!
      if (chance.unit() < 0.45) return between(here, chance, 0.95)
      const spot = spots[area]![pickSpot(chance)]!
      const near: Position = [
        round(spot[0]! + (chance.unit() - 0.5) * 0.0016),
        round(spot[1]! + (chance.unit() - 0.5) * 0.001),
      ]
      return isInside(near, here.ring) ? near : spot
    },
  }
}

const round = (n: number) => Math.round(n * 1e5) / 1e5

/** A point of the cell, drawn a little towards its centre so that rounding cannot push it over the border. */
function between(area: SmallArea, random: Random, reach: number): Position {
  const { ring, centre } = area
  const corner = random.below(ring.length - 1)
  const along = random.unit()
  const out = Math.sqrt(random.unit()) * reach
  const edge = [0, 1].map(
    axis => ring[corner]![axis]! + (ring[corner + 1]![axis]! - ring[corner]![axis]!) * along,
  )
  return [0, 1].map(axis => round(centre[axis]! + (edge[axis]! - centre[axis]!) * out))
}

/** For convex rings against the clock. */
function isInside([x, y]: Position, ring: Position[]): boolean {
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1]!
    const [bx, by] = ring[i]!
    if ((bx! - ax!) * (y! - ay!) - (by! - ay!) * (x! - ax!) <= 1e-9) return false
  }
  return true
}

/** Table 1: exactly so many knife offences of its months in each unit. Homicides have their unit already. */
export function dealUnits(table: OffenceTable, places: Places, seed: number): void {
  const random = randomFrom(seed, 'units')
  const all = knifeRows(table, table1.from, table1.to)
  const open = all.filter(row => table.unit[row] === BLANK)
  const counts = places.units.map(
    (unit, u) => table1.units[unit]!.offences - all.filter(row => table.unit[row] === u).length,
  )
  deal(random, counts).forEach((unit, i) => {
    table.unit[open[i]!] = unit
  })
}

type Pulls = readonly number[] | Float64Array

/** Gives every offence its small area. */
export function dealAreas(table: OffenceTable, places: Places, seed: number): void {
  const random = randomFrom(seed, 'areas')
  const general = picker(places.pull)
  for (let row = 0; row < table.rows; row++) {
    if (kindAt(table.kind[row]!).knife) continue
    const unit = table.unit[row]!
    table.area[row] = (unit === BLANK ? general : picker(within(places, places.pull, unit)))(random)
  }
  const pulls = {
    before: knifePulls(places, knifePlaces.before2020),
    after: knifePulls(places, knifePlaces.from2021),
    injury: knifePulls(places, knifePlaces.injury2021),
  }
  // Every group is shared out by itself, so that its busiest places are those that the papers name.
  for (const [from, to] of spells) {
    const spell = to > '2021' ? pulls.after : pulls.before
    for (const group of groupsOf(table, knifeRows(table, from, to), to > '2021')) {
      const pull = group.injury ? pulls.injury : spell
      dealGroup(table, random, places, within(places, pull, group.unit), group.rows)
    }
  }
}

const spells: readonly (readonly [from: string, to: string])[] = [
  ['2014-06', '2018-10'],
  ['2018-11', '2019-03'],
  ['2019-04', '2019-11'],
  ['2019-12', '2020-03'],
  ['2021-04', '2021-11'],
  ['2021-12', '2022-03'],
]

function groupsOf(table: OffenceTable, rows: number[], injuryApart: boolean) {
  const violence = new Set(injuryNotDomestic.map(kindNumber))
  const groups = new Map<string, { unit: number; injury: boolean; rows: number[] }>()
  for (const row of rows) {
    const injury = injuryApart && violence.has(table.kind[row]!) && table.use[row] === INJURY
    const key = `${table.unit[row]} ${table.young[row]} ${violence.has(table.kind[row]!)} ${injury}`
    const group = groups.get(key)
    if (group) group.rows.push(row)
    else groups.set(key, { unit: table.unit[row]!, injury, rows: [row] })
  }
  return groups.values()
}

const within = (places: Places, pull: Pulls, unit: number): Pulls =>
  unit === BLANK ? pull : pull.map((p, area) => (places.unitOf[area] === unit ? p : 0))

/** Wards get exactly their share of the group, so that no other overtakes a named place; within them is chance. */
function dealGroup(table: OffenceTable, random: Random, places: Places, pull: Pulls, rows: number[]): void {
  const blocks = new Map<string, number[]>()
  places.areas.forEach((area, i) => {
    if (!(pull[i]! > 0)) return
    const block = blocks.get(area.ward)
    if (block) block.push(i)
    else blocks.set(area.ward, [i])
  })
  const members = [...blocks.values()]
  const weights = members.map(block => block.reduce((sum, i) => sum + pull[i]!, 0))
  const pickers = members.map(block => picker(block.map(i => pull[i]!)))
  dealShares(random, weights, rows.length).forEach((block, i) => {
    table.area[rows[i]!] = members[block]![pickers[block]!(random)]!
  })
}

/** Knife crime by area: the unit's share of table 1, of which the named places have theirs. */
function knifePulls(places: Places, shares: Record<string, number>): number[] {
  const { areas, pull } = places
  const sum = (test: (area: SmallArea) => boolean) =>
    areas.reduce((total, area, i) => total + (test(area) ? pull[i]! : 0), 0)
  return areas.map((area, i) => {
    const unit = table1.units[area.unit]!.offences
    const own = area.place ? shares[area.place] : undefined
    if (own !== undefined) return (unit * own * pull[i]!) / sum(a => a.place === area.place)
    const named = Object.entries(shares)
      .filter(([place]) => areas.some(a => a.place === place && a.unit === area.unit))
      .reduce((total, [, share]) => total + share, 0)
    return (unit * (1 - named) * pull[i]!) / sum(a => a.unit === area.unit && a.place === null)
  })
}

/** Beyond the force: what a slip of the keyboard or a borrowed officer leaves in every extract. */
const elsewhere: readonly Position[] = [
  [-1.13, 52.63],
  [-2.98, 53.4],
  [-0.12, 51.5],
]

/**
 * Points. Two in a hundred records have none, half of those not even a small area; a few lie outside every area.
 * Knife crime of table 1's months always has its small area, because the paper gives all of it by unit.
 */
export function drawPoints(table: OffenceTable, places: Places, seed: number): void {
  const random = randomFrom(seed, 'points')
  const kept = new Set(knifeRows(table, table1.from, table1.to))
  for (let row = 0; row < table.rows; row++) {
    const luck = random.unit()
    if (luck < 0.02) {
      if (luck < 0.01 && !kept.has(row)) table.area[row] = NO_AREA
      continue
    }
    const [longitude, latitude] = places.pointIn(table.area[row]!, random)
    table.longitude[row] = longitude!
    table.latitude[row] = latitude!
    if (luck > 0.9992 && !kept.has(row)) {
      const [x, y] = elsewhere[random.below(elsewhere.length)]!
      table.longitude[row] = round(x! + random.unit() * 0.1)
      table.latitude[row] = round(y! + random.unit() * 0.1)
      table.area[row] = NO_AREA
    }
  }
}
