/**
 * What a password must be. After the National Cyber Security Centre ("Password policy: updating your approach"): long, not
 * among those that are guessed first, and no rules about which kinds of character it holds.
 */

export const LEAST_LENGTH = 12
/** Longer takes work to hash and gives nothing. */
export const MOST_LENGTH = 200

/** Words that guessed passwords are made of, without their digits and signs. */
const guessedFirst = new Set(
  `password passphrase passwort letmein welcome iloveyou qwerty qwertyuiop qwertyuiopasdfghjkl asdfghjkl zxcvbnm qazwsx
  admin administrator football liverpool arsenal chelsea villa birmingham coventry wolverhampton monkey dragon sunshine
  princess superman batman starwars pokemon charlie abc abcd abcdef abcdefgh abcdefghijkl changeme secret trustno
  concord safeguarding police probation council school spring summer autumn winter january february march april may june
  july august september october november december monday tuesday wednesday thursday friday saturday sunday`.split(
    /\s+/,
  ),
)

/** One word, or the same over and over. */
const repeated = (letters: string): string => /^(.+?)\1*$/.exec(letters)?.[1] ?? letters

/** Each character the one after, or before, the last. */
const isRun = (text: string): boolean => {
  const steps = new Set([...text].slice(1).map((c, i) => c.codePointAt(0)! - text.codePointAt(i)!))
  return steps.size === 1 && [1, -1].includes([...steps][0]!)
}

/**
 * What is wrong with the password, in a sentence; null where nothing is. `own` are words that belong to its owner: name,
 * address, agency.
 */
export function passwordFault(password: string, own: readonly string[]): string | null {
  const length = [...password].length
  if (length < LEAST_LENGTH) {
    return `Use at least ${LEAST_LENGTH} characters, for example three words that do not belong together`
  }
  if (length > MOST_LENGTH) return `Use at most ${MOST_LENGTH} characters`
  const lower = password.normalize('NFKC').toLowerCase()
  const letters = lower.replaceAll(/[^\p{L}]/gu, '')
  const ownWords = own.flatMap(w => w.toLowerCase().split(/[^\p{L}]+/u)).filter(w => w.length >= 3)
  const easy =
    new Set(lower).size < 5 ||
    isRun(lower) ||
    /^\d+$/.test(lower) ||
    guessedFirst.has(repeated(letters)) ||
    ownWords.some(w => letters === w || repeated(letters) === w) ||
    letters === ownWords.slice(0, 2).join('')
  return easy ? 'That is among the passwords that are guessed first. Choose another' : null
}
