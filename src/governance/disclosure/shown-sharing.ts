/** Requests, disclosures and openings as pages show them. */
import { calendarWords, type Day } from '../../platform/calendar.ts'
import { purposes } from '../purposes.ts'
import { fieldTitle } from './disclosable-fields.ts'
import type { Content, GivenLine } from './disclosure-content.ts'
import type { Disclosure } from './disclosure-store.ts'
import { pointerSentence } from './pointer-store.ts'
import type { SharingRequest } from './request-store.ts'
import type { SharingOfPerson } from './sharing-of-person.ts'

export const purposeTitle = (id: string): string => purposes.find(p => p.id === id)?.title ?? id

export const wayWords = {
  answer: 'Answer to a request',
  offered: 'Offered',
  emergency: 'Shared in an emergency',
  'threat-to-life': 'Released because of a threat to life',
} as const

export const natureWords = { fact: 'Fact', reported: 'Reported', assessment: 'Assessment' } as const

/** Reference of a thing without a number of its own: the first part of its number. Nothing personal. */
export const shortReference = (id: string): string => id.slice(0, 8).toUpperCase()

/** "Fact, 19 November 2026, seen by the author, graded 1B" */
const provenance = ({ nature, on, source, grade, role }: GivenLine): string =>
  [
    natureWords[nature],
    calendarWords(on),
    ...(role === null ? [] : [`role in it: ${role}`]),
    `source: ${source}`,
    ...(grade === null ? [] : [`graded ${grade}`]),
  ].join(', ')

export const shownContent = (content: Content) =>
  Object.entries(content).map(([field, value]) => ({
    field,
    title: fieldTitle(field),
    text: typeof value === 'string' ? value : null,
    lines: typeof value === 'string' ? [] : value.map(line => ({ ...line, provenance: provenance(line) })),
  }))

export function disclosureState(
  { withdrawnAt, endsOn }: Pick<Disclosure, 'withdrawnAt' | 'endsOn'>,
  today: Day,
): { text: string; classes: string } {
  if (withdrawnAt !== null) return { text: 'Taken back', classes: 'govuk-tag--grey' }
  if (endsOn < today) return { text: 'Ended', classes: 'govuk-tag--grey' }
  return { text: 'Open', classes: 'govuk-tag--green' }
}

export const shownDisclosure = (disclosure: Disclosure, today: Day) => ({
  ...disclosure,
  reference: shortReference(disclosure.id),
  wayWords: wayWords[disclosure.way],
  purposeTitle: purposeTitle(disclosure.purpose),
  fieldTitles: disclosure.fields.map(fieldTitle),
  parts: shownContent(disclosure.content),
  state: disclosureState(disclosure, today),
})

export function requestState({ answer }: SharingRequest): { text: string; classes: string } {
  if (answer === 'disclosed') return { text: 'Answered', classes: 'govuk-tag--green' }
  if (answer === 'refused') return { text: 'Refused', classes: 'govuk-tag--grey' }
  return { text: 'Waiting', classes: 'govuk-tag--yellow' }
}

export const shownRequest = (request: SharingRequest) => ({
  ...request,
  reference: shortReference(request.id),
  purposeTitle: purposeTitle(request.purpose),
  state: requestState(request),
})

/** For the macro `sharingOfPerson` of `views/sharing-of-person.njk`, on the person's page and on its own. */
export function shownSharingOfPerson(sharing: SharingOfPerson, today: Day) {
  const pointers = sharing.pointers?.limited === false ? sharing.pointers.pointers : []
  return {
    ...sharing,
    pointerSentence: pointerSentence(pointers),
    pointerList: pointers,
    limited: sharing.pointers?.limited ?? false,
    requests: sharing.requests.map(shownRequest),
    received: sharing.received.map(d => shownDisclosure(d, today)),
    given: sharing.given.map(d => shownDisclosure(d, today)),
  }
}
