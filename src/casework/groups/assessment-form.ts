/** An assessment, a link and a relation, as they are typed. Pure. */
import { addDays, type Day } from '../../platform/calendar.ts'
import {
  type Faults,
  readChoice,
  readText,
  type Typed,
  typedDay,
  typedText,
} from '../../platform/typed-form.ts'
import { type FoundWord, findCarefulWords } from '../language/careful-words.ts'
import { findInadmissibleGrounds } from '../language/inadmissible-grounds.ts'
import type { Assessment } from './group.ts'
import { type LinkGround, linkGrounds } from './group-link.ts'
import { type Finding, findings, saysGang, type TestId, testOf } from './group-tests.ts'
import {
  LONGEST_RELATION_DAYS,
  type NewRelation,
  type RelationKind,
  relationKinds,
} from './relation-store.ts'

export const MOST_TEXT = 5000

/** Evidence of what a group is today is no older: two years, as for a person (`cohorts/grounds.ts`). */
const OLDEST_EVIDENCE_DAYS = 730

export interface GroupWords {
  called: string
  territory: string
}

export function readGroupWords(typed: Typed, faults: Faults): GroupWords {
  return {
    called: readText(
      typed,
      'called',
      { label: 'The name', most: 200, needed: 'Give it a name, as people who work with it say it.' },
      faults,
    ),
    territory: readText(typed, 'territory', { label: 'The territory', most: MOST_TEXT }, faults),
  }
}

/** Sentence where the name calls a peer group a gang (R3). */
export const nameFault = (test: TestId, called: string): string | null =>
  testOf(test).level === 'peer' && saysGang(called)
    ? 'A peer group is not a gang, and is not called one. Give it another name.'
    : null

/** Fields of a criterion: `three` (found), `three-says`, `three-source`, `three-on-day` …; and `because`. */
export function readAssessment(typed: Typed, test: TestId, today: Day, faults: Faults): Assessment {
  const { criteria, level } = testOf(test)
  const found = criteria.map(({ id, required }): Finding => {
    const chosen = readChoice(typed, id, findings, 'Choose what was found.', faults)
    const met = chosen === 'met'
    if (required && chosen !== undefined && !met) {
      faults[id] =
        level === 'peer'
          ? 'Without this it is no peer group by this test. Choose another test, or do not write it down.'
          : 'Without this it does not pass the test. Choose a test that fits what is known.'
    }
    const says = readText(
      typed,
      `${id}-says`,
      { label: 'The evidence', most: 2000, ...(met && { needed: 'Say what shows it.' }) },
      faults,
    )
    const source = readText(
      typed,
      `${id}-source`,
      { label: 'The source', most: 500, ...(met && { needed: 'Say where it is known from.' }) },
      faults,
    )
    const on = typedDay(typed, `${id}-on`)
    if (on === null || (on && on > today)) faults[`${id}-on`] = 'Enter a day up to today, such as 14 11 2026.'
    else if (on && on < addDays(today, -OLDEST_EVIDENCE_DAYS))
      faults[`${id}-on`] = 'It is more than two years ago, and shows nothing of today any more.'
    else if (met && !on) faults[`${id}-on`] = 'Enter the day of which it is known.'
    return { criterion: id, found: chosen ?? 'not-known', says, source, on: on ?? null }
  })
  const because = readText(
    typed,
    'because',
    {
      label: 'Why it is written down',
      most: MOST_TEXT,
      needed: 'Say in a sentence or two why it is needed, and what it changes.',
    },
    faults,
  )
  const leans = leansOn({ findings: found, because })
  return { test, findings: found, because, ...(leans.length > 0 && { asked: leans.map(l => l.word) }) }
}

/** Inadmissible grounds that the words of an assessment lean on (R4). */
const leansOn = ({ findings: found, because }: Pick<Assessment, 'findings' | 'because'>): FoundWord[] =>
  findInadmissibleGrounds([...found.map(f => f.says), because].join('\n'))

/** What its author is asked about once: inadmissible grounds (R4), and words that label (R26). */
export const wordsToMean = (assessment: Assessment): FoundWord[] => [
  ...leansOn(assessment),
  ...findCarefulWords([...assessment.findings.map(f => f.says), assessment.because].join('\n')),
]

export interface LinkWords {
  ground: LinkGround
  entry: string
  says: string
}

export function readLinkWords(typed: Typed, faults: Faults): LinkWords {
  const entry = typedText(typed, 'entry')
  if (entry === '') faults.entry = 'Choose the statement that it rests on.'
  return {
    ground:
      readChoice<LinkGround>(
        typed,
        'ground',
        linkGrounds,
        'Choose one of these. What is not in the list is no ground.',
        faults,
      ) ?? 'acted-together',
    entry,
    says: readText(
      typed,
      'says',
      { label: 'What they did', most: MOST_TEXT, needed: 'Say what they did with others of the group.' },
      faults,
    ),
  }
}

export const linkWordsToMean = ({ says }: LinkWords): FoundWord[] => [
  ...findInadmissibleGrounds(says),
  ...findCarefulWords(says),
]

export function readRelation(typed: Typed, today: Day, faults: Faults): NewRelation {
  const kind = readChoice<RelationKind>(typed, 'kind', relationKinds, 'Choose which it is.', faults)
  const other = typedText(typed, 'other')
  if (other === '') faults.other = 'Choose the other group.'
  const onDay = typedDay(typed, 'onDay')
  if (!onDay || onDay > today) faults.onDay = 'Enter the day of which it is known, up to today.'
  const latest = addDays(today, LONGEST_RELATION_DAYS)
  const endsOn = typedDay(typed, 'endsOn')
  if (!endsOn || endsOn <= today || endsOn > latest)
    faults.endsOn = `Enter a day after today, within ${LONGEST_RELATION_DAYS} days.`
  return {
    kind: kind ?? 'rivalry',
    other,
    says: readText(
      typed,
      'says',
      { label: 'What happened', most: MOST_TEXT, needed: 'Say what happened. Name nobody.' },
      faults,
    ),
    source: readText(
      typed,
      'source',
      { label: 'The source', most: 500, needed: 'Say where it is known from.' },
      faults,
    ),
    onDay: onDay ?? today,
    endsOn: endsOn ?? latest,
  }
}
