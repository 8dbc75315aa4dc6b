/** What holds for every row of a file without standing in a column. */
import { InputFault } from '../../platform/errors.ts'
import type { Finding } from './load-report.ts'
import { publishedName } from './reading/published-name.ts'
import type { Recognised } from './recognise.ts'

export interface ConstantValues {
  values: Record<string, string>
  findings: Finding[]
}

/** Values of all rows that are not in the file's columns: the force and month of its name, or our own force. */
export function constantValues(
  recognised: Recognised,
  file: { name: string; rows: number; areaForce: string },
): ConstantValues {
  const { dataset } = recognised
  if (dataset.forceFrom === 'file-name') {
    const published = publishedName(file.name)
    if (!published) {
      throw new InputFault(
        'force-unknown',
        `${file.name} has no force column, and its name does not say whose it is. Name it as published, such as 2019-01-west-midlands-stop-and-search.csv.`,
      )
    }
    return { values: { force: published.force, file_month: published.month }, findings: [] }
  }
  const force = recognised.columns.find(c => c.column.name === 'force')
  if (force?.index !== null || force === undefined) return { values: {}, findings: [] }
  return {
    values: { force: file.areaForce },
    findings: [
      {
        kind: 'force-assumed',
        sentence: `The file has no force column: every row is taken as ${file.areaForce}, the force of this area.`,
        rows: file.rows,
      },
    ],
  }
}
