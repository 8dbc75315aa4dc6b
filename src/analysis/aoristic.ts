/**
 * Aoristic weights: an event that is known only to lie between two times counts in each hour by the share of its
 * span that the hour holds (Ratcliffe 2000, "Aoristic analysis: the spatial interpretation of unspecific temporal
 * events", International Journal of Geographical Information Science 14(7)).
 *
 * Edge cases as in the R package `aoristic` 1.1.1: an event without an end, with an end before its start, or of at
 * most a minute counts whole in the hour of its start. With the cap of a week a span of a week or more counts 1/168
 * in every cell; without it what lies beyond whole weeks counts where it lies.
 *
 * The trap is to take the start alone: a burglary found after a weekend away is then always a Friday evening.
 *
 * Times are minutes since 1970-01-01 00:00 by the clock on the wall. In the two nights a year in which clocks
 * change, a span is an hour too long or too short.
 */

export interface Spans {
  /** Minutes; finite. */
  from: Float64Array
  /** Minutes; NaN where there is none. */
  to: Float64Array
}

export interface AoristicOptions {
  cap: 'week' | 'none'
}

export const HOURS_OF_WEEK = 168
export const HOURS_OF_DAY = 24
const HOUR = 60
const WEEK = HOURS_OF_WEEK * HOUR
/** Minutes from Sunday 1969-12-28 00:00 to 1970-01-01 00:00: the week begins on Sunday. */
const SUNDAY_BEFORE_1970 = 4 * 24 * HOUR

/**
 * Weights of the 168 hours of the week, Sunday 00:00 first. They sum to the number of events.
 *
 * A span adds to its first and last hour, and the same to each between: these are written as a rise where they begin
 * and a fall where they end, and added up once for all events. Beside them stands how many spans cover an hour, so that
 * an hour that none covers is 0 and not the dust of the sums.
 */
export function aoristicWeek({ from, to }: Spans, { cap }: AoristicOptions): Float64Array {
  refuseUnequal(from, to)
  const sums: Sums = {
    heads: new Float64Array(HOURS_OF_WEEK),
    tails: new Float64Array(2 * HOURS_OF_WEEK + 1),
    rises: new Float64Array(2 * HOURS_OF_WEEK + 1),
    covers: new Int32Array(2 * HOURS_OF_WEEK + 1),
    everywhere: 0,
  }
  const capped = cap === 'week'
  for (let event = 0; event < from.length; event++) {
    const start = from[event]!
    const end = to[event]!
    // Looked at here and not beforehand: the times are read from memory once.
    if (!isTime(start) || !isTimeOrNone(end)) refuseTimes(event, start, end)
    add(sums, start, end, capped)
  }
  const { tails, everywhere } = sums
  const cells = sums.heads.map(
    (weight, hour) => weight + tails[hour]! + tails[hour + HOURS_OF_WEEK]! + everywhere,
  )
  let weight = 0
  let cover = 0
  for (let hour = 0; hour < 2 * HOURS_OF_WEEK; hour++) {
    weight += sums.rises[hour]!
    cover += sums.covers[hour]!
    if (cover > 0) cells[hour % HOURS_OF_WEEK]! += weight
    else weight = 0
  }
  return cells
}

/** Weights of the 24 hours of the day, from those of the week. */
export function hoursOfDay(week: Float64Array): Float64Array {
  const hours = new Float64Array(HOURS_OF_DAY)
  for (let cell = 0; cell < HOURS_OF_WEEK; cell++) hours[cell % HOURS_OF_DAY]! += week[cell]!
  return hours
}

/** Row by row: which event, which of the 168 cells, how much. In the order of the events, then of the cells. */
export interface EventCells {
  event: Uint32Array
  cell: Uint8Array
  weight: Float64Array
}

/** As many rows of a table: 200,000 events that may lie anywhere in the week. */
const MOST_CELLS = 1 << 25

/** Only cells with a weight are there; those of an event sum to 1. Throws RangeError beyond 33 million. */
export function aoristicCells({ from, to }: Spans, { cap }: AoristicOptions): EventCells {
  refuseUnequal(from, to)
  const one = new Float64Array(HOURS_OF_WEEK)
  let room = from.length * 2
  let found = emptyCells(room)
  let rows = 0
  for (let event = 0; event < from.length; event++) {
    if (rows > MOST_CELLS) {
      throw new RangeError(
        `The first ${event} of ${from.length} events fill ${rows} cells already; take fewer events at a time`,
      )
    }
    one.fill(0)
    if (!isTime(from[event]!) || !isTimeOrNone(to[event]!)) refuseTimes(event, from[event]!, to[event]!)
    spread(one, from[event]!, to[event]!, cap === 'week')
    if (rows + HOURS_OF_WEEK > room) {
      room = room * 2 + HOURS_OF_WEEK
      found = wider(found, room)
    }
    for (let cell = 0; cell < HOURS_OF_WEEK; cell++) {
      if (one[cell] === 0) continue
      found.event[rows] = event
      found.cell[rows] = cell
      found.weight[rows++] = one[cell]!
    }
  }
  return {
    event: found.event.subarray(0, rows),
    cell: found.cell.subarray(0, rows),
    weight: found.weight.subarray(0, rows),
  }
}

