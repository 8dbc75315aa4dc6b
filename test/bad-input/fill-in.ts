/** Fills in a form as somebody would who reads its complaints: until it is taken, or nothing else can be tried. */
import type { FoundForm } from './find-forms.ts'
import type { Field } from './page-of.ts'

/** Values by field; several for boxes. */
export type Answers = Readonly<Record<string, readonly string[]>>

/** What only the test knows, by field, such as passwords and numbers of people. Tried before anything else. */
export type Known = Readonly<Record<string, readonly string[]>>

/** Which of the possible values a field has; the first where it is not named. Fits the same form with other numbers. */
export type Recipe = Readonly<Record<string, number>>

const DATE_PART = /^(.*)-(day|month|year)$/
const days = ['2026-11-20', '2011-05-03', '2027-06-01', '2026-11-19', '1980-01-02', '2026-12-01']
const texts = ['Written for a test of forms.', '', '14', '10:30', 'reader@school.example', 'R-2026-0001']

/** Name of the field, or of the date that it is a part of. */
export const groupOf = (name: string): string => DATE_PART.exec(name)?.[1] ?? name

/** What the page carries is sent as the page has it; all else is filled in. */
function groupsOf(form: FoundForm): Map<string, Field[]> {
  return Map.groupBy(
    form.fields.filter(f => f.kind !== 'hidden'),
    f => groupOf(f.name),
  )
}

function choicesOf(fields: readonly Field[], known: Known): Answers[] {
  const [field] = fields
  if (!DATE_PART.test(field!.name)) return valuesOf(field!, known).map(values => ({ [field!.name]: values }))
  const of = (parts: Record<string, string | undefined>): Answers =>
    Object.fromEntries(fields.map(f => [f.name, [parts[DATE_PART.exec(f.name)![2]!] ?? '']]))
  const made = days.map(text => {
    const [year, month, day] = text.split('-')
    return of({ year, month: String(Number(month)), day: String(Number(day)) })
  })
  const shown: Answers = Object.fromEntries(fields.map(f => [f.name, [f.values[0] ?? '']]))
  return [...(fields.some(f => f.values[0]) ? [shown] : []), ...made, of({})]
}

function valuesOf(field: Field, known: Known): (readonly string[])[] {
  const told = known[field.name]?.map(value => [value]) ?? []
  const shown = field.values[0] ? [field.values] : []
  switch (field.kind) {
    case 'button':
      return field.values.length > 0 ? [field.values] : [[]]
    case 'file':
      return [[]]
    case 'checkbox':
      return [...told, field.values, field.options.slice(0, 1), field.options, []]
    case 'radio':
    case 'select':
      return [...told, ...shown, ...field.options.filter(o => o !== '').map(o => [o]), ['']]
    default:
      return [...told, ...shown, ...texts.map(text => [text])]
  }
}

export const answersBy = (form: FoundForm, known: Known, recipe: Recipe): Answers =>
  Object.assign(
    {},
    ...[...groupsOf(form)].map(([group, fields]) => choicesOf(fields, known)[recipe[group] ?? 0] ?? {}),
  )

/** The recipe with something else where the page complains; null where nothing else can be tried. */
export function mended(
  form: FoundForm,
  known: Known,
  recipe: Recipe,
  complaints: readonly string[],
): Recipe | null {
  const named = new Set(complaints.map(groupOf))
  const next = [...groupsOf(form)]
    .filter(
      ([group, fields]) => named.has(group) && (recipe[group] ?? 0) + 1 < choicesOf(fields, known).length,
    )
    .map(([group]) => [group, (recipe[group] ?? 0) + 1] as const)
  return next.length > 0 ? { ...recipe, ...Object.fromEntries(next) } : null
}

/** What a browser sends: what the page carries, and the answers. */
export const pairsOf = (form: FoundForm, answers: Answers): [string, string][] =>
  form.fields.flatMap(field =>
    (answers[field.name] ?? (field.kind === 'hidden' ? field.values : [])).map((value): [string, string] => [
      field.name,
      value,
    ]),
  )
