/**
 * Papers to measure the checker on, and not to tune it by: in the manner of other areas' public reports, with numbers drawn
 * by chance and some of the claims planted wrong. Everything in them is invented.
 */
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

export interface HeldBackPaper {
  name: string
  text: string
  /** Paragraphs, or rows of tables, that hold a claim that is wrong. */
  planted: { kind: string; text: string }[]
  claims: number
}

interface Draw {
  /** A whole number from `least` to `most`. */
  whole(least: number, most: number): number
  /** The figure as it is, or moved where this claim is to be wrong. */
  stated(right: number, by: number): number
  wrong: boolean
}

/** A paragraph with a claim. Several paragraphs are one claim told in two places. */
type Claim = readonly [kind: string, write: (draw: Draw) => string | string[]]

const grouped = (n: number) => n.toLocaleString('en-GB')
const one = (n: number) => n.toFixed(1)
const change = (later: number, earlier: number) => Math.abs((100 * (later - earlier)) / earlier)
const share = (part: number, whole: number) => (100 * part) / whole

const northern: Claim[] = [
  [
    'change',
    d => {
      const [before, now] = [d.whole(1800, 2600), d.whole(2700, 3400)]
      return `Police recorded ${grouped(now)} possession of weapons offences across the four divisions in the twelve months, compared with ${grouped(before)} in the previous year. This is a rise of ${one(d.stated(change(now, before), 4.3))}%.`
    },
  ],
  [
    'change',
    d => {
      const [before, now] = [d.whole(140, 190), d.whole(90, 130)]
      return `Ambulance call-outs to stabbings fell by ${d.stated(Math.round(change(now, before)), 7)} per cent, from ${before} to ${now}.`
    },
  ],
  [
    'share',
    d => {
      const [whole, part] = [d.whole(300, 420), d.whole(80, 160)]
      return `Navigators in the three emergency departments met ${whole} patients, of whom ${part} (${d.stated(Math.round(share(part, whole)), 9)}%) agreed to further support.`
    },
  ],
  [
    'part',
    d => {
      const whole = d.whole(20, 40)
      const part = d.wrong ? whole + d.whole(3, 9) : d.whole(5, 15)
      return `There were ${whole} homicides, of which ${part} involved a sharp instrument.`
    },
  ],
  [
    'rate',
    d => {
      const [count, population] = [d.whole(700, 1400), d.whole(560, 640) * 1000]
      return `With ${grouped(count)} knife offences and a population of ${grouped(population)}, the city's rate was ${one(d.stated((count / population) * 100_000, 31))} per 100,000 population.`
    },
  ],
  [
    'average',
    d => {
      const total = d.whole(600, 1300)
      return `The helpline took ${grouped(total)} calls over 12 months, an average of ${d.stated(Math.round(total / 12), 14)} per month.`
    },
  ],
]

const valley: Claim[] = [
  [
    'share',
    d => {
      const [whole, part] = [d.whole(150, 260), d.whole(40, 120)]
      return `${part} of the ${whole} young people referred (${d.stated(Math.round(share(part, whole)), 8)}%) completed the programme.`
    },
  ],
  [
    'change',
    d => {
      const [before, now] = [d.whole(60, 90), d.whole(95, 140)]
      return `First-time entrants to the youth justice system rose from ${before} in 2021/22 to ${now} in 2022/23, an increase of ${d.stated(Math.round(change(now, before)), 12)}%.`
    },
  ],
  [
    'whole-numbers',
    d => {
      const whole = d.whole(14, 19)
      const part = d.whole(3, 9)
      return `Of the schools that replied, ${d.wrong ? impossible(whole) : Math.round(share(part, whole))}% of the ${whole} head teachers had seen a knife brought to school.`
    },
  ],
  [
    'date',
    d => {
      const months = ['March 2023', 'September 2023']
      return d.wrong
        ? `The pilot ran from ${months[1]} to ${months[0]}.`
        : `The pilot ran from ${months[0]} to ${months[1]}.`
    },
  ],
  [
    'restated',
    d => {
      const count = d.whole(310, 480)
      return [
        `The partnership recorded ${count} serious violence offences in 2022/23.`,
        `As the annex shows, there were ${d.stated(count, 27)} serious violence offences in 2022/23.`,
      ]
    },
  ],
  [
    'rank',
    d =>
      `The area now ranks ${d.wrong ? '12th' : '7th'} out of 11 comparable partnerships for hospital admissions.`,
  ],
  [
    'change',
    d => {
      const [before, now] = [d.whole(500, 700), d.whole(300, 450)]
      return `Robberies of personal property decreased by ${one(d.stated(change(now, before), 5.1))}% (${now} offences against ${before} the year before).`
    },
  ],
]

