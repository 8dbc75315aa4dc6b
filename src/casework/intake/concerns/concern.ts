/** A small concern: whom, when, what. Read in one page, so that noting it takes two minutes. Pure. */
import type { Day } from '../../../platform/calendar.ts'
import { type Faults, readText, type Typed } from '../../../platform/typed-form.ts'
import { NAME_LENGTH, readBirthDate, readDay } from '../referrals/read-answers.ts'

export interface NotedConcern {
  given: string
  family: string
  birthDate: Day | null
  noticedOn: Day
  text: string
}

const CONCERN_LENGTH = 2000

/** What to keep; null where `faults` got a sentence. An empty day is today. */
export function readConcern(typed: Typed, today: Day, faults: Faults): NotedConcern | null {
  const name = (field: 'given' | 'family', label: string) =>
    readText(typed, field, { label, most: NAME_LENGTH }, faults)
  const given = name('given', 'Given name')
  const family = name('family', 'Family name')
  if (!given && !family && !faults.given) faults.given = 'Enter at least one name that they are known by.'
  const birthDate = readBirthDate(typed, 'birthDate', today, faults) ?? null
  const noticedOn = readDay(typed, 'noticedOn', today, faults) ?? today
  const text = readText(
    typed,
    'text',
    {
      label: 'What you noticed',
      most: CONCERN_LENGTH,
      needed: 'Say what you noticed, in a sentence or two.',
    },
    faults,
  )
  return Object.keys(faults).length > 0 ? null : { given, family, birthDate, noticedOn, text }
}
