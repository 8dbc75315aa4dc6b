import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { countMarks, markOthers, withoutMarks } from './names-in-text.ts'

const taken = (text: string) => withoutMarks(markOthers(text, ['Zoë Invented'], ['Oak School']))

test('names of others are marked, at the beginning of a sentence as well; the person’s own are not', () => {
  assert.equal(
    taken('Kai Madeup waited for Zoe at Oak School. Levi’s car was there.'),
    '[another person] waited for Zoe at Oak School. [another person] car was there.',
  )
  assert.equal(taken('ZOË came late on Monday.'), 'ZOË came late on Monday.')
})

test('who somebody is to them is marked, because it tells who it is', () => {
  assert.equal(taken('Her mum and a neighbour rang.'), 'Her [another person] and a [another person] rang.')
})

test('what is plain stays: words that begin a sentence, days, months', () => {
  assert.equal(countMarks(markOthers('Came to school on Tuesday. She said so in March.', [])), 0)
})

test('the parts put together are the text, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.string()), (text, own) => {
      assert.equal(
        markOthers(text, own)
          .map(p => p.text)
          .join(''),
        text,
      )
    }),
  )
})
