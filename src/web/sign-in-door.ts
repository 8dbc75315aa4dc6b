/**
 * The door of pages to signing in and out. It alone works as the program, for before somebody is known there is nobody
 * to ask policies as; what is done once they are known is done as them.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { asMember, asProgram, type Member } from '../governance/access/as-member.ts'
import type { Role } from '../governance/permissions.ts'
import { looksLikeToken } from '../governance/sessions/secret-token.ts'
import type { Way } from '../governance/sessions/session-rules.ts'
import {
  type EndedBecause,
  endSessionOfToken,
  startOpenSession,
  startSession,
} from '../governance/sessions/session-store.ts'
import { type CastPlace, castIsOpen, castMember, listCast } from '../governance/sign-in/cast-door.ts'
import type { Accounts } from '../governance/sign-in/local-sign-in.ts'
import type { SingleSignOn } from '../governance/sign-in/single-sign-on.ts'
import { deviceWords } from './device-words.ts'
import { forgetSession, SESSION_COOKIE, writeSession } from './session-cookie.ts'
import { memberViewer } from './viewers.ts'

export interface SignInDoor {
  /** Signs the member in on this browser: a new session, whatever the browser held before. */
  enter(
    request: FastifyRequest,
    reply: FastifyReply,
    member: Member,
    way: Exclude<Way, 'link' | 'demo'>,
  ): Promise<void>
  /** Gives the browser a session of nobody in particular. */
  enterAs(
    request: FastifyRequest,
    reply: FastifyReply,
    role: Role,
    { way, event }: { way: 'link' | 'demo'; event: 'signed-in' | 'view-changed' },
  ): Promise<void>
  leave(request: FastifyRequest, reply: FastifyReply): Promise<void>
  /** The synthetic partnership's people to sign in as; null where there are real accounts. */
  cast(): Promise<CastPlace[] | null>
  /** For the pages that check passwords and codes, which only the program can. */
  accounts: Accounts
  /** The organisation's own sign-in; null where none is set up. */
  singleSignOn: SingleSignOn | null
  /** Address under which people reach this installation, without a slash at its end. */
  address: string
  /** One of the cast; null where there is no such, or there are real accounts. */
  castMember(user: string): Promise<Member | null>
}

export function openSignInDoor(
  accounts: Accounts,
  { singleSignOn, address }: Pick<SignInDoor, 'singleSignOn' | 'address'>,
): SignInDoor {
  const { database, clock } = accounts
  const newSession = (request: FastifyRequest) => ({ device: deviceWords(request.headers['user-agent']) })
  const endOld = async (request: FastifyRequest, because: EndedBecause) => {
    const token = request.cookies[SESSION_COOKIE]
    if (looksLikeToken(token)) await endSessionOfToken(database, token, because, clock())
  }
  return {
    accounts,
    singleSignOn,
    address,
    enter: async (request, reply, member, way) => {
      await endOld(request, 'signed-out')
      const token = await asMember(database, member, { now: clock() }, async tx => {
        await tx.record('person-signed-in', { kind: 'user', id: member.user, detail: { way } })
        return startSession(tx, { ...newSession(request), way })
      })
      writeSession(reply, token)
      // What is shown in answer to this very request is theirs already.
      request.viewer = memberViewer(member)
    },
    enterAs: async (request, reply, role, { way, event }) => {
      await endOld(request, 'signed-out')
      const now = clock()
      const acting = { user: null, agency: null, role: way, purpose: null }
      const token = await asProgram(
        database,
        now,
        async tx => {
          const started = await startOpenSession(tx, { ...newSession(request), way, role }, now)
          await tx.record(event, { detail: { as: role } })
          return started
        },
        acting,
      )
      writeSession(reply, token)
    },
    leave: async (request, reply) => {
      const { member, session } = request.viewer
      if (member && session) {
        await asMember(database, member, { now: clock() }, tx =>
          tx.record('person-signed-out', { kind: 'session', id: session.id }),
        )
      }
      await endOld(request, 'signed-out')
      forgetSession(reply)
    },
    cast: () =>
      asProgram(database, clock(), async tx => ((await castIsOpen(tx)) ? await listCast(tx) : null)),
    castMember: user =>
      asProgram(database, clock(), async tx => ((await castIsOpen(tx)) ? await castMember(tx, user) : null)),
  }
}
