import type { EvidenceStore } from '../evidence/open-evidence.ts'

/** The supplier under which the synthetic partnership is loaded, and nothing else is. */
export const SYNTHETIC_SUPPLIER = 'synthetic'

/** True where any of the evidence is synthetic: pages and exports then say so, whatever else was loaded. */
export async function holdsSynthetic({ installation }: EvidenceStore): Promise<boolean> {
  const [load] = await installation.database.query(
    `select id from loads where supplier = $1 and status = 'active' limit 1`,
    [SYNTHETIC_SUPPLIER],
  )
  return load !== undefined
}
