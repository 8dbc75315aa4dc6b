/** A part that is larger than its whole, and parts that do not add up to it. */
import type { Finding } from '../finding.ts'
import { numbersIn, type PaperNumber } from '../numbers.ts'
import { countWords } from '../rounding.ts'
import { numberAt, type Sentence } from '../sentences.ts'
import { areWithin, contentWords } from '../words.ts'

const N = '#(\\d+)#'
const OF_WHICH = new RegExp(
  `${N}(?<noun>[^#%;.]{0,60}?),?(?: of (?:which|whom|these|those)|\\bincluding)(?: only)?,? ${N}(?<rest>[^;.]*)`,
  'g',
)
const OF_THE = new RegExp(
  `(?:^\\s*of |[,;(] ?of (?:the |these |those ))(?:the |these |those )?${N}[^#%;.,]{0,50},? ${N}`,
  'g',
)
const OCCURRED = new RegExp(`${N}(?<noun>[^#%;.,]{0,60}), ${N} of which(?<rest>[^;.]*)`, 'g')

export function parts(sentence: Sentence): Finding[] {
  const findings: Finding[] = []
  for (const match of sentence.skeleton.matchAll(OF_WHICH)) {
    const whole = numberAt(sentence, match[1]!)
    const part = numberAt(sentence, match[3]!)
    findings.push(larger(sentence, whole, part))
    const others = [...match.groups!.rest!.matchAll(/#(\d+)#/g)].map(m => numberAt(sentence, m[1]!))
    if (others.length > 0 && /\b(?:remain|rest\b|others?\b)/.test(match.groups!.rest!)) {
      findings.push(addsUp(sentence, whole, [part, ...others]))
    }
  }
  for (const match of sentence.skeleton.matchAll(OCCURRED)) {
    findings.push(larger(sentence, numberAt(sentence, match[1]!), numberAt(sentence, match[3]!)))
  }
  for (const match of sentence.skeleton.matchAll(OF_THE)) {
    findings.push(larger(sentence, numberAt(sentence, match[1]!), numberAt(sentence, match[2]!)))
  }
  return findings.filter((f, i) => findings.findIndex(g => g.claim === f.claim) === i)
}

function larger(sentence: Sentence, whole: PaperNumber, part: PaperNumber): Finding {
  const fits = part.value <= whole.value
  return {
    kind: 'part',
    verdict: fits
      ? 'agrees'
      : whole.near || part.near || part.kind !== whole.kind
        ? 'cannot-tell'
        : 'disagrees',
    sentence: sentence.text,
    claim: `${part.text} of ${whole.text}`,
    computation: `${part.text} is ${fits ? 'no more' : 'more'} than ${whole.text}`,
    place: sentence.place,
  }
}

function addsUp(sentence: Sentence, whole: PaperNumber, all: readonly PaperNumber[]): Finding {
  const sum = all.reduce((total, n) => total + n.value, 0)
  return {
    kind: 'part',
    verdict:
      sum === whole.value ? 'agrees' : whole.near || all.some(n => n.near) ? 'cannot-tell' : 'disagrees',
    sentence: sentence.text,
    claim: `${all.map(n => n.text).join(' and ')} make up ${whole.text}`,
    computation: `${all.map(n => n.text).join(' + ')} = ${countWords(sum)}`,
    place: sentence.place,
  }
}

const TOTAL = /\b(?:in total|altogether|a total of|in all|overall)\b/
const ONLY_SOME =
  /\b(?:that were|which were|who were|as a (?:result|consequence) of|not (?:a |as a )?(?:result|consequence)|resulting from|following|through)\b/
const EVENT =
  /\b(?:(?:this|the) (?:week|month|day|weekend)s?(?: of (?:the )?[a-z]+)?|the operation|this operation|this period|the period)\b/g

/** "In total … 9 arrests" and, of the same week under the same heading, "13 arrests that were not …". */
export function partsOfTotals(sentences: readonly Sentence[]): Finding[] {
  return sentences.flatMap((total, i) => {
    if (!TOTAL.test(total.skeleton)) return []
    const events = eventsIn(total.skeleton)
    const counts = countedIn(total)
    return sentences.slice(i + 1, i + 40).flatMap(later => {
      if (later.place.heading !== total.place.heading || !ONLY_SOME.test(later.skeleton)) return []
      if (![...eventsIn(later.skeleton)].some(event => events.has(event))) return []
      return countedIn(later).flatMap(({ noun, number }) => {
        const whole = counts.find(c => c.noun === noun)
        if (!whole || number.value <= whole.number.value || whole.number.near) return []
        return [
          {
            kind: 'part' as const,
            verdict: 'disagrees' as const,
            sentence: later.text,
            claim: `${number.text} ${noun}s, of ${whole.number.text} in total`,
            computation: `${number.text} is more than the ${whole.number.text} of “${shortened(total.text)}”`,
            place: later.place,
          },
        ]
      })
    })
  })
}

const eventsIn = (skeleton: string) =>
  new Set(
    [...skeleton.matchAll(EVENT)].map(([event]) =>
      event.replace(/^(?:this|the) /, '').replaceAll(/s\b/g, ''),
    ),
  )

const countedIn = (sentence: Sentence) =>
  [
    ...sentence.skeleton.matchAll(
      /#(\d+)# ([a-z-]+)(?: (?:made|and|or|with|that|were|in|by|from|$)|[.,;]|$)/g,
    ),
  ].flatMap(m => {
    const number = numberAt(sentence, m[1]!)
    const [noun] = contentWords(m[2]!)
    return number.kind === 'count' && noun ? [{ number, noun }] : []
  })

export const shortened = (text: string) => (text.length > 90 ? `${text.slice(0, 89)}…` : text)

const CONSISTS =
  /(?<name>(?:[A-Z][\w’-]*\s+)*[A-Z][\w’-]*)(?:,)?\s+(?:which\s+|that\s+)?(?:consists? of|comprises?|is made up of|is composed of)\s+(?<list>[^.;]+)/g
const TEAM_OF =
  /(?<name>(?:[A-Z][\w’-]*\s+)*[A-Z][\w’-]*),?\s+(?:is\s+|a\s+|an\s+|the\s+)*(?:team|unit|group|force|panel|board|squad|cohort)\s+of\s+(?<n>\S+)\s+\w+/g

/** "the Task Force, a team of 22 officers" and "the Task Force, which consists of an inspector, three sergeants and …". */
export function compositions(sentences: readonly Sentence[]): Finding[] {
  const teams = sentences.flatMap(s =>
    [...s.text.matchAll(TEAM_OF)].flatMap(m => {
      const number = numbersIn(m.groups!.n!)[0]
      return number ? [{ name: nameWords(m.groups!.name!), number, sentence: s }] : []
    }),
  )
  return sentences.flatMap(sentence =>
    [...sentence.text.matchAll(CONSISTS)].flatMap(match => {
      const name = nameWords(match.groups!.name!)
      const list = match.groups!.list!.split(/,|\band\b/).map(part => memberCount(part.trim()))
      const team = teams.find(t => t.name.size > 0 && (areWithin(t.name, name) || areWithin(name, t.name)))
      if (!team || list.length < 2 || list.some(n => n === null)) return []
      const sum = list.reduce<number>((total, n) => total + n!, 0)
      return [
        {
          kind: 'part' as const,
          verdict:
            sum === team.number.value
              ? ('agrees' as const)
              : team.number.near
                ? ('cannot-tell' as const)
                : ('disagrees' as const),
          sentence: sentence.text,
          claim: `${match[0].trim()}, elsewhere ${team.number.text} in all`,
          computation: `${list.join(' + ')} = ${sum}, and “${shortened(team.sentence.text)}” says ${team.number.text}`,
          place: sentence.place,
        },
      ]
    }),
  )
}

/** Task Force and Taskforce are one name. */
const nameWords = (name: string) => new Set(contentWords(name.replaceAll(/task ?force/gi, 'taskforce')))

function memberCount(part: string): number | null {
  if (/^(?:an?|one|the)\s+[A-Za-z]/.test(part)) return 1
  const [number] = numbersIn(part)
  return number?.kind === 'count' && number.start === 0 ? number.value : null
}

const ALL =
  /\ball (?:the |of the )?(?<who>[a-z]+(?: [a-z]+){0,2}) \((?:circa |about |around |approximately |some |over )?#(?<n>\d+)#\)/
const SHARE_OF = /(?<who>[a-z]+(?: [a-z]+){0,2})[:–-]? %(?<p>\d+)% of (?:the )?#(?<n>\d+)# (?<unit>[a-z/]+)/

/** "all custody staff (circa 270)" and "custody 60% of 500 officers/staff": more than all of them. */
export function sharesOfAll(sentences: readonly Sentence[]): Finding[] {
  const alls = sentences.flatMap(s => {
    const found = ALL.exec(s.skeleton)
    return found
      ? [{ who: contentWords(found.groups!.who!), number: numberAt(s, found.groups!.n!), sentence: s }]
      : []
  })
  return sentences.flatMap(sentence => {
    const found = SHARE_OF.exec(sentence.skeleton)
    if (!found) return []
    const { who, p, n, unit } = found.groups!
    const words = contentWords(`${who} ${unit!.replace('/', ' ')}`)
    const percent = numberAt(sentence, p!)
    const whole = numberAt(sentence, n!)
    const part = (whole.value * percent.value) / 100
    return alls.flatMap(all => {
      if (!areWithin(all.who, words) || all.sentence === sentence) return []
      const most = all.number.near ? all.number.value * 1.1 : all.number.value
      if (part <= most) return []
      return [
        {
          kind: 'part' as const,
          verdict: 'disagrees' as const,
          sentence: sentence.text,
          claim: `${percent.text} of ${whole.text} ${unit}`,
          computation: `${percent.text} of ${whole.text} is ${countWords(part)}, more than all ${all.number.text} of “${shortened(all.sentence.text)}”`,
          place: sentence.place,
        },
      ]
    })
  })
}