const health: Claim[] = [
  [
    'change',
    d => {
      const [before, now] = [d.whole(210, 260), d.whole(150, 200)]
      return `Attendances after an assault are down ${d.stated(Math.round(change(now, before)), 6)}% on the same quarter last year (${now} compared to ${before}).`
    },
  ],
  [
    'share',
    d => {
      const [whole, part] = [d.whole(500, 900), d.whole(120, 240)]
      return `Of the ${whole} attendances, ${part} (${one(d.stated(share(part, whole), 5.7))}%) were of people under 18.`
    },
  ],
  [
    'restated',
    d => {
      const male = d.whole(68, 84)
      return [
        `In the first survey ${male}% of patients were male.`,
        `${d.stated(male, 9)}% of patients were male, and most had been injured outdoors.`,
      ]
    },
  ],
  ['date', d => `The steering group next meets on ${d.wrong ? 'Monday' : 'Thursday'} 14 March 2024.`],
  [
    'average',
    d => {
      const months = [d.whole(20, 40), d.whole(20, 40), d.whole(20, 40)]
      const mean = months.reduce((a, b) => a + b) / 3
      return `Dressings clinics saw ${months[0]}, ${months[1]} and ${months[2]} young people in the quarter, a monthly average of ${one(d.stated(mean, 6))}.`
    },
  ],
  [
    'rate',
    d => {
      const [count, population] = [d.whole(220, 420), d.whole(45, 60) * 1000]
      return `There were ${count} admissions among the county's ${grouped(population)} residents aged 10 to 24, or ${one(d.stated((count / population) * 1000, 1.4))} per 1,000 people.`
    },
  ],
]

/** A percentage in whole numbers that no part of `whole` rounds to. */
function impossible(whole: number): number {
  const possible = new Set(Array.from({ length: whole + 1 }, (_, part) => Math.round(share(part, whole))))
  return Array.from({ length: 60 }, (_, i) => i + 30).find(p => !possible.has(p))!
}

const boroughs = ['Eastfield', 'Harrow Moor', 'Northgate', 'Saltmarsh', 'Weston Park']

/** A table of counts with a total, and what the text says of it. */
function tableOf(
  draw: Draw,
  planting: (kind: string) => Draw,
  add: (kind: string, draw: Draw, text: string) => void,
): string[] {
  const rows = boroughs.map(name => {
    const whole = draw.whole(120, 480)
    return { name, whole, part: draw.whole(30, whole - 40) }
  })
  const sum = (key: 'whole' | 'part') => rows.reduce((total, r) => total + r[key], 0)
  const lines = ['| Borough | Violent offences | Repeat victims | % repeat |', '|---|---|---|---|']
  for (const { name, whole, part } of rows) {
    const mine = planting('share in a row')
    const text = `| ${name} | ${whole} | ${part} | ${mine.stated(Math.round(share(part, whole)), 6)}% |`
    lines.push(text)
    add('share in a row', mine, text)
  }
  const total = planting('total')
  const text = `| Total | ${total.stated(sum('whole'), 36)} | ${sum('part')} | ${Math.round(share(sum('part'), sum('whole')))}% |`
  lines.push(text)
  add('total', total, text)
  const highest = rows.toSorted((a, b) => b.whole - a.whole)
  const rank = planting('rank in a table')
  const said = `${highest[rank.wrong ? 2 : 0]!.name} has the highest number of violent offences.`
  add('rank in a table', rank, said)
  const count = planting('count in a table')
  const row = rows[draw.whole(0, 4)]!
  const counted = `${row.name} saw ${count.stated(row.whole, 45)} violent offences in the period.`
  add('count in a table', count, counted)
  return [lines.join('\n'), said, counted]
}

