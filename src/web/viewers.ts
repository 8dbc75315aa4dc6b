/**
 * Who is looking. Whoever signs in with an account of their own is a member (`viewer.member`), in the role of that account.
 *
 * Besides, without an account: while nothing but synthetic evidence is held, everybody starts as an analyst and may view
 * as another role, or sign in as one of the cast. As soon as anything else is held, everybody is a visitor until they sign
 * in or open the one-time link that `concord serve` prints, and the sessions of the demonstration are worth nothing.
 */
import { timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../evidence/actor.ts'
import type { Member } from '../governance/access/as-member.ts'
import type { Role } from '../governance/permissions.ts'
import { looksLikeToken } from '../governance/sessions/secret-token.ts'
import type { Way } from '../governance/sessions/session-rules.ts'
import { type OpenSession, readSession } from '../governance/sessions/session-store.ts'
import type { DisclosureLevel } from '../measures/figure.ts'
import type { Database } from '../platform/postgres.ts'
import { SESSION_COOKIE } from './session-cookie.ts'

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
  /** The session in the database; null for who has none. */
  session: { id: string; way: Way; ends: Date } | null
  /** Notices that they have not read. */
  unread: number
  /** A program that brought the server's key. It alone may change something over the API. */
  program: boolean
}

declare module 'fastify' {
  interface FastifyRequest {
    viewer: Viewer
  }
}

export const roles: Record<Role, Pick<Viewer, 'title' | 'purpose' | 'disclosure'>> = {
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

export interface ViewerContext {
  database: Database
  /** Nothing but invented evidence is held. */
  open: boolean
  now: Date
  /** Key that programs on this machine bring; none counts when null. */
  apiKey: string | null
}

export async function readViewer(request: FastifyRequest, context: ViewerContext): Promise<Viewer> {
  const { open, apiKey } = context
  if (apiKey !== null && bringsKey(request, apiKey)) {
    return { ...viewerOf('analyst', 'program (API)'), signedIn: true, program: true }
  }
  const session = await sessionOf(request, context)
  if (!session) {
    const role: Role = open ? 'analyst' : 'visitor'
    return viewerOf(role, `${role} (${open ? 'demo' : 'link'})`)
  }
  const { member, role, way, id, ends, unread } = session
  const viewer = member ? memberViewer(member) : { ...viewerOf(role, `${role} (${way})`), signedIn: true }
  return { ...viewer, session: { id, way, ends }, unread }
}

/** Somebody who is signed in with an account of their own. */
export const memberViewer = (member: Member): Viewer => ({
  ...viewerOf(member.role, `${member.name}, ${member.agencyName}`),
  signedIn: true,
  member,
})

const viewerOf = (role: Role, name: string): Viewer => ({
  role,
  name,
  ...roles[role],
  signedIn: false,
  member: null,
  session: null,
  unread: 0,
  program: false,
})

/** Whoever is looking, as loads and the record of acts know them: who has no account, by the way they came in. */
export const viewerActor = ({ name, role, member, program, session }: Viewer): Actor => ({
  name,
  user: member?.user ?? null,
  agency: member?.agency ?? null,
  role: member?.role ?? (program ? 'key' : (session?.way ?? (role === 'visitor' ? 'visitor' : 'demo'))),
  purpose: member?.purpose ?? null,
})

/** Before it is known who asks. */
export const nobody: Viewer = viewerOf('visitor', 'visitor')

/** What belongs to the demonstration counts only there, and the analyst's link only where there is anything to protect. */
async function sessionOf(
  request: FastifyRequest,
  { database, open, now }: ViewerContext,
): Promise<OpenSession | null> {
  const token = request.cookies[SESSION_COOKIE]
  if (!looksLikeToken(token) || request.routeOptions.url === '/assets/:name') return null
  const session = await readSession(database, token, now)
  if (!session) return null
  const fits = { demo: open, cast: open, link: !open, account: true, 'single-sign-on': true }[session.way]
  return fits ? session : null
}

function bringsKey(request: FastifyRequest, key: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '')
  const wanted = Buffer.from(`Bearer ${key}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
