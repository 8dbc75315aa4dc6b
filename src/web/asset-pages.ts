/** Static files under hashed names, so that browsers may keep them for a year. */
import fastifyStatic from '@fastify/static'
import { Type } from 'typebox'
import type { Assets } from './assets/build-assets.ts'
import type { WebServer } from './context.ts'

export async function assetPages(app: WebServer, assets: Assets): Promise<void> {
  await app.register(fastifyStatic, {
    root: assets.folder,
    serve: false,
    preCompressed: true,
    index: false,
    dotfiles: 'ignore',
    maxAge: '365d',
    immutable: true,
  })
  app.get(
    '/assets/:name',
    {
      schema: { params: Type.Object({ name: Type.String({ pattern: '^[A-Za-z0-9_.-]+$' }) }) },
      config: { may: 'open-anything-public', records: 'nothing', rateLimit: false },
    },
    (request, reply) => reply.sendFile(request.params.name),
  )
}
