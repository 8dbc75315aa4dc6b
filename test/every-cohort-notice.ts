/** Every act of cohorts that anybody is told of, by people of their own, with words in every field that must not travel. */
import { randomUUID } from 'node:crypto'
import { challengePlacement } from '../src/casework/cohorts/challenge-store.ts'
import { readPlacement } from '../src/casework/cohorts/placement-store.ts'
import { asMember } from '../src/governance/access/as-member.ts'
import { morning, type TestCasework } from './casework-for-tests.ts'
import { cohortsForTests } from './cohort-for-tests.ts'

export async function everyCohortNotice(casework: TestCasework, secret: string): Promise<void> {
  const cohorts = await cohortsForTests(casework)
  await casework.agree(['police', 'council', 'charity'], ['cohort'])
  const proposer = await cohorts.another('police', 'practitioner')
  const chair = await cohorts.another('police', 'commander')
  const member = await cohorts.another('charity', 'coordinator')
  const worker = await cohorts.another('charity', 'practitioner')
  const elsewhere = await cohorts.another('police', 'commander')
  for (const id of ['north', 'south']) await cohorts.seat(id, member, 'member')
  await cohorts.seat('north', chair, 'chair')
  await cohorts.seat('south', elsewhere, 'chair')
  const words = { strengths: secret, protective: secret, view: secret, because: secret }
  const somebody = async (born: string) => {
    const { person } = await casework.record(proposer)
    await casework.record(member, person)
    await casework.database.query(
      `update agency_records set birth_date = $2, birth_date_known = 'day',
         names = '[{"given":"Zacharias","family":"Quillfeather","kind":"usual"}]' where person_id = $1`,
      [person, born],
    )
    return person
  }
  const child = await cohorts.propose(proposer, await somebody('2012-05-04'), words)
  await cohorts.move(member, child, 'approve', { because: secret })
  await cohorts.decide(chair, child, 'place', [member], { because: secret, owner: worker.user })
  await asMember(casework.database, worker, { now: morning }, async tx => {
    const placement = await readPlacement(tx, child)
    const key = randomUUID()
    await challengePlacement(tx, placement, { key, words: secret, reachAt: secret, askedBy: secret })
  })

  const adult = await somebody('1999-05-04')
  const first = await cohorts.propose(proposer, adult, words)
  // Who knows nothing of the first.
  await cohorts.propose(worker, adult, { ...words, cohort: 'south' })
  await cohorts.decide(chair, first, 'place', [member], { because: secret })
  await cohorts.move(member, first, 'archive', { changed: secret, checked: secret })
}
