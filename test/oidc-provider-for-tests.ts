/** A real OpenID Connect provider (npm's `oidc-provider`) on this machine, with people whom the test names. */
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type JWK } from 'oidc-provider'

export interface ProviderPerson {
  name: string
  email: string
  email_verified: boolean
  groups: string[]
}

export interface TestProvider {
  issuer: string
  client: string
  secret: string
  /** By the name that they type at the provider. */
  people: Record<string, ProviderPerson>
  /** From now on the provider signs with another key, and shows no other. */
  changeKey(): void
  /** From now on the provider shows a key that it does not sign with. */
  showAnotherKey(): void
  close(): Promise<void>
}

const CLIENT = 'concord'
const SECRET = 'a-secret-between-the-two-of-them'

/** `address` is Concord's. */
export async function startProvider(address: string): Promise<TestProvider> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const people: Record<string, ProviderPerson> = {}
  let signing = provider(issuer, address, people)
  let showing = signing
  server.on('request', (request, response) =>
    (request.url === '/jwks' ? showing : signing)(request, response),
  )
  return {
    issuer,
    client: CLIENT,
    secret: SECRET,
    people,
    changeKey: () => {
      signing = provider(issuer, address, people)
      showing = signing
    },
    showAnotherKey: () => {
      showing = provider(issuer, address, people)
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function provider(issuer: string, address: string, people: Record<string, ProviderPerson>) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = { ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig' } as JWK
  const made = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT,
        client_secret: SECRET,
        redirect_uris: [`${address}/sign-in/organisation/return`],
        post_logout_redirect_uris: [`${address}/`],
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ['a key of tests'] },
    pkce: { required: () => true },
    // Claims in the identity itself, as the directories of organisations send them.
    conformIdTokenClaims: false,
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    findAccount: (_context, id) => {
      const person = people[id]
      return person && { accountId: id, claims: () => ({ sub: id, ...person }) }
    },
    // Nobody is asked whether Concord may know who they are: their organisation has decided.
    loadExistingGrant: async context => {
      const grant = new context.oidc.provider.Grant({
        clientId: CLIENT,
        accountId: context.oidc.session!.accountId!,
      })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })
  return made.callback()
}

/**
 * Goes to the provider as a browser does and signs in there under a name. Gives the address with which the provider sends
 * the browser back to Concord.
 */
export async function signInAtProvider(start: string, name: string, address: string): Promise<string> {
  const cookies = new Map<string, string>()
  const visit = async (url: string, body?: URLSearchParams): Promise<Response> => {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([n, v]) => `${n}=${v}`).join('; ') },
      ...(body && { method: 'POST', body }),
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [, cookieName, value] = /^([^=]+)=([^;]*)/.exec(cookie)!
      cookies.set(cookieName!, value!)
    }
    return answer
  }
  let url = start
  for (let steps = 0; steps < 10; steps++) {
    const answer = await visit(url)
    const location = answer.headers.get('location')
    if (location?.startsWith(address)) return location
    if (location) {
      url = new URL(location, url).href
      continue
    }
    const form = /action="([^"]+)"/.exec(await answer.text())![1]!
    const sent = await visit(form, new URLSearchParams({ prompt: 'login', login: name, password: 'any' }))
    url = new URL(sent.headers.get('location')!, form).href
  }
  throw new Error(`The provider did not send ${name} back.`)
}
