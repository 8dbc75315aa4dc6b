/**
 * Referrals in figures of the catalogue: how many, what became of them, who is turned away and who waits, by every
 * description of people (R24), with small numbers withheld in the figures themselves (R27).
 */
import { Type } from 'typebox'
import type { DimensionId, FigureRequest } from '../../../measures/figure.ts'
import { methodState } from '../../../measures/methods/register.ts'
import { pageWarnings } from '../../../measures/pictures/chart-block.ts'
import {
  againstFemale,
  againstOtherAges,
  againstWhite,
  comparedBlock,
} from '../../../measures/pictures/compared-block.ts'
import { type HeldMonths, heldMonths } from '../../../measures/pictures/held.ts'
import { nothingHeld } from '../../../measures/pictures/nothing-held.ts'
import { proportionBlock } from '../../../measures/pictures/proportion-block.ts'
import { readScope, type Scope, scoped } from '../../../measures/pictures/scope.ts'
import { option, type ScopePanel } from '../../../measures/pictures/scope-fields.ts'
import { shareBlock } from '../../../measures/pictures/share-block.ts'
import { splitBlock } from '../../../measures/pictures/split-block.ts'
import {
  countCell,
  medianCell,
  proportionCell,
  rateCell,
  type Stage,
  stagesBlock,
} from '../../../measures/pictures/stages-table.ts'
import { trendBlock, trendRequest } from '../../../measures/pictures/trend-block.ts'
import { PER_VICTIMS } from '../../../measures/victims.ts'
import { addMonths, calendarWords, londonDay, periodWords } from '../../../platform/calendar.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'

const WORDS = {
  title: 'Referrals in figures',
  lead: 'Who is referred to the partnership, what becomes of it, who is turned away and who waits. Counts of referrals, never lists of them.',
}

const ALL = 'referrals'
const DECLINED = 'referrals-declined'
const DECLINED_SHARE = 'referrals-declined-share'
const IN_TIME = 'referrals-in-time'
const WAIT = 'referrals-wait'

/** Asked of a child or an adult; a place has no age. */
const ofPeople = { variant: { about: 'people' } }
const PER = 100000

const INTERVAL = '95% interval'
const WAITED = 'median, 95% interval'
const PER_RESIDENTS = 'Per 100,000 residents'
const PER_HARMED = 'Per 100 victims of violence with injury'

/** What people are described by, in the order of the page. */
const described = ['age-group', 'gender', 'ethnic-group', 'disability', 'care'] as const
/** Residents are counted by these. */
const ofResidents: readonly DimensionId[] = ['gender', 'ethnic-group']

const COMPARED_CAUTION =
  'White means all White groups. Somebody who was referred twice is counted twice. A rate compares with everybody who lives here, not with those who need help: more referrals may be more harm, or more attention.'

const text = Type.Optional(Type.String({ maxLength: 60 }))

