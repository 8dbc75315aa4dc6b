/**
 * Computes a figure: a measure over a period, split, filtered and compared. One statement counts both sides;
 * a second finds residents where a rate is asked for, a third what a filter leaves out as unknown.
 */
import type { AreaPack } from '../areas/area-pack.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { monthOf, parsePeriod } from '../platform/calendar.ts'
import { InputFault, UsageFault } from '../platform/errors.ts'
import { hashOf } from './canonical.ts'
import { getMeasure } from './catalogue/index.ts'
import { type Coverage, coverageOf, heldPeriod, incompleteMonth } from './coverage.ts'
import {
  columnOf,
  compareText,
  dimensionsOfCounting,
  dimensionTitle,
  domainOf,
  requireDimension,
  unknownCodes,
} from './dimensions.ts'
import { protect } from './disclosure.ts'
import type { DimensionId, DisclosureLevel, Figure, FigureRequest, Period } from './figure.ts'
import { type Grid, gridOf } from './figure-rows.ts'
import {
  columnName,
  type FigureCell,
  type FigureQuery,
  type Filters,
  figureSql,
  needsDays,
  unknownSql,
} from './figure-sql.ts'
import { type Chosen, type Counting, type Measure, tablesOf } from './measure.ts'
import {
  comparatorOf,
  firstDayOf,
  isWholeMonths,
  lastDayOf,
  type SideMonths,
  withoutPandemic,
} from './periods.ts'
import { residentsFor, withoutResidents } from './population.ts'
import { recordingChangesIn } from './recording-changes.ts'
import { rowMaker } from './row-values.ts'
import { type Facts, warningsFor } from './warnings.ts'
import { codesOf } from './where.ts'

export interface FigureContext {
  evidence: Evidence
  pack: AreaPack
}

/** A split by more than this is a list of people. */
const MOST_DIMENSIONS = { record: 3, protected: 2 } as const

/**
 * Throws InputFault (`measure-unknown`, `dimension-unknown`, `period-invalid`) with what would fit, and
 * UsageFault for a variant or rate that the measure does not have.
 */
