/** `node src/measures/write-measure-docs.ts [--check]`: writes `docs/measures/`, or compares it. */
import { join } from 'node:path'
import { measureDocs } from './measure-docs.ts'
import { writeOrCheck } from './write-generated.ts'

writeOrCheck(
  join(import.meta.dirname, '../../docs/measures'),
  measureDocs(),
  'node src/measures/write-measure-docs.ts',
)
