import { basename, extname, resolve } from 'node:path'
import type { Actor } from '../../evidence/actor.ts'
import { placeAgain } from '../../evidence/catalogue/place-again.ts'
import { type AreaKind, areaColumns } from '../../evidence/evidence.ts'
import { type BoundaryRequest, loadBoundaryFile } from '../../evidence/geography/load-boundary-file.ts'
import { loadLookupFile } from '../../evidence/geography/load-lookup-file.ts'
import type { EvidenceStore } from '../../evidence/open-evidence.ts'
import { InputFault } from '../../platform/errors.ts'
import { oneOf, readArguments } from '../arguments.ts'
import type { Command } from '../command.ts'
import { operator } from '../operator.ts'

const kinds = Object.keys(areaColumns) as AreaKind[]

export const boundariesCommand: Command = {
  name: 'boundaries',
  summary: 'Loads real boundaries (GeoJSON), or tables of which area lies in which (CSV)',
  usage: 'boundaries FILE… [--layer LAYER] [--vintage YEAR] [--from DAY] [--to DAY] [--json]',
  details: [
    `  --layer LAYER    ${kinds.join(', ')}; told from the properties when absent`,
    '  --vintage YEAR   such as 2021; told from the properties when absent',
    '  --from, --to     first and last day on which the areas were in force',
    '',
    'What is loaded already is placed anew, all at once.',
  ].join('\n'),
  opens: 'stores',
  prepare: (argv, cwd) => {
    const { values, positionals } = readArguments(
      argv,
      {
        layer: { type: 'string' },
        vintage: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
        json: { type: 'boolean' },
      },
      { name: 'FILE', least: 1, most: Number.POSITIVE_INFINITY },
    )
    const request = {
      layer: values.layer === undefined ? undefined : oneOf('--layer', values.layer, kinds),
      vintage: values.vintage,
      validFrom: values.from,
      validTo: values.to,
    }
    const paths = positionals.map(path => resolve(cwd, path))
    return async (terminal, store) => {
      const actor = operator(terminal.account)
      const loads = []
      const refused: { file: string; refusal: string }[] = []
      for (const [done, path] of paths.entries()) {
        terminal.signal.throwIfAborted()
        terminal.progress({ label: path, done, of: paths.length })
        const load = await loadOne(store, path, request, actor).catch((error: unknown) => {
          if (!(error instanceof InputFault)) throw error
          refused.push({ file: basename(path), refusal: error.message })
          terminal.err(error.message)
          return null
        })
        // One file that cannot be used does not keep the others out.
        if (load === null) continue
        if (!values.json) terminal.out(`${load.sentence}\n`)
        loads.push(load)
      }
      const placed = await placeAgain(store, actor, (done, of) =>
        terminal.progress({ label: 'placing what is loaded', done, of }),
      )
      if (values.json) terminal.out(`${JSON.stringify({ files: loads, refused, placed }, null, 2)}\n`)
      else if (placed.loads > 0) {
        terminal.out(
          `${placed.rows.toLocaleString('en-GB')} rows of ${placed.loads} loads were placed anew.\n`,
        )
      }
      return refused.length > 0 ? 1 : 0
    }
  },
}

const loadOne = (store: EvidenceStore, path: string, request: Omit<BoundaryRequest, 'path'>, actor: Actor) =>
  extname(path).toLowerCase() === '.csv'
    ? loadLookupFile(store.installation, path, actor)
    : loadBoundaryFile(store.installation, { ...request, path }, actor)
