/** A proposal while it is written: its answers, what is missing, and what the panel is asked to look at twice. Pure. */
import { addDays, calendarWords, type Day } from '../../platform/calendar.ts'
import {
  type Faults,
  readChoice,
  readText,
  type Typed,
  typedList,
  typedText,
} from '../../platform/typed-form.ts'
import { readDay, TEXT_LENGTH } from '../intake/referrals/read-answers.ts'
import { findInadmissibleGrounds } from '../language/inadmissible-grounds.ts'
import { fitsTier, type GivenGround, grounds, isGround, OLDEST_GROUND_DAYS } from './grounds.ts'
import type { Cohort } from './pack-cohorts.ts'

export interface ProposalAnswers {
  cohort?: string | undefined
  strengths?: string | undefined
  protective?: string | undefined
  view?: string | undefined
  viewNotAsked?: string | undefined
  grounds?: GivenGround[] | undefined
  /** Numbers of entries of one's own agency. */
  evidence?: string[] | undefined
  tier?: string | undefined
  because?: string | undefined
}

/** An entry that could be laid before the panel. */
export interface PossibleEvidence {
  id: string
  label: string
  occurredOn: Day
  text: string
}

export interface ProposalContext {
  answers: ProposalAnswers
  today: Day
  /** Those to which the viewer's agency may propose. */
  cohorts: readonly Cohort[]
  entries: readonly PossibleEvidence[]
}

export const questionIds = ['cohort', 'strengths', 'view', 'grounds', 'evidence', 'tier'] as const

export type ProposalQuestionId = (typeof questionIds)[number]

export const isProposalQuestion = (text: string): text is ProposalQuestionId =>
  (questionIds as readonly string[]).includes(text)

/** Of most grounds that one proposal names. */
export const MOST_GROUNDS = 10

interface ProposalQuestion {
  title: string
  read(typed: Typed, faults: Faults, context: ProposalContext): ProposalAnswers
  shown(context: ProposalContext): { label: string; value: string }[]
}

export const proposalQuestions: Record<ProposalQuestionId, ProposalQuestion> = {
  cohort: {
    title: 'Which cohort is it for?',
    read: (typed, faults, { cohorts }) => ({
      cohort: readChoice(
        typed,
        'cohort',
        Object.fromEntries(cohorts.map(c => [c.id, c.name])),
        'Choose the cohort.',
        faults,
      ),
    }),
    shown: ({ answers, cohorts }) => [
      { label: 'Cohort', value: cohorts.find(c => c.id === answers.cohort)?.name ?? '' },
    ],
  },
  strengths: {
    title: 'What goes well, and what keeps them safe?',
    read: (typed, faults) => ({
      strengths: text(
        typed,
        'strengths',
        'What goes well',
        'Say what goes well: an interest, a trusted adult, a good week.',
        faults,
      ),
      protective: text(
        typed,
        'protective',
        'What keeps them safe',
        'Say what keeps them safe, or what would.',
        faults,
      ),
    }),
    shown: ({ answers }) => [
      { label: 'What goes well', value: answers.strengths ?? '' },
      { label: 'What keeps them safe', value: answers.protective ?? '' },
    ],
  },
  view: {
    title: 'What do they say and want themselves?',
    read: readView,
    shown: ({ answers }) => [
      { label: 'In their own words', value: answers.view ?? '' },
      { label: 'Why they were not asked', value: answers.viewNotAsked ?? '' },
    ],
  },
  grounds: {
    title: 'What are the grounds?',
    read: readGrounds,
    shown: ({ answers }) =>
      (answers.grounds ?? []).map(g => ({
        label: grounds[g.ground].title,
        value: `${calendarWords(g.on)}: ${g.says} (known from: ${g.source})`,
      })),
  },
  evidence: {
    title: 'Which statements of your agency does it rest on?',
    read: (typed, _faults, { entries }) => ({
      evidence: [...new Set(typedList(typed, 'evidence'))].filter(id => entries.some(e => e.id === id)),
    }),
    shown: ({ answers, entries }) => [
      {
        label: 'Statements laid before the panel',
        value: (answers.evidence ?? [])
          .flatMap(id => entries.find(e => e.id === id) ?? [])
          .map(e => `${calendarWords(e.occurredOn)}: ${e.text}`)
          .join('\n'),
      },
    ],
  },
  tier: {
    title: 'Which tier, and why this one?',
    read: (typed, faults, { answers, cohorts }) => ({
      tier: readChoice(
        typed,
        'tier',
        Object.fromEntries(
          (cohorts.find(c => c.id === answers.cohort)?.tiers ?? [])
            .filter(t => t.inPack)
            .map(t => [t.id, t.name]),
        ),
        'Choose the tier that you propose. The panel decides.',
        faults,
      ),
      because: text(
        typed,
        'because',
        'Why this tier',
        'Say what this tier would change, and why no lower one would.',
        faults,
      ),
    }),
    shown: ({ answers, cohorts }) => [
      {
        label: 'Tier',
        value: cohorts.find(c => c.id === answers.cohort)?.tiers.find(t => t.id === answers.tier)?.name ?? '',
      },
      { label: 'Why this tier', value: answers.because ?? '' },
    ],
  },
}

