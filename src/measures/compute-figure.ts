/**
 * Computes a figure: a measure over a period, split, filtered and compared. One statement counts both sides;
 * a second finds residents where a rate is asked for, a third what a filter leaves out as unknown.
 */

import type { Evidence } from '../evidence/evidence.ts'
import { hashOf } from './canonical.ts'
import { findMeasure, getMeasure } from './catalogue/index.ts'
import { type IncompleteMonth, incompleteMonth, reachOfTable } from './coverage.ts'
import { compareText, UNKNOWN } from './dimensions.ts'
import { protect } from './disclosure.ts'
import type { DisclosureLevel, Figure, FigureRequest, Period } from './figure.ts'
import type { FigureQuery } from './figure-query.ts'
import { type FigureContext, type Settled, settle } from './figure-request.ts'
import { gridOf } from './figure-rows.ts'
import { type FigureCell, figureSql, unknownSql } from './figure-sql.ts'
import { type Chosen, type Measure, tablesOf } from './measure.ts'
import { lastDayOf } from './periods.ts'
import { type Residents, residentsFor } from './population.ts'
import { recordingChangesIn } from './recording-changes.ts'
import { rowMaker } from './row-values.ts'
import { unknownOfFilters, unknownOfSplit } from './unknown-share.ts'
import { PER_VICTIMS, type Victims, victimsFor } from './victims.ts'
import { warningsFor } from './warnings.ts'

export type { FigureContext } from './figure-request.ts'

/** A load that lands while a figure is counted makes it start again; more often than this is a defect. */
const MOST_ATTEMPTS = 5

/**
 * Throws InputFault (`measure-unknown`, `dimension-unknown`, `period-invalid`) with what would fit, and
 * UsageFault for a variant, rate or number of dimensions that the measure does not have.
 */
export async function computeFigure(
  context: FigureContext,
  request: FigureRequest,
  asked: DisclosureLevel,
): Promise<Figure> {
  const disclosure = findMeasure(request.measure)?.onlyProtected ? 'protected' : asked
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    const version = await context.evidence.version()
    const figure = await computeAt(version, context, request, disclosure)
    if ((await context.evidence.version()) === version) return figure
  }
  throw new Error('The evidence changed during every attempt to count')
}

