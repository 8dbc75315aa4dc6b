import { generalG } from '../../analysis/general-g.ts'
import { type GlobalStatistic, globalMoran } from '../../analysis/global-moran.ts'
import { rowStandardised } from '../../analysis/spatial-weights.ts'
import { analyseMethod, type OutputColumn } from './analyse-method.ts'
import { choosePlaces, placeDetails, placeOptions, placeReads, placeUsage } from './places.ts'

export const globalMoranMethod = analyseMethod({
  name: 'global-moran',
  summary: 'Whether like counts lie together over the whole map (Moran’s I, General G)',
  usage: placeUsage,
  details: [
    ...placeDetails,
    '  --standardise W|B      for Moran’s I, the weights of a place are divided by their sum (W, the default), or not',
    '                         (B); General G takes them as they are',
    '',
    placeReads,
    'Writes one row: moran_i, moran_expected, moran_variance, moran_z, moran_p_greater (under randomisation), and',
    'general_g, general_g_expected, general_g_variance, general_g_z, general_g_p_greater. Moran’s I is empty where all',
    'counts are equal; General G where a count is negative, or fewer than two are above 0. At least four places need',
    'neighbours; those without any are left out of the number of places.',
  ].join('\n'),
  options: placeOptions,
  prepare: values => {
    const places = choosePlaces(values)
    return {
      columns: places.columns,
      unique: [places.name],
      run: table => {
        const { counts, weights } = places.read(table)
        const given = weights()
        const moran = globalMoran(counts, places.standardise === 'B' ? given : rowStandardised(given))
        const g = counts.some(count => count < 0) ? notDefined : generalG(counts, given)
        return {
          columns: [...statisticColumns('moran', 'i', moran), ...statisticColumns('general_g', '', g)],
          more: { places: table.rows, weights: given.weights.length },
        }
      },
    }
  },
})

const notDefined: GlobalStatistic = {
  value: Number.NaN,
  expected: Number.NaN,
  variance: Number.NaN,
  z: Number.NaN,
  pGreater: Number.NaN,
}

const statisticColumns = (name: string, letter: string, found: GlobalStatistic): OutputColumn[] => [
  { name: letter ? `${name}_${letter}` : name, values: [found.value] },
  { name: `${name}_expected`, values: [found.expected] },
  { name: `${name}_variance`, values: [found.variance] },
  { name: `${name}_z`, values: [found.z] },
  { name: `${name}_p_greater`, values: [found.pGreater] },
]