const text = (typed: Typed, name: string, label: string, needed: string, faults: Faults) =>
  readText(typed, name, { label, most: TEXT_LENGTH, needed }, faults)

/** Their own view, or why nobody has asked for it: one of the two. */
function readView(typed: Typed, faults: Faults): ProposalAnswers {
  const view = readText(typed, 'view', { label: 'What they say', most: TEXT_LENGTH }, faults)
  const viewNotAsked = readText(typed, 'viewNotAsked', { label: 'Why not', most: 1000 }, faults)
  if (!view && !viewNotAsked && Object.keys(faults).length === 0) {
    faults.view = 'Write what they say and want. If nobody has asked them, say below why not.'
  }
  return { view, viewNotAsked: view ? '' : viewNotAsked }
}

/** Rows of the form: `ground-1`, `ground-1-on-day` …, `ground-1-source`, `ground-1-says`. */
function readGrounds(typed: Typed, faults: Faults, { today }: ProposalContext): ProposalAnswers {
  const given: GivenGround[] = []
  for (let row = 1; row <= MOST_GROUNDS; row++) {
    const name = `ground-${row}`
    const code = typedText(typed, name)
    const rule = (label: string, needed?: string) => ({ label, most: 2000, ...(needed && { needed }) })
    const chosen = code !== ''
    const says = readText(
      typed,
      `${name}-says`,
      rule('What happened', chosen ? 'Say what happened.' : undefined),
      faults,
    )
    const source = readText(
      typed,
      `${name}-source`,
      rule('The source', chosen ? 'Say where it is known from.' : undefined),
      faults,
    )
    const on = readDay(typed, `${name}-on`, today, faults, { label: 'The day' })
    if (!chosen) {
      if (says || source || on) faults[name] = 'Choose which ground it is, or empty this row.'
      continue
    }
    if (!isGround(code)) {
      faults[name] = 'Choose one of the grounds of the list. What is not there is no ground for a tier.'
      continue
    }
    if (!on && !faults[`${name}-on`]) faults[`${name}-on`] = 'Enter the day on which it happened.'
    if (on && on < addDays(today, -OLDEST_GROUND_DAYS)) {
      faults[`${name}-on`] = 'It happened more than two years ago, and is no ground any more.'
    }
    if (on && says && source) given.push({ ground: code, on, source, says })
  }
  if (given.length === 0 && Object.keys(faults).length === 0) {
    faults['ground-1'] = 'Choose at least one ground, with its day and where it is known from.'
  }
  return { grounds: given }
}

export interface Missing {
  question: ProposalQuestionId
  sentence: string
}

/** What stands in the way of sending it, with the question to go to. */
export function missing(context: ProposalContext): Missing[] {
  const found: Missing[] = questionIds.flatMap(question => {
    const faults: Faults = {}
    proposalQuestions[question].read(retyped(context.answers), faults, context)
    return Object.values(faults)
      .slice(0, 1)
      .map(sentence => ({ question, sentence }))
  })
  const { answers, cohorts } = context
  const tier = cohorts.find(c => c.id === answers.cohort)?.tiers.find(t => t.id === answers.tier)
  const fitting = (answers.grounds ?? []).some(g => tier && isGround(g.ground) && fitsTier(g.ground, tier))
  if (tier && answers.grounds && answers.grounds.length > 0 && !fitting) {
    found.push({
      question: 'grounds',
      sentence: `What somebody needs is a reason for help, and no ground for ${tier.name}. Choose a tier of support, or name another ground.`,
    })
  }
  return found
}

/** Answers as a form would send them, so that they are judged by the rules of their own page. */
export function retyped({ grounds: given = [], evidence = [], ...plain }: ProposalAnswers): Typed {
  return {
    ...(plain as Record<string, string>),
    evidence,
    ...Object.fromEntries(
      given.flatMap(({ ground, on, source, says }, i) => {
        const [year, month, day] = on.split('-')
        const name = `ground-${i + 1}`
        return [
          [name, ground],
          [`${name}-on-day`, day],
          [`${name}-on-month`, month],
          [`${name}-on-year`, year],
          [`${name}-source`, source],
          [`${name}-says`, says],
        ] as [string, string][]
      }),
    ),
  }
}

/** Inadmissible grounds that the words of the grounds and reasons lean on (R4): their author is asked, and the panel told. */
export const leansOn = ({ grounds: given = [], because = '' }: ProposalAnswers) =>
  findInadmissibleGrounds([...given.map(g => g.says), because].join('\n'))
