import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import Fastify, { type FastifyContextConfig } from 'fastify'
import { type TestWeb, testWeb } from '../../test/web-for-tests.ts'
import type { WebServer } from './context.ts'
import { isAllowed, refuseUnruledRoutes } from './route-rules.ts'

/** What registering the route says. */
function registering(method: 'GET' | 'POST', config?: FastifyContextConfig): string {
  const app: WebServer = Fastify()
  refuseUnruledRoutes(app)
  try {
    app.route({ method, url: '/a-new-page', ...(config ? { config } : {}), handler: () => 'seen' })
    return 'registered'
  } catch (error) {
    return (error as Error).message
  }
}

describe('a route is closed unless opened', () => {
  test('a route that names nobody who may use it cannot be registered', () => {
    assert.match(registering('GET'), /GET \/a-new-page does not say who may use it/)
    assert.match(registering('GET', { records: 'nothing' }), /does not say who may use it/)
  })

  test('a route that does not say what it records cannot be registered', () => {
    assert.match(registering('GET', { may: 'see-figures' }), /does not say what it records/)
  })

  test('a route that changes something has to record it and to know its own form', () => {
    assert.match(
      registering('POST', { may: 'send-files', records: 'file-sent' }),
      /does not say how it knows its own form/,
    )
    assert.match(
      registering('POST', { may: 'send-files', records: 'nothing', proof: 'form' }),
      /changes something and records nothing/,
    )
  })

  test('a page that records something cannot be kept, for then it would be seen unrecorded', () => {
    assert.match(
      registering('GET', { may: 'see-figures', records: 'figure-downloaded', cached: true }),
      /cannot be kept/,
    )
  })

  test('a route with its rules is registered', () => {
    assert.equal(registering('GET', { may: 'see-figures', records: 'nothing' }), 'registered')
  })
})

describe('what a viewer may not is answered as what does not exist', () => {
  let web: TestWeb
  before(async () => {
    web = await testWeb({ synthetic: false })
  })
  after(() => web.close())

  /** What of an answer could tell two apart. Only the number of the request and the address itself may differ. */
  const likeness = (
    answer: { statusCode: number; headers: Record<string, unknown>; body: string },
    url: string,
  ) => {
    const { 'x-request-id': _id, date: _date, ...headers } = answer.headers
    return {
      status: answer.statusCode,
      headers,
      body: answer.body.replaceAll(url, '…').replace(String(answer.headers['x-request-id']), '…'),
    }
  }

  for (const [method, refused] of [
    ['GET', '/data'],
    ['GET', '/data/loads/1'],
    ['GET', '/data/loads/1/rejected.csv'],
    ['GET', '/data/loads/not-a-number'],
    ['GET', '/data/upload'],
    ['GET', '/view-as'],
    ['POST', '/data/upload'],
    ['POST', '/data/loads/1/withdraw'],
    ['GET', '/api/loads'],
    ['POST', '/api/loads?name=x.csv'],
    ['POST', '/api/loads/1/withdraw'],
  ] as const) {
    test(`${method} ${refused} as a visitor`, async () => {
      const nowhere = refused.startsWith('/api/') ? '/api/nowhere' : '/nowhere'
      const [is, would] = [
        likeness(await web.app.inject({ method, url: refused }), refused),
        likeness(await web.app.inject({ method, url: nowhere }), nowhere),
      ]
      assert.equal(is.status, 404)
      assert.deepEqual(is, would)
    })
  }

  test('navigation holds only what the viewer may use', async () => {
    const visitor = await web.app.inject('/measures')
    assert.doesNotMatch(visitor.body, /href="\/data"/)
    assert.doesNotMatch(visitor.body, /href="\/view-as"/)
  })
})

test('an error inside the check of a permission is a refusal', () => {
  assert.equal(isAllowed(null, 'see-figures'), false)
  assert.equal(isAllowed({ role: 'nobody' } as never, 'see-figures'), false)
  assert.equal(isAllowed({ role: 'analyst' } as never, 'no-such-permission' as never), false)
  assert.equal(isAllowed({ role: 'analyst' } as never, undefined), false)
})