export function referralFiguresPages(app: WebServer, context: PageContext): void {
  const { pack, clock } = context
  app.get(
    '/referrals/figures',
    {
      schema: { querystring: Type.Object({ from: text, to: text, limits: text }) },
      config: { may: 'see-figures', records: 'nothing', cached: true },
    },
    async (request, reply) => {
      const held = await heldMonths(context.store.evidence, pack, ALL)
      if (!held) return nothingHeld(reply, WORDS, ALL)
      const today = londonDay(clock())
      const scope = referralScope(request.query, held, pack)
      const get = async (asked: FigureRequest) => ({
        request: asked,
        figure: await context.figures.get(asked, request.viewer.disclosure),
      })
      const split = (measure: string, dimension: DimensionId, more: Partial<FigureRequest> = {}) =>
        get(scoped(scope, { measure, by: [dimension], ...more }, { compare: measure === ALL }))
      const person = (measure: string, dimension: DimensionId, more: Partial<FigureRequest> = {}) =>
        get(scoped(scope, { measure, by: [dimension], ...ofPeople, ...more }, { compare: false }))
      const [trend, outcome, referrer, reason, inTime, urgency] = await Promise.all([
        get(trendRequest(ALL, { scope, held, pack })),
        split(ALL, 'outcome'),
        split(ALL, 'referrer'),
        split(DECLINED, 'reason'),
        get(trendRequest(IN_TIME, { scope, held, pack })),
        split(IN_TIME, 'urgency'),
      ])
      const stages = await Promise.all(
        described.map(async dimension => ({
          dimension,
          referred: await person(ALL, dimension, ofResidents.includes(dimension) ? { per: PER } : {}),
          declined: await person(DECLINED_SHARE, dimension),
          inTime: await person(IN_TIME, dimension),
          wait: await person(WAIT, dimension),
          besideVictims: ofResidents.includes(dimension)
            ? await person(ALL, dimension, { per: PER_VICTIMS })
            : null,
        })),
      )
      const soon = {
        referred: await split(ALL, 'urgency'),
        wait: await split(WAIT, 'urgency'),
      }
      const band = await person(ALL, 'age-band', { per: PER })
      const bandOfVictims = await person(ALL, 'age-band', { per: PER_VICTIMS })
      const by = (dimension: DimensionId) => stages.find(s => s.dimension === dimension)!.referred
      const state = methodState(pack, 'disproportionality', today)
      const trendOf = (id: string, { figure, request: asked }: typeof trend, whole: typeof trend) =>
        trendBlock({
          id,
          figure,
          request: asked,
          whole: whole.figure,
          scope,
          held,
          pack,
          today,
          headingLevel: 3,
        })
      const all = [trend, outcome, referrer, reason, inTime, urgency]
      const counted = await context.store.evidence.countedTo(ALL)
      return reply.page('casework/intake/figures/views/referral-figures.njk', {
        ...WORDS,
        errors: scope.problems.length > 0,
        period: periodWords(scope.from, scope.to),
        countedTo: counted && calendarWords(counted),
        panel: panelOf(scope, held, request.url),
        warnings: pageWarnings(all.map(a => a.figure)).filter(w => w.kind !== 'denominator-year'),
        trend: trendOf('trend', trend, outcome),
        became: [
          splitBlock(outcome.figure, outcome.request, {
            id: 'outcome',
            dimension: 'outcome',
            subject: 'What became of them',
          }),
          splitBlock(reason.figure, reason.request, {
            id: 'reason',
            dimension: 'reason',
            subject: 'Why referrals were not accepted',
          }),
          splitBlock(referrer.figure, referrer.request, {
            id: 'referrer',
            dimension: 'referrer',
            subject: 'Who referred',
          }),
        ],
        waited: [
          trendOf('in-time', inTime, urgency),
          proportionBlock(urgency.figure, urgency.request, {
            id: 'urgency',
            dimension: 'urgency',
            title: 'Decided in time, by how soon somebody had to look',
            cases: 'referrals',
            met: 'decided in time',
          }),
        ],
        who: described.slice(0, 3).map(dimension =>
          shareBlock(by(dimension).figure, by(dimension).request, {
            id: dimension,
            dimension,
            title: `${titles[dimension]} of those who were referred`,
            people: 'referrals',
          }),
        ),
        compared: state.runs
          ? comparedBlock(
              [
                { ...by('ethnic-group'), ...againstWhite },
                { ...by('gender'), ...againstFemale },
                { ...band, ...againstOtherAges },
              ],
              { id: 'compared', people: 'referrals', method: state.entry, notes: [COMPARED_CAUTION] },
            )
          : null,
        notCompared: state.runs ? null : state.because,
        bySoon: stagesBlock('stages-urgency', 'How soon somebody had to look', 'urgency', [
          { title: 'Referred', ...soon.referred, cell: countCell },
          { title: 'Decided in time', more: 'of due, 95% interval', ...urgency, cell: proportionCell },
          { title: 'Hours waited', more: WAITED, ...soon.wait, cell: medianCell },
        ]),
        beside: stagesBlock('beside-age', 'Age, beside residents and victims', 'age-band', [
          { title: 'Referred', ...band, cell: countCell },
          { title: PER_RESIDENTS, more: INTERVAL, ...band, cell: rateCell },
          { title: PER_HARMED, more: INTERVAL, ...bandOfVictims, cell: rateCell },
        ]),
        besideWhom: bandOfVictims.figure.warnings.find(w => w.kind === 'denominator-year')?.sentence,
        stages: stages.map(({ dimension, referred, declined, inTime: timely, wait, besideVictims }) =>
          stagesBlock(`stages-${dimension}`, titles[dimension], dimension, [
            { title: 'Referred', ...referred, cell: countCell },
            ...(referred.figure.per === null
              ? []
              : [{ title: PER_RESIDENTS, more: INTERVAL, ...referred, cell: rateCell }]),
            ...(besideVictims === null
              ? []
              : [{ title: PER_HARMED, more: INTERVAL, ...besideVictims, cell: rateCell }]),
            { title: 'Not accepted', more: 'of decided, 95% interval', ...declined, cell: proportionCell },
            { title: 'Decided in time', more: 'of due, 95% interval', ...timely, cell: proportionCell },
            { title: 'Hours waited', more: WAITED, ...wait, cell: medianCell },
          ] satisfies Stage[]),
        ),
      })
    },
  )
}

const titles: Record<(typeof described)[number], string> = {
  'age-group': 'Age',
  gender: 'Gender',
  'ethnic-group': 'Ethnic group',
  disability: 'Disability',
  care: 'Care',
}

/** The last twelve whole months, beside the same months a year before where those are counted. */
function referralScope(
  query: { from?: string; to?: string; limits?: string },
  held: HeldMonths,
  pack: PageContext['pack'],
): Scope {
  const scope = readScope(query, held, pack)
  return { ...scope, compare: addMonths(scope.from, -12) >= held.first ? 'year-before' : null }
}

function panelOf(scope: Scope, held: HeldMonths, url: string): ScopePanel {
  const [action = '', query = ''] = url.split('?', 2)
  const months = (now: string) =>
    [...new Set([...held.months, now])]
      .sort()
      .reverse()
      .map(month => option(month, calendarWords(month), now))
  return {
    action,
    chosen: [{ text: periodWords(scope.from, scope.to) }],
    clear: query === '' ? null : action,
    fields: [
      { name: 'from', label: 'From', options: months(scope.from) },
      { name: 'to', label: 'To', options: months(scope.to) },
    ],
    pandemic: null,
    problems: scope.problems,
  }
}
