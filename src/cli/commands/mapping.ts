import {
  listMappings,
  removeMapping,
  type SavedMapping,
  saveMapping,
} from '../../evidence/catalogue/column-mappings.ts'
import type { Dataset } from '../../evidence/dataset.ts'
import type { EvidenceStore } from '../../evidence/open-evidence.ts'
import { asProgram } from '../../governance/access/as-member.ts'
import { UsageFault } from '../../platform/errors.ts'
import { textTable } from '../../reports/exports/text-table.ts'
import { pairsOf, readArguments } from '../arguments.ts'
import type { Command, ExitStatus, Terminal } from '../command.ts'
import { datasetOf } from '../dataset-argument.ts'
import { operator } from '../operator.ts'

type Act = (terminal: Terminal, store: EvidenceStore) => Promise<ExitStatus>

export const mappingCommand: Command = {
  name: 'mapping',
  summary: "Saves a supplier's headings, so that their files load as they come",
  usage: 'mapping [DATASET --supplier NAME (HEADING=COLUMN… | --remove)] [--json]',
  details: [
    'Without DATASET it lists what is saved. The mapping is used with "concord import --supplier NAME".',
    'Example: concord mapping offences --supplier "City Police" "Crime Ref=offence_id" "Date Rec=recorded_on"',
  ].join('\n'),
  opens: 'stores',
  prepare: argv => {
    const { values, positionals } = readArguments(
      argv,
      { supplier: { type: 'string' }, remove: { type: 'boolean' }, json: { type: 'boolean' } },
      { name: 'DATASET', least: 0, most: Number.POSITIVE_INFINITY },
    )
    const [id, ...pairs] = positionals
    if (id === undefined) return listing(values.json ?? false)
    const dataset = datasetOf(id)
    const { supplier } = values
    if (!supplier) throw new UsageFault('--supplier is missing: whose headings are they?')
    if (values.remove) return removing(dataset, supplier)
    if (pairs.length === 0) throw new UsageFault('HEADING=COLUMN is missing.')
    return saving(dataset, supplier, Object.fromEntries(pairsOf('HEADING=COLUMN', pairs)))
  },
}

const listing =
  (json: boolean): Act =>
  async (terminal, { installation }) => {
    const saved = await listMappings(installation.database)
    if (json) terminal.out(`${JSON.stringify(saved, null, 2)}\n`)
    else terminal.out(saved.length === 0 ? 'No mapping is saved.\n' : table(saved))
    return 0
  }

const saving =
  (dataset: Dataset, supplier: string, mapping: Record<string, string>): Act =>
  async (terminal, store) => {
    const { database, clock } = store.installation
    const now = clock()
    await asProgram(
      database,
      now,
      async tx => {
        await saveMapping(tx, supplier, dataset, mapping, now)
        await tx.record('mapping-saved', {
          ...aboutMapping(supplier, dataset),
          detail: { headings: mapping },
        })
      },
      operator(terminal.account),
    )
    terminal.out(`Saved ${Object.keys(mapping).length} headings of ${supplier} for ${dataset.id}.\n`)
    return 0
  }

const removing =
  (dataset: Dataset, supplier: string): Act =>
  async (terminal, store) => {
    const { database, clock } = store.installation
    const removed = await asProgram(
      database,
      clock(),
      async tx => {
        const there = await removeMapping(tx, supplier, dataset)
        if (there) await tx.record('mapping-removed', aboutMapping(supplier, dataset))
        return there
      },
      operator(terminal.account),
    )
    if (!removed) {
      terminal.err(`No mapping of ${supplier} for ${dataset.id} is saved.`)
      return 1
    }
    terminal.out(`Removed the headings of ${supplier} for ${dataset.id}.\n`)
    return 0
  }

const aboutMapping = (supplier: string, dataset: Dataset) => ({
  kind: 'mapping',
  id: `${supplier}, ${dataset.id}`,
})

const table = (saved: readonly SavedMapping[]): string =>
  textTable(
    [{ title: 'Supplier' }, { title: 'Dataset' }, { title: 'Their heading' }, { title: 'Our column' }],
    saved.flatMap(({ supplier, dataset, mapping }) =>
      Object.entries(mapping).map(([theirs, ours]) => [supplier, dataset, theirs, ours]),
    ),
  )
