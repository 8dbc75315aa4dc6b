import { extname, resolve } from 'node:path'
import { placeAgain } from '../../evidence/catalogue/place-again.ts'
import { type AreaKind, areaColumns } from '../../evidence/evidence.ts'
import { loadBoundaryFile } from '../../evidence/geography/load-boundary-file.ts'
import { loadLookupFile } from '../../evidence/geography/load-lookup-file.ts'
import { oneOf, readArguments } from '../arguments.ts'
import type { Command } from '../command.ts'
import { recordAct } from '../record-act.ts'

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
      const loads = []
      for (const [done, path] of paths.entries()) {
        terminal.signal.throwIfAborted()
        terminal.progress({ label: path, done, of: paths.length })
        const load =
          extname(path).toLowerCase() === '.csv'
            ? await loadLookupFile(store.installation, path)
            : await loadBoundaryFile(store.installation, { ...request, path })
        await recordAct(store, terminal.actor, 'boundaries-loaded', path)
        if (!values.json) terminal.out(`${load.sentence}\n`)
        loads.push(load)
      }
      const placed = await placeAgain(store, terminal.actor, (done, of) =>
        terminal.progress({ label: 'placing what is loaded', done, of }),
      )
      if (values.json) terminal.out(`${JSON.stringify({ files: loads, placed }, null, 2)}\n`)
      else if (placed.loads > 0) {
        terminal.out(
          `${placed.rows.toLocaleString('en-GB')} rows of ${placed.loads} loads were placed anew.\n`,
        )
      }
      return 0
    }
  },
}
