/** What a figure is filtered by, as tags, and the fields of the form that changes it. */
import type { AreaPack } from '../areas/area-pack.ts'
import { dimensionsOf, dimensionTitle } from '../measures/dimensions.ts'
import type { DimensionId, Figure, FigureRequest, Period } from '../measures/figure.ts'
import type { Measure } from '../measures/measure.ts'
import { namedComparators } from '../measures/periods.ts'
import { PER_VICTIMS } from '../measures/victims.ts'
import type { WhereWords } from '../measures/where-words.ts'
import { withoutValue, withQuery } from './addresses.ts'
import { countWords, periodWords } from './words.ts'

export interface Tag {
  text: string
  /** Takes the filter off. */
  href?: string
}

/** Everything that narrows or shapes the figure; what was chosen can be taken off. */
export function figureChosen(figure: Figure, asked: FigureRequest, where: WhereWords[], url: string): Tag[] {
  const off = (name: string) => withQuery(url, { [name]: null })
  return [
    { text: periodWords(figure.period.from, figure.period.to) },
    ...(figure.comparator
      ? [
          {
            text: `Compared with ${periodWords(figure.comparator.from, figure.comparator.to)}`,
            href: off('compare'),
          },
        ]
      : []),
    ...(figure.by.length > 0
      ? [
          {
            text: `Split by ${figure.by.map(d => dimensionTitle(d).toLowerCase()).join(' and ')}`,
            href: off('by'),
          },
        ]
      : []),
    ...Object.entries(asked.where ?? {}).flatMap(([dimension, values]) =>
      values.map(value => ({
        text: `${dimensionTitle(dimension as DimensionId)}: ${valueWords(where, dimension, value)}`,
        href: withoutValue(url, 'where', `${dimension}=${value}`),
      })),
    ),
    ...(figure.per ? [{ text: `Per ${countWords(figure.per)} ${figure.against}`, href: off('per') }] : []),
    ...(asked.leaveOutPandemic ? [{ text: 'Pandemic months left out', href: off('pandemic') }] : []),
  ]
}

/** The label of a value asked for by its code; otherwise as it was asked for. */
const valueWords = (where: WhereWords[], dimension: string, value: string): string =>
  where.find(w => w.dimension === dimension)?.values.find(v => v.code === value)?.label ?? value

interface Option {
  value: string
  text: string
  selected: boolean
}

export interface FigureFields {
  from: string
  to: string
  splits: { label: string; options: Option[] }[]
  compare: Option[]
  per: Option[] | null
  variants: { name: string; title: string; hint: string; options: Option[] }[]
  pandemic: boolean
  /** Filters stay while the rest changes. */
  where: string[]
}

const SPLITS = 2

/** `period` stands in the form where none was asked for; null where the figure could not be made. */
export function figureFields(
  measure: Measure,
  asked: FigureRequest,
  pack: AreaPack,
  period: Period | null,
): FigureFields {
  const dimensions = dimensionsOf(measure)
  const option = (value: string, text: string, now: string): Option => ({
    value,
    text,
    selected: value === now,
  })
  const compare = asked.compare ?? ''
  const named: string[] = ['', ...namedComparators]
  return {
    from: asked.from ?? period?.from ?? '',
    to: asked.to ?? period?.to ?? '',
    splits: Array.from({ length: SPLITS }, (_, i) => ({
      label: i === 0 ? 'Split by' : 'And by',
      options: [
        option('', 'Nothing', asked.by?.[i] ?? ''),
        ...dimensions.map(d => option(d, dimensionTitle(d), asked.by?.[i] ?? '')),
      ],
    })),
    compare: [
      option('', 'Nothing', compare),
      option('baseline', `${pack.baseline.label}, same months`, compare),
      option('previous', 'The period before', compare),
      option('year-before', 'The same months a year before', compare),
      option('rolling-year', 'Rolling twelve months', compare),
      ...(named.includes(compare) ? [] : [option(compare, compare.replace('..', ' to '), compare)]),
    ],
    per:
      measure.rate || measure.victims
        ? [
            option('', 'Count', asked.per?.toString() ?? ''),
            ...(measure.rate ? [1000, 100000, 1000000] : []).map(n =>
              option(String(n), `Per ${countWords(n)} residents`, asked.per?.toString() ?? ''),
            ),
            ...(measure.victims
              ? [option(String(PER_VICTIMS), `Per ${PER_VICTIMS} victims`, asked.per?.toString() ?? '')]
              : []),
          ]
        : null,
    variants: measure.variants.map(variant => ({
      name: variant.name,
      title: variant.title,
      hint: variant.describes,
      options: variant.choices.map(choice =>
        option(
          `${variant.name}=${choice.value}`,
          choice.title,
          `${variant.name}=${asked.variant?.[variant.name] ?? variant.default}`,
        ),
      ),
    })),
    pandemic: asked.leaveOutPandemic ?? false,
    where: Object.entries(asked.where ?? {}).flatMap(([d, values]) => values.map(v => `${d}=${v}`)),
  }
}
