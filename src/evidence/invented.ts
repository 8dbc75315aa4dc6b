/**
 * Invented evidence is told from real by the supplier of its loads. The name is reserved: no file that a
 * person sends can bear it, because evidence that is all invented is open to everybody.
 */
import type { EvidenceStore } from './open-evidence.ts'

export const INVENTED_SUPPLIER = 'synthetic'

export interface Invented {
  /** Some of the evidence is invented: pages and exports say so, whatever else was loaded. */
  any: boolean
  /** There is evidence, and all of it is invented: nothing that anybody must be kept from. */
  only: boolean
}

export async function inventedEvidence({ installation }: EvidenceStore): Promise<Invented> {
  const [loads] = await installation.database.query<{ invented: number; others: number }>(
    `select count(*) filter (where supplier = $1) as invented,
            count(*) filter (where supplier is distinct from $1) as others
     from loads where status <> 'withdrawn'`,
    [INVENTED_SUPPLIER],
  )
  return { any: loads!.invented > 0, only: loads!.invented > 0 && loads!.others === 0 }
}
