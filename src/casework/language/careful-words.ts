/**
 * Words that label a person, make a child look grown up, or take culture for a ground (R4, R26). Whoever writes one is
 * asked once and keeps their text if they mean it: people's own words are quoted in referrals, and must be.
 */
import type { Day } from '../../platform/calendar.ts'

interface CarefulWord {
  /** As a whole word or phrase, in any case. */
  pattern: RegExp
  word: string
  because: string
  since: Day
}

const since: Day = '2022-06-01'

/**
 * After: The Children's Society, Appropriate language in relation to child exploitation (2022); J. Davis, Adultification
 * bias within child protection and safeguarding, HM Inspectorate of Probation, Academic Insights 2022/06.
 */
export const carefulWords: readonly CarefulWord[] = [
  {
    pattern: /\bstreet[\s-]?wise\b/iu,
    word: 'streetwise',
    because: 'It makes a child look less in need of protection. Say what you saw.',
    since,
  },
  {
    pattern: /\blife\s?style\s+choices?\b/iu,
    word: 'lifestyle choice',
    because: 'Nobody chooses to be exploited. Say what happened, and who else had power over it.',
    since,
  },
  {
    pattern: /\bnominals?\b/iu,
    word: 'nominal',
    because: 'Other agencies read it as a verdict. Say "person" or "child".',
    since,
  },
  {
    pattern: /\bgang(?:[\s-](?:member|affiliated|affiliate|nominal)s?|sters?)\b/iu,
    word: 'gang member',
    because: 'A label, not an observation. Say who was seen with whom, when and where.',
    since,
  },
  {
    pattern: /\bpromiscuous\b/iu,
    word: 'promiscuous',
    because: 'It puts the blame on the child. Say what happened.',
    since,
  },
  {
    pattern: /\b(?:putting|puts|placing|places) (?:him|her|them)sel(?:f|ves) at risk\b/iu,
    word: 'putting themselves at risk',
    because: 'Somebody else is the risk. Say who, or that you do not know.',
    since,
  },
  {
    pattern: /\b(?:mature|older) (?:for|than) (?:his|her|their) (?:age|years)\b/iu,
    word: 'mature for their age',
    because: 'It makes a child look less in need of protection. Say what you saw.',
    since,
  },
  {
    pattern: /\bdrug[\s-]runn(?:er|ers|ing)\b/iu,
    word: 'drug running',
    because: 'A child who carries for others may be exploited. Say what they were found with or made to do.',
    since,
  },
  {
    pattern: /\bdrill\b/iu,
    word: 'drill',
    because: 'Music is no ground for concern. If somebody was threatened in it, say by whom and how.',
    since,
  },
  { pattern: /\bhard to reach\b/iu, word: 'hard to reach', because: 'Say what was offered, and how.', since },
]

export interface FoundWord {
  word: string
  because: string
}

/** The careful words in a text, each once, in the order of the list. */
export const findCarefulWords = (text: string): FoundWord[] =>
  carefulWords.filter(({ pattern }) => pattern.test(text)).map(({ word, because }) => ({ word, because }))
