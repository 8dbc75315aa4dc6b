/**
 * Stop and search: how often, by which power, for what, with what result, and who. S0 paragraphs 34 to 37, S1
 * paragraphs 83 to 86. Section 60, which needs no suspicion of the person, stands apart.
 */
import { Type } from 'typebox'
import type { AreaPack } from '../../areas/area-pack.ts'
import { londonDay, periodWords } from '../../platform/calendar.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { figureTable } from '../../web/figure-table.ts'
import type { DimensionId, Figure, FigureRequest } from '../figure.ts'
import { methodState } from '../methods/register.ts'
import { pageWarnings } from './chart-block.ts'
import { againstFemale, againstOtherAges, againstWhite, comparedBlock } from './compared-block.ts'
import { type HeldMonths, heldMonths } from './held.ts'
import { limitsField } from './limits-field.ts'
import { nothingHeld } from './nothing-held.ts'
import { opening } from './opening.ts'
import { proportionBlock } from './proportion-block.ts'
import { readScope, type Scope, scoped, scopeQuery } from './scope.ts'
import { shareBlock } from './share-block.ts'
import { splitBlock } from './split-block.ts'
import { trendBlock, trendRequest } from './trend-block.ts'

const WORDS = {
  title: 'Stop and search',
  lead: 'How often people were searched, by which power and for what, what was found, and who was searched. Searches count encounters: somebody searched five times is counted five times.',
}

const ALL = 'stop-and-search'
const FINDS = 'stop-and-search-find-rate'
const SECTION_60 = 'stop-and-search-section-60'
/** Searches of a vehicle alone have no person, and so no age or ethnicity that could be missing. */
const ofPeople = { kind: ['Person search', 'Person and Vehicle search'] }

const residentsCaution =
  'Rates compare searches with everybody who lives here. People who are searched need not live here, and the same person may be searched many times: both make a rate differ from the chance of being searched.'

export function stopAndSearchPages(app: WebServer, context: PageContext): void {
  const { pack, clock } = context
  app.get(
    '/stop-and-search',
    {
      schema: { querystring: Type.Object(scopeQuery) },
      config: { may: 'see-figures', records: 'nothing', cached: true },
    },
    async (request, reply) => {
      const held = await heldMonths(context.store.evidence, pack, ALL)
      if (!held) return nothingHeld(reply, WORDS, ALL)
      const scope = readScope(request.query, held, pack)
      const today = londonDay(clock())
      const asked = requests(scope, held, pack)
      const names = Object.keys(asked) as (keyof typeof asked)[]
      const got = await Promise.all(names.map(n => context.figures.get(asked[n], request.viewer.disclosure)))
      const figures = Object.fromEntries(names.map((n, i) => [n, got[i]!])) as Record<
        keyof typeof asked,
        Figure
      >
      const state = methodState(pack, 'disproportionality', londonDay(context.clock()))
      const split = (name: keyof typeof asked, dimension: DimensionId, subject: string) =>
        splitBlock(figures[name], asked[name], { id: name, dimension, subject })
      const finds = (name: keyof typeof asked, dimension: DimensionId, title: string) =>
        proportionBlock(figures[name], asked[name], {
          id: name,
          dimension,
          title,
          cases: 'searches',
          met: 'found something or ended in action',
        })
      return reply.page('measures/pictures/views/stop-and-search.njk', {
        ...opening(WORDS, {
          scope,
          held,
          pack,
          url: request.url,
          own: [limitsField(scope, held, pack)],
        }),
        period: periodWords(scope.from, scope.to),
        warnings: pageWarnings([figures.trend, figures.power]).filter(w => w.kind !== 'denominator-year'),
        heldInPeriod: !figures.power.total.missing,
        trend: trendBlock({
          id: 'trend',
          figure: figures.trend,
          request: asked.trend,
          whole: figures.power,
          scope,
          held,
          pack,
          today,
        }),
        what: [
          split('power', 'legislation', 'Power used'),
          split('object', 'object', 'Object of the search'),
          finds('findsByPower', 'legislation', 'Searches that found something or ended in action, by power'),
          finds('findsByObject', 'object', 'Searches that found something or ended in action, by object'),
        ],
        who: [
          shareBlock(figures.group, asked.group, {
            id: 'group',
            dimension: 'ethnic-group',
            title: 'Ethnic group of people searched, as they said themselves',
            people: 'searches',
          }),
          finds(
            'findsByGroup',
            'ethnic-group',
            'Searches that found something or ended in action, by ethnic group',
          ),
          shareBlock(figures.officer, asked.officer, {
            id: 'officer',
            dimension: 'ethnicity-officer',
            title: 'Appearance of people searched, as an officer described it',
            people: 'searches',
            notes: ['A description by an officer: it is never added to what people said themselves.'],
          }),
          shareBlock(figures.gender, asked.gender, {
            id: 'gender',
            dimension: 'gender',
            title: 'Gender of people searched',
            people: 'searches',
          }),
          shareBlock(figures.age, asked.age, {
            id: 'age',
            dimension: 'age-band',
            title: 'Age of people searched',
            people: 'searches',
          }),
        ],
        compared: state.runs
          ? comparedBlock(
              [
                { figure: figures.group, request: asked.group, ...againstWhite },
                { figure: figures.gender, request: asked.gender, ...againstFemale },
                { figure: figures.age, request: asked.age, ...againstOtherAges },
              ],
              { id: 'compared', people: 'searches', method: state.entry, notes: [residentsCaution] },
            )
          : null,
        notCompared: state.runs ? null : state.because,
        section60: {
          recorded: figures.section60Total.total.value !== 0,
          trend:
            figures.section60Total.total.value === 0
              ? null
              : trendBlock({
                  id: 'section60',
                  figure: figures.section60,
                  request: asked.section60,
                  whole: figures.section60Total,
                  scope,
                  held,
                  pack,
                  today,
                }),
          areas: figureTable(figures.section60Total, {
            captionHidden: true,
            caption: `Searches under section 60 by ${pack.words.policingArea}`,
          }),
        },
      })
    },
  )
}

function requests(scope: Scope, held: HeldMonths, pack: AreaPack) {
  const split = (
    measure: string,
    dimension: DimensionId,
    more: Partial<FigureRequest> = {},
    compare = false,
  ) => scoped(scope, { measure, by: [dimension], ...more }, { compare })
  return {
    trend: trendRequest(ALL, { scope, held, pack }),
    power: split(ALL, 'legislation', {}, true),
    object: split(ALL, 'object', {}, true),
    findsByPower: split(FINDS, 'legislation'),
    findsByObject: split(FINDS, 'object'),
    findsByGroup: split(FINDS, 'ethnic-group', { where: ofPeople }),
    group: split(ALL, 'ethnic-group', { where: ofPeople, per: 1000 }),
    officer: split(ALL, 'ethnicity-officer', { where: ofPeople }),
    gender: split(ALL, 'gender', { where: ofPeople, per: 1000 }),
    age: split(ALL, 'age-band', { where: ofPeople, per: 1000 }),
    section60: trendRequest(SECTION_60, { scope, held, pack }),
    section60Total: split(SECTION_60, 'npu', {}, true),
  }
}
