/** A listening application over a temporary store, with a browser. */
import type { Browser } from 'playwright-core'
import type { AreaPack } from '../../src/areas/area-pack.ts'
import { syncPack } from '../../src/casework/sync-pack.ts'
import type { SingleSignOnSettings } from '../../src/governance/sign-in/single-sign-on.ts'
import { settleCast } from '../../src/synthetic/casework/cast.ts'
import { type Serving, serve } from '../../src/web/serve.ts'
import { folderWith, type TemporaryStore, temporaryStore } from '../temporary-store.ts'
import { openBrowser } from './browser.ts'

export interface JourneyWeb {
  store: TemporaryStore
  browser: Browser
  address: string
  /** Links to sign in that were printed, the newest last. */
  links: string[]
  close(): Promise<void>
}

export interface JourneyOptions {
  synthetic?: boolean
  clock?: () => Date
  /** Puts the data there that the installation begins with. */
  data?: (folder: string) => Promise<void>
  /** A server in place of the embedded database. */
  databaseUrl?: string | null
  /** 0 chooses a free one. */
  port?: number
  singleSignOn?: SingleSignOnSettings
  /** Added to the area pack. */
  signInGroups?: NonNullable<AreaPack['signInGroups']>
}

export async function journeyWeb({
  synthetic = true,
  clock = () => new Date(),
  data,
  databaseUrl = null,
  port = 0,
  singleSignOn,
  signInGroups = [],
}: JourneyOptions = {}): Promise<JourneyWeb> {
  const folder = data && (await folderWith(data))
  const [store, browser] = await Promise.all([temporaryStore(clock, folder, databaseUrl), openBrowser()])
  const links: string[] = []
  if (synthetic) {
    await syncPack(store.installation.database, store.pack)
    await settleCast(store.installation.database, clock())
  }
  const serving: Serving = await serve(
    {
      store,
      pack: { ...store.pack, signInGroups },
      clock,
      synthetic,
      isOpen: () => synthetic,
    },
    {
      host: '127.0.0.1',
      port,
      onSignInLink: link => links.push(link),
      ...(singleSignOn && { singleSignOn }),
    },
  )
  return {
    store,
    browser,
    address: serving.address,
    links,
    close: async () => {
      await browser.close()
      await serving.close()
      await store.remove()
    },
  }
}
