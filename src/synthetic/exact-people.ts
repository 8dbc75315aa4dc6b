/** Gender and ethnicity of a set of people when the numbers of each are fixed: likely people get the likely value. */
import { BLANK, FEMALE, MALE } from './offence-table.ts'
import { NOT_STATED, perceived, residentGroups } from './people-mixes.ts'
import { apportion, dealWeighted, type Random } from './random.ts'

/** Exactly so many blank and male of the rows; the rest are female. */
export function exactGenders(
  gender: Uint8Array,
  rows: number[],
  random: Random,
  { genderMissing, male }: { genderMissing: number; male: number },
  likely: (row: number) => number,
): void {
  const blank = Math.round(rows.length * genderMissing)
  const men = Math.round(rows.length * male)
  const odds = (row: number) => likely(row) / (1.0001 - likely(row))
  dealWeighted(
    random,
    rows,
    [men, rows.length - men - blank, blank],
    (row, value) => [odds(row), 1 / odds(row), 1][value]!,
    (row, value) => {
      gender[row] = [MALE, FEMALE, BLANK][value]!
    },
  )
}

export function exactGroups(
  random: Random,
  rows: number[],
  { groups }: { groups: number[] },
  authorityOf: (row: number) => string,
): Map<number, number> {
  const chosen = new Map<number, number>()
  dealWeighted(
    random,
    rows,
    apportion(groups, rows.length),
    (row, group) => (group < NOT_STATED ? residentGroups(authorityOf(row))[group]! : 10),
    (row, group) => chosen.set(row, group),
  )
  return chosen
}

export function exactPerceptions(
  random: Random,
  rows: number[],
  { perceived: shares }: { perceived: number[] },
  groupOf: (row: number) => number,
  give: (row: number, code: number) => void,
): void {
  dealWeighted(
    random,
    rows,
    apportion(shares, rows.length),
    (row, code) => perceived[groupOf(row)]![code]! ** 2,
    give,
  )
}
