/**
 * Names as people have them: one name or many, also known as, hyphens, particles, letters of other alphabets written in
 * ours in several ways. Nothing is split that was not typed apart, and nothing is put in order by it.
 */
import { doubleMetaphone } from 'double-metaphone'

export type NameKind = 'usual' | 'former' | 'alias'

export interface PersonName {
  /** Given names, or the only name. */
  given: string
  /** Family name; empty for who has none, or where it is not known. */
  family: string
  kind: NameKind
}

/** Longer than any name that was ever registered; more is a slip of the clipboard. */
export const LONGEST_NAME = 200
export const MOST_NAMES = 20

export const nameWords = ({ given, family }: Pick<PersonName, 'given' | 'family'>): string =>
  [given, family].filter(part => part !== '').join(' ')

/** The name that is shown: the usual one, else the first. */
export function usualName(names: readonly PersonName[]): string {
  const name = names.find(n => n.kind === 'usual') ?? names[0]
  return name ? nameWords(name) : 'Name not known'
}

export const otherNames = (names: readonly PersonName[]): string[] => {
  const usual = usualName(names)
  return [...new Set(names.map(nameWords))].filter(name => name !== usual)
}

/** Letters without their marks, lower case; hyphens and apostrophes part or join as people leave them out. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[ʼ’'`]/g, '')
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('æ', 'ae')

/** The parts of a name that are compared: words of letters and digits of any alphabet. */
export const nameParts = (text: string): string[] => plain(text).match(/[\p{L}\p{N}]+/gu) ?? []

const PREFIX = 3

/**
 * Keys under which a name is found: each part by its sound (Philips 2000, double metaphone: first and second reading) and
 * by its first letters; letters that have no sound in English by themselves alone.
 */
export function nameKeys(text: string): string[] {
  const keys = new Set<string>()
  for (const part of nameParts(text)) {
    keys.add(`p:${[...part].slice(0, PREFIX).join('')}`)
    for (const sound of soundsOf(part)) keys.add(`s:${sound}`)
  }
  return [...keys]
}

/** True where two parts share a reading of their sound. */
export function soundsAlike(one: string, other: string): boolean {
  const sounds = soundsOf(one)
  return soundsOf(other).some(sound => sounds.includes(sound))
}

/** Readings of a part of a name; none where it has letters that English does not. */
export const soundsOf = (part: string): string[] =>
  /^[a-z]+$/.test(part) ? doubleMetaphone(part).filter(sound => sound !== '') : []

/** Keys of all names of a record. */
export const recordKeys = (names: readonly PersonName[]): string[] => [
  ...new Set(names.flatMap(name => nameKeys(nameWords(name)))),
]