function budgetOf(
  draw: Draw,
  planting: (kind: string) => Draw,
  add: (kind: string, draw: Draw, text: string) => void,
): string {
  const lines = ['| Workstream | Budget | Actual spend |', '|---|---|---|']
  for (const name of ['Mentoring', 'Hospital navigators', 'School nurses', 'Evaluation']) {
    const mine = planting('budget')
    const budget = draw.whole(40, 190) * 1000
    const spent = mine.wrong ? budget + draw.whole(5, 30) * 1000 : budget - draw.whole(0, 9) * 500
    const text = `| ${name} | ${grouped(budget)} | ${grouped(spent)} |`
    lines.push(text)
    add('budget', mine, text)
  }
  return lines.join('\n')
}

/** Sentences full of numbers that claim nothing which could be computed. */
const plain = [
  'The duty under section 8 of the Police, Crime, Sentencing and Courts Act 2022 came into force on 31 January 2023.',
  'Around 2,000 young people took part in holiday activities, and over 150 volunteers were trained between May and July 2023.',
  'Most offences happened between 15:00 and 21:00 hours, with a second peak at 23:00 on Fridays and Saturdays.',
  'The programme works with people aged 10 to 24 in 12 wards; 3 further wards will follow in year 2.',
  'Funding of £1.2 million was confirmed for 2023/24, with £1.1 million expected for 2024/25.',
  'Table 4 and figure 7 show outcome 22 disposals by tier; see paragraph 14 for the 5 categories.',
  'In 2021, 61% of respondents felt safe after dark; this year 64% of respondents did.',
  'Some 40% of victims were under 25, and 22% of victims were aged 45 or over.',
]

export function heldBackPapers(seed: number): HeldBackPaper[] {
  const generator = xoroshiro128plus(seed)
  const whole = (least: number, most: number) => uniformInt(generator, least, most)
  const planting = (): Draw => {
    const wrong = whole(1, 10) <= 4
    const up = whole(0, 1) === 1 ? 1 : -1
    return {
      whole,
      wrong,
      stated: (right, by) => (wrong ? (right + up * by > 0 ? right + up * by : right + by) : right),
    }
  }
  const styles: [string, Claim[]][] = [
    ['northern-annual-report.md', northern],
    ['valley-strategy.md', valley],
    ['health-board-bulletin.md', health],
  ]
  return styles.map(([name, claims]) => {
    const planted: HeldBackPaper['planted'] = []
    let count = 0
    const add = (kind: string, draw: Draw, text: string) => {
      count++
      if (draw.wrong) planted.push({ kind, text })
    }
    const paragraphs: string[] = ['# Annual report of the partnership']
    const later: string[] = []
    for (const [kind, write] of claims) {
      const draw = planting()
      const written = [write(draw)].flat()
      add(kind, draw, written.join('\n'))
      paragraphs.push(written[0]!, plain[whole(0, plain.length - 1)]!)
      later.push(...written.slice(1))
    }
    const neutral = { ...planting(), wrong: false }
    paragraphs.push(
      '## Boroughs',
      ...tableOf(neutral, planting, add),
      '## Money',
      budgetOf(neutral, planting, add),
    )
    return { name, text: [...paragraphs, '## Annex', ...later].join('\n\n'), planted, claims: count }
  })
}
