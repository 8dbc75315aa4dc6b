/**
 * Written tests of what a group is, dated and with their sources (R3). A group is called what the test that was approved last
 * makes of it, and nothing else. Some sources name family, ethnicity, dress or an estate among the features of a group: those
 * are grounds for nothing here (R4), and no criterion asks for them.
 */
import type { Day } from '../../platform/calendar.ts'

export const levels = {
  peer: { title: 'Peer group', hint: 'Level 1. No gang, and never shown as one.' },
  gang: { title: 'Gang', hint: 'Level 2, a street gang, or a group in the sense of the Act.' },
  ocg: { title: 'Organised crime group', hint: 'Level 3.' },
} as const

export type Level = keyof typeof levels

interface Criterion {
  id: string
  asks: string
  hint?: string
  /** Has to be met, or the test is not passed; the others are written down with it. */
  required: boolean
}

interface GroupTest {
  level: Level
  title: string
  says: string
  criteria: readonly Criterion[]
  source: string
  since: Day
  /** The last day on which it was the test. */
  until?: Day
}

const threeLevels =
  'Hallsworth and Young, Getting Real About Gangs (2004), as in Birmingham’s guns, gangs and organised criminality strategy, appendix A'

const NOT_GROUNDS =
  'What people wear, listen to, post or are related to, and where they live, is no evidence.'

export const groupTests = {
  'peer-group': {
    level: 'peer',
    title: 'Peer or friendship group',
    says: 'Level 1 of three: people who share a history, for whom crime and violence are not what makes the group.',
    criteria: [
      { id: 'shared-history', asks: 'They share a common history or biography', required: true },
      {
        id: 'not-intrinsic',
        asks: 'Crime and violence are not intrinsic to what the group is or does',
        required: true,
      },
      { id: 'public-spaces', asks: 'They mostly meet in public spaces', required: false },
      {
        id: 'low-level',
        asks: 'What crime there is is low-level: drinking, fighting, drug use, anti-social behaviour',
        required: false,
      },
    ],
    source: threeLevels,
    since: '2004-01-01',
  },
  'gang-level-2': {
    level: 'gang',
    title: 'Gang, level 2 of three',
    says: 'Grown from a peer group: a territorial fighting unit or an entrepreneurial street gang, rarely well organised.',
    criteria: [
      {
        id: 'type',
        asks: 'It is a territorial fighting unit or an entrepreneurial street gang',
        hint: 'Say which, and what it did.',
        required: true,
      },
      { id: 'violence', asks: 'It takes part in violence, as a group', hint: NOT_GROUNDS, required: true },
      { id: 'mutation', asks: 'It grew out of a peer group', required: false },
      { id: 'used-by-others', asks: 'Older criminals or an organised crime group use it', required: false },
      { id: 'weapons', asks: 'It is likely to be armed, most likely with knives', required: false },
    ],
    source: threeLevels,
    since: '2004-01-01',
  },
  'organised-crime-group': {
    level: 'ocg',
    title: 'Organised crime group',
    says: 'Level 3 of three: crime is a business or a vocation.',
    criteria: [
      { id: 'business', asks: 'Crime is a business, considered as a vocation or occupation', required: true },
      { id: 'enterprise', asks: 'They co-operate in a particular criminal enterprise', required: true },
      { id: 'means', asks: 'It owns and controls means of production', required: false },
      { id: 'capacity', asks: 'It has or can mobilise violence', required: false },
    ],
    source: threeLevels,
    since: '2004-01-01',
  },
  'street-gang': {
    level: 'gang',
    title: 'Street gang, five features',
    says: 'A relatively durable, predominantly street-based group of young people with all five features.',
    criteria: [
      {
        id: 'discernible',
        asks: 'They see themselves, and are seen by others, as a discernible group',
        hint: NOT_GROUNDS,
        required: true,
      },
      { id: 'crime', asks: 'They engage in criminal activity and violence', required: true },
      {
        id: 'claims-territory',
        asks: 'They lay claim over territory, which may be that of an illegal trade',
        required: true,
      },
      {
        id: 'structure',
        asks: 'They have some form of identifying structural feature',
        hint: 'Such as who leads and who does what. What they wear is none.',
        required: true,
      },
      { id: 'conflict', asks: 'They are in conflict with other, similar groups', required: true },
    ],
    source:
      'Centre for Social Justice, Dying to Belong (2009), adopted in Ending Gang and Youth Violence (HM Government, 2011)',
    since: '2009-02-01',
  },
  'gang-2009-act': {
    level: 'gang',
    title: 'Group in the sense of the Act as it stood until 31 May 2015',
    says: 'At least three people, a name, emblem, colour or other characteristic, and an association with an area.',
    criteria: [
      { id: 'three', asks: 'It consists of at least three people', required: true },
      {
        id: 'identified',
        asks: 'A characteristic lets others identify its members as a group',
        required: true,
      },
      { id: 'area', asks: 'It is associated with a particular area', required: true },
    ],
    source: 'Policing and Crime Act 2009, section 34, before the Serious Crime Act 2015',
    since: '2011-01-31',
    until: '2015-05-31',
  },
  'gang-2015-act': {
    level: 'gang',
    title: 'Group in the sense of the Act on gang injunctions',
    says: 'The statutory test: at least three people, identified by others as a group, with violence or drug-dealing.',
    criteria: [
      {
        id: 'three',
        asks: 'It consists of at least three people',
        hint: 'Name nobody here.',
        required: true,
      },
      {
        id: 'identified',
        asks: 'One or more characteristics enable its members to be identified by others as a group',
        hint: 'A name, leadership, an area or an unlawful activity may help, and none is needed. What they wear is no evidence here.',
        required: true,
      },
      {
        id: 'conduct',
        asks: 'It engages in gang-related violence, which includes threats, or is involved in the illegal drug market',
        hint: 'Say what happened, and when.',
        required: true,
      },
    ],
    source:
      'Policing and Crime Act 2009, section 34, as replaced by the Serious Crime Act 2015, section 51, from 1 June 2015',
    since: '2015-06-01',
  },
} as const satisfies Record<string, GroupTest>

export type TestId = keyof typeof groupTests

export const isTest = (text: string): text is TestId => Object.hasOwn(groupTests, text)

export const testOf = (id: TestId): GroupTest => groupTests[id]

/** Tests that may be used on the day, the lowest level first. */
export const testsOn = (day: Day): TestId[] =>
  (Object.keys(groupTests) as TestId[]).filter(id => {
    const { since, until } = testOf(id)
    return since <= day && (until === undefined || day <= until)
  })

export const findings = { met: 'Met', 'not-met': 'Not met', 'not-known': 'Not known' } as const

/** What was found of one criterion, with the day and the source of the evidence. */
export interface Finding {
  criterion: string
  found: keyof typeof findings
  says: string
  source: string
  on: Day | null
}

/** Criteria that have to be met and are not; none where the test is passed. */
export const lacking = (id: TestId, found: readonly Finding[]): Criterion[] =>
  testOf(id).criteria.filter(
    c => c.required && !found.some(f => f.criterion === c.id && f.found === 'met' && f.says && f.on),
  )

/** What stands on every page about it. Before a test was approved it is a group, and nothing more. */
export const levelWords = (level: Level | null): string =>
  level ? levels[level].title : 'Group that no test has been approved for'

const GANG = /\b(?:gangs?|ocgs?|organi[sz]ed crime)\b/iu

/** Whether a name calls the group a gang (R3: a peer group is none). The database refuses the same words. */
export const saysGang = (name: string): boolean => GANG.test(name)
