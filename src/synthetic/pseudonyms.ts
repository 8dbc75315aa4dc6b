/**
 * Pseudonyms that say what they are. Some people come back: in another offence, another search, another episode,
 * always with the same gender and ethnicity and an age that fits the years between.
 */
import type { Random } from './random.ts'

export interface Traits {
  /** Year of the event. */
  year: number
  /** Null: nobody can be recognised by an unknown age. */
  age: number | null
  gender: string | null
  ethnicity: string | null
}

export interface Pseudonyms {
  /** A new person, or one of the same traits met before. Not one of `besides`, who are in the same event. */
  give(traits: Traits, comesBack: number, besides?: readonly string[]): string
}

export function startPseudonyms(random: Random): Pseudonyms {
  const known = new Map<string, number[]>()
  let people = 0
  return {
    give: ({ year, age, gender, ethnicity }, comesBack, besides = []) => {
      if (age === null || gender === null) return pseudonym(people++)
      const key = `${year - age}${gender[0]}${ethnicity ?? '-'}`
      let alike = known.get(key)
      if (!alike) {
        alike = []
        known.set(key, alike)
      }
      if (alike.length > 0 && random.chance(comesBack)) {
        // Mostly somebody met lately: few people make many of the records.
        const back = Math.floor(alike.length * random.unit() ** 3)
        const again = pseudonym(alike[alike.length - 1 - back]!)
        if (!besides.includes(again)) return again
      }
      alike.push(people)
      return pseudonym(people++)
    },
  }
}

/** Odd, so that the product runs through all 2^24 values before one comes again. */
const SCATTER = 0x9e3779
const pseudonym = (person: number): string =>
  `synthetic-${(Math.imul(person + 1, SCATTER) & 0xffffff).toString(16).padStart(6, '0')}`
