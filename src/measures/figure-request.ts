/** Checks a request for a figure against its measure and settles what was left open: variants, period, codes. */
import type { AreaPack } from '../areas/area-pack.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { isDay, monthOf, parseEnd, parsePeriod } from '../platform/calendar.ts'
import { InputFault, UsageFault } from '../platform/errors.ts'
import { getMeasure } from './catalogue/index.ts'
import { type Coverage, coverageOf, heldPeriod } from './coverage.ts'
import {
  columnOf,
  compareText,
  type Domain,
  dimensionsOfCounting,
  dimensionTitle,
  domainOf,
  requireDimension,
} from './dimensions.ts'
import type { DimensionId, DisclosureLevel, FigureRequest, Period } from './figure.ts'
import type { Filters } from './figure-query.ts'
import { needsDays } from './figure-sql.ts'
import type { Chosen, Counting, Measure } from './measure.ts'
import {
  comparatorOf,
  firstDayOf,
  lastDayOf,
  periodUnder,
  type SideMonths,
  withoutPandemic,
} from './periods.ts'
import { withoutResidents } from './population.ts'
import { PER_VICTIMS } from './victims.ts'
import { codesOf } from './where.ts'

export interface FigureContext {
  evidence: Evidence
  pack: AreaPack
}

/** A request with nothing left open. */
export interface Settled {
  measure: Measure
  chosen: Chosen
  counting: Counting
  by: DimensionId[]
  domains: Domain[]
  where: Filters
  sides: { period: SideMonths; comparator: SideMonths | null }
  coverage: Coverage
  comparatorCoverage: Coverage | null
}

/** A split by more dimensions than this is a list of people. */
const MOST_DIMENSIONS: Record<DisclosureLevel, number> = { record: 3, protected: 2 }

export async function settle(
  { evidence, pack }: FigureContext,
  request: FigureRequest,
  disclosure: DisclosureLevel,
): Promise<Settled> {
  const measure = getMeasure(request.measure)
  const chosen = chosenOf(measure, request.variant ?? {})
  const counting = measure.counting(chosen)
  const allowed = dimensionsOfCounting(counting, measure.notBy)
  const by = [...new Set(request.by ?? [])].map(id => requireDimension(measure, allowed, id))
  checkShape(measure, by, request, disclosure)

  const period = periodUnder(request.compare, await periodOf(evidence, pack, counting, request))
  const comparator = request.compare ? comparatorOf(request.compare, period, pack) : null
  for (const side of comparator ? [period, comparator] : [period]) {
    if (needsDays({ counting }, side.from)) {
      throw new InputFault(
        'period-invalid',
        `${measure.title} is published by the month: give months such as ${monthOf(side.from)}, not days.`,
      )
    }
  }
  const sides = withoutPandemic(period, comparator, request.leaveOutPandemic ? pack.pandemic : null)
  const coverage = await sideCoverage(evidence, counting, sides.period)
  const comparatorCoverage = sides.comparator
    ? await sideCoverage(evidence, counting, sides.comparator)
    : null

  const forces = [...new Set([...coverage.forces, ...(comparatorCoverage?.forces ?? [])])].sort(compareText)
  const domainContext = { evidence, pack, period, months: sides.period.months, forces }
  const valuesOf = (id: DimensionId) => columnOf(counting.sources[0]!, id)!.values
  const where = new Map<DimensionId, (string | null)[]>()
  const asked = Object.entries(request.where ?? {}).sort(([a], [b]) => compareText(a, b))
  for (const [name, typed] of asked) {
    if (typed === undefined || typed.length === 0) continue
    const id = requireDimension(measure, allowed, name)
    where.set(id, codesOf(id, valuesOf(id), await domainOf(valuesOf(id), domainContext), typed))
  }
  const domains = await Promise.all(by.map(id => domainOf(valuesOf(id), domainContext)))
  return { measure, chosen, counting, by, domains, where, sides, coverage, comparatorCoverage }
}

