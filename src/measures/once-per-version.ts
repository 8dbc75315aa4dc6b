/** Small answers that hold as long as the evidence does: asked once per evidence version, not once per figure. */
import type { Evidence } from '../evidence/evidence.ts'

/** Areas, residents and registers of as many questions as a busy day asks; the oldest gives way. */
const MOST_ANSWERS = 300

const answers = new WeakMap<Evidence, { version: string; byKey: Map<string, Promise<unknown>> }>()

export async function oncePerVersion<T>(evidence: Evidence, key: string, ask: () => Promise<T>): Promise<T> {
  const version = await evidence.version()
  let held = answers.get(evidence)
  if (held?.version !== version) {
    held = { version, byKey: new Map() }
    answers.set(evidence, held)
  }
  const known = held.byKey.get(key) as Promise<T> | undefined
  if (known) return known
  const asked = ask()
  held.byKey.set(key, asked)
  const [oldest] = held.byKey.keys()
  if (held.byKey.size > MOST_ANSWERS && oldest !== undefined) held.byKey.delete(oldest)
  // A failure is not an answer: the next figure asks again.
  asked.catch(() => held.byKey.delete(key))
  return asked
}
