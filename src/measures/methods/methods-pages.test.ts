import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JSDOM } from 'jsdom'
import { testWeb } from '../../../test/web-for-tests.ts'
import { methods } from './register.ts'

test('R9 the page of the register says of every method all that its entry says, and who owns it', async () => {
  const web = await testWeb()
  const { window } = new JSDOM((await web.browser().get('/methods')).body)
  for (const method of methods) {
    const section = window.document.querySelector(`section[aria-labelledby="${method.id}"]`)!
    const values = [...section.querySelectorAll('dd')].map(dd => dd.textContent!.replace(/\s+/g, ' ').trim())
    const { purpose, inputs, reading, caution, source, tested, equality, version } = method
    assert.match(values[0]!, /^Yes, until .* Owner: ./, method.id)
    assert.deepEqual(values.slice(1), [
      purpose,
      inputs,
      reading,
      caution,
      source,
      tested,
      equality,
      String(version),
    ])
  }
  await web.close()
})
