/** Somebody at a browser, whose cookies can be set back to what they were. */
import type { LightMyRequestResponse } from 'fastify'
import type { WebServer } from '../../src/web/context.ts'

export type Pairs = readonly (readonly [name: string, value: string])[]

export interface Visitor {
  name: string
  role: string
  /** Addresses to which nothing but an earlier step leads. */
  from: string[]
  cookies: Record<string, string>
}

export interface Sending {
  method?: string
  headers?: Record<string, string>
  payload?: string
}

let addresses = 0

/** Each request from an address of its own, so that no limit by address is met but where it is looked for. */
export async function send(
  app: WebServer,
  cookies: Record<string, string>,
  url: string,
  { method = 'GET', headers = {}, payload }: Sending = {},
): Promise<LightMyRequestResponse> {
  const number = ++addresses
  const answer = await app.inject({
    method: method as 'GET',
    url,
    cookies,
    headers,
    remoteAddress: `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`,
    ...(payload !== undefined && { payload }),
  })
  for (const { name, value } of answer.cookies) {
    if (value === '') delete cookies[name]
    else cookies[name] = value
  }
  return answer
}

export const urlencoded = (pairs: Pairs): Sending => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  payload: new URLSearchParams(pairs.map(([n, v]) => [n, v])).toString(),
})
