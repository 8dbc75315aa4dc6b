/** "3rd out of 42": a rank within its field. */
import type { Finding } from '../finding.ts'
import type { Sentence } from '../sentences.ts'

const ORDINALS = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ')
const RANK = new RegExp(
  `(?<rank>\\d{1,3}(?=st|nd|rd|th)|\\b(?:${ORDINALS.join('|')})\\b)(?:st|nd|rd|th)?(?: (?:highest|lowest|largest|smallest|best|worst|most|place))?(?: (?:out )?of| among| in)(?: (?:the|all))? (?<of>\\d{1,4})(?!\\d|[,.]\\d|(?:st|nd|rd|th)\\b|%)(?= ?(?<noun>[a-z]+)?)`,
  'gi',
)

export function ranks(sentence: Sentence): Finding[] {
  return [...sentence.text.matchAll(RANK)].flatMap(match => {
    const { rank, of, noun } = match.groups!
    if (
      /^(?:january|february|march|april|may|june|july|august|september|october|november|december)$/i.test(
        noun ?? '',
      )
    )
      return []
    const place = /\d/.test(rank!) ? Number(rank) : ORDINALS.indexOf(rank!.toLowerCase()) + 1
    const field = Number(of)
    if (field < 2 || (field >= 1900 && field < 2100)) return []
    return [
      {
        kind: 'rank' as const,
        verdict: place <= field && place > 0 ? ('agrees' as const) : ('disagrees' as const),
        sentence: sentence.text,
        claim: match[0].trim(),
        computation:
          place <= field ? `${place} is within ${field}` : `there is no place ${place} among ${field}`,
        place: sentence.place,
      },
    ]
  })
}
