/**
 * The web application: pages and API over one opened store. `createServer` gives a server that is ready but
 * does not listen, so that tests can inject requests; `serve.ts` listens.
 */
import { randomUUID } from 'node:crypto'
import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import csrf from '@fastify/csrf-protection'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyBaseLogger, type FastifyRequest, LogController } from 'fastify'
import { syncPack } from '../casework/sync-pack.ts'
import { watchClock } from '../governance/sessions/clock-watch.ts'
import { createSeal } from '../governance/sign-in/sealed.ts'
import { openSingleSignOn, type SingleSignOnSettings } from '../governance/sign-in/single-sign-on.ts'
import { computeFigure } from '../measures/compute-figure.ts'
import { openMethodRunner } from '../measures/methods/run-method.ts'
import type { Config } from '../platform/config.ts'
import { programVersion } from '../platform/program-version.ts'
import { openDocumentPrinter } from '../reports/documents/print-document.ts'
import { apiRoutes } from './api/api-routes.ts'
import { describeApi } from './api/describe-api.ts'
import { assetPages } from './asset-pages.ts'
import { prepareAssets } from './assets/build-assets.ts'
import { openCaseworkDoor } from './casework-door.ts'
import type { PageContext, WebContext, WebServer } from './context.ts'
import { answerFaults } from './faults.ts'
import { createFigureCache } from './figure-cache.ts'
import { readFormBody } from './form-body.ts'
import { openGuestDoor } from './guest-door.ts'
import { UPLOAD_LIMIT_BYTES } from './limits.ts'
import { openMeetingDoor } from './meeting-door.ts'
import { openNoticeDoor } from './notice-door.ts'
import { keepPages } from './page-cache.ts'
import { pages } from './pages.ts'
import { askEvidence } from './recent-evidence.ts'
import { decorateWithPages } from './renderer.ts'
import { enforceRules, refuseUnruledRoutes } from './route-rules.ts'
import { cookieSecret } from './secrets.ts'
import { openSignInDoor, type SignInDoor } from './sign-in-door.ts'
import { createSignInTokens } from './sign-in-tokens.ts'
import { nobody, readViewer, type Viewer } from './viewers.ts'

export interface ServerOptions {
  /** Key that programs on this machine use with the API; none may change anything without it. */
  apiKey?: string
  /** Told of each token that signs one analyst in, once. */
  onSignInToken?: (token: string) => void
  /** The organisation's own sign-in, for tests; else the configuration says. */
  singleSignOn?: SingleSignOnSettings
  /** Address under which people reach the server, for tests; else the configuration says. */
  address?: string
  /** Requests that make something, per address and minute. Kept pages and assets do not count. */
  requestsPerMinute?: number
  /** More pages, for tests of the rules. */
  extraPages?: typeof pages
}

