/** What a page offers: its forms as a browser would send them, its links, and what it complains of. */

export interface Field {
  name: string
  /** `text`, `textarea`, `hidden`, `password`, `radio`, `checkbox`, `select`, `file`, `button` … */
  kind: string
  /** What the page holds: several for boxes that are ticked. */
  values: string[]
  /** Of radios, boxes and selects. */
  options: string[]
  /** Never shown again: a password, or a code that is good once. */
  secret: boolean
}

export interface PageForm {
  method: 'GET' | 'POST'
  action: string
  multipart: boolean
  fields: Field[]
}

export interface Page {
  forms: PageForm[]
  /** Addresses of our own, without their anchors. */
  links: string[]
  /** Names of the fields in the summary of errors, in its order; an anchor that leads nowhere as it is. Null where there is none. */
  complaints: string[] | null
}

/** What somebody types into: the rest is chosen, or carried by the page. */
export const isTyped = ({ kind }: Field): boolean => TYPED.has(kind)
const TYPED = new Set(['text', 'textarea', 'email', 'password', 'search', 'number', 'tel', 'date', 'time'])

let last: { html: string; page: Page } | undefined

/** Reads tags one by one, which is enough for pages that are made by templates; a document of its own for each takes too long. */
export function pageOf(html: string): Page {
  if (last?.html !== html) last = { html, page: readPage(html) }
  return last.page
}

interface Tag {
  name: string
  attributes: Record<string, string>
  end: boolean
  /** Text up to the next tag. */
  text: string
}

const TAG =
  /<!--[\s\S]*?-->|<(script|style)\b[\s\S]*?<\/\1>|<(\/?)([a-zA-Z][\w-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>([^<]*)/g
const ATTRIBUTE = /([^\s=/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s]+)))?/g
const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0' }

const decoded = (text: string): string =>
  text.replaceAll(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hex, name) =>
    name ? (named[name] ?? whole) : String.fromCodePoint(Number.parseInt(decimal ?? hex, decimal ? 10 : 16)),
  )

const tagsOf = (html: string): Tag[] =>
  [...html.matchAll(TAG)]
    .filter(([, , , name]) => name !== undefined)
    .map(([, , slash, name, attributes, text]) => ({
      name: name!.toLowerCase(),
      end: slash === '/',
      text: decoded(text!),
      attributes: Object.fromEntries(
        [...attributes!.matchAll(ATTRIBUTE)].map(([, key, one, two, three]) => [
          key!,
          decoded(one ?? two ?? three ?? ''),
        ]),
      ),
    }))

function readPage(html: string): Page {
  const tags = tagsOf(html)
  const page: Page = { forms: [], links: [], complaints: null }
  const anchors: string[] = []
  let form: PageForm | null = null
  let select: Field | null = null
  let inSummary = false
  for (const tag of tags) {
    const { name, attributes, end } = tag
    if (attributes.class?.split(' ').includes('govuk-error-summary')) inSummary = true
    if (name === 'ul' && end && inSummary) {
      inSummary = false
      page.complaints = []
    }
    if (name === 'a' && !end && attributes.href) {
      if (inSummary) anchors.push(attributes.href)
      if (attributes.href.startsWith('/')) page.links.push(attributes.href.split('#')[0]!)
    }
    if (name === 'form') {
      form = end
        ? null
        : {
            method: attributes.method?.toUpperCase() === 'POST' ? 'POST' : 'GET',
            action: attributes.action ?? '',
            multipart: attributes.enctype === 'multipart/form-data',
            fields: [],
          }
      if (form) page.forms.push(form)
    }
    if (name === 'select' && end) select = null
    if (name === 'option' && !end && select) {
      const value = attributes.value ?? tag.text.trim()
      if ('selected' in attributes || select.values.length === 0) select.values = [value]
      select.options.push(value)
    }
    if (!form || end || attributes.name === undefined) continue
    const field = readField(form, tag)
    if (name === 'select') select = field
  }
  if (page.complaints) page.complaints = anchors.map(href => fieldAt(tags, href))
  return page
}

/** Adds what the tag brings to the form's field of its name. */
function readField(form: PageForm, { name: tag, attributes, text }: Tag): Field | null {
  if (!['input', 'textarea', 'select', 'button'].includes(tag)) return null
  const kind = tag === 'input' ? (attributes.type ?? 'text') : tag
  const known = form.fields.find(f => f.name === attributes.name)
  const field: Field = known ?? { name: attributes.name!, kind, values: [], options: [], secret: false }
  if (!known) form.fields.push(field)
  field.secret ||= kind === 'password' || attributes.autocomplete === 'one-time-code'
  const value = attributes.value ?? ''
  if (kind === 'radio' || kind === 'checkbox') {
    field.options.push(value || 'on')
    if ('checked' in attributes) field.values.push(value || 'on')
  } else if (kind === 'button') {
    // The first button is pressed, where it says something.
    if (!form.fields.some(f => f !== field && f.kind === 'button')) field.values = [value]
  } else if (kind === 'textarea') field.values.push(text.replace(/^\n/, ''))
  else if (kind !== 'file' && kind !== 'select') field.values.push(value)
  return field
}

/** The field to which an anchor leads: the element itself, or the first within. */
function fieldAt(tags: readonly Tag[], href: string): string {
  const at = href.startsWith('#') ? tags.findIndex(t => !t.end && t.attributes.id === href.slice(1)) : -1
  const field = at < 0 ? undefined : tags.slice(at).find(t => t.attributes.name !== undefined)
  return field?.attributes.name ?? href
}