export async function computeFigure(
  { evidence, pack }: FigureContext,
  request: FigureRequest,
  disclosure: DisclosureLevel,
): Promise<Figure> {
  const measure = getMeasure(request.measure)
  const chosen = chosenOf(measure, request.variant ?? {})
  const counting = measure.counting(chosen)
  const allowed = dimensionsOfCounting(counting, measure.notBy)
  const by = [...new Set(request.by ?? [])].map(id => requireDimension(measure, allowed, id))
  checkShape(measure, by, request, disclosure)

  const period = await periodOf(evidence, pack, counting, request)
  if (needsDays({ counting }, period.from)) {
    throw new InputFault(
      'period-invalid',
      `${measure.title} is published by the month: give months such as ${monthOf(period.from)}, not days.`,
    )
  }
  const comparator = request.compare ? comparatorOf(request.compare, period, pack) : null
  const sides = withoutPandemic(period, comparator, request.leaveOutPandemic ? pack.pandemic : null)
  const across = counting.sources.some(s => s.clock.acrossFiles)
  const coverage = await sideCoverage(evidence, counting, sides.period, across)
  const comparatorCoverage = sides.comparator
    ? await sideCoverage(evidence, counting, sides.comparator, across)
    : null

  const context = {
    evidence,
    pack,
    period,
    months: sides.period.months,
    forces: [...new Set([...coverage.forces, ...(comparatorCoverage?.forces ?? [])])].sort(compareText),
  }
  const valuesOf = (id: DimensionId) => columnOf(counting.sources[0]!, id)!.values
  const where: Filters = new Map(
    await Promise.all(
      Object.entries(request.where ?? {})
        .filter(([, typed]) => typed !== undefined && typed.length > 0)
        .sort(([a], [b]) => compareText(a, b))
        .map(async ([asked, typed]) => {
          const id = requireDimension(measure, allowed, asked)
          const domain = await domainOf(valuesOf(id), context)
          return [id, codesOf(id, valuesOf(id), domain, typed!)] as const
        }),
    ),
  )
  const domains = await Promise.all(by.map(id => domainOf(valuesOf(id), context)))

  const recordingChanges = await recordingChangesIn(
    evidence,
    {
      measure: measure.id,
      countsOffences: tablesOf(counting).includes('offences'),
      forces: where.get('force')?.filter(code => code !== null) ?? null,
    },
    comparator ? [period, comparator] : [period],
  )
  const assessed =
    measure.kind === 'proportion' ? [] : recordingChanges.filter(change => change.effectPercent !== null)

  const query: FigureQuery = {
    kind: measure.kind,
    counting,
    by,
    where,
    period: sides.period,
    comparator: sides.comparator,
    changesOn: assessed.map(change => change.startsOn),
  }
  const sql = figureSql(query)
  const unknownQuery = unknownSql(query)
  const underAge =
    counting.sources.flatMap(s => ('underAge' in s && s.underAge ? [s.underAge] : []))[0] ?? null
  const [cells, filteredUnknown, residents, comparatorResidents, incomplete] = await Promise.all([
    evidence.query<FigureCell>(sql),
    unknownQuery ? evidence.query<Record<string, number | null>>(unknownQuery) : [],
    request.per ? residentsFor(evidence, pack, by, where, yearOf(period), underAge) : null,
    request.per && comparator ? residentsFor(evidence, pack, by, where, yearOf(comparator), underAge) : null,
    incompleteIn(evidence, counting, [sides.period, ...(sides.comparator ? [sides.comparator] : [])]),
  ])

  const grid = gridOf({
    by,
    domains,
    cells,
    period: sides.period,
    comparator: sides.comparator,
    coverage,
    comparatorCoverage,
    asked: where,
    changes: assessed.length,
  })
  const makeRow = rowMaker({
    kind: measure.kind,
    by,
    per: request.per ?? null,
    residents,
    comparatorResidents,
    effects: assessed.map(change => change.effectPercent!),
  })
  const files = [...coverage.files, ...(comparatorCoverage?.files ?? [])]
  const lineageFiles = [...new Map(files.map(f => [f.file, f])).values()].sort(
    (a, b) =>
      compareText(a.dataset, b.dataset) || compareText(a.month, b.month) || compareText(a.file, b.file),
  )
  const evidenceVersion = await evidence.version()
  const statements = [sql, unknownQuery, residents?.sql, comparatorResidents?.sql]
  const identity = {
    measure: measure.id,
    sql: [...new Set(statements.filter(Boolean))].join(';\n\n'),
    by,
    where: Object.fromEntries(where),
    variant: chosen,
    per: request.per ?? null,
    period: { from: period.from, to: period.to },
    comparator,
    leftOut: sides.period.leftOut,
    disclosure,
    evidenceVersion,
  }
  const raw: Figure = {
    id: hashOf(identity),
    measure: measure.id,
    title: measure.title,
    definition: definitionOf(measure, chosen),
    unit: unitOf(measure, request.per ?? null, underAge),
    period: identity.period,
    by,
    where: Object.fromEntries([...where].map(([id, codes]) => [id, codes.map(code => code ?? 'Unknown')])),
    variant: { ...chosen },
    per: identity.per,
    comparator,
    rows: grid.cells.map(cell => makeRow(cell)),
    total: makeRow({ codes: [], labels: [], ...grid.total }),
    unknown: { ...unknownOfFilters(where, filteredUnknown[0]), ...unknownOfSplit(by, grid, measure) },
    warnings: [],
    recordingChanges,
    disclosure,
    lineage: {
      evidenceVersion,
      sql: identity.sql,
      files: lineageFiles.map(({ dataset, month, file, rows }) => ({ dataset, month, file, rows })),
      rowsRead: lineageFiles.reduce((sum, f) => sum + f.rows, 0),
    },
  }
  const figure = disclosure === 'protected' ? protect(raw, measure.kind) : raw
  const facts: Facts = {
    measure,
    sides,
    coverage,
    comparatorCoverage,
    incomplete,
    residents,
    comparatorResidents,
    undetermined: grid.total.period?.undetermined ?? 0,
    askedForRate: request.per !== undefined,
    pack,
    baseline: request.compare === 'baseline',
    forces: where.get('force')?.filter(code => code !== null) ?? null,
  }
  return { ...figure, warnings: warningsFor(figure, facts) }
}

