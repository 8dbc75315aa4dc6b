/** What a phrase is about: its content words, so that two phrases about the same thing can be told. */

const FUNCTION_WORDS = new Set(
  'a an the of in on at to for by with within from and or as is are was were be been being have has had that which who where when while whilst this these those there their its it they we our all any each both than then total overall such during over across about into between per also only'.split(
    ' ',
  ),
)
/** They say that something was counted, and not what. */
const COUNTING_WORDS = new Set(
  'number numbers count counts level levels rate rates volume record recorded recording report reported incident incidents case cases offence offences crime crimes use used figure figures proportion percentage share trc sum amount'.split(
    ' ',
  ),
)

/** One spelling of what is under an age: u25, under-25s, aged under 25. */
const oneSpelling = (text: string) =>
  text
    .toLowerCase()
    .replaceAll(/[’']s\b/g, '')
    .replaceAll(/\b(?:aged?\s+)?(?:under|u)[- ]?(\d{2})s?\b/g, 'under$1')
    .replaceAll(/\bunder the age of (\d{2})\b/g, 'under$1')
    .replaceAll(/\b(\d{2}) and under\b/g, 'upto$1')

const singular = (word: string) =>
  word.length > 4 && word.endsWith('ies')
    ? `${word.slice(0, -3)}y`
    : word.length > 3 && word.endsWith('s') && !word.endsWith('ss')
      ? word.slice(0, -1)
      : word

/** Content words in the singular. `counting: false` leaves out those that only say that something was counted. */
export function contentWords(text: string, { counting = true } = {}): Set<string> {
  const words = oneSpelling(text).match(/[a-z][a-z0-9]*/g) ?? []
  return new Set(
    words.filter(word => !FUNCTION_WORDS.has(word) && (counting || !COUNTING_WORDS.has(word))).map(singular),
  )
}

export const areWithin = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  [...a].every(word => b.has(word))

export const sameWords = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size > 0 && a.size === b.size && areWithin(a, b)

const RELATIVE =
  /\b(this year|last year|current year|previous (?:year|period|quarter|month)|year (?:before|prior)|prior year|this (?:quarter|month)|last (?:quarter|month)|next year)\b/g
const MONTHS = /\b(jan|feb|mar|apr|may(?= \d)|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b/g

/** Years, months and quarters that a text names, as marks that can be compared. */
export function periodsIn(text: string): Set<string> {
  const small = text.toLowerCase()
  const marks = new Set<string>()
  for (const [, first, second] of small.matchAll(/\b(20\d\d|19\d\d)(?:\s?[/–-]\s?(20\d\d|\d\d)\b)?/g)) {
    marks.add(first!)
    if (second) marks.add(second.length === 2 ? first!.slice(0, 2) + second : second)
  }
  for (const [mark] of small.matchAll(RELATIVE)) marks.add(mark)
  for (const [, mark] of small.matchAll(MONTHS)) marks.add(mark!)
  for (const [mark] of small.matchAll(/\bq[1-4]\b|\bquarter (?:[1-4]|one|two|three|four)\b/g)) marks.add(mark)
  return marks
}

/** Not told apart by what they say of time: one says nothing, or both name a year in common. */
export function mayBeSamePeriod(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const isYear = (mark: string) => /^\d{4}$/.test(mark)
  const relative = (marks: ReadonlySet<string>) => [...marks].filter(mark => mark.includes(' ')).join()
  if (relative(a) !== relative(b)) return false
  const years = [new Set([...a].filter(isYear)), new Set([...b].filter(isYear))] as const
  return years[0].size === 0 || years[1].size === 0 || [...years[0]].some(year => years[1].has(year))
}

/** Places and units that a sentence confines itself to: "in Coventry", "within the Birmingham boundary". */
export function confinedTo(text: string): Set<string> {
  const names = new Set<string>()
  const months =
    /^(?:January|February|March|April|May|June|July|August|September|October|November|December)\b/
  for (const [, name] of text.matchAll(
    /\b(?:[Ii]n|[Ww]ithin|[Aa]cross|[Ff]or|[Aa]t|by|[Ff]rom|[Oo]f)\s+(?:the\s+)?((?:[A-Z][a-z’']+)(?:\s+[A-Z][a-z’']+)*)/g,
  )) {
    if (!months.test(name!)) names.add(name!.toLowerCase())
  }
  return names
}
