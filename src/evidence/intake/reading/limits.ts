/** What intake refuses as too large, so that a hostile or broken file cannot take the machine down. */

const MIB = 1024 * 1024

/** Longest line of a text file. A longer one is nearly always a quotation mark that is never closed. */
export const LONGEST_LINE = MIB

/** Largest record once quoted line breaks are joined. */
export const LONGEST_RECORD = 2 * MIB

/** A compressed file may grow to this many times its size, or to the floor, whichever is more. */
export const EXPANSION = 300
export const EXPANSION_FLOOR = 256 * MIB
export const EXPANSION_CEILING = 32 * 1024 * MIB

/** A workbook is read into memory, so its parts together stay below this. Larger data comes as CSV. */
export const WORKBOOK_LIMIT = 256 * MIB

export const inWords = (bytes: number): string =>
  bytes >= 1024 * MIB
    ? `${Math.round(bytes / (1024 * MIB))} GB`
    : `${Math.max(1, Math.round(bytes / MIB))} MB`