function chosenOf(measure: Measure, asked: Readonly<Record<string, string>>): Chosen {
  const stranger = Object.keys(asked).find(name => !measure.variants.some(v => v.name === name))
  if (stranger !== undefined) {
    const names = measure.variants.map(v => v.name).join(', ')
    throw new UsageFault(
      `${measure.title} has no variant "${stranger}"${names ? `; it has ${names}` : ' and takes none'}.`,
    )
  }
  return Object.fromEntries(
    measure.variants.map(variant => {
      const value = asked[variant.name] ?? variant.default
      if (!variant.choices.some(choice => choice.value === value)) {
        throw new UsageFault(
          `${variant.title} of ${measure.title} is one of ${variant.choices.map(c => c.value).join(', ')}, not "${value}".`,
        )
      }
      return [variant.name, value]
    }),
  )
}

/** Of two or three values: too few sets of them to average anything out. */
const togetherForAll: readonly DimensionId[] = ['kind', 'gender', 'domestic']

/**
 * Where small counts are withheld, two things stay shut, because figures that differ by one cell can be
 * subtracted from each other: several values of a dimension together, and days. Over ever other sets of wards,
 * the differences average out to the count that was withheld.
 */
function refuseWhatGivesAway({ where = {}, from, to, compare }: FigureRequest): void {
  const several = (Object.entries(where) as [DimensionId, string[]][]).find(
    ([dimension, values]) => values.length > 1 && !togetherForAll.includes(dimension),
  )
  if (several) {
    throw new UsageFault(
      `Choose one value of ${dimensionTitle(several[0]).toLowerCase()}: figures of several together are for those who may see records.`,
    )
  }
  if ([from, to, ...(compare ?? '').split('..')].some(end => end !== undefined && isDay(end))) {
    throw new InputFault(
      'period-invalid',
      'Periods are of whole months here, such as 2019-04: days are for those who may see records.',
    )
  }
}

function checkShape(
  measure: Measure,
  by: readonly DimensionId[],
  request: FigureRequest,
  disclosure: DisclosureLevel,
): void {
  const most = MOST_DIMENSIONS[disclosure]
  if (by.length > most) {
    throw new UsageFault(`A figure is split by at most ${most} dimensions here, not ${by.length}.`)
  }
  if (disclosure === 'protected') refuseWhatGivesAway(request)
  if (request.per === undefined) return
  const whom = request.per === PER_VICTIMS ? 'Victims' : 'Residents'
  if (request.per === PER_VICTIMS ? !measure.victims : measure.rate === null) {
    throw new UsageFault(`${measure.title} is not given per ${whom === 'Victims' ? 'victim' : 'resident'}.`)
  }
  const impossible = [...by, ...(Object.keys(request.where ?? {}) as DimensionId[])].find(id =>
    withoutResidents.includes(id),
  )
  if (impossible) {
    throw new UsageFault(
      `${whom} are not counted by ${dimensionTitle(impossible).toLowerCase()}, so there is no rate by it.`,
    )
  }
}

/** The period asked for; an end that was left open is the end of what is held, of a force where one is asked for. */
async function periodOf(
  evidence: Evidence,
  pack: AreaPack,
  counting: Counting,
  request: FigureRequest,
): Promise<Period> {
  if (request.from !== undefined && request.to !== undefined) return parsePeriod(request.from, request.to)
  // Checked as typed, before the other end is made to match: 29 February 2019 must not become the 28th.
  if (request.from !== undefined) parseEnd('from', request.from)
  if (request.to !== undefined) parseEnd('to', request.to)
  const { files, reach } = await coverageOf(evidence, counting, undefined, undefined)
  const asked = request.where?.force ?? []
  const forces = codesOf('force', { kind: 'force' }, { codes: [], complete: true }, asked)
  const sent = files.filter(file => asked.length === 0 || forces.some(f => f !== null && f in file.forces))
  const held = (asked.length > 0 ? heldPeriod(sent) : null) ?? reach ?? pack.baseline
  const open = { from: request.from ?? held.from, to: request.to ?? held.to }
  const { from, to } =
    open.from.length === open.to.length ? open : { from: firstDayOf(open), to: lastDayOf(open) }
  // Asked from a month after all that is held: that month, which is missing.
  return to < from ? parsePeriod(from, from) : parsePeriod(from, to)
}

/** Where rows count by another date than the one files are kept by, any earlier file may hold them. */
function sideCoverage(evidence: Evidence, counting: Counting, side: SideMonths): Promise<Coverage> {
  const across = counting.sources.some(source => source.clock.acrossFiles)
  return coverageOf(
    evidence,
    counting,
    across ? undefined : monthOf(side.period.from),
    monthOf(side.period.to),
  )
}
