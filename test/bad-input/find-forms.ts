/** Walks the product as each of several people does, by its links, and finds every form that stands on a page. */
import type { WebServer } from '../../src/web/context.ts'
import type { RegisteredRoute } from '../access-matrix/registered-routes.ts'
import { type PageForm, pageOf } from './page-of.ts'
import { send, type Visitor } from './visitor.ts'

export interface FoundForm extends PageForm {
  /** Method, route and fields, without numbers: one form of the product. */
  id: string
  /** Pattern of the route that it is sent to. */
  route: string
}

export interface Routes {
  /** Pattern of the route that answers; null where none does. */
  of(method: string, url: string): string | null
}

export function readRoutes(registered: readonly RegisteredRoute[]): Routes {
  const shapes = registered
    .map(({ path, methods }) => ({
      path,
      methods,
      variable: path.split('/').filter(part => part.includes(':')).length,
      shape: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:[a-zA-Z]+/g, '[^/]+')}/?$`),
    }))
    .sort((a, b) => a.variable - b.variable)
  return {
    of: (method, url) => {
      const path = url.split(/[?#]/)[0]!
      return shapes.find(s => s.methods.includes(method) && s.shape.test(path))?.path ?? null
    },
  }
}

const withoutNumbers = (text: string) =>
  text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+/g, 'number')

/** Throws where a form is sent to an address that nothing answers. */
export function foundOn(html: string, url: string, routes: Routes): FoundForm[] {
  return pageOf(html).forms.map(form => {
    const action = form.action || url
    const route = routes.of(form.method, action)
    if (route === null) throw new Error(`The form to ${action} on ${url} leads nowhere`)
    const names = [...new Set(form.fields.map(f => withoutNumbers(f.name)))].filter(n => n !== '_csrf')
    return { ...form, action, route, id: `${form.method} ${route} (${names.sort().join(' ')})` }
  })
}

/** Pages of a pattern that are looked at before another has to bring something new. */
const FEW = 3
/** The same for everybody of a role together: after so many without news, a pattern has been seen. */
const ENOUGH = 4
/** Places that are kept of a form: the first may be in a state in which it is not taken. */
const PLACES = 4

export interface Place {
  visitor: Visitor
  /** Address of the page on which it stands. */
  page: string
}

export interface Walk {
  /** By the form's name. */
  places: ReadonlyMap<string, readonly Place[]>
  pages: number
  /** Patterns of the pages that were seen, each with the first. */
  seen: ReadonlyMap<string, Place>
  /** Links that lead to nothing, with the page on which they stand. */
  dead: readonly string[]
}

export async function findForms(app: WebServer, visitors: readonly Visitor[], routes: Routes): Promise<Walk> {
  const places = new Map<string, Place[]>()
  const dull = new Map<string, number>()
  const everywhere = new Map<string, Place>()
  const dead = new Set<string>()
  let pages = 0
  for (const visitor of visitors) {
    const left = new Map<string, number>()
    const seen = new Set<string>()
    const linked = new Set<string>()
    const waiting = [...visitor.from, '/'].map(url => ({ url, on: 'the beginning' }))
    while (waiting.length > 0) {
      const { url, on } = waiting.shift()!
      const route = routes.of('GET', url)
      if (route === null || seen.has(url) || isFile(route)) continue
      seen.add(url)
      const budget = left.get(route) ?? (everywhere.has(route) ? 1 : FEW)
      const forRole = `${visitor.role} ${route}`
      const enough = budget <= 0 || (dull.get(forRole) ?? 0) >= ENOUGH
      if (enough && !visitor.from.includes(url)) continue
      const answer = await send(app, visitor.cookies, url)
      pages++
      if (answer.statusCode >= 500) throw new Error(`${visitor.name}: ${url} answered ${answer.statusCode}`)
      if (answer.statusCode >= 400) dead.add(`${visitor.name}: ${url} on ${on} (${answer.statusCode})`)
      if (answer.headers.location)
        waiting.push({ url: String(answer.headers.location).split('#')[0]!, on: url })
      if (!String(answer.headers['content-type']).startsWith('text/html')) continue
      let news = false
      for (const { id } of foundOn(answer.body, url, routes)) {
        const known = places.get(id) ?? []
        news ||= known.length === 0
        if (known.length < PLACES && known.every(p => p.page !== url))
          places.set(id, [...known, { visitor, page: url }])
      }
      for (const href of pageOf(answer.body).links) {
        const to = routes.of('GET', href)
        if (to === null) dead.add(`${visitor.name}: ${href} on ${url}`)
        else if (!linked.has(to)) {
          linked.add(to)
          news ||= !everywhere.has(to)
        }
        waiting.push({ url: href, on: url })
      }
      if (!everywhere.has(route)) everywhere.set(route, { visitor, page: url })
      left.set(route, news ? budget : budget - 1)
      if (!news) dull.set(forRole, (dull.get(forRole) ?? 0) + 1)
    }
  }
  return { places, pages, seen: everywhere, dead: [...dead] }
}

/** What a link gives that is no page. */
const isFile = (route: string) => /\.\w+$|:format|^\/assets/.test(route)
