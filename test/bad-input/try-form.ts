/** Comes to a form as its visitor does, fills it in until it is taken, and sends it in any other way. */
import type { LightMyRequestResponse } from 'fastify'
import type { WebServer } from '../../src/web/context.ts'
import { answersBy, type Known, mended, pairsOf, type Recipe } from './fill-in.ts'
import { type FoundForm, foundOn, type Routes } from './find-forms.ts'
import { pageOf } from './page-of.ts'
import type { Undoing, WrittenRow } from './undone.ts'
import { type Pairs, type Sending, send, urlencoded, type Visitor } from './visitor.ts'

/** A form that is sent on the way, and where to go on from what it answers. */
interface Step {
  form: string
  recipe: Recipe
  /** Patterns of the links to follow, one after the other; none where the next form stands on the answer itself. */
  links: readonly string[]
}

/** How somebody comes to a form. */
export interface Way {
  visitor: Visitor
  page: string
  steps: readonly Step[]
  form: string
}

export interface Sent {
  answer: LightMyRequestResponse
  /** The page that is looked at in the end: what the answer sent the browser to, or the answer itself. */
  page: LightMyRequestResponse
  url: string
}

export interface Trying {
  app: WebServer
  routes: Routes
  undoing: Undoing
  /** The values that only the test knows, for a form on a page. */
  known: (visitor: Visitor, form: FoundForm, page: LightMyRequestResponse) => Known
}

/** What is at hand while a form lies open: all that is done with it is undone afterwards. */
export interface AtForm {
  form: FoundForm
  page: LightMyRequestResponse
  submit(pairs: Pairs): Promise<Sent>
  request(url: string, sending?: Sending): Promise<LightMyRequestResponse>
  /** What was written since the form was opened. */
  written(): Promise<WrittenRow[]>
}

/** A form that lies open: the page, and how the browser came to it. */
interface Opened {
  form: FoundForm
  page: LightMyRequestResponse
  cookies: Record<string, string>
  /** What was written on the way, as text. */
  before: ReadonlySet<string>
}

const opened = new WeakMap<Way, Opened>()
let held: { way: Way; let: () => Promise<void> } | null = null

/** The last way that went through other forms is forgotten: what they did is undone. */
export async function letGo(): Promise<void> {
  const before = held
  held = null
  await before?.let()
}

/** Throws where the form is not there any more. All that `act` does is undone. */
export async function atForm<T>(trying: Trying, way: Way, act: (at: AtForm) => Promise<T>): Promise<T> {
  const { app, routes, undoing } = trying
  const browser = (cookies: Record<string, string>) => {
    const request = (url: string, sending?: Sending) => send(app, cookies, url, sending)
    const follow = async (answer: LightMyRequestResponse, url: string): Promise<Sent> => {
      let at = { page: answer, url }
      for (let i = 0; i < 4 && at.page.headers.location; i++) {
        const to = String(at.page.headers.location).split('#')[0]!
        at = { page: await request(to), url: to }
      }
      return { answer, ...at }
    }
    const go = async (url: string) => follow(await request(url), url)
    const submit = async (form: FoundForm, pairs: Pairs) => {
      if (form.method === 'POST') return follow(await request(form.action, urlencoded(pairs)), form.action)
      return go(`${form.action.split('?')[0]}?${new URLSearchParams(pairs.map(([n, v]) => [n, v]))}`)
    }
    return { request, go, submit }
  }
  const formOn = ({ page, url }: Sent, id: string): FoundForm => {
    const form = foundOn(page.body, url, routes).find(f => f.id === id)
    if (!form) throw new Error(`${id} is not on ${url} (${page.statusCode}) any more`)
    return form
  }

  async function open(): Promise<Opened> {
    const cookies = { ...way.visitor.cookies }
    const { go, submit } = browser(cookies)
    let here = await go(way.page)
    for (const { form: id, recipe, links } of way.steps) {
      const form = formOn(here, id)
      const known = trying.known(way.visitor, form, here.page)
      here = await submit(form, pairsOf(form, answersBy(form, known, recipe)))
      for (const link of links) {
        const href = pageOf(here.page.body).links.find(h => routes.of('GET', h) === link)
        if (!href) throw new Error(`${here.url} has no link to ${link} any more`)
        here = await go(href)
      }
    }
    const before = way.steps.length === 0 ? [] : await undoing.undo(written => written())
    return {
      form: formOn(here, way.form),
      page: here.page,
      cookies,
      before: new Set(before.map(row => JSON.stringify(row))),
    }
  }

  // Forms on the way are sent once, and what they did stays until another way is gone.
  if (held?.way !== way) {
    await letGo()
    if (way.steps.length > 0) {
      held = { way, let: await undoing.hold() }
      opened.set(way, await open())
    }
  }
  return undoing.undo(async written => {
    // A page that nothing comes before is the same each time, for nothing that was done stays.
    const at = opened.get(way) ?? (await open())
    opened.set(way, at)
    const cookies = { ...at.cookies }
    const { request, submit } = browser(cookies)
    return act({
      form: at.form,
      page: at.page,
      request,
      written: async () => (await written()).filter(row => !at.before.has(JSON.stringify(row))),
      submit: pairs => submit(at.form, pairs),
    })
  })
}

