/** Sentences about what was typed, for the error summary at the top of a page and beside each field. */

export interface ShownErrors {
  /** For `govukErrorSummary`; null where nothing is wrong, so that the title says nothing of errors. */
  errors: { text: string; href: string }[] | null
  /** By field, for `errorMessage`. */
  fault: Record<string, string>
}

/** `anchors` names the element of a field whose first box has another id, such as the day of a date. */
export function errorsOf(
  faults: Readonly<Record<string, string | undefined>>,
  anchors: Readonly<Record<string, string>> = {},
): ShownErrors {
  const fault = Object.fromEntries(
    Object.entries(faults).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  const errors = Object.entries(fault).map(([field, text]) => ({ text, href: `#${anchors[field] ?? field}` }))
  return { errors: errors.length > 0 ? errors : null, fault }
}
