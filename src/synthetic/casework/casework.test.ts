import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { AreaPack } from '../../areas/area-pack.ts'
import { readAreaPack } from '../../areas/read-area-pack.ts'
import { dueAt } from '../../casework/intake/referrals/urgency.ts'
import { londonDay } from '../../platform/calendar.ts'
import { readConfig } from '../../platform/config.ts'
import { actsOf } from './acts.ts'
import { type Casework, inventCasework } from './casework.ts'
import { cast } from './cast.ts'
import { invented, settingOf } from './setting.ts'

let pack: AreaPack
before(async () => {
  pack = await readAreaPack(readConfig({}).areaFolder)
})

const at = (now: string, seed = 2019): Casework =>
  inventCasework(settingOf(pack, seed, new Date(now)), new Map(cast.map(c => [c.place, c.agency])))

test('the same seed and clock give the same casework, act for act; another seed gives another', () => {
  const now = '2026-11-20T08:40:00Z'
  const setting = settingOf(pack, 2019, new Date(now))
  const one = at(now)
  const two = at(now)
  assert.deepEqual(two.referrals, one.referrals)
  assert.deepEqual(two.disclosures, one.disclosures)
  assert.equal(JSON.stringify(actsOf(setting, two)), JSON.stringify(actsOf(setting, one)))
  const names = ({ records }: Casework) =>
    JSON.stringify(records.map(r => [r.names, r.birth, r.address, r.reviewOn]))
  assert.equal(names(two), names(one))
  assert.notEqual(names(at(now, 7)), names(one))
})

for (const [when, now] of [
  ['before work on a Monday', '2026-11-23T06:10:00Z'],
  ['late on a Saturday', '2026-11-21T22:30:00Z'],
  ['on a bank holiday', '2026-12-28T11:00:00Z'],
  ['in summer', '2026-07-15T07:05:00Z'],
] as const) {
  test(`built ${when}, nothing happens later than now and the queue is a morning’s work`, () => {
    const { referrals, entries, requests, disclosures, glass, concerns, plans, actions } = at(now)
    const moments = [
      ...referrals.flatMap(r => [r.sentAt, ...r.actions.map(a => a.at)]),
      ...entries.map(e => e.createdAt),
      ...requests.flatMap(q => [q.askedAt, q.answeredAt ?? q.askedAt]),
      ...disclosures.flatMap(d => [d.madeAt, d.withdrawnAt ?? d.madeAt, d.reviewedAt ?? d.madeAt]),
      ...glass.map(g => g.startsAt),
      ...concerns.map(c => c.notedAt),
      ...plans.flatMap(p => [...p.moves, ...p.statements, ...p.offers].map(m => m.at)),
      ...actions.flatMap(a => a.moves.map(m => m.at)),
    ]
    assert.ok(moments.every(moment => moment <= new Date(now)))
    assert.ok(entries.every(e => e.occurredOn <= londonDay(new Date(now))))
    const open = referrals.filter(r =>
      ['sent', 'in-triage', 'challenged'].includes(r.actions.at(-1)!.stateAfter),
    )
    assert.ok(open.length >= 30 && open.length <= 70, String(open.length))
    const waiting = open.filter(r => r.actions.at(-1)!.stateAfter === 'sent')
    assert.ok(waiting.some(r => r.dueAt > new Date(now)))
    assert.ok(referrals.every(r => r.dueAt.getTime() === dueAt(r.urgency, r.sentAt).getTime()))
  })
}

test('no two numbers are the same, nor their first groups among things of one kind', () => {
  const numbers = Array.from({ length: 70_000 }, (_, n) => invented('entry', n))
  assert.equal(new Set(numbers.map(n => n.slice(0, 8))).size, numbers.length)
  assert.notEqual(invented('entry', 1), invented('record', 1))
  assert.ok(numbers.every(n => /^[0-9a-f]{8}-5e7d-4000-8000-[0-9a-f]{12}$/.test(n)))
})
