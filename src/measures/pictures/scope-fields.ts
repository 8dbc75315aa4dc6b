/** The filter panel of a page of pictures: what is chosen, as tags, and the fields that change it. */
import type { AreaPack } from '../../areas/area-pack.ts'
import { labelOf } from '../../evidence/codes/code-list.ts'
import { forces } from '../../evidence/codes/forces.ts'
import { calendarWords, periodWords } from '../../platform/calendar.ts'
import { withQuery } from '../../web/addresses.ts'
import type { HeldMonths } from './held.ts'
import { areasOfPeriod, type Scope, usualComparator } from './scope.ts'

export interface Option {
  value: string
  text: string
  selected: boolean
}

export interface Field {
  name: string
  label: string
  hint?: string
  options: Option[]
}

export interface ScopePanel {
  action: string
  chosen: { text: string; href?: string }[]
  clear: string | null
  fields: Field[]
  pandemic: { checked: boolean; label: string } | null
  problems: string[]
}

export interface PanelOptions {
  scope: Scope
  held: HeldMonths
  pack: AreaPack
  /** The page's address with its query. */
  url: string
  /** Fields of the page itself, set before the others. */
  own?: Field[]
  comparator?: boolean
}

export const option = (value: string, text: string, now: string): Option => ({
  value,
  text,
  selected: value === now,
})

export function scopePanel({
  scope,
  held,
  pack,
  url,
  own = [],
  comparator = true,
}: PanelOptions): ScopePanel {
  const [action = '', query = ''] = url.split('?', 2)
  const usual = usualComparator(scope.from, pack)
  const areas = areasOfPeriod(pack, scope.from, scope.to)
  const area = pack.policingAreas.find(a => a.code === scope.npu)
  const monthOptions = (now: string) =>
    [...new Set([...held.months, now])]
      .sort()
      .reverse()
      .map(m => option(m, calendarWords(m), now))
  const compare = scope.compare ?? 'none'
  return {
    action,
    chosen: [
      { text: periodWords(scope.from, scope.to) },
      area
        ? { text: area.name, href: withQuery(url, { npu: null }) }
        : { text: `All ${pack.words.policingAreas}` },
      ...(scope.force ? [{ text: `Recorded by ${labelOf(forces, scope.force)} only` }] : []),
      ...(comparator
        ? [
            {
              text: comparatorTag(compare, pack),
              ...(compare === usual ? {} : { href: withQuery(url, { compare: null }) }),
            },
          ]
        : []),
      ...(scope.leaveOutPandemic
        ? [{ text: 'Pandemic months left out', href: withQuery(url, { pandemic: null }) }]
        : []),
      ...(scope.limits
        ? [
            {
              text: `Limits rest on ${periodWords(scope.limits.from, scope.limits.to)}`,
              href: withQuery(url, { limits: null }),
            },
          ]
        : []),
    ],
    clear: query === '' ? null : action,
    fields: [
      ...own,
      { name: 'from', label: 'From', options: monthOptions(scope.from) },
      { name: 'to', label: 'To', options: monthOptions(scope.to) },
      {
        name: 'npu',
        label: sentence(pack.words.policingArea),
        options: [
          option('', `All of ${pack.name}`, scope.npu ?? ''),
          ...areas.map(a => option(a.code, a.name, scope.npu ?? '')),
        ],
      },
      ...(comparator
        ? [{ name: 'compare', label: 'Compare with', options: comparatorOptions(compare, pack) }]
        : []),
    ],
    pandemic: {
      checked: scope.leaveOutPandemic,
      label: `Leave out the pandemic (${periodWords(pack.pandemic.from, pack.pandemic.to)})`,
    },
    problems: scope.problems,
  }
}

const comparatorNames = (pack: AreaPack): Record<string, string> => ({
  baseline: `the same months of the baseline year (${pack.baseline.label})`,
  'year-before': 'the same months a year before',
  previous: 'the period before',
  none: 'nothing',
})

function comparatorOptions(now: string, pack: AreaPack): Option[] {
  const names = Object.entries(comparatorNames(pack)).map(([value, text]) =>
    option(value, sentence(text), now),
  )
  return names.some(o => o.selected) ? names : [...names, option(now, now.replace('..', ' to '), now)]
}

const comparatorTag = (compare: string, pack: AreaPack): string =>
  compare === 'none'
    ? 'Not compared'
    : `Compared with ${comparatorNames(pack)[compare] ?? periodWords(...(compare.split('..') as [string, string]))}`

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
