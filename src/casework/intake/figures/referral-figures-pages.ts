/**
 * Referrals in figures of the catalogue: how many, what became of them, who is turned away and who waits, by every
 * description of people (R24), with small numbers withheld in the figures themselves (R27).
 */
import { Type } from 'typebox'
import type { DimensionId, Figure, FigureRequest } from '../../../measures/figure.ts'
import { methodState } from '../../../measures/methods/register.ts'
import { pageWarnings } from '../../../measures/pictures/chart-block.ts'
import {
  againstFemale,
  againstOtherAges,
  againstWhite,
  comparedBlock,
} from '../../../measures/pictures/compared-block.ts'
import { heldMonths } from '../../../measures/pictures/held.ts'
import { nothingHeld } from '../../../measures/pictures/nothing-held.ts'
import { lastYearScope, periodPanel } from '../../../measures/pictures/period-panel.ts'
import { proportionBlock } from '../../../measures/pictures/proportion-block.ts'
import { type Scope, scoped } from '../../../measures/pictures/scope.ts'
import { shareBlock } from '../../../measures/pictures/share-block.ts'
import { splitBlock } from '../../../measures/pictures/split-block.ts'
import {
  countCell,
  medianCell,
  proportionCell,
  rateCell,
  stagesBlock,
} from '../../../measures/pictures/stages-table.ts'
import { trendBlock, trendRequest } from '../../../measures/pictures/trend-block.ts'
import { PER_VICTIMS } from '../../../measures/victims.ts'
import { calendarWords, londonDay, periodWords } from '../../../platform/calendar.ts'
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
const PER_RESIDENTS = 100000

const titles = {
  'age-group': 'Age',
  'age-band': 'Age',
  gender: 'Gender',
  'ethnic-group': 'Ethnic group',
  disability: 'Disability',
  care: 'Care',
} as const

/** What people are described by, in the order of the page. */
const described = ['age-group', 'gender', 'ethnic-group', 'disability', 'care'] as const
/** Residents and victims are counted by these. */
const besideOthers = ['age-band', 'gender', 'ethnic-group'] as const

const INTERVAL = '95% interval'

const COMPARED_CAUTION =
  'White means all White groups. Somebody who was referred twice is counted twice. A rate compares with everybody who lives here, not with those who need help: more referrals may be more harm, or more attention.'

/** A figure with what was asked for. */
interface Asked {
  figure: Figure
  request: FigureRequest
}

