import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Figure, FigureRequest } from '../measures/figure.ts'
import { createFigureCache } from './figure-cache.ts'

function counted(size?: number) {
  const computed: string[] = []
  let version = 'one'
  const cache = createFigureCache({
    compute: async (request: FigureRequest, disclosure) => {
      computed.push(`${request.measure} ${disclosure} ${version}`)
      if (request.measure === 'fails') throw new Error('no room')
      const id = `${request.measure} ${disclosure} ${version}`
      return { id, lineage: { evidenceVersion: version } } as Figure
    },
    version: async () => version,
    ...(size ? { size } : {}),
  })
  return {
    cache,
    computed,
    change: (to: string) => {
      version = to
    },
  }
}

test('callers that ask at the same time wait for one computation', async () => {
  const { cache, computed } = counted()
  const asked = Array.from({ length: 32 }, () => cache.get({ measure: 'robbery' }, 'record'))
  await Promise.all(asked)
  assert.deepEqual(computed, ['robbery record one'])
})

test('the order in which a request is written does not matter', async () => {
  const { cache, computed } = counted()
  await cache.get({ measure: 'robbery', where: { npu: ['BW'], gender: ['Male'] }, from: '2019-01' }, 'record')
  await cache.get(
    { from: '2019-01', where: { gender: ['Male'], npu: ['BW'] }, measure: 'robbery', to: undefined },
    'record',
  )
  assert.equal(computed.length, 1)
})

test('a protected figure is never given to who may see the record, nor the other way round', async () => {
  const { cache } = counted()
  assert.equal((await cache.get({ measure: 'robbery' }, 'record')).id, 'robbery record one')
  assert.equal((await cache.get({ measure: 'robbery' }, 'protected')).id, 'robbery protected one')
})

test('new evidence means a new figure', async () => {
  const { cache, change } = counted()
  await cache.get({ measure: 'robbery' }, 'record')
  change('two')
  assert.equal((await cache.get({ measure: 'robbery' }, 'record')).id, 'robbery record two')
})

test('what failed is computed again', async () => {
  const { cache, computed } = counted()
  await assert.rejects(cache.get({ measure: 'fails' }, 'record'))
  await assert.rejects(cache.get({ measure: 'fails' }, 'record'))
  assert.equal(computed.length, 2)
})

test('the figure least lately asked for goes first', async () => {
  const { cache, computed } = counted(2)
  for (const measure of ['a', 'b', 'a', 'c', 'a', 'b']) await cache.get({ measure }, 'record')
  assert.deepEqual(
    computed.map(c => c[0]),
    ['a', 'b', 'c', 'b'],
  )
})

test('a figure over evidence that came in between is not kept for the evidence before it', async () => {
  const { cache, change } = counted()
  const asked = cache.get({ measure: 'robbery' }, 'record')
  change('two')
  assert.equal((await asked).id, 'robbery record two')
  change('one')
  assert.equal((await cache.get({ measure: 'robbery' }, 'record')).id, 'robbery record one')
})
