/**
 * Signing in at the organisation's own OpenID Connect provider: the code flow with PKCE, state and nonce. The signature of
 * the identity is checked against the keys that the provider has at that moment, so that it may change them at any time.
 */
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type ServerMetadata,
} from 'openid-client'

export interface SingleSignOnSettings {
  /** For the button: "West Midlands Police". */
  name: string
  issuer: string
  client: string
  /** Null for a client without a secret. */
  secret: string | null
}

/** What has to be remembered between going there and coming back. */
export interface Journey {
  state: string
  nonce: string
  verifier: string
  /** Path to go to afterwards. */
  goal: string | null
}

/** Who somebody is, as their provider says. */
export interface ExternalIdentity {
  issuer: string
  subject: string
  name: string | null
  /** Only where the provider vouches that it is theirs. */
  email: string | null
  groups: string[]
}

export interface SingleSignOn {
  name: string
  /** Where to send the browser. `back` is the full address to which it returns. */
  start(back: string, goal: string | null): Promise<{ url: string; journey: Journey }>
  /** `url` is the full address with which the browser came back. Throws where anything does not fit. */
  finish(url: string, journey: Journey): Promise<ExternalIdentity>
  /** Where one signs out there as well; null where the provider has no such place. */
  endAddress(back: string): Promise<string | null>
}

const SCOPE = 'openid email profile'

const isLoopback = (issuer: string) => ['localhost', '127.0.0.1', '[::1]'].includes(new URL(issuer).hostname)

const textOf = (claim: unknown): string | null => (typeof claim === 'string' && claim !== '' ? claim : null)

export function openSingleSignOn({ name, issuer, client, secret }: SingleSignOnSettings): SingleSignOn {
  // Plain HTTP is for a provider on this machine alone, as tests have it.
  const settings = isLoopback(issuer) ? [allowInsecureRequests] : []
  let known: Promise<ServerMetadata> | null = null
  const provider = () => {
    known ??= discovery(new URL(issuer), client, secret ?? undefined, undefined, { execute: settings }).then(
      found => found.serverMetadata(),
    )
    // A provider that does not answer now may answer the next time.
    known.catch(() => {
      known = null
    })
    return known
  }
  /** A new one for each journey: it remembers keys, and the provider may have changed them. */
  const configuration = async () => {
    const made = new Configuration(await provider(), client, secret ?? undefined)
    for (const set of settings) set(made)
    enableNonRepudiationChecks(made)
    return made
  }
  return {
    name,
    start: async (back, goal) => {
      const journey = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier(), goal }
      const url = buildAuthorizationUrl(await configuration(), {
        redirect_uri: back,
        scope: SCOPE,
        state: journey.state,
        nonce: journey.nonce,
        code_challenge: await calculatePKCECodeChallenge(journey.verifier),
        code_challenge_method: 'S256',
      })
      return { url: url.href, journey }
    },
    finish: async (url, { state, nonce, verifier }) => {
      const answer = await authorizationCodeGrant(await configuration(), new URL(url), {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      })
      const { iss, sub, name, email, email_verified, groups } = answer.claims()!
      return {
        issuer: iss,
        subject: sub,
        name: textOf(name),
        email: email_verified === true ? textOf(email) : null,
        groups: Array.isArray(groups) ? groups.filter(g => typeof g === 'string') : [],
      }
    },
    endAddress: async back => {
      const made = await configuration()
      if (!made.serverMetadata().end_session_endpoint) return null
      return buildEndSessionUrl(made, { post_logout_redirect_uri: back }).href
    },
  }
}
