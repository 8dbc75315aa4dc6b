/** What the API takes and gives, as TypeBox schemas: checked on the way in, and the OpenAPI description. */
import { Type } from 'typebox'

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

const NullableNumber = nullable(Type.Number())
const NullableText = nullable(Type.String())

export const Period = Type.Object(
  {
    from: Type.String({ description: 'First month (2019-04) or day (2019-04-30), included' }),
    to: Type.String({ description: 'Last month or day, included' }),
  },
  { title: 'Period' },
)

export const FigureRow = Type.Object(
  {
    codes: Type.Record(Type.String(), NullableText, {
      description: 'Codes of the dimensions split by; null for unknown',
    }),
    value: { ...NullableNumber, description: 'In the unit of the figure; null when suppressed or missing' },
    count: { ...NullableNumber, description: 'What was counted' },
    denominator: { ...NullableNumber, description: 'What it is out of; null for plain counts' },
    low: { ...NullableNumber, description: 'Lower end of the 95% interval of the value' },
    high: { ...NullableNumber, description: 'Upper end of the 95% interval of the value' },
    comparatorValue: NullableNumber,
    comparatorCount: NullableNumber,
    comparatorDenominator: NullableNumber,
    adjustedValue: {
      ...NullableNumber,
      description: 'The value with assessed effects of recording changes taken out',
    },
    suppressed: Type.Boolean({ description: 'Withheld so that nobody can be identified' }),
    missing: Type.Boolean({ description: 'Nothing was sent for these months: missing, never zero' }),
  },
  {
    title: 'FigureRow',
    description: 'One slice. Each dimension split by is a further key that holds its label.',
    additionalProperties: true,
  },
)

const FigureKind = Type.Union([
  Type.Literal('count'),
  Type.Literal('proportion'),
  Type.Literal('sum'),
  Type.Literal('median'),
])

export const Figure = Type.Object(
  {
    id: Type.String({ description: 'Hash of what defines the figure: the same question has the same id' }),
    measure: Type.String(),
    title: Type.String(),
    kind: FigureKind,
    definition: Type.String(),
    unit: Type.String(),
    period: Period,
    by: Type.Array(Type.String()),
    where: Type.Record(Type.String(), Type.Array(Type.String())),
    variant: Type.Record(Type.String(), Type.String()),
    per: nullable(Type.Integer()),
    against: nullable(Type.Union([Type.Literal('residents'), Type.Literal('victims')])),
    comparator: nullable(Period),
    rows: Type.Array(FigureRow),
    total: FigureRow,
    unknown: Type.Record(
      Type.String(),
      Type.Object({ count: NullableNumber, of: NullableNumber, share: NullableNumber }),
    ),
    warnings: Type.Array(Type.Object({ kind: Type.String(), sentence: Type.String() })),
    recordingChanges: Type.Array(
      Type.Object({
        id: Type.String(),
        startsOn: Type.String(),
        title: Type.String(),
        explains: Type.String(),
        effectPercent: NullableNumber,
        source: Type.String(),
      }),
    ),
    disclosure: Type.Union([Type.Literal('record'), Type.Literal('protected')]),
    lineage: Type.Object({
      evidenceVersion: Type.String(),
      sql: Type.String(),
      files: Type.Array(
        Type.Object({
          dataset: Type.String(),
          month: Type.String(),
          file: Type.String(),
          rows: Type.Integer(),
        }),
      ),
      rowsRead: Type.Integer(),
    }),
    synthetic: Type.Boolean({ description: 'The evidence is the synthetic partnership' }),
  },
  { title: 'Figure', additionalProperties: true },
)

export const Measure = Type.Object(
  {
    id: Type.String(),
    title: Type.String(),
    family: Type.String(),
    definition: Type.String(),
    kind: FigureKind,
    unit: Type.String(),
    counted: Type.String({ description: 'What one case is' }),
    includes: Type.Array(Type.String()),
    excludes: Type.Array(Type.String()),
    source: Type.String(),
    since: Type.String({ description: 'Since when the rule holds' }),
    breaks: Type.Array(Type.String()),
    dimensions: Type.Array(Type.String(), { description: 'What it can be split and filtered by' }),
    variants: Type.Array(
      Type.Object({
        name: Type.String(),
        title: Type.String(),
        describes: Type.String(),
        choices: Type.Array(Type.Object({ value: Type.String(), title: Type.String() })),
        default: Type.String(),
      }),
    ),
    ratePer: {
      ...nullable(Type.Integer()),
      description: 'Residents per which a rate is usual; null where none',
    },
  },
  { title: 'Measure' },
)

export const Finding = Type.Object({
  kind: Type.String(),
  sentence: Type.String(),
  rows: NullableNumber,
})

const Reason = Type.Object({ reason: Type.String(), rows: Type.Integer() })

const loadProperties = {
  id: Type.Integer(),
  dataset: Type.String(),
  supplier: NullableText,
  fileName: Type.String(),
  fileBytes: Type.Integer(),
  sha256: Type.String(),
  status: Type.Union([Type.Literal('active'), Type.Literal('waiting'), Type.Literal('withdrawn')]),
  rowsRead: Type.Integer(),
  rowsAccepted: Type.Integer(),
  rowsRejected: Type.Integer(),
  rowsRepeated: Type.Integer(),
  firstMonth: NullableText,
  lastMonth: NullableText,
  encoding: Type.String(),
  loadedBy: Type.String(),
  loadedAt: Type.String({ description: 'UTC' }),
  endedBy: NullableText,
  endedAt: NullableText,
}

export const Load = Type.Object(loadProperties, { title: 'Load' })

export const LoadDetail = Type.Object(
  {
    ...loadProperties,
    findings: Type.Array(Finding),
    reasons: Type.Array(Reason),
    months: Type.Array(
      Type.Object({
        month: Type.String(),
        rows: Type.Integer(),
        standing: Type.Integer({ description: 'Rows that count today; later loads may have replaced some' }),
      }),
    ),
  },
  { title: 'LoadDetail' },
)

export const LoadReport = Type.Object(
  {
    loadId: nullable(Type.Integer()),
    status: Type.Union([
      Type.Literal('active'),
      Type.Literal('waiting'),
      Type.Literal('unchanged'),
      Type.Literal('dry-run'),
      Type.Literal('refused'),
    ]),
    refusal: NullableText,
    dataset: NullableText,
    supplier: NullableText,
    fileName: Type.String(),
    encoding: NullableText,
    rowsRead: Type.Integer(),
    rowsAccepted: Type.Integer(),
    rowsRejected: Type.Integer(),
    rowsRepeated: Type.Integer(),
    months: Type.Array(Type.Object({ month: Type.String(), rows: Type.Integer() })),
    findings: Type.Array(Finding),
    reasons: Type.Array(Reason),
    seconds: Type.Number(),
  },
  { title: 'LoadReport' },
)

export const Fault = Type.Object(
  {
    error: Type.Object({
      code: Type.String(),
      sentence: Type.String({ description: 'What is wrong and what to do, for a person' }),
      requestId: Type.String(),
    }),
  },
  { title: 'Fault' },
)
