/** What a page says when nothing has been loaded that it could show: which dataset is needed, and how to send it. */
import type { FastifyReply } from 'fastify'
import { findDataset } from '../../evidence/datasets/index.ts'
import { getMeasure } from '../catalogue/index.ts'
import { countingOf, tablesOf } from '../measure.ts'
import type { PictureWords } from './opening.ts'

export function nothingHeld(reply: FastifyReply, words: PictureWords, measureId: string): FastifyReply {
  const counting = countingOf(getMeasure(measureId))
  return reply.page('measures/pictures/views/nothing-held.njk', {
    ...words,
    needed: tablesOf(counting).flatMap(table => {
      const dataset = findDataset(table)
      return dataset
        ? [
            {
              title: dataset.title,
              describes: dataset.describes,
              href: `/data/datasets/${dataset.id}`,
              fromCasework: dataset.fromCasework ?? false,
            },
          ]
        : []
    }),
  })
}
