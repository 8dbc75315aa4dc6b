/** People in the figures: victims and suspects apart, beside residents. S0 paragraphs 19 to 23, figures 7 to 9. */
import { Type } from 'typebox'
import { londonDay } from '../../platform/calendar.ts'
import { UsageFault } from '../../platform/errors.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { countWords, periodWords } from '../../web/words.ts'
import { getMeasure } from '../catalogue/index.ts'
import { SMALLEST_BASE } from '../disclosure.ts'
import type { DimensionId, DisclosureLevel, Figure, FigureRequest } from '../figure.ts'
import { methodState } from '../methods/register.ts'
import { type ChartBlock, pageWarnings } from './chart-block.ts'
import {
  againstFemale,
  againstOtherAges,
  againstWhite,
  comparedBlock,
  type MethodBlock,
} from './compared-block.ts'
import { heldMonths } from './held.ts'
import { nothingHeld } from './nothing-held.ts'
import { opening } from './opening.ts'
import { readScope, type Scope, scoped, scopeQuery } from './scope.ts'
import { option } from './scope-fields.ts'
import { shareBlock } from './share-block.ts'

const WORDS = {
  title: 'People',
  lead: 'Who was harmed, and who was suspected, by age, gender and ethnic group, beside the people who live here. Counts of people, never lists of them.',
}

interface Role {
  id: string
  /** "victims". */
  people: string
  measure: string
  /** Read before the numbers. */
  caution: string
}

interface Subject {
  id: string
  title: string
  roles: Role[]
}

const role = (measure: string, people: Role['people']): Role => ({
  id: people.replaceAll(' ', '-'),
  people,
  measure,
  caution: cautions[people] ?? '',
})

const cautions: Record<string, string> = {
  victims: 'Somebody who was a victim twice is counted twice. Many who are hurt never tell the police.',
  suspects:
    'Being suspected is not being guilty, and most offences have no known suspect: who is known depends on who was seen, named and looked for.',
  'people charged': 'A smaller group than suspects, decided by evidence and by charging decisions.',
}

const subjects: Subject[] = [
  {
    id: 'knife-crime',
    title: 'Knife crime',
    roles: [
      role('knife-crime-victims', 'victims'),
      role('knife-crime-suspects', 'suspects'),
      role('knife-crime-defendants', 'people charged'),
    ],
  },
  {
    id: 'u25-vwi',
    title: 'Violence with injury, under 25',
    roles: [role('u25-vwi-victims', 'victims'), role('u25-vwi-suspects', 'suspects')],
  },
  {
    id: 'violence-with-injury',
    title: 'Violence with injury',
    roles: [
      role('violence-with-injury-victims', 'victims'),
      role('violence-with-injury-suspects', 'suspects'),
    ],
  },
]

export function peoplePages(app: WebServer, context: PageContext): void {
  const { pack } = context
  app.get(
    '/people',
    {
      schema: {
        querystring: Type.Object({ ...scopeQuery, about: Type.Optional(Type.String({ maxLength: 60 })) }),
      },
      config: { may: 'see-figures', records: 'nothing', cached: true },
    },
    async (request, reply) => {
      const subject = subjects.find(s => s.id === (request.query.about || subjects[0]!.id))
      if (!subject) {
        throw new UsageFault(
          `People are shown for ${subjects.map(s => s.id).join(', ')}, not for "${request.query.about}".`,
        )
      }
      const leading = subject.roles[0]!.measure
      const held = await heldMonths(context.store.evidence, pack, leading)
      if (!held) {
        return nothingHeld(reply, WORDS, leading)
      }
      const scope = readScope(request.query, held, pack)
      const sections = await Promise.all(
        subject.roles.map(r => roleSection(context, r, subject, scope, request.viewer.disclosure)),
      )
      return reply.page('measures/pictures/views/people.njk', {
        ...opening(WORDS, {
          scope,
          held,
          pack,
          url: request.url,
          comparator: false,
          own: [
            { name: 'about', label: 'About', options: subjects.map(s => option(s.id, s.title, subject.id)) },
          ],
        }),
        subject,
        period: periodWords(scope.from, scope.to),
        warnings: pageWarnings(sections.flatMap(s => s.figures)).filter(w => w.kind !== 'denominator-year'),
        sections,
      })
    },
  )
}

