import assert from 'node:assert/strict'
import { test } from 'node:test'
import { betweenness, betweennessInParts } from '../src/analysis/network/betweenness.ts'
import { networkOf } from '../src/analysis/network/network.ts'
import { openMethodRunner } from '../src/measures/methods/run-method.ts'
import { randomFrom } from '../src/synthetic/random.ts'

/** Everybody in a ring, with as many shortcuts as people: one block, large enough to be handed out. */
function ringWithShortcuts(nodes: number) {
  const { below } = randomFrom(1, 'shortcuts')
  const around = Array.from({ length: nodes }, (_, v) => v)
  return networkOf(
    nodes,
    [...around, ...around],
    [...around.map(v => (v + 1) % nodes), ...around.map(v => (v + 2 + below(nodes - 4)) % nodes)],
  )
}

test('betweenness on two threads is that on one, to the last digit whoever is done first', async () => {
  const network = ringWithShortcuts(1500)
  const methods = openMethodRunner(2)
  try {
    const handedOut = () =>
      betweennessInParts(network, 4, sources => methods.run('block-betweenness', sources))
    const [found, again] = [await handedOut(), await handedOut()]
    assert.deepEqual(found, again)
    betweenness(network).forEach((value, v) => {
      assert.ok(Math.abs(found[v]! - value) <= 1e-9 * Math.max(1, value), `node ${v}: ${found[v]}, ${value}`)
    })
  } finally {
    await methods.close()
  }
})

test('searches on threads stop when nobody waits any more', async () => {
  const methods = openMethodRunner(2)
  const stopping = new AbortController()
  try {
    const found = betweennessInParts(ringWithShortcuts(12_000), 2, sources =>
      methods.run('block-betweenness', sources, {
        signal: stopping.signal,
        onProgress: () => stopping.abort(),
      }),
    )
    await assert.rejects(found, { name: 'AbortError' })
  } finally {
    await methods.close()
  }
})
