/**
 * A whole web application over a temporary store, for requests without a network. With synthetic data the cast is there
 * to sign in as: `await web.signInAs('coordinator')` gives a browser in which the coordinator is signed in.
 */
import type { LightMyRequestResponse } from 'fastify'
import type { AreaPack } from '../src/areas/area-pack.ts'
import { asMember, type Member } from '../src/governance/access/as-member.ts'
import { startSession } from '../src/governance/sessions/session-store.ts'
import { findMember } from '../src/governance/sign-in/find-member.ts'
import type { SingleSignOnSettings } from '../src/governance/sign-in/single-sign-on.ts'
import type { Config } from '../src/platform/config.ts'
import { cast, castUser, settleCast } from '../src/synthetic/casework/cast.ts'
import type { Pages, WebServer } from '../src/web/context.ts'
import { createServer } from '../src/web/server.ts'
import { SESSION_COOKIE } from '../src/web/session-cookie.ts'
import { folderWith, type TemporaryStore, temporaryStore, today } from './temporary-store.ts'

export interface TestWeb {
  app: WebServer
  store: TemporaryStore
  /** Requests as one browser makes them: cookies are kept. */
  browser(): TestBrowser
  /** A new browser in which somebody is signed in: one of the cast by their post, or anybody with an account. */
  signInAs(who: CastPost | Member): Promise<TestBrowser>
  /** The cookies of a browser in which somebody is signed in. */
  cookiesOf(who: CastPost | Member): Promise<Record<string, string>>
  /** One of the cast, as they act when signed in. */
  castMember(post: CastPost): Promise<Member>
  close(): Promise<void>
}

export type CastPost = (typeof cast)[number]['post']

export interface TestBrowser {
  get(url: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  /** Opens `from`, takes the token of its form and sends the fields to `url`. */
  submit(url: string, from: string, fields?: Record<string, string>): Promise<LightMyRequestResponse>
  /** Sends the fields as they are, with the cookies and without a token. */
  post(
    url: string,
    fields?: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>
  /** As `post`, for forms in which a name may stand several times. */
  postPairs(url: string, pairs: readonly [string, string][]): Promise<LightMyRequestResponse>
  /** Sends a multipart form; parts stand in the order given. */
  upload(url: string, parts: UploadPart[]): Promise<LightMyRequestResponse>
  /** The token of the form on a page. */
  token(from: string): Promise<string>
}

export type UploadPart =
  | { name: string; value: string }
  | { name: string; fileName: string; content: string | Buffer }

export interface TestWebOptions {
  synthetic?: boolean
  /** The day of the tests, standing still, unless it is given. */
  clock?: () => Date
  apiKey?: string
  extraPages?: Pages[]
  onSignInToken?: (token: string) => void
  requestsPerMinute?: number
  singleSignOn?: SingleSignOnSettings
  address?: string
  /** Puts the data there that the installation begins with. */
  data?: (folder: string) => Promise<void>
  /** A server in place of the embedded database. */
  databaseUrl?: string | null
  /** Settings that differ from those of a fresh installation. */
  config?: Partial<Config>
  /** Added to the area pack. */
  signInGroups?: AreaPack['signInGroups']
}

export async function testWeb({
  synthetic = true,
  clock = () => today,
  signInGroups,
  config = {},
  databaseUrl = null,
  data,
  ...options
}: TestWebOptions = {}): Promise<TestWeb> {
  const store = await temporaryStore(clock, data && (await folderWith(data)), databaseUrl)
  Object.assign(store.installation.config, config)
  const app = await createServer(
    {
      store,
      pack: { ...store.pack, ...(signInGroups && { signInGroups }) },
      clock,
      synthetic,
      isOpen: () => synthetic,
    },
    options,
  )
  const { database } = store.installation
  if (synthetic) await settleCast(database, today)
  const castMember = async (post: CastPost) =>
    (await findMember(database, castUser(cast.find(c => c.post === post)!.place)))!
  const cookiesOf = async (who: CastPost | Member) => {
    const member = typeof who === 'string' ? await castMember(who) : who
    // Signing in is a request as any other: it is where the server sees that a test has put its clock back.
    await app.inject('/healthz')
    const token = await asMember(database, member, { now: clock() }, tx =>
      startSession(tx, { way: 'account', device: 'A test' }),
    )
    return { [SESSION_COOKIE]: token }
  }
  return {
    app,
    store,
    browser: () => testBrowser(app),
    castMember,
    cookiesOf,
    signInAs: async who => testBrowser(app, await cookiesOf(who)),
    close: async () => {
      await app.close()
      await store.remove()
    },
  }
}

const BOUNDARY = 'concord-boundary'

function testBrowser(app: WebServer, cookies: Record<string, string> = {}): TestBrowser {
  const keep = (answer: LightMyRequestResponse) => {
    for (const { name, value } of answer.cookies) {
      if (value === '') delete cookies[name]
      else cookies[name] = value
    }
    return answer
  }
  const get: TestBrowser['get'] = async (url, headers = {}) =>
    keep(await app.inject({ url, cookies, headers }))
  const send = async (url: string, type: string, payload: string | Buffer, headers = {}) =>
    keep(
      await app.inject({
        method: 'POST',
        url,
        cookies,
        headers: { ...headers, 'content-type': type },
        payload,
      }),
    )
  const token = async (from: string) => {
    const page = await get(from)
    const found = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1]
    if (!found) throw new Error(`${from} (${page.statusCode}) has no form`)
    return found
  }
  const post: TestBrowser['post'] = (url, fields = {}, headers = {}) =>
    send(url, 'application/x-www-form-urlencoded', new URLSearchParams(fields).toString(), headers)
  return {
    get,
    post,
    postPairs: (url, pairs) =>
      send(url, 'application/x-www-form-urlencoded', new URLSearchParams([...pairs]).toString()),
    token,
    submit: async (url, from, fields = {}) => post(url, { ...fields, _csrf: await token(from) }),
    upload: (url, parts) =>
      send(url, `multipart/form-data; boundary=${BOUNDARY}`, Buffer.concat([...parts.map(multipart), last])),
  }
}

const last = Buffer.from(`--${BOUNDARY}--\r\n`)

const multipart = (part: UploadPart): Buffer =>
  'fileName' in part
    ? Buffer.concat([
        Buffer.from(
          `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${part.name}"; filename="${part.fileName}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
        ),
        Buffer.from(part.content),
        Buffer.from('\r\n'),
      ])
    : Buffer.from(
        `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${part.name}"\r\n\r\n${part.value}\r\n`,
      )
