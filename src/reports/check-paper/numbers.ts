/** Numbers as papers write them, found in a sentence. */

export interface PaperNumber {
  kind: 'count' | 'percent' | 'money' | 'year' | 'label'
  value: number
  /** Distance to the next number that could have been written with as many digits: 0.1 for 8.4, 10 000 for 7.62 million. */
  step: number
  /** Said to be no more than near: about, over, nearly, circa. */
  near: boolean
  text: string
  start: number
  end: number
}

const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const WORD = `(?:${TENS.join('|')})(?:[- ](?:${UNITS.slice(1, 10).join('|')}))?|${UNITS.slice(1).reverse().join('|')}`

/** 45, 1,234.5, £7.62m, 8.4%, twenty-two; a sign belongs to a percentage only. */
const NUMBER = new RegExp(
  `(?<![\\w.,#]|(?<![a-z])/)(?<money>[£€$])?\\s?(?:(?<digits>(?:(?<![\\w)])[-−–+])?\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|(?:(?<![\\w)])[-−–+])?\\d+(?:\\.\\d+)?)(?<ordinal>st|nd|rd|th)?|\\b(?<word>${WORD})\\b)(?:\\s?(?<scale>million|billion|thousand|mn?|bn|k)\\b)?(?:\\s?(?<percent>%|per ?cent\\b))?`,
  'giu',
)
const SCALES: Readonly<Record<string, number>> = {
  k: 1e3,
  thousand: 1e3,
  m: 1e6,
  mn: 1e6,
  million: 1e6,
  bn: 1e9,
  billion: 1e9,
}
const NEAR =
  /\b(?:about|around|approx(?:imately|\.)?|circa|c\.|some|nearly|almost|over|more than|under|fewer than|less than|up to|at least|roughly|estimated|or so)\s*[£€$]?$/i
/** What stands before a number that names something and counts nothing. */
const NAMES =
  /\b(?:para(?:graph)?s?|table|figures?|fig\.?|section|sections|s|tier|tiers|level|levels|outcome|phase|stage|step|part|chapter|article|appendix|annex|page|priority|version|schedule|pip|number|no\.?|adr|aged?|ages|under|over(?=\s*\d\d\s*(?:s|years?|-?year-?olds?)\b)|catch|class|key stages?|route|year|act|quarter)\s*[-–]?\s*$/i
const AGE_AFTER =
  /^\s?(?:-|–|to|and)?\s?(?:\d+\s?)?[-– ]?(?:years?[- ]olds?|years?(?= (?:of age|old\b))|year olds?|yrs? old)/i
/** A number like a year that counts things: "there were 1950 offences". */
const COUNTS_BEFORE =
  /\b(?:were|was|saw|recorded|total of|about|around|some|nearly|almost|over|than|all|these|those|up to|least|had|made|the)\s*$/i
const THINGS_AFTER = /^ (?:[a-z-]+ ){0,3}[a-z]+s\b/
const MONTHS = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec'
const MONTH_BEFORE = new RegExp(`\\b(?:${MONTHS})[a-z]*\\.?,?\\s*$`, 'i')
const MONTH_AFTER = new RegExp(`^\\s*(?:of\\s+)?(?:${MONTHS})[a-z]*\\b`, 'i')

export function numbersIn(text: string): PaperNumber[] {
  const found: PaperNumber[] = []
  for (const match of text.matchAll(NUMBER)) {
    const { money, digits, ordinal, word, scale, percent } = match.groups!
    const start = match.index
    const end = start + match[0].length
    const before = text.slice(Math.max(0, start - 40), start)
    const after = text.slice(end, end + 40)
    if (/^[\w/]|^[.:]\d|^,\d{3}/.test(after) || /\d[:.]$/.test(before)) continue
    const factor = SCALES[scale?.toLowerCase() ?? ''] ?? 1
    const plain = digits?.replaceAll(',', '').replace(/[−–]/, '-') ?? ''
    const value = (word ? wordValue(word) : Number(plain)) * factor
    const decimals = /\.(\d+)/.exec(plain)?.[1]?.length ?? 0
    const whole = word === undefined && decimals === 0 && factor === 1 && !/[,+-]/.test(digits ?? '')
    let kind: PaperNumber['kind'] = percent ? 'percent' : money ? 'money' : 'count'
    if (kind === 'count') {
      if (whole && value >= 1900 && value < 2100 && !(COUNTS_BEFORE.test(before) && THINGS_AFTER.test(after)))
        kind = 'year'
      else if (ordinal || AGE_AFTER.test(after) || NAMES.test(before)) kind = 'label'
      else if (MONTH_AFTER.test(after) || (whole && value <= 31 && MONTH_BEFORE.test(before))) kind = 'label'
    }
    found.push({
      kind,
      value: kind === 'percent' ? value : Math.abs(value),
      step: 10 ** -decimals * factor,
      near: NEAR.test(before),
      text: match[0].trim(),
      start: start + (match[0].length - match[0].trimStart().length),
      end,
    })
  }
  return found
}

function wordValue(word: string): number {
  const [first, second] = word.toLowerCase().split(/[- ]/)
  const ten = TENS.indexOf(first!)
  if (ten < 0) return UNITS.indexOf(first!)
  return (ten + 2) * 10 + (second ? UNITS.indexOf(second) : 0)
}

/** A cell of a table; null where it holds no number. Brackets and a minus are a loss. */
export function cellNumber(cell: string): PaperNumber | null {
  const text = cell.replaceAll(/[*†‡¹²³]/g, '').trim()
  const inner = /^\((.*)\)$/.exec(text)?.[1]
  const match =
    /^([-−–+])?\s*(£|€|\$)?\s*([-−–])?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(k|m|mn|bn|million)?\s*(%)?$/i.exec(
      inner ?? text,
    )
  if (!match) return null
  const [, sign, money, late, digits, decimals, scale, percent] = match
  const factor = SCALES[scale?.toLowerCase() ?? ''] ?? 1
  const size = Number(digits!.replaceAll(',', '') + (decimals ?? '')) * factor
  const negative = inner !== undefined || (sign !== undefined && sign !== '+') || late !== undefined
  return {
    kind: percent ? 'percent' : money ? 'money' : 'count',
    value: negative ? -size : size,
    step: 10 ** -((decimals?.length ?? 1) - 1) * factor,
    near: false,
    text,
    start: 0,
    end: cell.length,
  }
}
