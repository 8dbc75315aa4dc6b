/**
 * The door of pages to casework. What is done behind it is done as the person who is signed in, and recorded; what is
 * not there and what is not theirs look the same, and only the second is recorded, as a refusal.
 */
import type { FastifyRequest } from 'fastify'
import {
  type AuditSubject,
  asMember,
  type MemberTransaction,
  recordRefusal,
} from '../governance/access/as-member.ts'
import type { Clock } from '../platform/clock.ts'
import { NotThere } from '../platform/errors.ts'
import type { Database } from '../platform/postgres.ts'

export interface CaseworkDoor {
  /**
   * Runs `act` in one transaction as whoever is signed in. Throws NotThere, which is answered with 404, for who is not.
   * Nothing but the database may be awaited inside.
   */
  as<T>(
    request: FastifyRequest,
    act: (tx: MemberTransaction) => Promise<T>,
    options?: { caseReference?: string },
  ): Promise<T>
  /** Records that something was asked for and not given, whatever becomes of the request. */
  refused(request: FastifyRequest, event: string, about?: AuditSubject): Promise<void>
}

export function openCaseworkDoor(database: Database, clock: Clock): CaseworkDoor {
  return {
    as: async (request, act, options = {}) => {
      const { member } = request.viewer
      if (!member) throw new NotThere()
      return asMember(database, member, { now: clock(), ...options }, act)
    },
    refused: (request, event, about) => recordRefusal(database, request.viewer.member, clock(), event, about),
  }
}
