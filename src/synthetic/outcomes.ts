/** How investigations end. The rates of S1 paragraph 44 are exact, by when the offence was recorded. */
import { positiveOutcomes, under25 } from './calibration.ts'
import { dayNumber } from './days.ts'
import { type KindId, kindAt, kindIds } from './offence-kinds.ts'
import { lists, mixPicker, type OffenceTable, positionIn, violenceRows } from './offence-table.ts'
import { picker, randomFrom, takeWeighted } from './random.ts'
import { heldMonths } from './schedule.ts'

/** The day on which the synthetic extracts are taken; later outcomes are not known yet. */
export const EXTRACTED = dayNumber('2022-05-31')

const positive = { '1': 61, '1A': 4, '2': 5, '2A': 0.5, '3': 9, '3A': 1.5, '8': 17 }
const endings = {
  positive: mixPicker(lists.outcome, positive),
  /** Outcome 22 exists from April 2019. */
  positiveSince2019: mixPicker(lists.outcome, { ...positive, '22': 2 }),
  disorder: mixPicker(lists.outcome, { '1': 44, '3': 8, '2': 3, '6': 18, '8': 27 }),
  drugs: mixPicker(lists.outcome, { '1': 34, '3': 9, '2': 5, '6': 4, '7': 34, '8': 14 }),
  nobody: mixPicker(lists.outcome, { '18': 74, '14': 26 }),
  somebody: mixPicker(lists.outcome, {
    '16': 58,
    '15': 33,
    '10': 2,
    '9': 1.5,
    '12': 0.6,
    '13': 0.4,
    '5': 0.4,
    '11': 0.4,
    '17': 0.7,
    '20': 1.5,
    '21': 1.5,
  }),
}
const charged = positionIn(lists.outcome, '1')
const noSuspect = positionIn(lists.outcome, '18')
const difficulties = positionIn(lists.outcome, '15')
const unassigned = positionIn(lists.outcome, '0')

/** From 21 days to some months. */
const lags = {
  positive: [0, 1, 3, 8, 20, 45, 80, 120],
  nobody: [0, 1, 2, 4, 8, 14, 30, 60],
  somebody: [5, 12, 20, 35, 50, 75, 110, 150],
}
const pickLag = picker([10, 14, 16, 18, 16, 12, 9, 5])

type Ending = 'positive' | 'nobody' | 'somebody'

export function drawOutcomes(table: OffenceTable, seed: number): void {
  const random = randomFrom(seed, 'outcomes')
  const exact = exactEndings(table, seed)
  for (let row = 0; row < table.rows; row++) {
    const id = kindIds[table.kind[row]!]!
    const kind = kindAt(table.kind[row]!)
    const luck = random.unit()
    const ending: Ending =
      exact.get(row) ??
      (luck < kind.positive ? 'positive' : luck < kind.positive + kind.noSuspect ? 'nobody' : 'somebody')
    table.outcome[row] = outcomeOf(table, row, id, ending)
    table.outcomeOn[row] = table.recorded[row]! + lags[ending][pickLag(random)]! + random.below(12)
    const pending = heldMonths[table.month[row]!]! >= '2022-01' ? 0.22 : 0.004
    const waits = ending === 'somebody' && random.chance(pending)
    if (waits || table.outcomeOn[row]! > EXTRACTED) table.outcome[row] = unassigned
  }

  function outcomeOf({ month }: OffenceTable, row: number, id: KindId, ending: Ending): number {
    if (ending === 'positive') {
      if (id === 'homicide' || id === 'knife-homicide') return charged
      if (id === 'drugs') return endings.drugs(random)
      if (id === 'public-order' || id === 'shoplifting') return endings.disorder(random)
      // Under-25 violence of the exact spells has no outcome 22: its rate is then the published one whether or
      // not the set that is chosen holds 22, which the paper does not say.
      const diverted = heldMonths[month[row]!]! >= '2019-04' && !exact.has(row)
      return diverted ? endings.positiveSince2019(random) : endings.positive(random)
    }
    const victim = kindAt(table.kind[row]!).victim
    if (ending === 'nobody') return victim ? endings.nobody(random) : noSuspect
    if (!victim) return difficulties
    // Outcome 21 dates from January 2016.
    const drawn = endings.somebody(random)
    return lists.outcome[drawn] === '21' && heldMonths[month[row]!]! < '2016-01' ? difficulties : drawn
  }
}

/** Exactly so many of the under-25 violence recorded in 2019/20, in November 2021 and in the months before it. */
function exactEndings(table: OffenceTable, seed: number): Map<number, Ending> {
  const random = randomFrom(seed, 'exact-outcomes')
  const endingsOf = new Map<number, Ending>()
  const young = (from: string, to: string) =>
    violenceRows(table, from, to).filter(row => table.young[row] === 1)
  const set = (rows: number[], n: number) => {
    const won = new Set(takeWeighted(random, rows, row => kindAt(table.kind[row]!).positive, n))
    for (const row of rows) {
      const { noSuspect: nobody, positive: share } = kindAt(table.kind[row]!)
      endingsOf.set(
        row,
        won.has(row) ? 'positive' : random.chance(nobody / (1 - share)) ? 'nobody' : 'somebody',
      )
    }
  }
  const percent = (rows: number[], of: number) => Math.round((rows.length * of) / 100)

  const year2019 = young('2019-04', '2020-03')
  set(year2019, percent(year2019, positiveOutcomes.year2019))
  const { from, to } = under25.months[2021]
  const toNovember = young(from, to)
  const november = young(to, to)
  const inNovember = percent(november, positiveOutcomes.november2021)
  set(november, inNovember)
  set(young(from, '2021-10'), percent(toNovember, positiveOutcomes.to2021November) - inNovember)
  return endingsOf
}
