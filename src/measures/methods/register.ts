/**
 * The register of statistical methods (R9): none runs on a page without an entry here and a line in the area pack that
 * says who owns it, until when it may run, and whether it is switched off. The entry says what it is for and what it cannot
 * say; the tests it names hold it to the packages that analysts trust.
 */
import type { AreaPack } from '../../areas/area-pack.ts'
import type { Day } from '../../platform/calendar.ts'

export interface MethodEntry {
  id: string
  title: string
  /** What question it answers. */
  purpose: string
  /** What it reads. */
  inputs: string
  /** How its answer is read. */
  reading: string
  /** What it cannot say, and how it is misread. */
  caution: string
  /** Paper or book. */
  source: string
  /** What it was held against. */
  tested: string
  /** Whether it can treat groups of people differently, and what was done about it. */
  equality: string
  /** Raised with every change that can change an answer. */
  version: number
}

const NO_PEOPLE =
  'Reads no attribute of a person. Places and times differ between communities in how much they report: what is not reported is not seen.'

export const methods = [
  {
    id: 'aoristic',
    title: 'Aoristic spreading of uncertain times',
    purpose: 'When did it happen, where only a span of time is known, such as a night away from home?',
    inputs: 'Earliest and latest time of each record, local time.',
    reading: 'Each record is one, spread evenly over the hours in which it can have happened.',
    caution:
      'Spreading assumes that each hour of the span is as likely as the other. A long span says little and is spread thin.',
    source: 'Ratcliffe and McCullagh (1998), Aoristic crime analysis; Ratcliffe (2000)',
    tested: 'The R package aoristic, cell by cell',
    equality: NO_PEOPLE,
    version: 1,
  },
  {
    id: 'season',
    title: 'Seasonal index and trend without season',
    purpose:
      'Which months of the year are usually higher or lower, and which way does it go apart from that?',
    inputs: 'Counts by month of whole years.',
    reading: 'Per cent above or below the mean month of the same year, averaged over the years.',
    caution: 'A season is what repeats: with fewer than three years it cannot be told from chance.',
    source:
      'June 2019 board paper, figure 4; Makridakis and others (1998), Forecasting, ratio to the mean; Cleveland and others (1990), STL',
    tested: 'An independent calculation in R and Python, index by index',
    equality: NO_PEOPLE,
    version: 1,
  },
  {
    id: 'control-chart',
    title: 'Control chart of monthly counts and shares',
    purpose: 'Is a month, or a run of months, out of the ordinary?',
    inputs:
      'Counts by month, or shares with what they are of; a baseline of months that are taken as ordinary.',
    reading:
      'Most months lie between the limits. A point outside, or a run on one side of the average, is worth asking about.',
    caution:
      'A signal says that something changed, in the world or in its recording, and not what. Limits drawn over a change are too wide, and a season is not taken out.',
    source:
      'Shewhart (1931); Provost and Murray (2011), The Health Care Data Guide; NHS England, Making Data Count; Laney (2002), p′ and u′ charts',
    tested: 'The R packages NHSRplotthedots and qicharts2, limit by limit and signal by signal',
    equality: NO_PEOPLE,
    version: 1,
  },
  {
    id: 'unusual-rises',
    title: 'Unusual rises, week by week',
    purpose: 'Which of many series rose this week beyond what its own history lets one expect?',
    inputs:
      'Weekly counts by measure and area, with up to five years of history. Never stops, searches or what they found.',
    reading:
      'Observed beside expected and the threshold; the list is cut so that of ten rises shown about one is chance.',
    caution:
      'A rise is not a trend and is no forecast. Late recording makes the last week look low; a backlog that is typed in makes it look high.',
    source: 'Farrington and others (1996); Noufaily and others (2013); Benjamini and Hochberg (1995)',
    tested:
      'What is expected, against the R package surveillance, week by week; the share of false rises, in simulated series',
    equality: NO_PEOPLE,
    version: 1,
  },
  {
    id: 'density',
    title: 'Density surface',
    purpose: 'Where do records lie close together, regardless of boundaries?',
    inputs:
      'Points of harm that the public, hospitals or ambulances reported. Never stops, searches or what they found.',
    reading: 'Records per square kilometre, smoothed over the stated distance.',
    caution:
      'Smoothing spreads a record over its surroundings: the peak is an area, not an address. Where many people are, more happens.',
    source:
      'Silverman (1986); Diggle (2003), Statistical Analysis of Spatial Point Patterns, edge correction',
    tested: 'The R package spatstat, and direct summation, cell by cell',
    equality: NO_PEOPLE,
    version: 1,
  },
  {
    id: 'significant-cells',
    title: 'Cells with significantly many records around them',
    purpose: 'Which parts of the map hold more than a random spread of the same records would put there?',
    inputs: 'Counts of the same points in square cells.',
    reading: 'Getis and Ord’s Gi*, adjusted for how many cells were tested.',
    caution:
      'Significant against an even spread over the whole area, fields and parks included, not against how many people pass through it: town centres stand out for that reason alone.',
    source: 'Ord and Getis (1995); Benjamini and Hochberg (1995)',
    tested: 'The Python package esda and the R package spdep, cell by cell',
    equality: NO_PEOPLE,
    version: 1,
  },
  {
    id: 'hotspot-ranking',
    title: 'Ranked hotspots and concentration',
    purpose: 'How few places hold how much of it, and were they the same places before?',
    inputs: 'Counts of the same points in cells, or counts by small area, in two periods.',
    reading: 'Share of records in the top 1% and 5% of places; hits in places that led before.',
    caution:
      'Some concentration is chance: with fewer records than places, most places must be empty. Earlier leaders fall back by themselves.',
    source:
      'Weisburd (2015), the law of crime concentration; Bernasco and Steenbeek (2017), generalised Gini; Chainey and others (2008), PAI',
    tested: 'Published definitions worked by hand and an R implementation',
    equality: NO_PEOPLE,
    version: 1,
  },
  {
    id: 'near-repeat',
    title: 'Near repeats',
    purpose: 'After one, is another near by soon after more likely than chance would have it?',
    inputs: 'Point and day of each record of the same kind of harm.',
    reading: 'How many times more pairs there are close in place and time than when the days are dealt anew.',
    caution: 'Describes the past period as a whole; it names no place and no person, and is no forecast.',
    source: 'Knox (1964); Johnson and others (2007); Ratcliffe and Rengert (2008)',
    tested: 'The R package NearRepeat and the Python package pointpats, band by band',
    equality: NO_PEOPLE,
    version: 1,
  },
  {
    id: 'disproportionality',
    title: 'Rates beside each other, with intervals',
    purpose: 'Does a group appear more or less often than its share of residents?',
    inputs: 'Counts by group, self-defined, and residents by group of the named year.',
    reading: 'Rate of the group over the rate of the reference group, with its 95% interval.',
    caution:
      'A ratio compares with everybody who lives here; it neither proves nor rules out unfairness. It is refused where too many are of unknown group.',
    source:
      'Fay and Feuer (1997) and exact conditional intervals; Ministry of Justice (2016), relative rate index',
    tested: 'The R packages epitools and exactci and Byar’s formula, ratio by ratio',
    equality:
      'Made to show unequal treatment. Unknowns are shown and never shared out; groups under the smallest base are not given a ratio.',
    version: 1,
  },
  {
    id: 'record-matching',
    title: 'Records that may be of one person',
    purpose: 'Do two agencies, or one agency twice, hold a record of the same person?',
    inputs: 'Names, dates of birth, postcodes, telephone numbers and schools of agencies’ records.',
    reading:
      'Pairs that are likely enough are put before a coordinator, field by field in words. How likely stays hidden until they have judged.',
    caution:
      'It proposes and never joins. Twins, cousins of one name and families at one address look alike; names written in several ways look different.',
    source:
      'Fellegi and Sunter (1969), A theory for record linkage; Linacre and others (2022), Splink; Philips (2000), double metaphone',
    tested:
      'Splink’s own lists, pair by pair and by its best F1; febrl 4, rldata500 and Splink’s fake 1,000 with known truth',
    equality:
      'Names common in one community and spelt in several ways in another are matched less well: a rare name says more, and sounds follow English. Decisions are reported by ethnic group before the method is allowed again.',
    version: 1,
  },
] as const satisfies readonly MethodEntry[]

export type MethodId = (typeof methods)[number]['id']

export type MethodState =
  | { runs: true; entry: MethodEntry; owner: string; stops: Day }
  | { runs: false; entry: MethodEntry; because: string }

/** Whether a method may run in the area on a day, and if not, why in a sentence for the page. */
export function methodState(pack: AreaPack, id: MethodId, today: Day): MethodState {
  const entry = methods.find(m => m.id === id)!
  const kept = pack.methods.find(m => m.id === id)
  if (!kept)
    return { runs: false, entry, because: `${entry.title} is not in this area’s register of methods.` }
  if (kept.off)
    return { runs: false, entry, because: `${entry.title} was switched off by ${kept.owner}: ${kept.off}` }
  if (kept.stops < today) {
    return {
      runs: false,
      entry,
      because: `${entry.title} was allowed until ${kept.stops} and has not been looked at again by ${kept.owner} since.`,
    }
  }
  return { runs: true, entry, owner: kept.owner, stops: kept.stops }
}
