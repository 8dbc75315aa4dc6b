import assert from 'node:assert/strict'
import { test } from 'node:test'
import { offence } from '../../../test/worked-evidence.ts'
import { april2019, figureOf } from '../../../test/worked-figure.ts'
import { largestFinding, splitTitle, totalFinding } from './finding.ts'

const byWeapon = (weapons: (string | null)[]) =>
  figureOf(
    { offences: weapons.map(weapon => offence('2019-04-02', { weapon })) },
    { measure: 'knife-crime', by: ['weapon'], ...april2019 },
  )

test('the largest group is named only where the rows without a group could not change it', async () => {
  const clear = await byWeapon(['machete', 'machete', 'machete', 'kitchen_knife', null])
  assert.equal(largestFinding(clear, 'weapon', 'Weapon'), 'Weapon: most often machete, 3 of 5')
  const open = await byWeapon(['machete', 'machete', 'machete', 'kitchen_knife', null, null])
  assert.equal(largestFinding(open, 'weapon', 'Weapon'), 'Weapon')
})

test('the title of a whole says its period once', async () => {
  assert.equal(totalFinding(await byWeapon(['machete', 'machete'])), 'Knife crime, April 2019: 2')
})

test('a title with a comma is closed before what it is split by', () => {
  assert.equal(splitTitle('Knife crime', 'ward'), 'Knife crime by ward')
  assert.equal(splitTitle('Robbery, as published', 'ward'), 'Robbery, as published, by ward')
})
