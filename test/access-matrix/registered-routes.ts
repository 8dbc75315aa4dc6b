/** Every route of the application, read from the router's own picture of itself: none can be left out by forgetting. */
import type { WebServer } from '../../src/web/context.ts'

export interface RegisteredRoute {
  /** With its parameters: `/sharing/requests/:id`. */
  path: string
  methods: string[]
}

const LINE = /^((?:[│ ] {3})*)[├└]── (\S*)(?: \(([A-Z, ]+)\))?$/

export function registeredRoutes(app: WebServer): RegisteredRoute[] {
  const above: string[] = []
  const routes: RegisteredRoute[] = []
  for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
    const found = LINE.exec(line)
    if (!found) continue
    const depth = found[1]!.length / 4
    const path = (depth === 0 ? '' : above[depth - 1]!) + found[2]!
    above[depth] = path
    if (found[3]) routes.push({ path, methods: found[3].split(', ') })
  }
  return routes
}
