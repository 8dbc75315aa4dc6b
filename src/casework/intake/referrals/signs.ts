/**
 * Tell-tale signs, as codes. They remind whoever refers of what to look for; they are never added up (R6), and no number
 * of them means anything by itself. Signs of ordinary youth culture are no ground alone (R4): `ordinary`.
 */
import type { Day } from '../../../platform/calendar.ts'

export interface Sign {
  code: string
  text: string
  hint?: string
  /** Ordinary youth culture: says nothing without a sign of harm or words beside it. */
  ordinary?: true
}

export interface SignGroup {
  title: string
  hint?: string
  source: string
  since: Day
  signs: readonly Sign[]
}

const bgs =
  'Birmingham gangs strategy, appendix C, from Department for Children, Schools and Families 2010; paraphrased'
const since = '2010-03-01'

export const signGroups: readonly SignGroup[] = [
  {
    title: 'Home and school',
    source: bgs,
    since,
    signs: [
      { code: 'TTS01', text: 'Withdrawn from family' },
      { code: 'TTS02', text: 'Sudden loss of interest in school' },
      { code: 'TTS03', text: 'Attendance or results have fallen' },
      { code: 'TTS06', text: 'Out very late without a reason' },
      { code: 'TTS08', text: 'Has dropped activities that they liked' },
      { code: 'TTS21', text: 'Repeatedly missing' },
    ],
  },
  {
    title: 'Harm and fear',
    source: bgs,
    since,
    signs: [
      { code: 'TTS10', text: 'Injuries without an explanation' },
      { code: 'TTS18', text: 'Low, anxious, self-harm, or a suicide attempt' },
      { code: 'TTS19', text: 'Afraid of certain areas' },
      { code: 'TTS20', text: 'Worried by young people they do not know, nearby' },
    ],
  },
  {
    title: 'Somebody may be using them',
    source: bgs,
    since,
    signs: [
      {
        code: 'TTS05',
        text: 'Money or things that nobody can explain, or large sums gone',
        hint: 'Also a bank account that others use',
      },
      { code: 'TTS12', text: 'Talks all the time of one influential person' },
      { code: 'TTS17', text: 'Signs of sexual exploitation' },
      { code: 'TTS22', text: 'Repeated sexually transmitted infections' },
      { code: 'TTS13', text: 'Has left old friends for one group' },
      { code: 'TTS16', text: 'Hostile about other groups, some of them past friends' },
    ],
  },
  {
    title: 'Often missed in girls',
    hint: 'These are asked about everybody. Signs built on boys miss girls.',
    source: 'Violence and Vulnerability Unit locality reviews; Birmingham gangs strategy; paraphrased',
    since: '2019-01-01',
    signs: [
      {
        code: 'GYW01',
        text: 'Overdose, self-harm or low mood at a doctor’s or in hospital',
        hint: 'Where nobody asked about groups or exploitation',
      },
      { code: 'GYW02', text: 'Sexual harm, or a pregnancy that worries you' },
      { code: 'GYW03', text: 'Asked to carry, hide or hold things for somebody' },
      { code: 'GYW04', text: 'Spoken of as the girlfriend of somebody with power over others' },
      { code: 'GYW05', text: 'Own violence made light of, or taken as drama' },
    ],
  },
  {
    title: 'Changes that many young people make',
    hint: 'Ordinary by themselves. Tick one only beside a sign of harm, or say in your own words why it worries you.',
    source: bgs,
    since,
    signs: [
      { code: 'TTS04', text: 'New words', ordinary: true },
      { code: 'TTS07', text: 'A changed look', ordinary: true },
      { code: 'TTS09', text: 'A new nickname', ordinary: true },
      { code: 'TTS11', text: 'Tags on belongings', ordinary: true },
      { code: 'TTS14', text: 'Much more time online', ordinary: true },
      { code: 'TTS15', text: 'Signs or codes of a group', ordinary: true },
    ],
  },
]

const byCode = new Map(signGroups.flatMap(group => group.signs.map(sign => [sign.code, sign] as const)))

export const isSign = (code: string): boolean => byCode.has(code)

export const signText = (code: string): string => byCode.get(code)?.text ?? code

/** R4: there are signs, and every one of them is ordinary youth culture. */
export const onlyOrdinary = (codes: readonly string[]): boolean =>
  codes.length > 0 && codes.every(code => byCode.get(code)?.ordinary)
