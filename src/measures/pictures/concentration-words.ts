/** What the page of concentration says, made from the numbers so that it cannot disagree with them. */
import { wilsonInterval } from '../../analysis/intervals.ts'
import { tenthText } from '../../reports/charts/numbers.ts'
import { type DataTable, dataTable } from '../../web/data-table.ts'
import { countOf, countWords, periodWords } from '../../web/words.ts'
import { SMALLEST_BASE } from '../disclosure.ts'
import type { Period } from '../figure.ts'
import type { Leading, PlaceConcentration } from '../methods/concentration.ts'
import type { FormerLeaders, ThenAndNow } from '../methods/then-and-now.ts'
import { shareWords } from './finding.ts'

export interface PlaceWords {
  /** "small area", "square of 250 metres". */
  one: string
  many: string
}

const percentOf = (share: number): string => {
  const percent = 100 * share
  return `${percent > 0 && percent < 0.05 ? 'under 0.1' : percent.toFixed(1)}%`
}

const whole = (share: number): string => `${Math.round(100 * share)}%`

/** 5% of places, unless that is more places than had any: then 1%, of which more can be said. */
const tellingShare = ({ leading, events }: PlaceConcentration): Leading =>
  leading.find(l => l.share === 0.05 && l.held < events) ?? leading[0]!

/** "3.1% (about 104)". */
const chanceWords = ({ chance }: Pick<Leading, 'chance'>, { events }: PlaceConcentration): string =>
  `${percentOf(chance)} (about ${countWords(Math.round(chance * events))})`

const places = (n: number, { one, many }: PlaceWords): string => countOf(n, one, many)

/** "Knife crime: the 17 leading small areas (1% of 1,680) hold 12.3% (412 of 3,350); by chance alone 3.1% (about 104)". */
export function concentrationFinding(title: string, found: PlaceConcentration, words: PlaceWords): string {
  const top = tellingShare(found)
  return `${title}: ${places(top.places, words)} (${whole(top.share)} of ${countWords(found.places)}) ${top.places === 1 ? 'holds' : 'hold'} ${shareWords(top.held, found.events)}; by chance alone ${chanceWords(top, found)}`
}

/** How far below one event a place the counts are, and what that does to every number here. */
export function chanceSentences(found: PlaceConcentration, words: PlaceWords): string[] {
  const { events, places: all } = found
  const sparse =
    events < all
      ? `There are fewer records (${countWords(events)}) than ${words.many} (${countWords(all)}), so at least ${countWords(all - events)} must be without any, whatever the reason: read the numbers beside those of chance.`
      : `There are ${tenthText(events / all)} records to one ${words.one} on average.`
  const half = found.holding.find(h => h.share === 0.5)!
  return [
    sparse,
    `Half is in ${places(half.places, words)}; by chance alone, half would be in about ${countWords(Math.round(half.chance))}. By chance alone means: as many records, each as likely in one place as in another.`,
    giniSentence(found),
  ]
}

function giniSentence({
  gini,
  giniGeneralised,
  chanceGini,
  events,
  places: all,
}: PlaceConcentration): string {
  const general =
    events < all
      ? ` Measured against the most even spread that so few records allow (generalised Gini), it is ${giniGeneralised.toFixed(2)}.`
      : ''
  return `The Gini index is ${gini.toFixed(2)} (0 is the same in every place, 1 is all in one); chance alone would give ${chanceGini.toFixed(2)}.${general}`
}

export function concentrationTable(caption: string, found: PlaceConcentration, words: PlaceWords): DataTable {
  const { events } = found
  return dataTable({
    caption,
    captionHidden: true,
    columns: [
      { key: 'what', title: 'Which' },
      { key: 'places', title: words.many.charAt(0).toUpperCase() + words.many.slice(1), numeric: true },
      { key: 'held', title: 'Hold', numeric: true },
      { key: 'chance', title: 'By chance alone', numeric: true },
    ],
    rows: [
      ...found.leading.map(({ share, places: top, held, chance }) => [
        { text: `Leading ${whole(share)}` },
        { text: countWords(top) },
        { text: shareWords(held, events) },
        { text: chanceWords({ chance }, found) },
      ]),
      ...found.holding.map(({ share, places: fewest, chance }) => [
        { text: `Fewest that hold ${whole(share)}` },
        { text: countWords(fewest) },
        { text: `at least ${countWords(Math.ceil(share * events))} of ${countWords(events)}` },
        { text: `about ${countWords(Math.round(chance))} needed` },
      ]),
    ],
  })
}

