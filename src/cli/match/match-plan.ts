/** What to compare and where to look, from the options of `concord match`. */
import type { FieldKind } from '../../analysis/linkage/compared-field.ts'
import { UsageFault } from '../../platform/errors.ts'

/** One part of a blocking key: a column, or its first letters. */
export interface KeyPart {
  column: string
  letters: number | null
}

export interface MatchPlan {
  id: string
  fields: { column: string; kind: FieldKind }[]
  blocks: KeyPart[][]
  /** Columns whose equality chooses the pairs that the model is learnt from. */
  trainOn: string[]
  adjustForFrequency: string[]
}

export interface MatchWords {
  id?: string | undefined
  name?: string | undefined
  date?: string | undefined
  exact?: string | undefined
  block?: string | undefined
  train?: string | undefined
  frequency?: string | undefined
}

const listed = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')

/** Throws `UsageFault` that says which option is at fault. */
export function matchPlan(words: MatchWords): MatchPlan {
  const fields = (['name', 'date', 'exact'] as const).flatMap(kind =>
    listed(words[kind]).map(column => ({ column, kind })),
  )
  const columns = fields.map(f => f.column)
  const twice = columns.find((column, i) => columns.indexOf(column) !== i)
  if (twice) throw new UsageFault(`The column ${twice} is to be compared in two ways; name it once.`)
  if (fields.length < 3) {
    throw new UsageFault(
      `Only ${fields.length} columns are compared (--name, --date, --exact); a model needs three to be learnt from.`,
    )
  }
  const known = (option: string, column: string): string => {
    if (!columns.includes(column)) throw new UsageFault(`${option} names ${column}, which is not compared.`)
    return column
  }
  const blocks = words.block === undefined ? columns.map(column => [keyPart(column)]) : blocksOf(words.block)
  const trainOn = words.train
    ? listed(words.train).map(column => known('--train', column))
    : [fields.find(f => f.kind === 'date'), ...fields.filter(f => f.kind === 'name').toReversed(), ...fields]
        .flatMap(f => (f ? [f.column] : []))
        .filter((column, i, all) => all.indexOf(column) === i)
        .slice(0, 2)
  if (trainOn.length < 2) throw new UsageFault('--train needs two columns: each is learnt from the other.')
  const frequency = words.frequency ?? listed(words.name).join(',')
  return {
    id: words.id ?? 'id',
    fields,
    blocks,
    trainOn,
    adjustForFrequency: listed(frequency).map(column => known('--frequency', column)),
  }
}

function keyPart(text: string): KeyPart {
  const [column, letters, ...more] = text.trim().split(':')
  if (!column || more.length > 0 || (letters !== undefined && !/^[1-9]\d*$/.test(letters))) {
    throw new UsageFault(`--block has "${text}"; write a column, or a column and how many letters: dob:4.`)
  }
  return { column, letters: letters === undefined ? null : Number(letters) }
}

const blocksOf = (text: string): KeyPart[][] => listed(text).map(rule => rule.split('+').map(keyPart))

/** The key of a record under a rule: empty, which is no key, where any part is missing. */
export function blockingKey(parts: readonly KeyPart[], cell: (column: string) => string): string {
  const values = parts.map(({ column, letters }) =>
    letters === null ? cell(column) : cell(column).slice(0, letters),
  )
  return values.includes('') ? '' : values.join('\u001f')
}