interface Section {
  id: string
  heading: string
  caution: string
  blocks: ChartBlock[]
  compared: MethodBlock | null
  /** Why nothing is compared; null where it is. */
  notCompared: string | null
  figures: Figure[]
}

async function roleSection(
  context: PageContext,
  { id, people, measure: measureId, caution }: Role,
  subject: Subject,
  scope: Scope,
  disclosure: DisclosureLevel,
): Promise<Section> {
  const measure = getMeasure(measureId)
  const per = measure.rate ? { per: measure.rate.per } : {}
  const ask = (dimension: DimensionId, more: Partial<FigureRequest> = {}): FigureRequest =>
    scoped(scope, { measure: measureId, by: [dimension], ...more }, { compare: false })
  const asked = {
    age: ask('age-band', per),
    gender: ask('gender', per),
    group: ask('ethnic-group', per),
    officer: ask('ethnicity-officer'),
    occupation: ask('occupation'),
  }
  const get = (request: FigureRequest) => context.figures.get(request, disclosure)
  const [age, gender, group, officer, occupation] = await Promise.all([
    get(asked.age),
    get(asked.gender),
    get(asked.group),
    get(asked.officer),
    get(asked.occupation),
  ])
  const figures = [age, gender, group, officer, occupation]
  const total = age.total.count
  const heading = `${subject.title}: ${total === null ? people : `${countWords(total)} ${people}`}`
  if (age.total.missing)
    return { id, heading, caution, blocks: [], compared: null, notCompared: null, figures }
  const of = people
  const state = methodState(context.pack, 'disproportionality', londonDay(context.clock()))
  return {
    id,
    heading,
    caution,
    figures,
    compared: state.runs
      ? comparedBlock(
          [
            { figure: group, request: asked.group, ...againstWhite },
            { figure: gender, request: asked.gender, ...againstFemale },
            { figure: age, request: asked.age, ...againstOtherAges },
          ],
          { id: `${id}-compared`, people, method: state.entry, notes: [COMPARED_CAUTION] },
        )
      : null,
    notCompared: state.runs ? null : state.because,
    blocks: [
      shareBlock(age, asked.age, {
        id: `${id}-age`,
        dimension: 'age-band',
        title: under25Finding(age, of) ?? `Age of ${of}`,
        people,
      }),
      shareBlock(gender, asked.gender, {
        id: `${id}-gender`,
        dimension: 'gender',
        title: `Gender of ${of}`,
        people,
      }),
      shareBlock(group, asked.group, {
        id: `${id}-group`,
        dimension: 'ethnic-group',
        title: `Ethnic group of ${of}, as they said themselves`,
        people,
      }),
      shareBlock(officer, asked.officer, {
        id: `${id}-officer`,
        dimension: 'ethnicity-officer',
        title: `Appearance of ${of}, as an officer described it`,
        people,
        notes: [
          'A description by an officer, with no Mixed group: it is never added to what people said themselves, and not comparable with the census.',
        ],
      }),
      shareBlock(occupation, asked.occupation, {
        id: `${id}-occupation`,
        dimension: 'occupation',
        title: `Occupation of ${of}, where it was written down`,
        people,
        notes: ['Occupation is rarely completed, so these shares may not hold for the others.'],
      }),
    ],
  }
}

const COMPARED_CAUTION =
  'White means all White groups. A rate compares with everybody who lives here, not with who was in the street; ages and places differ between groups, and ratios alone neither prove nor rule out unfairness.'

const young = ['under 10', '10-17', '18-24']

/** "Under 25: 1,018 of 2,183 victims of known age (46.6%)"; the percentage only on a base that bears it. */
function under25Finding(figure: Figure, people: string): string | null {
  const counts = figure.rows.filter(r => young.includes(r.codes['age-band'] ?? '')).map(r => r.count)
  const unknown = figure.unknown['age-band']?.count ?? null
  if (counts.length === 0 || counts.includes(null) || figure.total.count === null || unknown === null)
    return null
  const known = figure.total.count - unknown
  const under25 = counts.reduce<number>((sum, n) => sum + n!, 0)
  if (known <= 0 || under25 > known) return null
  const percent = known >= SMALLEST_BASE ? ` (${((100 * under25) / known).toFixed(1)}%)` : ''
  return `Under 25: ${countWords(under25)} of ${countWords(known)} ${people} of known age${percent}`
}
