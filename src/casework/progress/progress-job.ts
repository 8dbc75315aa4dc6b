/** By night, after what was due to be deleted is: casework is counted up to the day before. */
import { removeOrphans } from '../../evidence/catalogue/clean-up.ts'
import type { EvidenceStore } from '../../evidence/open-evidence.ts'
import type { Job } from '../../platform/jobs.ts'
import { theProgram } from '../../platform/record-of-acts.ts'
import { countCasework } from './count-casework.ts'

export const progressJob = (store: EvidenceStore): Job => ({
  name: 'count-casework',
  when: '30 3 * * *',
  run: async () => {
    const { database, folder } = store.installation
    // Files of earlier countings: a program that never stops would keep them for ever.
    await store.exclusively(() => removeOrphans(database, folder))
    await countCasework(store, { ...theProgram, name: 'Concord' })
  },
})
