/** The OpenAPI description, made from the schemas that check the requests. */
import swagger from '@fastify/swagger'
import type { WebServer } from '../context.ts'

/** Has to be registered before the routes that it describes. Pages carry no tag and are left out. */
export async function describeApi(app: WebServer, version: string): Promise<void> {
  await app.register(swagger, {
    hideUntagged: true,
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Concord',
        version,
        description:
          'Figures, measures and loads of a violence-reduction partnership. A program on the same machine sends the key of server.json as a bearer token; other callers see what a visitor or the signed-in viewer sees.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      tags: [
        { name: 'figures', description: 'Counted, with definition, query and evidence version' },
        { name: 'measures', description: 'What is counted and how' },
        { name: 'loads', description: 'Files that were sent' },
      ],
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
    },
  })
}

export function apiDescriptionPage(app: WebServer): void {
  app.get(
    '/api/openapi.json',
    { config: { may: 'open-anything-public', records: 'nothing' } },
    (_request, reply) =>
      reply.type('application/json; charset=utf-8').send(`${JSON.stringify(app.swagger(), null, 2)}\n`),
  )
}