function chosenOf(measure: Measure, asked: Readonly<Record<string, string>>): Chosen {
  for (const name of Object.keys(asked)) {
    if (!measure.variants.some(v => v.name === name)) {
      const names = measure.variants.map(v => v.name).join(', ')
      throw new UsageFault(
        `${measure.title} has no variant "${name}"${names ? `; it has ${names}` : ' and takes none'}.`,
      )
    }
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

function checkShape(
  measure: Measure,
  by: DimensionId[],
  request: FigureRequest,
  disclosure: DisclosureLevel,
): void {
  const most = MOST_DIMENSIONS[disclosure]
  if (by.length > most) {
    throw new UsageFault(`A figure is split by at most ${most} dimensions here, not ${by.length}.`)
  }
  if (request.per === undefined) return
  if (measure.rate === null) {
    throw new UsageFault(`${measure.title} is not given per resident.`)
  }
  const impossible = [...by, ...(Object.keys(request.where ?? {}) as DimensionId[])].find(id =>
    withoutResidents.includes(id),
  )
  if (impossible) {
    throw new UsageFault(
      `Residents are not counted by ${dimensionTitle(impossible).toLowerCase()}, so there is no rate by it.`,
    )
  }
}

/** The period asked for; an end that was left open is the end of what is held. */
async function periodOf(
  evidence: Evidence,
  pack: AreaPack,
  counting: Counting,
  request: FigureRequest,
): Promise<Period> {
  if (request.from !== undefined && request.to !== undefined) return parsePeriod(request.from, request.to)
  const { files } = await coverageOf(evidence, counting, undefined, undefined)
  const held = heldPeriod(files) ?? { from: pack.baseline.from, to: pack.baseline.to }
  const wholeFrom = request.from ?? held.from
  const wholeTo = request.to ?? held.to
  const [from, to] = wholeFrom.length === wholeTo.length ? [wholeFrom, wholeTo] : asDays(wholeFrom, wholeTo)
  // Asked from a month after all that is held: that month, which is missing.
  if (to < from) return parsePeriod(from, from)
  return parsePeriod(from, to)
}

const asDays = (from: string, to: string): [string, string] => [
  firstDayOf({ from, to }),
  lastDayOf({ from, to }),
]

const yearOf = (period: Period): number => Number(period.to.slice(0, 4))

function sideCoverage(
  evidence: Evidence,
  counting: Counting,
  side: SideMonths,
  acrossFiles: boolean,
): Promise<Coverage> {
  return coverageOf(
    evidence,
    counting,
    acrossFiles ? undefined : monthOf(side.period.from),
    monthOf(side.period.to),
  )
}

/** Looks at the last month held only where a side runs into it: nothing can be cut short before it. */
async function incompleteIn(evidence: Evidence, counting: Counting, sides: SideMonths[]) {
  const table = tablesOf(counting)[0]!
  const files = await evidence.files(table)
  const last = heldPeriod(files)?.to
  if (!last || !sides.some(side => side.months.includes(last))) return null
  const found = await incompleteMonth(evidence, table, last)
  const touches = (side: SideMonths) =>
    isWholeMonths(side.period) ? side.months.includes(last) : side.period.to > (found?.lastDay ?? '')
  return found && sides.some(touches) ? found : null
}

const definitionOf = (measure: Measure, chosen: Chosen): string => {
  const choices = measure.variants.map(v => v.choices.find(c => c.value === chosen[v.name])!.title)
  return choices.length > 0 ? `${measure.definition} Here: ${choices.join('; ')}.` : measure.definition
}

const unitOf = (measure: Measure, per: number | null, underAge: number | null): string =>
  per === null
    ? measure.unit
    : `${measure.unit} per ${per.toLocaleString('en-GB')} residents${underAge === null ? '' : ` under ${underAge}`}`

function unknownOfFilters(where: Filters, row: Record<string, number | null> | undefined): Figure['unknown'] {
  const of = row?.out_of ?? 0
  return Object.fromEntries(
    [...where.keys()].map(id => {
      const count = row?.[columnName(id)] ?? 0
      return [id, { count, of, share: of > 0 ? count / of : null }]
    }),
  )
}

/** Empty values and codes that mean "not recorded", out of all that was counted. */
function unknownOfSplit(by: readonly DimensionId[], grid: Grid, measure: Measure): Figure['unknown'] {
  const cases = (tally: { n: number; outOf: number } | null) =>
    tally ? (measure.kind === 'proportion' ? tally.outOf : tally.n) : 0
  const of = cases(grid.total.period)
  return Object.fromEntries(
    by.map((id, i) => {
      const isUnknown = (code: string | null) => code === null || (unknownCodes[id] ?? []).includes(code)
      const count = grid.cells
        .filter(c => isUnknown(c.codes[i]!))
        .reduce((sum, c) => sum + cases(c.period), 0)
      return [id, { count, of, share: of > 0 ? count / of : null }]
    }),
  )
}