export interface NaiveHours {
  /** Events by the hour of their start. */
  start: Float64Array
  /** Events by the hour of the middle of their span; of the start where there is no span. */
  midpoint: Float64Array
}

/** Whole events by hour of day, as is done without aoristic weights: to be shown beside them. */
export function naiveHours({ from, to }: Spans): NaiveHours {
  refuseUnequal(from, to)
  const start = new Float64Array(HOURS_OF_DAY)
  const midpoint = new Float64Array(HOURS_OF_DAY)
  for (let event = 0; event < from.length; event++) {
    const begin = from[event]!
    if (!isTime(begin) || !isTimeOrNone(to[event]!)) refuseTimes(event, begin, to[event]!)
    const length = to[event]! - begin
    start[hourOfWeek(begin) % HOURS_OF_DAY]! += 1
    midpoint[hourOfWeek(length > 0 ? begin + length / 2 : begin) % HOURS_OF_DAY]! += 1
  }
  return { start, midpoint }
}

const minuteOfWeek = (minutes: number): number => {
  const since = minutes + SUNDAY_BEFORE_1970
  return since - Math.floor(since / WEEK) * WEEK
}

const hourOfWeek = (minutes: number): number => Math.floor(minuteOfWeek(minutes) / HOUR)

interface Sums {
  /** First hours of spans. */
  heads: Float64Array
  /** Last hours, by hour of two weeks. */
  tails: Float64Array
  /** By hour of two weeks, for spans that run on into the next: what begins to be added, less what ends. */
  rises: Float64Array
  /** How many begin, less how many end. */
  covers: Int32Array
  /** Added to every hour alike. */
  everywhere: number
}

/** Whole hours are taken with `| 0`: minutes of two weeks are small, and this is the quickest floor that there is. */
function add(sums: Sums, from: number, to: number, capped: boolean): void {
  const { heads, tails, rises, covers } = sums
  const start = minuteOfWeek(from)
  const first = (start / HOUR) | 0
  const length = to - from
  // NaN compares as false: no end.
  if (!(length > 1)) {
    heads[first]! += 1
    return
  }
  let rest = length
  if (length >= WEEK) {
    const weeks = Math.floor(length / WEEK)
    sums.everywhere += capped ? 1 / HOURS_OF_WEEK : (weeks * HOUR) / length
    rest = capped ? 0 : length - weeks * WEEK
    if (rest === 0) return
  }
  const end = start + rest
  const last = (end / HOUR) | 0
  if (last === first) {
    heads[first]! += rest / length
    return
  }
  const share = 1 / length
  heads[first]! += ((first + 1) * HOUR - start) * share
  tails[last]! += (end - last * HOUR) * share
  // Where the next hour is the last, the rise and the fall meet: that costs less than asking.
  const whole = HOUR * share
  rises[first + 1]! += whole
  rises[last]! -= whole
  covers[first + 1]!++
  covers[last]!--
}

/** One event by itself, hour by hour. */
function spread(cells: Float64Array, from: number, to: number, capped: boolean): void {
  const start = minuteOfWeek(from)
  const first = Math.floor(start / HOUR)
  const length = to - from
  // NaN compares as false: no end.
  if (!(length > 1)) {
    cells[first]! += 1
    return
  }
  let rest = length
  if (length >= WEEK) {
    const weeks = Math.floor(length / WEEK)
    const each = capped ? 1 / HOURS_OF_WEEK : (weeks * HOUR) / length
    for (let cell = 0; cell < HOURS_OF_WEEK; cell++) cells[cell]! += each
    rest = capped ? 0 : length - weeks * WEEK
    if (rest === 0) return
  }
  const end = start + rest
  const last = Math.floor(end / HOUR)
  if (last === first) {
    cells[first]! += rest / length
    return
  }
  cells[first]! += ((first + 1) * HOUR - start) / length
  const whole = HOUR / length
  const stop = Math.min(last, HOURS_OF_WEEK)
  for (let cell = first + 1; cell < stop; cell++) cells[cell]! += whole
  const wrapped = last - HOURS_OF_WEEK
  for (let cell = 0; cell < wrapped; cell++) cells[cell]! += whole
  const tail = end - last * HOUR
  if (tail > 0) cells[wrapped < 0 ? last : wrapped]! += tail / length
}

const emptyCells = (room: number): EventCells => ({
  event: new Uint32Array(room),
  cell: new Uint8Array(room),
  weight: new Float64Array(room),
})

function wider(cells: EventCells, room: number): EventCells {
  const more = emptyCells(room)
  more.event.set(cells.event)
  more.cell.set(cells.cell)
  more.weight.set(cells.weight)
  return more
}

const isTime = (minutes: number): boolean => Math.abs(minutes) < Number.POSITIVE_INFINITY

const isTimeOrNone = (minutes: number): boolean => Math.abs(minutes) !== Number.POSITIVE_INFINITY

function refuseUnequal(from: Float64Array, to: Float64Array): void {
  if (from.length !== to.length)
    throw new RangeError(`There are ${from.length} starts but ${to.length} ends.`)
}

function refuseTimes(event: number, start: number, end: number): never {
  if (!isTime(start)) throw new RangeError(`The start of event ${event} is ${start}.`)
  throw new RangeError(`The end of event ${event} is ${end}.`)
}
