/** The catalogue of measures: what is counted and how, for somebody who reads no SQL. */
import { Type } from 'typebox'
import type { WebServer } from '../web/context.ts'
import { getMeasure, measures } from './catalogue/index.ts'
import { dimensions, dimensionsOf } from './dimensions.ts'

export function measuresPages(app: WebServer): void {
  app.get(
    '/measures',
    { config: { may: 'see-figures', records: 'nothing', cached: true } },
    (_request, reply) => {
      const families = [...new Set(measures.map(m => m.family))].map(family => ({
        name: family,
        measures: measures.filter(m => m.family === family),
      }))
      return reply.page('measures/views/measures.njk', { title: 'How figures are counted', families })
    },
  )

  app.get(
    '/measures/:id',
    {
      schema: { params: Type.Object({ id: Type.String({ maxLength: 100 }) }) },
      config: { may: 'see-figures', records: 'nothing', cached: true },
    },
    (request, reply) => {
      const measure = getMeasure(request.params.id)
      const allowed = dimensionsOf(measure)
      return reply.page('measures/views/measure.njk', {
        title: measure.title,
        breadcrumbs: [{ text: 'Measures', href: '/measures' }],
        measure,
        dimensions: dimensions.filter(d => allowed.includes(d.id)),
      })
    },
  )
}
