import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inSharedMemory } from './shared-arrays.ts'

test('every array of numbers is moved into shared memory, and nothing else is changed', () => {
  const input = {
    points: { x: Float64Array.of(1, 2.5, Number.NaN), weight: undefined },
    names: ['a', 'b'],
    levels: [Int8Array.of(-1, 3), Uint32Array.of(7)],
    kernel: 'quartic',
    bounds: [0, 1],
    nothing: null,
  }
  const moved = inSharedMemory(input)
  assert.deepEqual(moved, input)
  for (const array of [moved.points.x, ...moved.levels]) {
    assert.ok((array.buffer as unknown) instanceof SharedArrayBuffer)
  }
  assert.ok(!((input.points.x.buffer as unknown) instanceof SharedArrayBuffer), 'the caller keeps its own')
})

test('what lies there already is not copied again', () => {
  const once = inSharedMemory(Int32Array.of(1, 2, 3))
  assert.equal(inSharedMemory(once), once)
})
