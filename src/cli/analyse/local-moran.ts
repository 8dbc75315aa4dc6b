import { localMoran } from '../../analysis/local-moran.ts'
import { rowStandardised } from '../../analysis/spatial-weights.ts'
import { analyseMethod } from './analyse-method.ts'
import { choosePlaces, placeDetails, placeOptions, placeReads, placeUsage } from './places.ts'

export const localMoranMethod = analyseMethod({
  name: 'local-moran',
  summary: 'Which places are like their neighbours, and which stand out from them (local Moran’s I)',
  usage: placeUsage,
  details: [
    ...placeDetails,
    '  --standardise W|B      the weights of a place are divided by their sum (W, the default), or not (B)',
    '',
    placeReads,
    'Writes: cell (or area), I, in the order of the file: above 0 like the neighbours, below 0 unlike them. Empty',
    'for a place without neighbours, and where all counts are equal.',
  ].join('\n'),
  options: placeOptions,
  prepare: values => {
    const places = choosePlaces(values)
    return {
      columns: places.columns,
      unique: [places.name],
      run: table => {
        const { names, counts, weights } = places.read(table)
        const given = weights()
        return {
          columns: [
            { name: places.name, values: names },
            {
              name: 'I',
              values: localMoran(counts, places.standardise === 'B' ? given : rowStandardised(given)),
            },
          ],
        }
      },
    }
  },
})
