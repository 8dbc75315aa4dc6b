/**
 * Outcomes that a panel may decide on, out of court, and its deadlines: dated, with sources. Not legal advice; a partnership
 * confirms them with its lawyers, and the day of the offence decides which hold.
 */
import type { Day } from '../../../platform/calendar.ts'

interface Outcome {
  title: string
  /** What it needs, in a sentence. */
  needs: string
  /** Ages at the offence. */
  ages: { from: number; to: number | null }
  /** Whether it can be decided where nothing was admitted. */
  withoutAdmission: boolean
  source: string
  since: Day
}

export const outcomes = {
  'no-further-action': {
    title: 'No further action',
    needs: 'Nothing is asked of them',
    ages: { from: 10, to: null },
    withoutAdmission: true,
    source: 'Child Gravity Matrix, National Police Chiefs’ Council, September 2023: level 1',
    since: '2013-04-08',
  },
  'community-resolution': {
    title: 'Community resolution (Outcome 8)',
    needs: 'They accept responsibility, and the view of whoever was harmed is known',
    ages: { from: 10, to: null },
    withoutAdmission: false,
    source: 'Home Office Counting Rules, outcome 8',
    since: '2013-04-08',
  },
  'outcome-22': {
    title: 'Diversion (Outcome 22)',
    needs:
      'They take part in an activity that fits the offence; no admission is needed, and it is no conviction or caution',
    ages: { from: 10, to: null },
    withoutAdmission: true,
    source:
      'Outcome 22 guidance, National Police Chiefs’ Council; board paper of 21 December 2021, paragraphs 52 and 53',
    since: '2019-04-01',
  },
  checkpoint: {
    title: 'Checkpoint: deferred prosecution for carrying a knife',
    needs:
      'Possession of a blade or an offensive weapon without aggravation, admitted, with evidence enough to charge and no more than minor history; the youth offending service’s knife programme is completed',
    ages: { from: 10, to: 17 },
    withoutAdmission: false,
    source: 'Board paper of 21 December 2021, paragraphs 48 to 51',
    since: '2021-11-01',
  },
  'youth-caution': {
    title: 'Youth caution',
    needs: 'Admitted, with evidence enough to charge',
    ages: { from: 10, to: 17 },
    withoutAdmission: false,
    source: 'Crime and Disorder Act 1998, section 66ZA',
    since: '2013-04-08',
  },
  'youth-conditional-caution': {
    title: 'Youth conditional caution',
    needs:
      'Admitted, with evidence enough to charge, and conditions that the youth justice service has assessed',
    ages: { from: 10, to: 17 },
    withoutAdmission: false,
    source: 'Crime and Disorder Act 1998, sections 66A to 66H',
    since: '2013-04-08',
  },
  charge: {
    title: 'Back to the police, to consider a charge',
    needs: 'The panel says why nothing out of court fits',
    ages: { from: 10, to: null },
    withoutAdmission: true,
    source: 'Child Gravity Matrix, National Police Chiefs’ Council, September 2023: level 5',
    since: '2013-04-08',
  },
} as const satisfies Record<string, Outcome>

export type OutcomeId = keyof typeof outcomes

export const isOutcome = (text: string): text is OutcomeId => Object.hasOwn(outcomes, text)

/** Those that hold on the day of the offence. A child is under 18, or of an age that nobody knows. */
export const outcomesFor = ({
  offenceOn,
  admitted,
  child,
}: {
  offenceOn: Day
  admitted: 'yes' | 'no' | 'not-asked'
  child: boolean
}): OutcomeId[] =>
  (Object.keys(outcomes) as OutcomeId[]).filter(id => {
    const { since, ages, withoutAdmission }: Outcome = outcomes[id]
    return since <= offenceOn && (admitted === 'yes' || withoutAdmission) && (child || ages.to === null)
  })

/** Working days after the referral. */
export const panelDeadlines = [
  {
    assessDays: 10,
    decideDays: 15,
    source:
      'Youth out-of-court disposals: guide for police and youth offending services, Youth Justice Board, 2014',
    since: '2013-04-08',
  },
] as const
