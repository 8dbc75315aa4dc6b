/** Opens the evidence store: the catalogue in PostgreSQL, the files, and the engine that answers over them. */
import { join } from 'node:path'
import type { AreaPack } from '../areas/area-pack.ts'
import type { Day, Month } from '../platform/calendar.ts'
import type { EngineConnection } from '../platform/duckdb.ts'
import type { Installation } from '../platform/installation.ts'
import { removeOrphans } from './catalogue/clean-up.ts'
import { quote, sqlType, storedColumns } from './dataset.ts'
import { datasets, getDataset } from './datasets/index.ts'
import type { ActiveFile, Evidence } from './evidence.ts'
import { findAreas, storePackAreas } from './geography/find-areas.ts'
import { placeablePolicingAreas } from './geography/placeable-areas.ts'

export interface EvidenceStore {
  installation: Installation
  pack: AreaPack
  evidence: Evidence
  /** One change of the evidence at a time, here and on other nodes; others wait their turn. */
  exclusively<T>(act: () => Promise<T>): Promise<T>
  /** Called after every swap, so that what is remembered about the active files is looked up anew. */
  changed(): void
  /** Calls the listener after every change. */
  onChange(listener: () => void): void
  close(): void
}

interface Snapshot {
  version: string
  files: ActiveFile[]
  /** By table. */
  countedTo: Map<string, Day>
}

const EMPTY_VERSION = 'empty'

/** Number of the advisory lock under which the evidence changes. */
const EVIDENCE_LOCK = 740_114

/** Connections that may answer at once. Each query uses all threads, so more would only wait. */
const CONNECTIONS = 4

export async function openEvidence(installation: Installation, pack: AreaPack): Promise<EvidenceStore> {
  const { database, engine, folder } = installation
  await removeOrphans(database, folder)
  await storePackAreas(database, pack)

  let remembered: Promise<Snapshot> | null = null
  let prepared: { version: string; schema: Promise<string> } | null = null
  let turn: Promise<unknown> = Promise.resolve()
  const idle: EngineConnection[] = []
  const waiting: ((connection: EngineConnection) => void)[] = []
  let opened = 0
  const listeners: (() => void)[] = []

  /** The embedded store changes only through this process; on a server another node may have swapped. */
  const snapshot = async (): Promise<Snapshot> => {
    if (remembered && (!database.server || (await remembered).version === (await storedVersion()))) {
      return remembered
    }
    remembered = readSnapshot()
    remembered.catch(() => {
      remembered = null
    })
    return remembered
  }

  const storedVersion = async (): Promise<string> => {
    const [row] = await database.query<{ version: string }>('select version from evidence_state')
    return row?.version ?? EMPTY_VERSION
  }

  const readSnapshot = (): Promise<Snapshot> =>
    database.transaction(async tx => {
      const [state] = await tx.query<{ version: string }>('select version from evidence_state')
      const files = await tx.query<Omit<ActiveFile, 'table'>>(
        'select dataset, month, file, rows, forces from active_files where rows > 0 order by dataset, month, file',
      )
      const counted = await tx.query<{ dataset: string; to: Day }>(
        `select dataset, counted_to as to from loads where status = 'active' and counted_to is not null`,
      )
      return {
        countedTo: new Map(counted.map(({ dataset, to }) => [getDataset(dataset).table, to])),
        version: state?.version ?? EMPTY_VERSION,
        files: files.map(f => ({ ...f, table: getDataset(f.dataset).table })),
      }
    })

  const take = async (): Promise<EngineConnection> => {
    const ready = idle.pop()
    if (ready) return ready
    if (opened < CONNECTIONS) {
      opened++
      return engine.connect()
    }
    return new Promise(resolve => waiting.push(resolve))
  }

  const give = (connection: EngineConnection): void => {
    const next = waiting.shift()
    if (next) next(connection)
    else idle.push(connection)
  }

  /** A schema of views for one version: queries under way keep the version that they began with. */
  const schemaFor = ({ version, files }: Snapshot): Promise<string> => {
    if (prepared?.version !== version) {
      prepared = { version, schema: createViews(version, files) }
    }
    return prepared.schema
  }

  const createViews = async (version: string, files: ActiveFile[]): Promise<string> => {
    const schema = `evidence_${version}`
    const connection = await engine.connect()
    try {
      await connection.run(`create schema if not exists ${schema}`)
      for (const dataset of datasets) {
        const own = files.filter(f => f.dataset === dataset.id)
        const columns = storedColumns(dataset)
        const body =
          own.length > 0
            ? `select ${columns.map(c => c.name).join(', ')} from read_parquet([${own
                .map(f => quote(join(folder.evidenceFiles, f.file)))
                .join(', ')}])`
            : `select ${columns.map(c => `cast(null as ${sqlType(c.type)}) as ${c.name}`).join(', ')} where false`
        await connection.run(`create or replace view ${schema}.${dataset.table} as ${body}`)
      }
      return schema
    } finally {
      connection.close()
    }
  }

  /** On a server other nodes load too: the lock makes them wait. It is held on a connection of its own. */
  const oneAtATime = <T>(act: () => Promise<T>): Promise<T> =>
    database.server
      ? database.transaction(async tx => {
          await tx.query('select pg_advisory_xact_lock($1)', [EVIDENCE_LOCK])
          return act()
        })
      : act()

  const ask = async <T>(answer: (connection: EngineConnection) => Promise<T>): Promise<T> => {
    const schema = await schemaFor(await snapshot())
    const connection = await take()
    try {
      await connection.run(`use ${schema}`)
      return await answer(connection)
    } finally {
      give(connection)
    }
  }

  const evidence: Evidence = {
    version: async () => (await snapshot()).version,
    query: <Row>(sql: string) => ask(connection => connection.rows<Row>(sql)),
    numbers: sql => ask(connection => connection.numbers(sql)),
    files: async (table: string, from?: Month, to?: Month) =>
      (await snapshot()).files.filter(
        f =>
          f.table === table &&
          (from === undefined || f.month >= from.slice(0, 7)) &&
          (to === undefined || f.month <= to.slice(0, 7)),
      ),
    countedTo: async table => (await snapshot()).countedTo.get(table) ?? null,
    areas: async (kind, from, to) => {
      const found = await findAreas(database, kind, from, to)
      return kind === 'policing-area' ? placeablePolicingAreas(database, pack, found) : found
    },
  }

  return {
    installation,
    pack,
    evidence,
    exclusively: act => {
      const mine = turn.then(() => oneAtATime(act))
      turn = mine.catch(() => {})
      return mine
    },
    changed: () => {
      remembered = null
      for (const listener of listeners) listener()
    },
    onChange: listener => {
      listeners.push(listener)
    },
    close: () => {
      for (const connection of idle) connection.close()
    },
  }
}