async function computeAt(
  evidenceVersion: string,
  context: FigureContext,
  request: FigureRequest,
  disclosure: DisclosureLevel,
): Promise<Figure> {
  const { evidence, pack } = context
  const settled = await settle(context, request, disclosure)
  const { measure, chosen, counting, by, where, sides, coverage, comparatorCoverage } = settled
  const { period } = sides.period
  const comparator = sides.comparator?.period ?? null
  const per = request.per ?? null
  const forces = where.get('force')?.filter(code => code !== null) ?? null

  const recordingChanges = await recordingChangesIn(
    evidence,
    { measure: measure.id, countsOffences: tablesOf(counting).includes('offences'), forces },
    comparator ? [period, comparator] : [period],
  )
  const assessed =
    measure.kind === 'proportion' || measure.kind === 'median'
      ? []
      : recordingChanges.filter(change => change.effectPercent !== null)
  const query: FigureQuery = {
    kind: measure.kind,
    counting,
    by,
    where,
    ...sides,
    changesOn: assessed.map(change => change.startsOn),
  }
  const sql = figureSql(query)
  const unknownQuery = unknownSql(query)
  const underAge = counting.sources.find(source => source.underAge !== undefined)?.underAge ?? null
  const against = per === null ? null : per === PER_VICTIMS ? 'victims' : 'residents'
  const residentsIn = (side: Period | null): Promise<Residents | null> | null =>
    against !== 'residents' || side === null
      ? null
      : residentsFor(evidence, pack, by, where, Number(side.to.slice(0, 4)), underAge)
  const victimsIn = (side: Period | null): Promise<Victims | null> | null =>
    against !== 'victims' || side === null
      ? null
      : victimsFor(evidence, pack, getMeasure(measure.victims!.measure), by, where, side)
  const [cells, passedOver, residents, comparatorResidents, victims, comparatorVictims, incomplete] =
    await Promise.all([
      evidence.query<FigureCell>(sql),
      unknownQuery ? evidence.query<Record<string, number | null>>(unknownQuery) : [],
      residentsIn(period),
      residentsIn(comparator),
      victimsIn(period),
      victimsIn(comparator),
      incompleteIn(evidence, settled),
    ])

  const grid = gridOf({
    by,
    domains: settled.domains,
    cells,
    ...sides,
    coverage,
    comparatorCoverage,
    asked: where,
    changes: assessed.length,
  })
  const makeRow = rowMaker({
    kind: measure.kind,
    by,
    per,
    against,
    base: residents ?? victims,
    comparatorBase: comparatorResidents ?? comparatorVictims,
    effects: assessed.map(change => change.effectPercent!),
  })
  const statements = [
    sql,
    unknownQuery,
    residents?.sql,
    comparatorResidents?.sql,
    victims?.sql,
    comparatorVictims?.sql,
  ].filter(Boolean)
  const identity = {
    measure: measure.id,
    sql: [...new Set(statements)].join(';\n\n'),
    by,
    where: Object.fromEntries(where),
    variant: chosen,
    per,
    period: { from: period.from, to: period.to },
    comparator,
    asBaseline: request.compare === 'baseline',
    leftOut: sides.period.leftOut,
    disclosure,
    evidenceVersion,
  }
  const exact: Figure = {
    id: hashOf(identity),
    measure: measure.id,
    title: measure.title,
    kind: measure.kind,
    definition: definitionOf(measure, chosen),
    unit: unitOf(measure, per, underAge),
    period: identity.period,
    by,
    where: Object.fromEntries([...where].map(([id, codes]) => [id, codes.map(code => code ?? UNKNOWN)])),
    variant: { ...chosen },
    per,
    against,
    comparator,
    rows: grid.cells.map(makeRow),
    total: makeRow({ codes: [], labels: [], ...grid.total }),
    unknown: { ...unknownOfFilters(where, passedOver[0]), ...unknownOfSplit(by, grid, measure.kind) },
    warnings: [],
    recordingChanges,
    disclosure,
    lineage: { evidenceVersion, sql: identity.sql, ...filesRead(settled) },
  }
  const figure = disclosure === 'protected' ? protect(exact, measure.kind) : exact
  const warnings = warningsFor(figure, {
    measure,
    sides,
    coverage,
    comparatorCoverage,
    incomplete,
    residents,
    comparatorResidents,
    victims,
    comparatorVictims,
    undetermined: grid.total.period?.undetermined ?? 0,
    pack,
    baseline: request.compare === 'baseline',
    forces,
  })
  return { ...figure, warnings }
}

/** Looks at the last month held only where a side runs into it: nothing can be cut short before it. */
async function incompleteIn(
  evidence: Evidence,
  { counting, sides }: Settled,
): Promise<IncompleteMonth | null> {
  const lasts = await Promise.all(
    tablesOf(counting).map(async table => ({ table, last: (await reachOfTable(evidence, table))?.to ?? '' })),
  )
  // Of tables that stand in for each other, the one that reaches furthest; people end with their offences.
  const { table, last } = lasts.reduce((a, b) => (b.last > a.last ? b : a))
  const touched = [sides.period, ...(sides.comparator ? [sides.comparator] : [])].filter(side =>
    side.months.includes(last),
  )
  if (touched.length === 0) return null
  const found = await incompleteMonth(evidence, table, last)
  return found && touched.some(side => lastDayOf(side.period) > found.lastDay) ? found : null
}

function filesRead({ coverage, comparatorCoverage }: Settled): Pick<Figure['lineage'], 'files' | 'rowsRead'> {
  const both = [...coverage.files, ...(comparatorCoverage?.files ?? [])]
  const files = [...new Map(both.map(file => [file.file, file])).values()]
    .sort(
      (a, b) =>
        compareText(a.dataset, b.dataset) || compareText(a.month, b.month) || compareText(a.file, b.file),
    )
    .map(({ dataset, month, file, rows }) => ({ dataset, month, file, rows }))
  return { files, rowsRead: files.reduce((sum, file) => sum + file.rows, 0) }
}

function definitionOf(measure: Measure, chosen: Chosen): string {
  const choices = measure.variants.map(v => v.choices.find(c => c.value === chosen[v.name])!.title)
  return choices.length > 0 ? `${measure.definition} Here: ${choices.join('; ')}.` : measure.definition
}

const unitOf = (measure: Measure, per: number | null, underAge: number | null): string =>
  per === null
    ? measure.unit
    : per === PER_VICTIMS
      ? `${measure.unit} per ${per} victims`
      : `${measure.unit} per ${per.toLocaleString('en-GB')} residents${underAge === null ? '' : ` under ${underAge}`}`
