/**
 * A method of `concord analyse`: what it reads, what it gives back, and how it is called. One file a method; the
 * numbers themselves come from `src/analysis`, which knows nothing of files and options.
 */
import type { ParseArgsConfig, parseArgs } from 'node:util'
import type { InputFault } from '../../platform/errors.ts'
import { readArguments } from '../arguments.ts'
import type { Terminal } from '../command.ts'

/**
 * `text` as it stands · `number` finite · `integer` · `count` a whole number from 0 · `time` as
 * 2019-04-30 23:59, by the clock on the wall, given as minutes since 1970-01-01 00:00 of that clock.
 */
export type ColumnKind = 'text' | 'number' | 'integer' | 'count' | 'time'

export interface InputColumn {
  name: string
  kind: ColumnKind
  /** A file may come without it. */
  optional?: boolean
  /** Cells may be empty: NaN in a column of numbers, '' in one of text. Otherwise an empty cell is a fault. */
  mayBeEmpty?: boolean
}

/** The rows of a CSV file by column. Rows are counted from 0 here; faults say the row as a spreadsheet shows it. */
export interface InputTable {
  rows: number
  /** Every heading of the file, in its order. */
  headings: readonly string[]
  has(column: string): boolean
  /** Of a column that is not text. */
  numbers(column: string): Float64Array
  texts(column: string): readonly string[]
  /** The fault "Row 7, column to: REASON" of this file. REASON is the rest of a sentence, without its full stop. */
  fault(row: number, column: string, reason: string): InputFault
}

/** NaN is written as an empty field; a flag is 0 or 1. */
export interface OutputColumn {
  name: string
  values: ArrayLike<number> | readonly string[]
}

export interface AnalyseResult {
  columns: readonly OutputColumn[]
  /** What `--json` says beside the rows, under these names. */
  more?: Record<string, unknown>
}

/** One call of a method, its options read. */
export interface Analysis {
  columns: readonly InputColumn[]
  /** How the columns that are not named above are read. They are left out when absent. */
  others?: 'text'
  /** Columns that together name a row: no two rows may have the same. */
  unique?: readonly string[]
  /** Throws `InputFault`, or the RangeError of a kernel's guard, which is told as `input-invalid`. */
  run(
    table: InputTable,
    terminal: Pick<Terminal, 'signal' | 'progress'>,
  ): AnalyseResult | Promise<AnalyseResult>
}

type Options = NonNullable<ParseArgsConfig['options']>
type ValuesOf<O extends Options> = ReturnType<typeof parseArgs<{ options: O; strict: true }>>['values']

interface MethodWords {
  name: string
  /** A phrase without a full stop. */
  summary: string
  /** Its own options, as a usage line has them: `[--by week-hours|hour]`. */
  usage: string
  /** Options, input columns, output columns and the order of the rows, for help and `docs/methods.md`. */
  details: string
}

export interface WhereTo {
  input: string | undefined
  out: string | undefined
  json: boolean
}

export interface AnalyseMethod extends MethodWords {
  /** Throws `UsageFault`. */
  prepare(argv: string[]): { analysis: Analysis; whereTo: WhereTo }
}

const everyMethodTakes = {
  input: { type: 'string' },
  out: { type: 'string' },
  json: { type: 'boolean' },
} as const

/** `options` are those of the method alone, as `node:util` parseArgs takes them; `prepare` throws `UsageFault`. */
export function analyseMethod<const O extends Options>(
  method: MethodWords & { options: O; prepare(values: ValuesOf<O>): Analysis },
): AnalyseMethod {
  const { options, prepare, ...words } = method
  return {
    ...words,
    prepare: argv => {
      const { values } = readArguments(argv, { ...options, ...everyMethodTakes } as Options)
      const { input, out, json } = values as ValuesOf<typeof everyMethodTakes>
      return { analysis: prepare(values as ValuesOf<O>), whereTo: { input, out, json: json ?? false } }
    },
  }
}
