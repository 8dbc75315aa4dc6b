/** Tokens that sign one analyst in, once. One is on offer at a time; using it offers the next. */
import { timingSafeEqual } from 'node:crypto'
import { newKey } from './secrets.ts'

export interface SignInTokens {
  /** Makes a token and tells of it. */
  offer(): void
  /** True when the token is the one on offer, without using it. */
  holds(token: string): boolean
  /** Uses the token. False when it is not the one on offer. */
  use(token: string): boolean
}

declare module 'fastify' {
  interface FastifyInstance {
    signInTokens: SignInTokens
  }
}

export function createSignInTokens(tell: (token: string) => void): SignInTokens {
  let offered: string | null = null
  const holds = (token: string) =>
    offered !== null &&
    token.length === offered.length &&
    timingSafeEqual(Buffer.from(token), Buffer.from(offered))
  const offer = () => {
    offered = newKey()
    tell(offered)
  }
  return {
    offer,
    holds,
    use: token => {
      if (!holds(token)) return false
      offer()
      return true
    },
  }
}
