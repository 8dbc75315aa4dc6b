/**
 * How far somebody has come who is signing in: the password was right, the code is still to come. Sealed into a cookie, for
 * ten minutes; worth nothing by itself, because the code is checked again.
 */
import type { Seal } from './sealed.ts'

export interface SignInStep {
  user: string
  next: 'code' | 'enrol'
  /** Of the second factor that is being set up. */
  secret?: string
  /** Path to go to afterwards. */
  goal: string | null
}

const MINUTES = 10

export const sealStep = (seal: Seal, step: SignInStep, now: Date): string =>
  seal.seal(JSON.stringify({ ...step, until: now.getTime() + MINUTES * 60_000 }))

export function openStep(seal: Seal, sealed: string | undefined, now: Date): SignInStep | null {
  const text = sealed === undefined ? null : seal.open(sealed)
  if (text === null) return null
  const { until, ...step } = JSON.parse(text) as SignInStep & { until: number }
  return until > now.getTime() ? step : null
}
