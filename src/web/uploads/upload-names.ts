/** Names of files that people send: shown and read for months and forces, never used as a path. */

const LONGEST = 150
const CONTROL_OR_INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu

/**
 * The last part of the name, without what could move a cursor or hide an ending. `upload` where nothing is
 * left.
 */
export function shownName(sent: string): string {
  const last = sent.split(/[\\/]/).at(-1)!.replaceAll(CONTROL_OR_INVISIBLE, '').trim()
  const name = /^\.*$/.test(last) ? 'upload' : last
  return name.length <= LONGEST ? name : `${name.slice(0, LONGEST - 20)}…${name.slice(-19)}`
}
