/**
 * Lists of codes are dated data: what a code means, since when, and who says so.
 */
export interface Code {
  code: string
  label: string
  /** First and last day on which the code may be used; open where absent. */
  from?: string
  to?: string
  /** Other spellings that are read as this code, compared without case. */
  aliases?: string[]
  note?: string
}

export interface CodeList {
  id: string
  title: string
  source: string
  /** Closed: what is not on the list is rejected. Open: it is kept, and reported as a finding. */
  closed: boolean
  codes: Code[]
}

export const labelOf = (list: CodeList, code: string): string =>
  list.codes.find(c => c.code === code)?.label ?? code

/** A closed list of codes of one dataset: what stands on it is all that may be sent. */
export const closedList = (
  id: string,
  title: string,
  source: string,
  codes: [string, string][],
): CodeList => ({
  id,
  title,
  source,
  closed: true,
  codes: codes.map(([code, label]) => ({ code, label })),
})
