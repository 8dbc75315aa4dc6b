/** Dates: a day of the week that it was not, a day that there is not, an end before its beginning, a length that it has not. */
import type { Finding } from '../finding.ts'
import type { Sentence } from '../sentences.ts'

const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
)
const DAYS = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ')
const MONTH = `(?:${MONTHS.map(m => `${m.slice(0, 3)}(?:${m.slice(3)})?`).join('|')})\\.?`
const DATE = `(?:(?<=\\b(?:on|between|from|to|and|until|of)\\s|^|[(,–-]\\s?)|\\b)(?:(?<day>\\d{1,2})(?:st|nd|rd|th)?(?: of)?\\s+)?(?<month>${MONTH})\\s*,?\\s+(?<year>(?:19|20)\\d\\d)\\b`
const WHOLE_DATE = new RegExp(`(?:(?<weekday>${DAYS.join('|')}),?\\s+(?:the\\s+)?)?${DATE}`, 'gi')

interface DateInText {
  weekday: number | null
  day: number | null
  /** 0 to 11. */
  month: number
  year: number
  text: string
  start: number
  end: number
}

function datesIn(text: string): DateInText[] {
  return [...text.matchAll(WHOLE_DATE)].map(match => {
    const { weekday, day, month, year } = match.groups!
    return {
      weekday: weekday ? DAYS.indexOf(weekday.toLowerCase()) : null,
      day: day ? Number(day) : null,
      month: MONTHS.findIndex(m => m.startsWith(month!.slice(0, 3).toLowerCase())),
      year: Number(year),
      text: match[0].trim(),
      start: match.index,
      end: match.index + match[0].length,
    }
  })
}

const lastDay = ({ month, year }: DateInText) => new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
const moment = ({ day, month, year }: DateInText) => Date.UTC(year, month, day ?? 1)

export function dates(sentence: Sentence): Finding[] {
  const { text } = sentence
  const found = datesIn(text)
  const findings: Finding[] = []
  const add = (fits: boolean, claim: string, computation: string) =>
    findings.push({
      kind: 'date',
      verdict: fits ? 'agrees' : 'disagrees',
      sentence: text,
      claim,
      computation,
      place: sentence.place,
    })
  for (const date of found) {
    if (date.day !== null && date.day > lastDay(date)) {
      add(false, date.text, `that month has ${lastDay(date)} days`)
    } else if (date.day !== null && date.weekday !== null) {
      const was = new Date(moment(date)).getUTCDay()
      add(was === date.weekday, date.text, `it was a ${capital(DAYS[was]!)}`)
    }
  }
  for (const [i, from] of found.entries()) {
    const to = found[i + 1]
    if (!to || !isSpan(text, from, to)) continue
    const inOrder = moment(from) <= moment(to)
    add(inOrder, `from ${from.text} to ${to.text}`, inOrder ? 'in order' : 'it ends before it begins')
    const months = (to.year - from.year) * 12 + to.month - from.month + 1
    const said = /\b(\d{1,3})[- ]months?\b(?:[^.;\d]{0,30})$/i.exec(text.slice(0, from.start))
    if (inOrder && said && from.day === null && to.day === null) {
      add(
        Number(said[1]) === months,
        `${said[1]} months from ${from.text} to ${to.text}`,
        `${months} months, both included`,
      )
    }
  }
  return findings
}

function isSpan(text: string, from: DateInText, to: DateInText): boolean {
  const between = text.slice(from.end, to.start)
  const before = text.slice(Math.max(0, from.start - 14), from.start)
  return (
    (/^\s*(?:and)(?: the)?\s*$/i.test(between) && /between(?: the)?\s*$/i.test(before)) ||
    (/^\s*(?:to|until|–|-|through)(?: the)?\s*$/i.test(between) && !/compared\s*$/i.test(before))
  )
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
