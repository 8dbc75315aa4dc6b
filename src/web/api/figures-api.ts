/** Figures and measures for programs. */
import { Type } from 'typebox'
import { getMeasure, measures } from '../../measures/catalogue/index.ts'
import { dimensionsOf } from '../../measures/dimensions.ts'
import type { Measure as CatalogueMeasure } from '../../measures/measure.ts'
import { figureJson } from '../../reports/exports/figure-json.ts'
import type { PageContext, WebServer } from '../context.ts'
import { figureQuery, figureRequest } from '../figure-address.ts'
import { Fault, Figure, Measure } from './schemas.ts'

export function figuresApi(app: WebServer, context: PageContext): void {
  app.get(
    '/api/measures',
    {
      schema: {
        tags: ['measures'],
        summary: 'The catalogue of measures',
        response: { 200: Type.Array(Measure) },
      },
      config: { may: 'see-figures', records: 'nothing' },
    },
    () => measures.map(describe),
  )

  app.get(
    '/api/measures/:id',
    {
      schema: {
        tags: ['measures'],
        summary: 'One measure',
        params: Type.Object({ id: Type.String() }),
        response: { 200: Measure, 404: Fault },
      },
      config: { may: 'see-figures', records: 'nothing' },
    },
    request => describe(getMeasure(request.params.id)),
  )

  app.get(
    '/api/figures/:measure',
    {
      schema: {
        tags: ['figures'],
        summary: 'A figure: values, intervals, warnings, query and evidence version',
        description:
          'Small numbers are withheld and the rest rounded unless the caller may see record-level data. Asking twice gives the same bytes while the evidence stays the same.',
        params: Type.Object({ measure: Type.String() }),
        querystring: Type.Object(figureQuery),
        response: { 200: Figure, 400: Fault, 404: Fault },
      },
      config: { may: 'see-figures', records: 'nothing', cached: true },
    },
    async (request, reply) => {
      const asked = figureRequest(request.params.measure, request.query)
      const figure = await context.figures.get(asked, request.viewer.disclosure)
      // Written by the same function as the command line's, so that the bytes agree.
      return reply
        .type('application/json; charset=utf-8')
        .serializer(text => text as string)
        .send(figureJson(figure, context.synthetic) as never)
    },
  )
}

const describe = (measure: CatalogueMeasure) => ({
  ...measure,
  dimensions: dimensionsOf(measure),
  ratePer: measure.rate?.per ?? null,
})
