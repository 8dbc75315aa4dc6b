/**
 * Who is looking. Until casework brings people and agencies there are three roles.
 *
 * Nothing but synthetic evidence: everybody starts as an analyst and may view as another role. As soon as
 * anything else is held: everybody is a visitor until they open the one-time link that `concord serve` prints. The choice lives in a signed
 * cookie that scripts cannot read; how it was got is part of it, so that a cookie of the demonstration is
 * worth nothing where the evidence is real.
 */
import { timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Member } from '../governance/access/as-member.ts'
import type { Role } from '../governance/permissions.ts'
import type { DisclosureLevel } from '../measures/figure.ts'

export interface Viewer {
  role: Role
  /** For the record of acts. */
  name: string
  title: string
  purpose: string
  disclosure: DisclosureLevel
  signedIn: boolean
  /** Who is signed in with an account of their own; null for everybody else. */
  member: Member | null
  /** A program that brought the server's key. It alone may change something over the API. */
  program: boolean
}

declare module 'fastify' {
  interface FastifyRequest {
    viewer: Viewer
  }
}

export const roles: Record<Role, Omit<Viewer, 'role' | 'name' | 'signedIn' | 'member' | 'program'>> = {
  analyst: {
    title: 'Analyst',
    purpose: 'analysis for the partnership',
    disclosure: 'record',
  },
  'board-member': {
    title: 'Board member',
    purpose: 'oversight of the partnership',
    disclosure: 'protected',
  },
  practitioner: { title: 'Practitioner', purpose: 'work with people', disclosure: 'protected' },
  coordinator: { title: 'Coordinator', purpose: 'coordination of the partnership', disclosure: 'protected' },
  commander: { title: 'Commander or chair', purpose: 'tasking and decisions', disclosure: 'protected' },
  'scrutiny-panel-member': {
    title: 'Scrutiny panel member',
    purpose: 'scrutiny of the partnership',
    disclosure: 'protected',
  },
  'information-governance-officer': {
    title: 'Information governance officer',
    purpose: 'information governance',
    disclosure: 'protected',
  },
  administrator: { title: 'Administrator', purpose: 'looking after accounts', disclosure: 'protected' },
  visitor: { title: 'Visitor', purpose: 'not signed in', disclosure: 'protected' },
}

const COOKIE = 'concord_viewer'
const HOURS_SIGNED_IN = 12

type Way = 'demo' | 'link'

interface Session {
  way: Way
  role: Role
  until: number
}

const isRole = (text: string | undefined): text is Role => text !== undefined && text in roles

export interface ViewerContext {
  /** Nothing but invented evidence is held. */
  open: boolean
  now: Date
  /** Key that programs on this machine bring; none counts when null. */
  apiKey: string | null
}

export function readViewer(request: FastifyRequest, { open, now, apiKey }: ViewerContext): Viewer {
  if (apiKey !== null && bringsKey(request, apiKey)) {
    return {
      role: 'analyst',
      name: 'program (API)',
      ...roles.analyst,
      signedIn: true,
      member: null,
      program: true,
    }
  }
  const way: Way = open ? 'demo' : 'link'
  const session = readSession(request)
  const valid = session !== null && session.way === way && session.until > now.getTime()
  const role: Role = valid ? session.role : open ? 'analyst' : 'visitor'
  return { role, name: `${role} (${way})`, ...roles[role], signedIn: valid, member: null, program: false }
}

function bringsKey(request: FastifyRequest, key: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '')
  const wanted = Buffer.from(`Bearer ${key}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

function readSession(request: FastifyRequest): Session | null {
  const sent = request.cookies[COOKIE]
  if (!sent) return null
  const { valid, value } = request.unsignCookie(sent)
  const [way, role, until] = valid && value ? value.split('.') : []
  if ((way !== 'demo' && way !== 'link') || !isRole(role)) return null
  return { way, role, until: Number(until) }
}

export function writeViewer(reply: FastifyReply, role: Role, open: boolean, now: Date): void {
  const until = now.getTime() + HOURS_SIGNED_IN * 3_600_000
  reply.setCookie(COOKIE, `${open ? 'demo' : 'link'}.${role}.${until}`, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    signed: true,
    secure: 'auto',
    maxAge: HOURS_SIGNED_IN * 3600,
  })
}

export const forgetViewer = (reply: FastifyReply): void => {
  reply.clearCookie(COOKIE, { path: '/' })
}
