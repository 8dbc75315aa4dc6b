import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { shownName } from './upload-names.ts'

test('only the last part of a sent name is kept', () => {
  assert.equal(shownName('../../etc/passwd'), 'passwd')
  assert.equal(shownName('C:\\Users\\clerk\\march.csv'), 'march.csv')
  assert.equal(shownName('2019-04-west-midlands-street.csv'), '2019-04-west-midlands-street.csv')
})

test('a name of nothing but dots, or of nothing, is called upload', () => {
  for (const name of ['', '.', '..', '../..', 'folder/', '\u0000', '\u202e'])
    assert.equal(shownName(name), 'upload', name)
})

test('what hides an ending or moves a cursor is taken out', () => {
  assert.equal(shownName('report\u202Evsc.exe'), 'reportvsc.exe')
  assert.equal(shownName('a\r\nb\u001b[2J.csv'), 'ab[2J.csv')
})

test('a long name keeps its beginning and its ending', () => {
  const name = shownName(`${'a'.repeat(400)}-2019-04.csv`)
  assert.ok(name.length <= 150)
  assert.match(name, /^aaa.*…a*-2019-04\.csv$/)
})

test('no name that is shown could leave a folder', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), sent => {
      const name = shownName(sent)
      assert.ok(!['/', '\\', '\0'].some(c => name.includes(c)))
      assert.notEqual(name, '..')
      assert.notEqual(name, '')
    }),
  )
})
