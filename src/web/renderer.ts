/**
 * Pages from Nunjucks templates. A template is named from `src/`: `measures/views/figure.njk`. Everything is
 * escaped unless the template says `safe`; an undefined variable is an empty string only where the template
 * gives a default.
 */
import { join, resolve } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'
import nunjucks from 'nunjucks'
import { may, type Permission } from '../governance/permissions.ts'
import { purposes } from '../governance/purposes.ts'
import { sessionRules } from '../governance/sessions/session-rules.ts'
import { londonDay } from '../platform/calendar.ts'
import { clockWords } from '../platform/london-time.ts'
import type { Assets } from './assets/build-assets.ts'
import type { PageContext, WebServer } from './context.ts'
import { markingOf } from './marking.ts'
import { navigation } from './navigation.ts'
import * as words from './words.ts'

export interface PageData extends Partial<Record<NameOfFrame, never>> {
  /** Heading and title of the page. */
  title: string
  /** The trail above the heading, without this page. */
  breadcrumbs?: { text: string; href: string }[]
  back?: { text: string; href: string }
  [name: string]: unknown
}

/** What every page's header says: a page that gave one of these names to something else would change it. */
type NameOfFrame = 'area' | 'marking' | 'may' | 'navigation' | 'purpose' | 'synthetic' | 'viewer'

declare module 'fastify' {
  interface FastifyReply {
    /** Sends the page. `template` is named from `src/`. */
    page(template: string, data: PageData): FastifyReply
  }
}

const source = resolve(import.meta.dirname, '..')
const packages = resolve(source, '../node_modules')

export function createTemplates(assets: Assets): nunjucks.Environment {
  const environment = new nunjucks.Environment(
    new nunjucks.FileSystemLoader([
      source,
      join(packages, 'govuk-frontend/dist'),
      join(packages, '@ministryofjustice/frontend'),
    ]),
    { autoescape: true, trimBlocks: true, lstripBlocks: true },
  )
  environment.addGlobal('asset', (name: string) => assets.path(name))
  environment.addFilter('count', words.countWords)
  environment.addFilter('countOf', words.countOf)
  environment.addFilter('number', words.numberWords)
  environment.addFilter('bytes', words.bytesWords)
  environment.addFilter('instant', words.instantWords)
  environment.addFilter('instantShort', words.instantShort)
  environment.addFilter('clock', (instant: Date | string) => clockWords(new Date(instant)))
  environment.addFilter('calendar', words.calendarWords)
  environment.addFilter('monthShort', words.monthShort)
  environment.addFilter('period', (p: { from: string; to: string }) => words.periodWords(p.from, p.to))
  return environment
}

export function decorateWithPages(
  app: WebServer,
  context: PageContext,
  assets: Assets,
  version: string,
): void {
  const templates = createTemplates(assets)
  app.decorateReply('page', function (this: FastifyReply, template: string, data: PageData) {
    this.type('text/html; charset=utf-8')
    const html = templates.render(template, {
      ...frame(this.request, context),
      programVersion: version,
      ...data,
    })
    return this.send(html)
  })
}

/** What the layout needs, whatever the page. */
function frame(request: FastifyRequest, context: PageContext): Record<string, unknown> {
  const { viewer } = request
  const path = request.url.split('?')[0]!
  return {
    path,
    url: request.url,
    viewer,
    purpose: purposes.find(p => p.id === viewer.member?.purpose) ?? null,
    idleMinutes: viewer.session ? sessionRules[viewer.session.way].idleMinutes : null,
    may: (permission: Permission) => may(viewer.role, permission),
    area: context.pack.name,
    pack: context.pack,
    synthetic: context.synthetic,
    open: context.isOpen(),
    navigation: navigation(viewer, path),
    today: londonDay(context.clock()),
    marking: markingOf(context.synthetic, viewer.disclosure === 'record'),
  }
}
