/**
 * The ways out that a plan offers, and the moments at which somebody may turn. Dated, with their source. A pathway is part
 * of a practitioner's plan for one person: no list is filtered, sorted or selected by it (R8).
 */
import type { Day } from '../../platform/calendar.ts'

export interface ExitPathway {
  title: string
  hint: string
  /** Where mediation and health stand, police see nothing of it (R17). */
  closedToPolice: boolean
  since: Day
  source: string
}

const STRATEGY = 'Birmingham guns, gangs and organised criminality strategy, appendix B, “Prepare”'
const since: Day = '2012-01-01'

export const exitPathways = {
  'education-work': {
    title: 'Education, training and work',
    hint: 'A place at school or college, an apprenticeship, a job',
    closedToPolice: false,
    since,
    source: STRATEGY,
  },
  housing: {
    title: 'Somewhere to live',
    hint: 'A move, a tenancy, supported housing',
    closedToPolice: false,
    since,
    source: STRATEGY,
  },
  mentoring: {
    title: 'Mentoring',
    hint: 'A trusted adult who stays',
    closedToPolice: false,
    since,
    source: STRATEGY,
  },
  mediation: {
    title: 'Mediation',
    hint: 'Between people or groups. Police do not see it.',
    closedToPolice: true,
    since,
    source: `${STRATEGY}; rule R17`,
  },
  'mental-health': {
    title: 'Mental health',
    hint: 'Support, assessment, therapy. Police do not see it.',
    closedToPolice: true,
    since,
    source: `${STRATEGY}; rule R17`,
  },
  family: {
    title: 'Family',
    hint: 'Family therapy, help for parents and carers',
    closedToPolice: false,
    since,
    source: STRATEGY,
  },
} as const satisfies Record<string, ExitPathway>

export type PathwayId = keyof typeof exitPathways

export const turningPoints = {
  release: 'Release from custody',
  injury: 'Being hurt',
  birth: 'Becoming a parent',
  job: 'A job, or a place to learn',
  other: 'Something else',
} as const

export type TurningPoint = keyof typeof turningPoints
