/** The tables of unusual rises: the list of a week, what was tested for it, and the weeks before. */
import { withQuery } from '../../web/addresses.ts'
import { type DataTable, dataTable } from '../../web/data-table.ts'
import { figureAddress } from '../../web/figure-address.ts'
import { countWords } from '../../web/words.ts'
import { cautions, expectedWords, historyWords, howUnusual, weekTitle } from './rises-words.ts'
import type { RisesOfWeek } from './unusual-rises.ts'
import { isoWeek, type Week, weekWords } from './unusual-rises-weeks.ts'

export const weekLink = (url: string, week: Week) => ({
  text: weekWords(week),
  href: withQuery(url, { week: isoWeek(week) }),
})

export function risesTable({ week, rises }: RisesOfWeek): DataTable {
  const careful = rises.some(rise => cautions(rise).length > 0)
  return dataTable({
    caption: `Unusual rises, ${weekTitle(week)}`,
    captionHidden: true,
    columns: [
      { key: 'place', title: 'Place' },
      { key: 'measure', title: 'Measure' },
      { key: 'observed', title: 'Recorded', numeric: true },
      { key: 'expected', title: 'Expected', numeric: true },
      { key: 'from', title: 'Listed from', numeric: true },
      { key: 'chance', title: 'As many or more in' },
      ...(careful ? [{ key: 'cautions', title: 'Read with care' }] : []),
    ],
    rows: rises.map(rise => [
      { text: rise.series.name },
      { text: rise.measure.title },
      { text: countWords(rise.observed), href: figureAddress(rise.request) },
      { text: expectedWords(rise.expected) },
      { text: countWords(rise.listedFrom) },
      { text: howUnusual(rise.chance) },
      ...(careful ? [{ text: cautions(rise).join(' ') || 'nothing noticed' }] : []),
    ]),
  })
}

export const testedTable = ({ measures, notHeld }: RisesOfWeek): DataTable =>
  dataTable({
    caption: 'Measures, and the places tested of each',
    captionHidden: true,
    columns: [
      { key: 'measure', title: 'Measure' },
      { key: 'tested', title: 'Places tested', numeric: true },
      { key: 'of', title: 'Of', numeric: true },
      { key: 'history', title: 'Compared with' },
    ],
    rows: [
      ...measures.map(tested => [
        { text: tested.measure.title, href: `/measures/${tested.measure.id}` },
        { text: countWords(tested.tested) },
        { text: countWords(tested.series) },
        tested.tested === 0
          ? { text: 'too few records, or too few weeks in a row', withheld: true }
          : { text: historyWords([tested]) },
      ]),
      ...notHeld.map(({ measure, last }) => [
        { text: measure.title, href: `/measures/${measure.id}` },
        { text: '0' },
        { text: '0' },
        { text: `not held: whole weeks end with ${weekWords(last)}`, withheld: true },
      ]),
    ],
  })

export const beforeTable = (weeks: readonly RisesOfWeek[], url: string): DataTable | null =>
  weeks.length === 0
    ? null
    : dataTable({
        caption: 'The weeks before',
        captionHidden: true,
        columns: [
          { key: 'week', title: 'Week' },
          { key: 'listed', title: 'Rises listed', numeric: true },
          { key: 'tested', title: 'Series tested', numeric: true },
        ],
        rows: weeks.map(({ week, rises, tested }) => [
          weekLink(url, week),
          { text: countWords(rises.length) },
          { text: countWords(tested) },
        ]),
      })
