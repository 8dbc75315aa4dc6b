import { resolve } from 'node:path'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { InputFault, UsageFault } from '../../platform/errors.ts'
import type { InputTable } from '../analyse/analyse-method.ts'
import { numberOption } from '../analyse/option-values.ts'
import { readTable } from '../analyse/read-table.ts'
import { csvPieces, jsonPieces } from '../analyse/write-table.ts'
import { readArguments } from '../arguments.ts'
import type { Command } from '../command.ts'
import { type MatchPlan, matchPlan } from '../match/match-plan.ts'
import { matchTables } from '../match/match-tables.ts'
import { writeWholeFile } from '../output-file.ts'

const options = {
  id: { type: 'string' },
  name: { type: 'string' },
  date: { type: 'string' },
  exact: { type: 'string' },
  block: { type: 'string' },
  train: { type: 'string' },
  frequency: { type: 'string' },
  threshold: { type: 'string', default: '0.5' },
  seed: { type: 'string', default: '1' },
  out: { type: 'string' },
  json: { type: 'boolean' },
} as const

export const matchCommand: Command = {
  name: 'match',
  summary: 'Proposes which rows of one CSV file, or of two, are of the same person; a person decides',
  usage:
    'match A.csv [B.csv] --name COLUMNS --date COLUMNS --exact COLUMNS [options] [--out FILE.csv | --json]',
  details: [
    '  --id COLUMN         names a row (id)',
    '  --name COLUMNS      compared as names: the same, nearly, alike, different',
    '  --date COLUMNS      compared as dates: the same, one edit away, two edits away, different',
    '  --exact COLUMNS     the same or different: postcodes, telephone numbers',
    '  --block RULES       pairs are looked for where these agree: surname,dob,first_name+dob:4',
    '  --train COLUMNS     two of the compared columns; the model is learnt from pairs that agree on them',
    '  --frequency COLUMNS rare values of these say more (the names)',
    '  --threshold P       least probability of a pair that is given back (0.5)',
    '  --seed N            of the random pairs, where there are more than a million (1)',
    '',
    'A pair has a weight in bits, its probability under the model, and for each column the level of agreement and',
    'the bits that it adds. Rows stand in the order of the files, never by how alike they are. With --json also the',
    'chances m and u that the model has learnt, the prior, and the groups that pairs make together.',
    '',
    'Example: concord match police.csv schools.csv --id ref --name first_name,surname --date dob --exact postcode',
  ].join('\n'),
  opens: 'nothing',
  prepare: (argv, cwd) => {
    const { values, positionals } = readArguments(argv, options, { name: 'A.csv', least: 1, most: 2 })
    const plan = matchPlan(values)
    const threshold = numberOption('--threshold', values.threshold, { least: 0, most: 1 })
    const seed = numberOption('--seed', values.seed, { least: 0, whole: true })
    if (values.out !== undefined && positionals.some(p => resolve(cwd, p) === resolve(cwd, values.out!))) {
      throw new UsageFault('--out names one of the files that are read.')
    }
    return async terminal => {
      const tables: InputTable[] = []
      for (const path of positionals) {
        terminal.progress({ label: `reading ${path}`, done: tables.length, of: positionals.length })
        tables.push(await readTable(resolve(cwd, path), path, columnsOf(plan), terminal.signal))
      }
      const generator = xoroshiro128plus(seed)
      const result = refusing(() =>
        matchTables(tables[0]!, tables[1] ?? null, plan, {
          threshold,
          random: () => uniformFloat64(generator),
        }),
      )
      const pieces = values.json ? jsonPieces('match', result) : csvPieces(result)
      if (values.out !== undefined) await writeWholeFile(resolve(cwd, values.out), pieces)
      else for (const piece of pieces) terminal.out(piece)
      return 0
    }
  },
}

const columnsOf = (plan: MatchPlan) => {
  const blocked = plan.blocks.flatMap(parts => parts.map(p => p.column))
  const compared = [...new Set([...plan.fields.map(f => f.column), ...blocked])].filter(c => c !== plan.id)
  return {
    columns: [
      { name: plan.id, kind: 'text' as const },
      ...compared.map(name => ({ name, kind: 'text' as const, mayBeEmpty: true })),
    ],
    unique: [plan.id],
  }
}

function refusing<T>(act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (error instanceof RangeError) throw new InputFault('input-invalid', `${error.message}.`)
    throw error
  }
}