type Get = (request: FigureRequest) => Promise<Asked>

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
      const scope = lastYearScope(request.query, held, pack)
      const get: Get = async asked => ({
        request: asked,
        figure: await context.figures.get(asked, request.viewer.disclosure),
      })
      const split = (measure: string, dimension: DimensionId) =>
        get(scoped(scope, { measure, by: [dimension] }, { compare: measure === ALL }))
      const [trend, outcome, referrer, reason, timely, urgency, soon, waits] = await Promise.all([
        get(trendRequest(ALL, { scope, held, pack })),
        split(ALL, 'outcome'),
        split(ALL, 'referrer'),
        split(DECLINED, 'reason'),
        get(trendRequest(IN_TIME, { scope, held, pack })),
        split(IN_TIME, 'urgency'),
        split(ALL, 'urgency'),
        split(WAIT, 'urgency'),
      ])
      const stages = await Promise.all(described.map(dimension => stagesOf(get, scope, dimension)))
      const beside = await Promise.all(besideOthers.map(dimension => besideOf(get, scope, dimension)))
      const [ages, genders, groups] = beside as [Beside, Beside, Beside]
      const state = methodState(pack, 'disproportionality', today)
      const trendOf = (id: string, { figure, request: asked }: Asked, whole: Asked) =>
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
      const counted = await context.store.evidence.countedTo(ALL)
      return reply.page('casework/intake/figures/views/referral-figures.njk', {
        ...WORDS,
        errors: scope.problems.length > 0,
        period: periodWords(scope.from, scope.to),
        countedTo: counted && calendarWords(counted),
        panel: periodPanel(scope, held, request.url),
        warnings: pageWarnings([trend, outcome, referrer, reason, timely, urgency].map(a => a.figure)).filter(
          w => w.kind !== 'denominator-year',
        ),
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
          trendOf('in-time', timely, urgency),
          proportionBlock(urgency.figure, urgency.request, {
            id: 'urgency',
            dimension: 'urgency',
            title: 'Decided in time, by how soon somebody had to look',
            cases: 'referrals',
            met: 'decided in time',
          }),
        ],
        bySoon: stagesBlock(
          { id: 'stages-urgency', title: 'How soon somebody had to look', about: 'who waited' },
          'urgency',
          [
            { title: 'Referred', ...soon, cell: countCell },
            { title: 'Decided in time', more: `of due, ${INTERVAL}`, ...urgency, cell: proportionCell },
            { title: 'Hours waited', more: `median, ${INTERVAL}`, ...waits, cell: medianCell },
          ],
        ),
        who: [stages[0]!.referred, genders.residents, groups.residents].map((asked, i) =>
          shareBlock(asked.figure, asked.request, {
            id: described[i]!,
            dimension: described[i]!,
            title: `${titles[described[i]!]} of those who were referred`,
            people: 'referrals',
          }),
        ),
        compared: state.runs
          ? comparedBlock(
              [
                { ...groups.residents, ...againstWhite },
                { ...genders.residents, ...againstFemale },
                { ...ages.residents, ...againstOtherAges },
              ],
              { id: 'compared', people: 'referrals', method: state.entry, notes: [COMPARED_CAUTION] },
            )
          : null,
        notCompared: state.runs ? null : state.because,
        beside: beside.map(b => b.block),
        besideWhom: [ages.residents, ages.victims].flatMap(({ figure }) =>
          figure.warnings.filter(w => w.kind === 'denominator-year').map(w => w.sentence),
        ),
        stages: stages.map(s => s.block),
      })
    },
  )
}

/** What became of those who were referred, by one description of them. */
async function stagesOf(get: Get, scope: Scope, dimension: (typeof described)[number]) {
  const [referred, declined, timely, waited] = await Promise.all(
    [ALL, DECLINED_SHARE, IN_TIME, WAIT].map(measure =>
      get(scoped(scope, { measure, by: [dimension], ...ofPeople }, { compare: false })),
    ),
  )
  return {
    referred: referred!,
    block: stagesBlock(
      { id: `stages-${dimension}`, title: titles[dimension], about: 'every stage' },
      dimension,
      [
        { title: 'Referred', ...referred!, cell: countCell },
        { title: 'Not accepted', more: `of decided, ${INTERVAL}`, ...declined!, cell: proportionCell },
        { title: 'Decided in time', more: `of due, ${INTERVAL}`, ...timely!, cell: proportionCell },
        { title: 'Hours waited', more: `median, ${INTERVAL}`, ...waited!, cell: medianCell },
      ],
    ),
  }
}

type Beside = Awaited<ReturnType<typeof besideOf>>

/** Those who were referred, beside who lives here and who is harmed. */
async function besideOf(get: Get, scope: Scope, dimension: (typeof besideOthers)[number]) {
  const [residents, victims] = await Promise.all(
    ([PER_RESIDENTS, PER_VICTIMS] as const).map(per =>
      get(scoped(scope, { measure: ALL, by: [dimension], ...ofPeople, per }, { compare: false })),
    ),
  )
  return {
    residents: residents!,
    victims: victims!,
    block: stagesBlock(
      { id: `beside-${dimension}`, title: titles[dimension], about: 'beside residents and victims' },
      dimension,
      [
        { title: 'Referred', ...residents!, cell: countCell },
        { title: 'Per 100,000 residents', more: INTERVAL, ...residents!, cell: rateCell },
        { title: 'Per 100 victims of violence with injury', more: INTERVAL, ...victims!, cell: rateCell },
      ],
    ),
  }
}
