import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../seeded-random.ts'
import { comparedField } from './compared-field.ts'
import { trainModel } from './train-model.ts'

/** Two lists of 3,000 in which the first 1,500 are the same people, one in five with another phone or a slip in the name. */
function twoLists() {
  const random = seededRandom(3)
  const below = (n: number) => Math.floor(random() * n)
  const person = () => ({
    family: `name${below(60)}`,
    birth: `${1960 + below(40)}-${String(1 + below(12)).padStart(2, '0')}-${String(1 + below(28)).padStart(2, '0')}`,
    phone: String(below(1e9)),
  })
  const left = Array.from({ length: 3000 }, person)
  const right = left.map((own, i) => {
    if (i >= 1500) return person()
    return {
      family: random() < 0.2 ? own.family.slice(1) : own.family,
      birth: own.birth,
      phone: random() < 0.2 ? String(below(1e9)) : own.phone,
    }
  })
  return (['family', 'birth', 'phone'] as const).map(name =>
    comparedField(
      name,
      name === 'family' ? 'name' : name === 'birth' ? 'date' : 'exact',
      left.map(p => p[name]),
      right.map(p => p[name]),
    ),
  )
}

const sizes = { left: 3000, right: 3000, oneList: false }
const options = { trainOn: [1, 0], randomPairs: 200_000 }

test('a model that is learnt from some of the pairs that agree is that of all of them, nearly', () => {
  const fields = twoLists()
  const whole = trainModel(fields, sizes, { ...options, random: seededRandom(1) })
  // 150,000 pairs share a family name.
  const some = trainModel(fields, sizes, { ...options, random: seededRandom(1), mostPairs: 40_000 })
  for (const [f, field] of fields.entries()) {
    const apart = Math.abs(whole.m[f]!.at(-1)! - some.m[f]!.at(-1)!)
    assert.ok(apart < 0.05, `m of ${field.name}: ${whole.m[f]} against ${some.m[f]}`)
  }
  assert.ok(Math.abs(some.prior / whole.prior - 1) < 0.15, `${some.prior} against ${whole.prior}`)
  // 1,500 of 9 million pairs are of one person.
  assert.ok(Math.abs(whole.prior / (1500 / 9e6) - 1) < 0.1, `${whole.prior}`)
})
