import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { type TestBrowser, type TestWeb, testWeb } from '../../../test/web-for-tests.ts'
import { memberRoles } from '../../governance/roles.ts'
import { cast } from '../../synthetic/casework/cast.ts'

const paper = 'There was a 16% reduction in <b>admissions</b> of Quokka Street (80 vs 90 cases).'

let web: TestWeb
before(async () => {
  web = await testWeb()
})
after(() => web.close())

const send = async (browser: TestBrowser, fileName: string, content: string | Buffer) =>
  browser.upload('/papers/check', [
    { name: '_csrf', value: await browser.token('/papers/check') },
    { name: 'paper', fileName, content },
  ])

test('what disagrees stands first, with its computation and where it is', async () => {
  const answer = await send(await web.signInAs('Analyst'), 'board paper.txt', `12. Nothing.\n\n${paper}`)
  assert.equal(answer.statusCode, 200)
  assert.match(answer.body, /What was found in board paper\.txt/)
  assert.match(answer.body, /1 disagrees, 0 cannot be told, 0 agree/)
  assert.match(answer.body, /\(80 − 90\) ÷ 90 = -11\.1%/)
  assert.match(answer.body, /paragraph 12/)
  assert.doesNotMatch(answer.body, /<b>admissions/)
})

test('nothing of a paper is kept: no file, and of the act only that it was done and how many findings there were', async () => {
  const { installation } = web.store
  const before = await readdir(installation.folder.incoming)
  await send(await web.signInAs('Board member'), 'quokka.txt', paper)
  assert.deepEqual(await readdir(installation.folder.incoming), before)
  const entries = await installation.database.query<{ event: string; entry: string }>(
    'select event, row_to_json(audit)::text as entry from audit order by seq',
  )
  const acts = entries.filter(e => e.event === 'paper-checked')
  assert.match(acts.at(-1)!.entry, /"disagrees":\s*1/)
  assert.ok(entries.every(e => !/quokka|admissions/i.test(e.entry)))
})

test('everybody at work may have a paper checked, and nobody else', async () => {
  const posts = memberRoles.flatMap(role => cast.filter(c => c.role === role).slice(0, 1))
  assert.ok(posts.length > 5)
  for (const { post } of posts) {
    const browser = await web.signInAs(post)
    assert.equal((await browser.get('/papers/check')).statusCode, 200, post)
  }
  const closed = await testWeb({ synthetic: false })
  assert.equal((await closed.browser().get('/papers/check')).statusCode, 404)
  await closed.close()
})

test('what cannot be read is told above the form, whatever it is called', async () => {
  const browser = await web.signInAs('Analyst')
  for (const [name, content, sentence] of [
    ['empty.docx', '', /empty\.docx is empty/],
    ['../../<i>x.docx', 'PK\x03\x04 and no more', /damaged/],
    ['scan.pdf', '%PDF-1.7 and no more', /Save or print it as PDF again/],
    ['old.doc', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /Save it as \.docx/],
  ] as const) {
    const answer = await send(browser, name, content)
    assert.equal(answer.statusCode, 400, name)
    assert.match(answer.body, /There is a problem/)
    assert.match(answer.body, sentence)
    assert.doesNotMatch(answer.body, /<i>x/)
  }
  const none = await send(browser, '', '')
  assert.equal(none.statusCode, 400)
  assert.match(none.body, /Choose a paper to check/)
})
