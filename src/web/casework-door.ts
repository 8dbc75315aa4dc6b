/**
 * The door of pages to casework. What is done behind it is done as the person who is signed in, and recorded; what is
 * not there and what is not theirs look the same, and only the second is recorded, as a refusal.
 */
import type { FastifyRequest } from 'fastify'
import { asMember, type MemberTransaction, recordRefusal } from '../governance/access/as-member.ts'
import type { Clock } from '../platform/clock.ts'
import { NotThere, WrongMove } from '../platform/errors.ts'
import type { Database } from '../platform/postgres.ts'
import type { ActSubject } from '../platform/record-of-acts.ts'

export interface CaseworkDoor {
  /**
   * Runs `act` in one transaction as whoever is signed in. Throws NotThere, which is answered with 404, for who is not,
   * and, recorded as a refusal, for what the policies refuse.
   * Nothing but the database may be awaited inside.
   */
  as<T>(
    request: FastifyRequest,
    act: (tx: MemberTransaction) => Promise<T>,
    options?: { caseReference?: string },
  ): Promise<T>
  /** Records that something was asked for and not given, whatever becomes of the request. */
  refused(request: FastifyRequest, event: string, about?: ActSubject): Promise<void>
}

export function openCaseworkDoor(database: Database, clock: Clock): CaseworkDoor {
  return {
    as: async (request, act, options = {}) => {
      const { member } = request.viewer
      if (!member) throw new NotThere()
      try {
        return await asMember(database, member, { now: clock(), ...options }, act)
      } catch (error) {
        const refusal = refusalOf(error)
        if (!refusal) throw error
        if (refusal instanceof NotThere)
          await recordRefusal(database, member, clock(), 'refused-access', {
            detail: { route: request.routeOptions.url ?? '' },
          })
        throw refusal
      }
    },
    refused: (request, event, about) => recordRefusal(database, request.viewer.member, clock(), event, about),
  }
}

/**
 * What a refusal of the database is to whoever asked. A row that the policies refuse, and one that leans on what is not
 * there, or on what is no number at all, are answered alike, so that no key tells what exists; a missing grant stays a
 * defect of ours. A key that is taken is the same form sent twice at once, or somebody who was first.
 */
function refusalOf(error: unknown): NotThere | WrongMove | null {
  const { code, routine } = error as { code?: string; routine?: string }
  if (code === INSUFFICIENT_PRIVILEGE && routine !== 'aclcheck_error') return new NotThere()
  if (code === FOREIGN_KEY || code === NO_NUMBER || code === TOO_LARGE) return new NotThere()
  if (code === TAKEN)
    return new WrongMove('It was sent already, or somebody was first. Look at what stands there now.')
  if (code === TOO_MANY) {
    return new WrongMove('You have looked up as many people as anybody may in an hour. Go on in an hour.')
  }
  return null
}

const INSUFFICIENT_PRIVILEGE = '42501'
const FOREIGN_KEY = '23503'
/** What was sent for a number is none, or larger than any: there is nothing of that number. */
const NO_NUMBER = '22P02'
const TOO_LARGE = '22003'
const TAKEN = '23505'
/** Raised by `known_to` (R18). */
const TOO_MANY = '53000'
