/** Progress of the last twelve whole months on the page of a cohort and of a board, with the way to its figures. */
import type { AreaPack } from '../../../areas/area-pack.ts'
import type { DisclosureLevel } from '../../../measures/figure.ts'
import { heldMonths } from '../../../measures/pictures/held.ts'
import { lastYearScope } from '../../../measures/pictures/period-panel.ts'
import type { StagesBlock } from '../../../measures/pictures/stages-table.ts'
import { calendarWords, periodWords } from '../../../platform/calendar.ts'
import type { PageContext } from '../../../web/context.ts'
import { comingAndLeaving, type Get, progressBlock, serviceLevels } from './progress-blocks.ts'

export interface ProgressPanel {
  period: string
  countedTo: string
  blocks: StagesBlock[]
  links: { text: string; href: string }[]
}

type Source = Pick<PageContext, 'figures' | 'store' | 'pack'>

/** By tier, of one cohort; null while nothing is counted. */
export const progressOfCohort = (
  source: Source,
  disclosure: DisclosureLevel,
  { id, scheme }: { id: string; scheme: string },
): Promise<ProgressPanel | null> =>
  panel(source, disclosure, 'tier', {
    where: { cohort: [id] },
    scheme: source.pack.tierSchemes.find(s => s.id === scheme),
    links: [
      { text: 'By age, gender and ethnic group, and what came after', href: `/cohorts/figures?of=${id}` },
    ],
  })

/** By cohort, of all; null while nothing is counted. */
export const progressOfCohorts = (
  source: Source,
  disclosure: DisclosureLevel,
): Promise<ProgressPanel | null> =>
  panel(source, disclosure, 'cohort', {
    links: [
      ...source.pack.tierSchemes.map(({ id, name }) => ({
        text: `${name}, by tier`,
        href: `/cohorts/figures?of=${id}`,
      })),
      { text: 'Actions and meetings in figures', href: '/actions/figures' },
      { text: 'Referrals in figures', href: '/referrals/figures' },
    ],
  })

async function panel(
  { figures, store, pack }: Source,
  disclosure: DisclosureLevel,
  dimension: 'tier' | 'cohort',
  {
    where,
    scheme,
    links,
  }: {
    where?: { cohort: string[] }
    scheme?: AreaPack['tierSchemes'][number] | undefined
    links: ProgressPanel['links']
  },
): Promise<ProgressPanel | null> {
  const { evidence } = store
  const held = await heldMonths(evidence, pack, 'cohort-steps')
  const countedTo = await evidence.countedTo('cohort_steps')
  if (!held || !countedTo) return null
  const scope = lastYearScope({}, held, pack)
  const get: Get = async request => ({ request, figure: await figures.get(request, disclosure) })
  const title = dimension === 'tier' ? 'Tier' : 'Cohort'
  const blocks = await Promise.all([
    progressBlock(
      { get, evidence, scope, held, ...(where && { where }), scheme },
      { id: 'levels', heading: 'What was agreed', title, about: 'service levels' },
      dimension,
      serviceLevels,
    ),
    progressBlock(
      { get, evidence, scope, held, ...(where && { where }), scheme },
      { id: 'flow', heading: 'Who came, and who left', title, about: 'coming and leaving' },
      dimension,
      comingAndLeaving,
    ),
  ])
  return {
    period: periodWords(scope.from, scope.to),
    countedTo: calendarWords(countedTo),
    blocks: blocks.filter(block => block !== null),
    links,
  }
}
