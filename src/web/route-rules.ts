/**
 * Closed unless opened. A route that does not say who may and what it records cannot be registered; what a
 * viewer may not, is answered exactly as what does not exist; an error inside the check is a refusal.
 */
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { asProgram } from '../governance/access/as-member.ts'
import { type AuditEvent, auditEvents, type RouteEvent } from '../governance/audit/audit-events.ts'
import { may, type Permission, permissions } from '../governance/permissions.ts'
import { UsageFault } from '../platform/errors.ts'
import type { WebContext, WebServer } from './context.ts'
import { type Viewer, viewerActor } from './viewers.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    may?: Permission
    records?: AuditEvent | 'nothing'
    /**
     * Where a changing request proves that it comes from our own page. `form`: a token in the body, the rule;
     * `handler`: the handler checks a token that arrives in a multipart stream; `bearer`: no cookie counts,
     * the caller brings the server's key.
     */
    proof?: 'form' | 'handler' | 'bearer'
    /** The page is the same for everybody of a role until the evidence changes. */
    cached?: boolean
  }
}

export function refuseUnruledRoutes(app: WebServer): void {
  app.addHook('onRoute', (route: RouteOptions) => {
    const name = `${route.method} ${route.url}`
    const rules = route.config
    if (!rules?.may || !(rules.may in permissions)) {
      throw new Error(`${name} does not say who may use it (config.may).`)
    }
    if (!rules.records || !(rules.records === 'nothing' || rules.records in auditEvents)) {
      throw new Error(`${name} does not say what it records (config.records).`)
    }
    const changes = ![route.method].flat().every(m => m === 'GET' || m === 'HEAD' || m === 'OPTIONS')
    if (changes && !rules.proof) {
      throw new Error(`${name} does not say how it knows its own form (config.proof).`)
    }
    if (changes && rules.records === 'nothing') {
      throw new Error(`${name} changes something and records nothing.`)
    }
    if (rules.cached && (changes || rules.records !== 'nothing')) {
      throw new Error(`${name} cannot be kept: it changes or records something.`)
    }
  })
}

export function enforceRules(app: WebServer, context: WebContext): void {
  app.addHook('onRequest', async (request, reply) => {
    const rules = request.routeOptions.config
    // No database keeps NUL, so nothing is called by it.
    if (request.url.includes('%00')) {
      reply.callNotFound()
      return reply
    }
    if (request.is404) return
    if (!isAllowed(request.viewer, rules.may) || (rules.proof === 'bearer' && !request.viewer.program)) {
      reply.callNotFound()
      return reply
    }
  })

  app.addHook('preValidation', async (request, reply) => {
    if (request.is404 || request.routeOptions.config.proof !== 'form') return
    // Nothing but a form has been made fit to keep (`form-body.ts`).
    const type = request.headers['content-type']
    if (type !== undefined && !type.startsWith('application/x-www-form-urlencoded')) {
      throw new UsageFault('What was sent is not a form of Concord.')
    }
    if (!(await comesFromOurForm(app, request, reply))) return reply
  })

  app.addHook('preHandler', async request => {
    const event = request.routeOptions.config.records
    if (request.is404 || !event || event === 'nothing') return
    const rule = auditEvents[event]
    if (rule.by !== 'route') return
    await recordRoute(context, request, event, rule)
  })
}

/** An error inside the check, such as a viewer that could not be read, is a refusal. */
export function isAllowed(viewer: Viewer | null, permission: Permission | undefined): boolean {
  try {
    return permission !== undefined && may(viewer!.role, permission)
  } catch {
    return false
  }
}

/** False when the answer has been sent already. `body._csrf` has to be there. */
export const comesFromOurForm = (
  app: WebServer,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<boolean> =>
  new Promise(resolve => {
    app.csrfProtection(request, reply, () => resolve(true))
    if (reply.sent) resolve(false)
  })

/** Written before the handler runs, so that nothing leaves unrecorded. */
async function recordRoute(
  { store, clock }: WebContext,
  request: FastifyRequest,
  event: AuditEvent,
  { kind, id, keeps }: RouteEvent,
): Promise<void> {
  const parameters = request.params as Record<string, unknown>
  const detail = Object.fromEntries(keeps.map(name => [name, parameters[name]]))
  await asProgram(
    store.installation.database,
    clock(),
    tx => tx.record(event, { kind, id: String(parameters[id]), detail }),
    viewerActor(request.viewer),
  )
}