export async function createServer(context: WebContext, options: ServerOptions = {}): Promise<WebServer> {
  const { installation, evidence } = context.store
  const [assets, secret, version] = await Promise.all([
    prepareAssets(installation.folder.root),
    cookieSecret(installation.folder.root),
    programVersion(),
    syncPack(installation.database, context.pack),
  ])
  const app: WebServer = Fastify({
    loggerInstance: installation.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: 1_000_000,
    // A number without end, as "1e400" is read, has to meet its maximum like any other.
    ajv: { customOptions: { strictNumbers: false } },
    // Who asks, and whether over HTTPS, is taken from what a proxy says only where it is one of ours.
    trustProxy: installation.config.proxies ?? false,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
  }).withTypeProvider<TypeBoxTypeProvider>()

  const pageContext: PageContext = {
    ...context,
    figures: createFigureCache({
      compute: (request, disclosure) => computeFigure({ evidence, pack: context.pack }, request, disclosure),
      version: () => evidence.version(),
    }),
    casework: openCaseworkDoor(installation.database, context.clock),
    guests: openGuestDoor(installation.database, context.clock),
    signIn: openSignInDoor(
      { database: installation.database, clock: context.clock, seal: createSeal(secret) },
      signInSettings(installation.config, options),
    ),
    notices: openNoticeDoor(installation.database, context.clock, installation.config.mailServer !== null),
    meetings: await openMeetingDoor(installation.database, context.clock, askEvidence(evidence)),
    methods: openMethodRunner(),
    printer: openDocumentPrinter(),
  }
  app.addHook('onClose', async () => {
    await Promise.all([
      pageContext.methods.close(),
      pageContext.printer.close(),
      pageContext.meetings.close(),
    ])
  })

  const clockWatch = await watchClock(installation.database, context.clock)
  app.decorate('signInTokens', createSignInTokens(options.onSignInToken ?? (() => {})))
  refuseUnruledRoutes(app)
  answerFaults(app)
  logRequests(app)
  decorateWithPages(app, pageContext, assets, version)

  // Headers first: a refusal has to carry the same as an answer.
  await registerHeaders(app)
  await app.register(cookie, { secret })
  app.decorateRequest('viewer', null as unknown as Viewer)
  app.addHook('onRequest', async request => {
    // Whoever it is: should asking fail, the page that says so is for somebody unknown.
    request.viewer = nobody
    await clockWatch.look()
    request.viewer = await readViewer(request, {
      database: installation.database,
      open: context.isOpen(),
      now: context.clock(),
      apiKey: options.apiKey ?? null,
    })
  })
  enforceRules(app, context)
  await registerForms(app)
  keepPages(app, context)
  // After the kept pages, so that only what costs something is counted.
  await app.register(rateLimit, {
    hook: 'preHandler',
    max: options.requestsPerMinute ?? 1200,
    timeWindow: '1 minute',
    addHeaders: silentHeaders,
    addHeadersOnExceeding: silentHeaders,
  })
  await app.register(compress, {
    encodings: ['br', 'gzip'],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  })

  await describeApi(app, version)
  await assetPages(app, assets)
  for (const register of [...apiRoutes, ...pages, ...(options.extraPages ?? [])])
    await register(app, pageContext)
  return app
}

/** Limits are not announced: a refused route and an absent one must answer alike. */
const silentHeaders = {
  'x-ratelimit-limit': false,
  'x-ratelimit-remaining': false,
  'x-ratelimit-reset': false,
}

async function registerHeaders(app: WebServer): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'object-src': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
        'script-src-attr': ["'none'"],
      },
    },
    // The installation may be reached over plain HTTP inside a network; the proxy in front adds this.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  })
}

async function registerForms(app: WebServer): Promise<void> {
  await app.register(csrf, {
    cookieOpts: { path: '/', httpOnly: true, sameSite: 'strict', signed: true, secure: 'auto' },
    getToken: (request: FastifyRequest) => (request.body as { _csrf?: string } | undefined)?._csrf,
    logLevel: 'debug',
  })
  await app.register(formbody, { parser: readFormBody })
  await app.register(multipart, {
    limits: { fileSize: UPLOAD_LIMIT_BYTES, files: 20, fields: 20, fieldSize: 100_000, parts: 40 },
  })
}

/** One line a request: the pattern of the route, never the address, for the address may hold a search. */
function logRequests(app: WebServer): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        requestId: request.id,
        method: request.method,
        route: request.routeOptions.url ?? null,
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
      },
      'answered',
    )
  })
}

function signInSettings(
  config: Config,
  options: ServerOptions,
): Pick<SignInDoor, 'singleSignOn' | 'address'> {
  const { oidcIssuer, oidcClient, oidcSecret, oidcName, port, publicAddress } = config
  const settings =
    options.singleSignOn ??
    (oidcIssuer && oidcClient
      ? { issuer: oidcIssuer, client: oidcClient, secret: oidcSecret, name: oidcName }
      : null)
  return {
    singleSignOn: settings && openSingleSignOn(settings),
    address: options.address ?? publicAddress ?? `http://localhost:${port}`,
  }
}
