/** What the name of a published file tells: `2019-01-west-midlands-stop-and-search.csv.gz`. */
import { forces } from '../../codes/forces.ts'

const PUBLISHED = /(?:^|[\\/])(\d{4}-(?:0[1-9]|1[0-2]))-([a-z-]+?)-(street|outcomes|stop-and-search|wards)\./i

export function publishedName(name: string): { month: string; force: string } | null {
  const match = PUBLISHED.exec(name)
  const force = match?.[2]?.toLowerCase()
  return match && force && forces.codes.some(c => c.code === force) ? { month: match[1]!, force } : null
}
