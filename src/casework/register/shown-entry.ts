/** An entry as a page shows it: what it is, said in words before it is read. */
import { type Entry, entryKinds, eventRoles, informationGrades, natures, sourceGrades } from './register.ts'

export interface ShownEntry extends Entry {
  /** "Reported · Concern". */
  label: string
  roleWords: string | null
  /** "Source untested; information known indirectly". */
  gradeWords: string | null
}

export const shownEntry = (entry: Entry): ShownEntry => ({
  ...entry,
  label: `${natures[entry.nature].title} · ${entryKinds[entry.kind].title}`,
  roleWords: entry.roleInEvent ? eventRoles[entry.roleInEvent] : null,
  gradeWords:
    entry.sourceGrade && entry.informationGrade
      ? `Source ${lower(sourceGrades[entry.sourceGrade as keyof typeof sourceGrades])}; information ${lower(
          informationGrades[entry.informationGrade as keyof typeof informationGrades],
        )} (${entry.sourceGrade}${entry.informationGrade})`
      : null,
})

const lower = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1)
