/** Listens, and says where: the address for commands given meanwhile, and the link to sign in with. */
import { rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import type { SingleSignOnSettings } from '../governance/sign-in/single-sign-on.ts'
import type { WebContext } from './context.ts'
import { newKey } from './secrets.ts'
import { createServer } from './server.ts'

export interface Serving {
  /** `http://localhost:3000` */
  address: string
  /** Makes a link that signs one analyst in, and tells it. */
  offerSignIn(): void
  /** Stops taking requests, lets those under way finish, and forgets the address. Leaves the store open. */
  close(): Promise<void>
}

export interface ServeOptions {
  host: string
  /** 0 chooses a free port. */
  port: number
  /**
   * Called at the start and after each use with a link that signs one analyst in, once. Not called while nothing
   * but synthetic evidence is held: nobody needs to sign in.
   */
  onSignInLink?: (link: string) => void
  /** The organisation's own sign-in, for tests; else the configuration says. */
  singleSignOn?: SingleSignOnSettings
}

/**
 * Serves the store. Writes `server.json` in the data folder: `{ address, key, pid }`, readable by its owner
 * only; commands on this machine send `Authorization: Bearer <key>` to the API.
 */
export async function serve(context: WebContext, options: ServeOptions): Promise<Serving> {
  const key = newKey()
  const app = await createServer(context, {
    apiKey: key,
    ...(options.singleSignOn && {
      singleSignOn: options.singleSignOn,
      address: `http://localhost:${options.port}`,
    }),
    onSignInToken: token => options.onSignInLink?.(`${address}/sign-in/${token}`),
  })
  await app.listen({ host: options.host, port: options.port })
  const { port } = app.server.address() as AddressInfo
  const shown = ['127.0.0.1', '0.0.0.0', '::', '::1', 'localhost'].includes(options.host)
    ? 'localhost'
    : options.host
  const address = `http://${shown}:${port}`
  const { serverFile } = context.store.installation.folder
  await writeFile(serverFile, JSON.stringify({ address, key, pid: process.pid }), { mode: 0o600 })
  const offerSignIn = () => app.signInTokens.offer()
  if (!context.isOpen()) offerSignIn()
  return {
    address,
    offerSignIn,
    close: async () => {
      await rm(serverFile, { force: true })
      await app.close()
    },
  }
}
