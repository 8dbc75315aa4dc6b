/**
 * Cohorts in figures of the catalogue: what agreements of tiers asked for, who came, moved and left, and what came after.
 * One scheme at a time: the labels of two do not line up. Small numbers are withheld in the figures themselves (R27).
 */
import { Type } from 'typebox'
import type { AreaPack, PackTierScheme } from '../../../areas/area-pack.ts'
import type { FigureRequest } from '../../../measures/figure.ts'
import { heldMonths } from '../../../measures/pictures/held.ts'
import { nothingHeld } from '../../../measures/pictures/nothing-held.ts'
import { lastYearScope, periodPanel } from '../../../measures/pictures/period-panel.ts'
import { type Scope, scoped } from '../../../measures/pictures/scope.ts'
import { option } from '../../../measures/pictures/scope-fields.ts'
import { proportionCell, type StagesBlock } from '../../../measures/pictures/stages-table.ts'
import { calendarWords, periodWords } from '../../../platform/calendar.ts'
import type { PageContext, WebServer } from '../../../web/context.ts'
import { dataTable } from '../../../web/data-table.ts'
import { figureAddress } from '../../../web/figure-address.ts'
import {
  comingAndLeaving,
  confirmed,
  endsByPeople,
  type Get,
  levelsByPeople,
  progressBlock,
  serviceLevels,
} from './progress-blocks.ts'

const WORDS = {
  title: 'Cohorts in figures',
  lead: 'Whether people in cohorts were met, visited and reviewed as agreed, who came, moved and left, and what came after. Counts, never lists of people.',
}

const text = Type.Optional(Type.String({ maxLength: 100 }))

const described = [
  ['age-group', 'Age'],
  ['gender', 'Gender'],
  ['ethnic-group', 'Ethnic group'],
] as const

export function cohortFiguresPages(app: WebServer, context: PageContext): void {
  const { pack, store, figures } = context
  app.get(
    '/cohorts/figures',
    {
      schema: { querystring: Type.Object({ from: text, to: text, of: text }) },
      config: { may: 'see-figures', records: 'nothing', cached: true },
    },
    async (request, reply) => {
      const held = await heldMonths(store.evidence, pack, 'cohort-steps')
      if (!held) return nothingHeld(reply, WORDS, 'cohort-steps')
      const scope = lastYearScope(request.query, held, pack)
      const chosen = chosenOf(request.query.of, pack)
      const get: Get = async asked => ({
        request: asked,
        figure: await figures.get(asked, request.viewer.disclosure),
      })
      const { where } = chosen
      const progress = { get, evidence: store.evidence, scope, held, where, scheme: chosen.scheme }
      const [levels, flow, told, ...people] = await Promise.all([
        progressBlock(
          progress,
          { id: 'levels', heading: 'By tier', title: 'Tier', about: 'service levels' },
          'tier',
          serviceLevels,
        ),
        progressBlock(
          progress,
          { id: 'flow', heading: 'By tier', title: 'Tier', about: 'coming and leaving' },
          'tier',
          comingAndLeaving,
        ),
        progressBlock(progress, { id: 'told', title: 'Agency', about: 'ends confirmed' }, 'agency', [
          confirmed,
        ]),
        ...described.flatMap(([dimension, title]) => [
          progressBlock(
            progress,
            { id: dimension, heading: `${title}: what was agreed`, title, about: 'service levels' },
            dimension,
            levelsByPeople,
          ),
          progressBlock(
            progress,
            { id: `${dimension}-ends`, heading: `${title}: ends and needs`, title, about: 'ends and needs' },
            dimension,
            endsByPeople,
          ),
        ]),
      ])
      const counted = await store.evidence.countedTo('cohort_steps')
      return reply.page('casework/progress/figures/views/cohort-figures.njk', {
        ...WORDS,
        errors: scope.problems.length > 0,
        of: chosen.name,
        period: periodWords(scope.from, scope.to),
        countedTo: counted && calendarWords(counted),
        panel: periodPanel(scope, held, request.url, {
          chosen: [chosen.name],
          fields: [{ name: 'of', label: 'Cohorts', options: optionsOf(pack, chosen.id) }],
        }),
        levels,
        flow,
        told,
        people: people.filter(block => block !== null),
        after: await afterArchive(get, context, scope, where),
      })
    },
  )
}

interface Chosen {
  id: string
  name: string
  scheme: PackTierScheme
  where: FigureRequest['where']
}

/** All cohorts of a scheme, or one; the pack's first scheme where nothing, or nothing that it names, is asked for. */
function chosenOf(asked: string | undefined, { tierSchemes, cohorts }: AreaPack): Chosen {
  const one = cohorts.find(c => c.id === asked)
  const scheme = tierSchemes.find(s => s.id === (one?.scheme ?? asked)) ?? tierSchemes[0]!
  return {
    id: one?.id ?? scheme.id,
    name: one?.name ?? scheme.name,
    scheme,
    where: one ? { cohort: [one.id] } : { scheme: [scheme.id] },
  }
}

const optionsOf = ({ tierSchemes, cohorts }: AreaPack, now: string) =>
  tierSchemes.flatMap(scheme => [
    option(scheme.id, `${scheme.name}: all cohorts`, now),
    ...cohorts.filter(c => c.scheme === scheme.id).map(c => option(c.id, c.name, now)),
  ])

/** Null while the offences held do not reach so far. */
async function afterArchive(
  get: Get,
  { store }: PageContext,
  scope: Scope,
  where: FigureRequest['where'],
): Promise<StagesBlock | null> {
  if ((await store.evidence.files('after_archive', scope.from, scope.to)).length === 0) return null
  const columns = [
    ['harmed-after-archive', 'Harmed'],
    ['charged-after-archive', 'Charged'],
  ] as const
  const spans = ['3', '6', '12']
  const asked = await Promise.all(
    spans.map(months =>
      Promise.all(
        columns.map(([measure]) =>
          get(scoped(scope, { measure, where, variant: { months } }, { compare: false })),
        ),
      ),
    ),
  )
  return {
    id: 'after',
    title: 'Months after',
    about: 'after an archive',
    table: dataTable({
      caption: 'After an archive',
      captionHidden: true,
      columns: [
        { key: 'months', title: 'After' },
        ...columns.map(([key, title]) => ({
          key,
          title: `${title}, of archives, 95% interval`,
          numeric: true,
        })),
      ],
      rows: asked.map((figures, i) => [
        { text: `${spans[i]} months` },
        ...figures.map(({ figure }) => proportionCell(figure, figure.total)),
      ]),
    }),
    notes: [],
    counted: asked.at(-1)!.map(({ request }, i) => ({ text: columns[i]![1], href: figureAddress(request) })),
  }
}
