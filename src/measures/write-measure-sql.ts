/** `node src/measures/write-measure-sql.ts [--check]`: writes `src/measures/sql/`, or compares it. */
import { join } from 'node:path'
import { measures } from './catalogue/index.ts'
import { measureSql } from './measure-sql.ts'
import { writeOrCheck } from './write-generated.ts'

writeOrCheck(
  join(import.meta.dirname, 'sql'),
  new Map(measures.map(measure => [`${measure.id}.sql`, measureSql(measure)])),
  'node src/measures/write-measure-sql.ts',
)
