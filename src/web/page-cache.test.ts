import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tester } from '../../test/temporary-store.ts'
import { testWeb } from '../../test/web-for-tests.ts'
import { importFile } from '../evidence/intake/import-file.ts'
import type { Pages } from './context.ts'

const header =
  'recovery_id,force,recovered_on,weapon,quantity,method,operation,longitude,latitude,lsoa_code\n'

/** A kept page that counts how often it is made; with `?fails` it fails the first time. */
function countedPage(): { page: Pages; made: () => number } {
  let made = 0
  return {
    made: () => made,
    page: app => {
      app.get(
        '/counted',
        { config: { may: 'see-figures', records: 'nothing', cached: true } },
        async (request, reply) => {
          made++
          await new Promise(resolve => setTimeout(resolve, 20))
          if (request.url.includes('fails') && made === 1) throw new Error('not this time')
          return reply.page('web/views/accessibility.njk', {
            title: `Made ${made} as ${request.viewer.role}`,
          })
        },
      )
    },
  }
}

test('requests at the same time wait for one page', async () => {
  const { page, made } = countedPage()
  const web = await testWeb({ extraPages: [page] })
  const answers = await Promise.all(Array.from({ length: 32 }, () => web.app.inject('/counted')))
  assert.ok(answers.every(a => a.statusCode === 200 && a.body.includes('Made 1 as analyst')))
  assert.equal(made(), 1)
  await web.close()
})

test('what failed is not kept, and those who waited are served', async () => {
  const { page, made } = countedPage()
  const web = await testWeb({ extraPages: [page] })
  const answers = await Promise.all(Array.from({ length: 4 }, () => web.app.inject('/counted?fails')))
  assert.deepEqual(answers.map(a => a.statusCode).sort(), [200, 200, 200, 500])
  assert.ok(made() >= 2)
  await web.close()
})

test('a page is kept for one role only, and until the evidence changes', async () => {
  const { page, made } = countedPage()
  const web = await testWeb({ extraPages: [page] })
  const board = web.browser()
  await board.submit('/view-as', '/view-as', { role: 'board-member' })
  assert.match((await web.app.inject('/counted')).body, /as analyst/)
  assert.match((await board.get('/counted')).body, /as board-member/)
  assert.equal(made(), 2)
  const content = `${header}SYN-W-1,west-midlands,2019-03-12,knife,1,sweep,,-1.8972,52.4836,\n`
  await importFile(web.store, { path: await web.store.file('more.csv', content), actor: tester })
  assert.match((await web.app.inject('/counted')).body, /Made 3/)
  await web.close()
})
