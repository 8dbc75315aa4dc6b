/** What every page is given. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { AreaPack } from '../areas/area-pack.ts'
import type { EvidenceStore } from '../evidence/open-evidence.ts'
import type { MethodRunner } from '../measures/methods/run-method.ts'
import type { Clock } from '../platform/clock.ts'
import type { DocumentPrinter } from '../reports/documents/print-document.ts'
import type { CaseworkDoor } from './casework-door.ts'
import type { FigureSource } from './figure-cache.ts'
import type { GuestDoor } from './guest-door.ts'
import type { MeetingDoor } from './meeting-door.ts'
import type { NoticeDoor } from './notice-door.ts'
import type { SignInDoor } from './sign-in-door.ts'

export interface WebContext {
  store: EvidenceStore
  pack: AreaPack
  clock: Clock
  /** True when any of the evidence is the synthetic partnership: every page and export says so. */
  synthetic: boolean
  /** True while nothing but the synthetic partnership is held: everybody may look, without signing in. */
  isOpen: () => boolean
}

export interface PageContext extends WebContext {
  /** The only way to a figure for pages and the API: computed once for an evidence version. */
  figures: FigureSource
  /** The only way of pages to people and cases. */
  casework: CaseworkDoor
  /** The only way of an invited partner, who is nobody at work, to what they write and send. */
  guests: GuestDoor
  /** The only way of pages to signing somebody in or out. */
  signIn: SignInDoor
  /** The only way of pages to calendars that programs fetch. */
  notices: NoticeDoor
  /** The only way of pages to the agenda of a meeting, and to being told that a meeting changed. */
  meetings: MeetingDoor
  /** Statistical methods, on threads of their own. */
  methods: MethodRunner
  /** Documents as Word and PDF, on a thread of their own. */
  printer: DocumentPrinter
}

export type WebServer = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

/** What a `*-pages.ts` file exports: it registers the feature's routes. */
export type Pages = (app: WebServer, context: PageContext) => void | Promise<void>
