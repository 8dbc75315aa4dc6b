import assert from 'node:assert/strict'
import { test } from 'node:test'
import { initials, shownText } from './shown-names.ts'

const options = { agencies: ['Oak School (synthetic)'], called: ['Kai Ínvented'], hidden: true }
const hidden = (text: string) =>
  shownText(text, options)
    .map(part => part.text)
    .join('')

test('a name is hidden in capitals and in small letters, and an agency is none', () => {
  assert.equal(
    hidden('They met Kai at Oak School; kai ínvented went home.'),
    'They met … at Oak School; … … went home.',
  )
  assert.equal(hidden('The mother of KAI rang.'), 'The … of … rang.')
})

test('put together, the parts that are shown are the text', () => {
  const text = 'Seen with Somebody Else on Monday, and kai.'
  assert.equal(
    shownText(text, { ...options, hidden: false })
      .map(part => part.text)
      .join(''),
    text,
  )
})

test('a short name, or one of signs that mean something to a pattern, hides nothing else', () => {
  assert.equal(
    shownText('it is on the bus (a.b)', { agencies: [], called: ['is on', 'a.b (c)'], hidden: true })
      .map(part => part.text)
      .join(''),
    'it is on the bus (…)',
  )
})

test('initials are of every part of a name', () => {
  assert.equal(initials('Synthetic  Émile Child'), 'S. É. C.')
})
