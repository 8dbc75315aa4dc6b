import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findInadmissibleGrounds, inadmissibleGrounds } from './inadmissible-grounds.ts'

const found = (text: string) => findInadmissibleGrounds(text).map(f => f.word)

test('R4 text that leans on music, dress, emoji, following, family, a postcode or having been hurt is found', () => {
  assert.deepEqual(found('He appears in a drill video.'), ['music'])
  assert.deepEqual(found('Wearing a balaclava near the school'), ['dress'])
  assert.deepEqual(found('posted 🔪 under a picture'), ['emoji'])
  assert.deepEqual(found('She follows two of them on Snapchat.'), ['following'])
  assert.deepEqual(found('His older brother is known to us'), ['family'])
  assert.deepEqual(found('One of the B21 boys'), ['postcode'])
  assert.deepEqual(found('He was stabbed in March'), ['being a victim'])
  assert.deepEqual(found('A rapper, and the cousin of a victim'), ['music', 'family', 'being a victim'])
})

test('what somebody did is no such thing', () => {
  for (const text of [
    'On 3 May he was found with a kitchen knife at the bus station; he gave it up when he was asked.',
    'Convicted on 4 June of wounding.',
    'Told his mentor that he carries money for an older man.',
    'The following week he came back.',
    'Scraped his knee; wrapped it himself.',
  ]) {
    assert.deepEqual(found(text), [], text)
  }
  assert.ok(inadmissibleGrounds.every(g => g.because !== '' && g.since !== ''))
})