/** "The 84 small areas that led in 2019/20 held 30.1% then and hold 24.0% now". */
export function thenFinding(found: ThenAndNow, words: PlaceWords, earlier: Period): string {
  const { places: n, before, now } = found.leaders.find(l => l.share === 0.05) ?? found.leaders[0]!
  const [led, hold] = n === 1 ? [words.one, 'holds'] : [places(n, words), 'hold']
  return `The ${led} that led in ${periodWords(earlier.from, earlier.to)} held ${shareWords(before, found.thenAll)} then and ${hold} ${shareWords(now, found.nowAll)} now`
}

export const REGRESSION =
  'Leaders are picked for a high count, and part of a high count is luck: they fall back by themselves (regression to the mean). A fall here shows nothing about what was done there.'

export function thenTable(
  found: ThenAndNow,
  words: PlaceWords,
  [earlier, now]: readonly [Period, Period],
): DataTable {
  return dataTable({
    caption: 'Leading places, then and now',
    captionHidden: true,
    columns: [
      { key: 'which', title: 'Led then' },
      { key: 'before', title: `Held in ${periodWords(earlier.from, earlier.to)}`, numeric: true },
      { key: 'now', title: `Hold in ${periodWords(now.from, now.to)}`, numeric: true },
      { key: 'leaders', title: 'As many that lead now hold', numeric: true },
      { key: 'pai', title: 'Against a blind choice (PAI)', numeric: true },
      { key: 'pei', title: 'Of the best choice (PEI)', numeric: true },
      { key: 'rri', title: 'Then to now (RRI)', numeric: true },
    ],
    rows: found.leaders.map(leader => [
      { text: `${whole(leader.share)}: ${places(leader.places, words)}` },
      { text: shareWords(leader.before, found.thenAll) },
      { text: shareWords(leader.now, found.nowAll) },
      { text: shareWords(leader.leadersNow, found.nowAll) },
      { text: `${tenthText(leader.pai)} times` },
      { text: ofBest(leader) },
      leader.rri === null ? { text: 'none now', withheld: true } : { text: `${tenthText(leader.rri)} to 1` },
    ]),
  })
}

const ofBest = ({ now, leadersNow }: FormerLeaders): string =>
  leadersNow === 0 ? 'none' : shareWords(now, leadersNow)

/** What the three indices mean, and what the area as a whole did: without it, RRI cannot be read. */
export const indexSentences = (found: ThenAndNow): string[] => [
  'PAI: how many times as much the earlier leaders hold now as the same number of places taken blindly. PEI: what they hold of what as many places that lead now hold. RRI: what they held then for each one now.',
  `In all places together it was ${tenthText(found.thenAll / found.nowAll)} to 1 (${countWords(found.thenAll)} to ${countWords(found.nowAll)}): an RRI above that is a fall beyond the area’s own, as regression to the mean makes it.`,
]

export interface Inside {
  inside: number
  of: number
  residents: number | null
  residentsOf: number | null
}

/** "21.4% (545 of 2,548; 95% interval 19.8 to 23.0%)"; the counts alone on a base under 20. */
export function insideWords({ inside, of }: Inside): string {
  const interval = of >= SMALLEST_BASE ? wilsonInterval(inside, of) : null
  return interval
    ? `${percentOf(inside / of)} (${countWords(inside)} of ${countWords(of)}), 95% interval ${(100 * interval.low).toFixed(1)} to ${(100 * interval.high).toFixed(1)}`
    : shareWords(inside, of)
}

/** "Inside impact areas: 12.9% (545 of 4,220), 95% interval 11.9 to 14.0, where 5.9% (…) of residents live". */
export function insideFinding(inside: Inside): string {
  const live =
    inside.residents && inside.residentsOf
      ? `, where ${shareWords(Math.round(inside.residents), Math.round(inside.residentsOf))} of residents live`
      : ''
  return `Inside impact areas: ${insideWords(inside)}${live}`
}
