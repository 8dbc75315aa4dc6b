/** What is due in somebody's cohorts, in a line for the page that their morning begins with; empty where nothing is. */
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import { londonDay } from '../../platform/calendar.ts'
import { dueOf, dueSummary } from './due.ts'
import { placementLines } from './placement-line.ts'

export async function dueInCohorts(tx: MemberTransaction): Promise<string[]> {
  return dueSummary(dueOf(await placementLines(tx), londonDay(tx.now)), londonDay(tx.now))
}
