/** What people can ask about their own data, under which law, and what can come of it. */
import type { Regime, RightsKind } from './statutory-clocks.ts'

export const kinds: Record<RightsKind, { title: string; hint: string; outcomes: Record<string, string> }> = {
  access: {
    title: 'A copy of what is held',
    hint: 'Subject access: everything, from whom, for what, who received it and who looked',
    outcomes: {
      given: 'Given, with what belongs to others taken out',
      'nothing-held': 'Nothing is held',
      refused: 'Refused',
      'neither-confirmed-nor-denied': 'Neither confirmed nor denied',
    },
  },
  rectification: {
    title: 'A correction',
    hint: 'Something is wrong or incomplete',
    outcomes: { corrected: 'Corrected', 'statement-added': 'Their own statement added', refused: 'Refused' },
  },
  objection: {
    title: 'An objection',
    hint: 'That it is used at all. Not where Part 3 of the Data Protection Act 2018 applies',
    outcomes: { stopped: 'The use was stopped', refused: 'Refused, for compelling reasons' },
  },
  restriction: {
    title: 'A restriction',
    hint: 'Not to be used while something is in dispute',
    outcomes: { restricted: 'Restricted, and lifted again', refused: 'Refused' },
  },
  challenge: {
    title: 'A challenge to being included',
    hint: 'To a decision about them: somebody looks at it who had no part in it',
    outcomes: {
      upheld: 'Upheld: they were taken out',
      'in-part': 'Upheld in part',
      'not-upheld': 'Not upheld',
    },
  },
  complaint: {
    title: 'A complaint',
    hint: 'About how their data was handled',
    outcomes: { upheld: 'Upheld', 'in-part': 'Upheld in part', 'not-upheld': 'Not upheld' },
  },
}

export const kindNames = Object.keys(kinds) as RightsKind[]
export const isRightsKind = (text: string): text is RightsKind => Object.hasOwn(kinds, text)

export const regimes: Record<Regime, { title: string; hint: string }> = {
  general: {
    title: 'General',
    hint: 'UK GDPR and Part 2: schools, councils, health, charities, and police as an employer',
  },
  'law-enforcement': {
    title: 'Law enforcement',
    hint: 'Part 3: police, probation and others for law enforcement purposes',
  },
}

export const isRegime = (text: string): text is Regime => Object.hasOwn(regimes, text)

export const outcomeWords = (kind: RightsKind, outcome: string): string =>
  outcome === 'withdrawn' ? 'Withdrawn by who asked' : (kinds[kind].outcomes[outcome] ?? outcome)
