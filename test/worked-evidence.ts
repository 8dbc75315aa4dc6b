/** Short forms of rows for cases that are worked out by hand. */
import type { EvidenceRow } from './evidence-in-memory.ts'

let number = 0

/** A knife robbery of a person in the North West, recorded on the day, unless said otherwise. */
export const offence = (recordedOn: string, more: EvidenceRow = {}): EvidenceRow => ({
  offence_id: `T-${++number}`,
  force: 'west-midlands',
  recorded_on: recordedOn,
  ho_code: '34B',
  knife_use: 'threat_seen',
  domestic: false,
  policing_area: 'NW',
  local_authority: 'X001',
  ...more,
})

/** A person in that offence. */
export const person = (
  of: EvidenceRow,
  role: string,
  age: number | null,
  more: EvidenceRow = {},
): EvidenceRow => ({
  offence_id: of.offence_id!,
  force: of.force!,
  recorded_on: of.recorded_on!,
  person_no: ++number,
  role,
  age,
  ...more,
})

/** The same row so many times, each with a number of its own. */
export const times = (n: number, make: (i: number) => EvidenceRow): EvidenceRow[] =>
  Array.from({ length: n }, (_, i) => make(i))

export const search = (searchedAt: string, more: EvidenceRow = {}): EvidenceRow => ({
  search_id: `S-${++number}`,
  force: 'west-midlands',
  searched_at: `${searchedAt} 12:00:00`,
  legislation: 'Misuse of Drugs Act 1971 (section 23)',
  outcome: 'A no further action disposal',
  ...more,
})

/** Searches as published have no number. */
export const publishedSearch = (searchedAt: string, more: EvidenceRow = {}): EvidenceRow => {
  const { search_id: _, ...row } = search(searchedAt, more)
  return row
}

export const residents = (year: number, count: number, more: EvidenceRow = {}): EvidenceRow => ({
  lsoa_code: `L-${++number}`,
  year,
  age_from: 0,
  age_to: 120,
  residents: count,
  policing_area: 'NW',
  local_authority: 'X001',
  ...more,
})
