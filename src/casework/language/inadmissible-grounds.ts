/**
 * What is no ground for a tier, a link or a group (R4): music, dress, emoji, whom somebody follows, family, a postcode, and
 * having been hurt. Text that leans on one is asked about once and kept if its author means it: a threat made in a song is a
 * threat, and a brother may be who was threatened. The confirmation is recorded with the text.
 *
 * After: Amnesty International UK, Trapped in the Matrix (2018); Information Commissioner, enforcement notice on the
 * Gangs Matrix, November 2018.
 */
import type { Day } from '../../platform/calendar.ts'
import type { FoundWord } from './careful-words.ts'

interface InadmissibleGround {
  /** As whole words, in any case. */
  pattern: RegExp
  ground: string
  because: string
  since: Day
}

const since: Day = '2018-11-16'

export const inadmissibleGrounds: readonly InadmissibleGround[] = [
  {
    pattern: /\b(?:drill|grime|rap(?:s|per|pers|ping)?|lyrics?|songs?|music(?:\s+videos?)?)\b/iu,
    ground: 'music',
    because: 'Music is no ground. If somebody was threatened in it, say by whom, how and when.',
    since,
  },
  {
    pattern:
      /\b(?:hood(?:ie|y|ies)s?|tracksuits?|bandanas?|balaclavas?|cloth(?:es|ing)|wear(?:s|ing)|dressed|trainers|gang colou?rs)\b/iu,
    ground: 'dress',
    because: 'What somebody wears is no ground. Say what they did.',
    since,
  },
  {
    pattern: /\bemojis?\b|\p{Extended_Pictographic}/iu,
    ground: 'emoji',
    because: 'An emoji is no ground. If it was part of a threat, say who was threatened, and with what.',
    since,
  },
  {
    pattern:
      /\b(?:follow(?:s|ed|ers?|ing)\b.{0,40}\b(?:on|account|page)|instagram|snapchat|tiktok|tik tok|facebook|youtube|social[\s-]media|online friends?)\b/iu,
    ground: 'following',
    because:
      'Whom somebody follows is no ground. What was said online needs the reference of the authority under which it was looked at.',
    since,
  },
  {
    pattern:
      /\b(?:(?:half|step)[\s-]?)?(?:brothers?|sisters?|siblings?|cousins?|uncles?|nephews?|relatives?|famil(?:y|ies))\b/iu,
    ground: 'family',
    because: 'A family tie is no ground. Say what this person did themselves.',
    since,
  },
  {
    pattern: /\b(?:postcodes?|post codes?|estate|[A-Z]{1,2}\d{1,2}\s+(?:boys?|crew|lot))\b/iu,
    ground: 'postcode',
    because: 'Where somebody lives is no ground. Say what happened, and where.',
    since,
  },
  {
    pattern:
      /\b(?:victims?|(?:was|were|been|got) (?:stabbed|shot|hurt|injured|robbed|attacked|beaten|threatened))\b/iu,
    ground: 'being a victim',
    because: 'Having been hurt is no ground for a tier. It is a reason to offer safety and help.',
    since,
  },
]

/** The inadmissible grounds that a text may lean on, each once, in the order of the list. */
export const findInadmissibleGrounds = (text: string): FoundWord[] =>
  inadmissibleGrounds
    .filter(({ pattern }) => pattern.test(text))
    .map(({ ground, because }) => ({ word: ground, because }))
