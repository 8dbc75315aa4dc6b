/** Chance that can be repeated from a number, for work that is handed to another thread. */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Numbers from 0 up to 1, 1 left out. Throws RangeError on a seed that is no whole number. */
export function seededRandom(seed: number): () => number {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`the seed is ${seed}, not a whole number`)
  const generator = xoroshiro128plus(seed)
  // Its first numbers hardly differ between seeds that differ in few bits.
  for (let i = 0; i < 32; i++) generator.next()
  return () => (generator.next() >>> 0) / 0x1_0000_0000
}
