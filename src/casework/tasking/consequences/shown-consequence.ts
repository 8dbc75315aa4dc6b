/** Consequence management as its page shows it. Pure. */
import { calendarWords, type Day } from '../../../platform/calendar.ts'
import { natures } from '../../register/register.ts'
import { type MadeMove, moves } from './consequence.ts'
import { affectedRoles, type EntryKind, entryKinds, isTension, tensionGrades } from './consequence-entry.ts'
import type { ConsequenceEntry } from './consequence-entry-store.ts'

export interface ShownEntry extends ConsequenceEntry {
  natureWords: string
  roleWords: string | null
  gradeWords: string | null
  /** Names of the agencies to which alone it was said. */
  onlyFor: string[] | null
  mine: boolean
}

export interface ShownSection {
  id: EntryKind
  title: string
  add: string
  empty: string
  entries: ShownEntry[]
  /** Those whose place a correction has taken. */
  corrected: ShownEntry[]
}

/** A section for each kind, in the order of the page; of tension the latest word stands first. */
export function sections(
  entries: readonly ConsequenceEntry[],
  { viewer, agencyNames }: { viewer: string; agencyNames: ReadonlyMap<string, string> },
): ShownSection[] {
  const replaced = new Set(entries.map(e => e.corrects))
  const shown = entries.map(
    (entry): ShownEntry => ({
      ...entry,
      natureWords: natures[entry.nature].title,
      roleWords: entry.role && affectedRoles[entry.role],
      gradeWords: entry.grade && tensionGrades[entry.grade].title,
      onlyFor: entry.seenBy?.map(a => agencyNames.get(a) ?? a).sort() ?? null,
      mine: entry.author === viewer,
    }),
  )
  return (Object.keys(entryKinds) as EntryKind[]).map(id => {
    const own = shown.filter(e => e.kind === id)
    const standing = own.filter(e => !replaced.has(e.id))
    const { title, add, empty } = entryKinds[id]
    return {
      id,
      title,
      add,
      empty,
      entries: id === 'tension' ? standing.toReversed() : standing,
      corrected: own.filter(e => replaced.has(e.id)),
    }
  })
}

/** "19 November 2026, 21:40". */
export const whenWords = (day: Day, hour: string | null): string =>
  hour ? `${calendarWords(day)}, ${hour}` : calendarWords(day)

/** Newest first. */
export const shownMoves = (made: readonly MadeMove[]) =>
  made
    .map(({ byName, at, detail, ...move }) => ({
      by: byName,
      at,
      says: says(move),
      text: detail.result ?? detail.because ?? null,
    }))
    .toReversed()

function says({
  move,
  toName,
  toAgency,
  dueOn,
}: Pick<MadeMove, 'move' | 'toName' | 'toAgency' | 'dueOn'>): string {
  switch (move) {
    case 'add-agency':
      return `brought ${toAgency} to it`
    case 'remove-agency':
      return `parted with ${toAgency}`
    case 'hand-over':
      return `handed it over to ${toName}`
    case 'open':
    case 'reopen':
      return `${moves[move].says}; its review is due on ${calendarWords(dueOn!)}`
    default:
      return moves[move].says
  }
}

/** What the last review said; null before it. */
export function lastReview(made: readonly MadeMove[]) {
  const review = made.findLast(m => m.move === 'review')
  if (!review) return null
  const { affected = '', result = '', grade = '' } = review.detail
  return {
    by: review.byName,
    at: review.at,
    affected,
    result,
    grade: isTension(grade) ? tensionGrades[grade].title : null,
  }
}