export const isTaken = ({ answer }: Sent): boolean =>
  answer.statusCode === 303 || (answer.statusCode === 200 && pageOf(answer.body).complaints === null)

export interface Solved {
  recipe: Recipe
  /** Forms that stand only on what comes after. */
  beyond: { form: FoundForm; links: readonly string[] }[]
}

const MOST_TRIES = 16
const LINKS_TRIED = 24
const DEEPEST = 2

/** How the form is filled in so that it is taken; a string says why it never was. `seen` are patterns of pages that are known. */
export async function solve(
  trying: Trying,
  way: Way,
  seen: ReadonlyMap<string, unknown>,
): Promise<Solved | string> {
  const { routes } = trying
  let recipe: Recipe = {}
  let last = ''
  for (let i = 0; i < MOST_TRIES; i++) {
    const outcome = await atForm(trying, way, async at => {
      const known = trying.known(way.visitor, at.form, at.page)
      const sent = await at.submit(pairsOf(at.form, answersBy(at.form, known, recipe)))
      if (isTaken(sent)) return { solved: { recipe, beyond: await beyondOf(at, sent) } }
      const complaints = pageOf(sent.page.body).complaints ?? []
      last = `${sent.answer.statusCode}: ${complaints.join(', ') || 'without a complaint'}`
      return { next: mended(at.form, known, recipe, complaints) }
    })
    if (outcome.solved) return outcome.solved
    if (!outcome.next) break
    recipe = outcome.next
  }
  return `not taken, ${last}`

  async function beyondOf(at: AtForm, sent: Sent): Promise<Solved['beyond']> {
    const beyond: Solved['beyond'] = []
    const tried = new Set<string>()
    const waiting = [{ page: sent.page, url: sent.url, links: [] as readonly string[] }]
    for (let here = waiting.shift(); here; here = waiting.shift()) {
      if (!isPage(here.page)) continue
      const { links, url } = here
      beyond.push(...foundOn(here.page.body, url, routes).map(form => ({ form, links })))
      if (links.length >= DEEPEST) continue
      for (const href of pageOf(here.page.body).links) {
        const route = routes.of('GET', href)
        // Pages that nobody has seen, and those of what was just made.
        if (route === null || tried.has(route) || (seen.has(route) && !href.startsWith(`${sent.url}/`)))
          continue
        if (tried.size >= LINKS_TRIED) break
        tried.add(route)
        waiting.push({ page: await at.request(href), url: href, links: [...links, route] })
      }
    }
    return beyond
  }
}

export const isPage = (answer: LightMyRequestResponse): boolean =>
  String(answer.headers['content-type']).startsWith('text/html')
