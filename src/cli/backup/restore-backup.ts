/**
 * Puts a backup in the place of what is there. Everything is checked and made ready beside it first: the rows in a store of
 * their own (or, on a server, in one transaction), what was deleted since deleted again, the record of acts verified. Then
 * it takes the place of the old by renames (`restored-folder.ts`): killed at any moment, this leaves the old or the new.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, stat, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { asProgram, type ProgramTransaction } from '../../governance/access/as-member.ts'
import { type AuditVerified, verifyAudit } from '../../governance/audit/verify-audit.ts'
import {
  joinDeletions,
  readDeletionList,
  writeDeletionList,
} from '../../governance/retention/deletion-list.ts'
import { type Deletion, deleteAgain, runRetention } from '../../governance/retention/run-retention.ts'
import type { Config } from '../../platform/config.ts'
import { type DataFolder, openDataFolder } from '../../platform/data-folder.ts'
import { isDatabaseGone } from '../../platform/database-gone.ts'
import { InputFault } from '../../platform/errors.ts'
import {
  APPLICATION_NAME,
  connectDatabase,
  type Database,
  knownMigrations,
  type Migration,
  type Queryable,
  readMigrations,
} from '../../platform/postgres.ts'
import type { Acting } from '../../platform/record-of-acts.ts'
import { abandonRestore, beginRestore, declareReady, putInPlace } from '../../platform/restored-folder.ts'
import { takeBackup } from './backup-place.ts'
import { fileOfTable } from './dump-casework.ts'
import { loadCasework } from './load-casework.ts'
import { DELETIONS, KEY_FILE, keyMark, markOfKey } from './make-backup.ts'
import { faultOf, type Manifest, unusable } from './manifest.ts'

export interface RestoreRequest {
  /** The backup: a folder, or a file that ends in `.tar`. */
  path: string
  /** What is there may be replaced. */
  replace: boolean
  /** A list of deletions besides the one that the data folder has. */
  deletions: string | null
  /** There is no list, and nothing is to be deleted again. */
  withoutDeletions: boolean
  /** A copy of the key of the installation, to be put in place as well. */
  key: string | null
}

export interface Restored {
  manifest: Manifest
  rows: number
  evidenceFiles: number
  /** Rows that were deleted since and are deleted again. */
  deletedAgain: number
  /** Rows whose end came since. */
  ended: number
  acts: AuditVerified
  /** Whether the key of the installation, which opens the second factors, is the one of then. */
  key: 'fits' | 'differs' | 'absent'
  /** The folder of an embedded store that is not used any more; null when there is none. */
  leftBehind: string | null
}

export interface RestoreOptions {
  acting: Acting
  now: Date
  signal?: AbortSignal
  onStep?: (step: { label: string; done: number; of: number | null }) => void
}

/** Reads every byte of the backup and changes nothing. Throws `backup-unusable` or `store-newer`. */
export async function checkBackup(path: string, options: RestoreOptions): Promise<Manifest> {
  const { manifest, found } = await takeBackup(path, null, (done, of) =>
    options.onStep?.({ label: 'checking', done, of }),
  )
  await refuseUnfit(path, manifest, found)
  return manifest
}

/** Throws `backup-unusable`, `restore-refused`, `store-busy`, `store-newer` or `disk-full`; then nothing was changed. */
export async function restoreBackup(
  config: Config,
  request: RestoreRequest,
  options: RestoreOptions,
): Promise<Restored> {
  const folder = await openDataFolder(config.dataFolder).catch(error => {
    throw inUse(error)
  })
  try {
    if (folder.unsettledRestore !== null) {
      throw new InputFault(
        'restore-refused',
        'An earlier restore into the server was interrupted. Run "concord migrate" first: it finishes it, or drops it.',
      )
    }
    return await restoreInto(config, folder, request, options)
  } catch (error) {
    throw faultOfPlace(error, config)
  } finally {
    await folder.release()
  }
}

async function restoreInto(
  config: Config,
  folder: DataFolder,
  request: RestoreRequest,
  options: RestoreOptions,
): Promise<Restored> {
  const target: Target = config.databaseUrl === null ? embeddedTarget(folder) : serverTarget(config)
  if (!request.replace) await refuseWhatIsThere(folder, target)
  const fresh = await beginRestore(folder.root)
  let isReady = false
  try {
    const taken = join(folder.root, 'restoring/taken')
    const { manifest, found } = await takeBackup(request.path, taken, (done, of) => {
      options.signal?.throwIfAborted()
      options.onStep?.({ label: 'checking', done, of })
    })
    await refuseUnfit(request.path, manifest, found)
    await refuseWithoutRoom(folder.root, found)
    const key = await settleKey(folder, fresh, request, manifest)
    const deletions = await deletionsFor(folder, request, taken)
    await arrangeEvidence(taken, fresh)
    const names = ['evidence', ...target.names, ...(request.key === null ? [] : [KEY_FILE])]
    const restore = randomUUID()
    const plan: Plan = {
      manifest,
      restore,
      deletions,
      migrations: await readMigrations(),
      fileOf: table => join(taken, fileOfTable(table)),
      ...options,
    }
    const loaded = await target.load(fresh, plan, async () => {
      await declareReady(folder.root, { restore, names, databaseDecides: config.databaseUrl !== null })
      isReady = true
    })
    await writeDeletionList(folder.deletions, deletions)
    await putInPlace(folder.root)
    return {
      manifest,
      rows: Object.values(manifest.casework.rows).reduce((sum, n) => sum + n, 0),
      evidenceFiles: found.filter(file => file.name.startsWith('evidence/')).length,
      key,
      deletedAgain: loaded.deletedAgain,
      ...(await loaded.end()),
      leftBehind: config.databaseUrl !== null && (await isThere(folder.postgres)) ? folder.postgres : null,
    }
  } finally {
    // What is ready is put in place or dropped by whoever opens the folder next: only a server knows whether it is done.
    if (!isReady) await abandonRestore(folder.root)
  }
}

interface Plan extends RestoreOptions {
  manifest: Manifest
  restore: string
  deletions: Deletion[]
  migrations: Migration[]
  fileOf: (table: string) => string
}

type End = Pick<Restored, 'ended' | 'acts'>

interface Loaded {
  deletedAgain: number
  /** Ends what came to its end since, and verifies the record of acts. */
  end(): Promise<End>
}

interface Target {
  /** Entries of the data folder that it brings. */
  names: string[]
  isThere(): Promise<boolean>
  /** Loads casework, and calls `ready` at the moment from which it is only a matter of putting it in place. */
  load(fresh: string, plan: Plan, ready: () => Promise<void>): Promise<Loaded>
}

/** A store of its own beside the old one, made whole and closed before it takes its place. */
const embeddedTarget = (folder: DataFolder): Target => ({
  names: ['postgres'],
  isThere: () => isThere(folder.postgres),
  load: async (fresh, plan, ready) => {
    const database = await connectDatabase({ databaseUrl: null, folder: join(fresh, 'postgres') })
    const load = async () => {
      const deletedAgain = await asProgram(database, plan.now, tx => fill(tx, plan), plan.acting)
      return { deletedAgain, ended: await endAndVerify(database, plan) }
    }
    const { deletedAgain, ended } = await load()
      .catch(async error => {
        throw (await isFull(fresh)) ? noRoom(folder.root) : error
      })
      .finally(() => database.close())
    await ready()
    return { deletedAgain, end: async () => ended }
  },
})

/** One transaction; its entry in the record of acts says afterwards whether it was done. */
const serverTarget = ({ databaseUrl }: Config): Target => {
  const open = () => connectDatabase({ databaseUrl, folder: null })
  const within = async <T>(act: (database: Database) => Promise<T>): Promise<T> => {
    const database = await open()
    return act(database).finally(() => database.close())
  }
  return {
    names: [],
    isThere: () => within(async database => (await tablesThere(database)).length > 0),
    load: async (_fresh, plan, ready) => {
      const replace = async (tx: ProgramTransaction) => {
        await refuseOthers(tx)
        await dropOurs(tx)
        const again = await fill(tx, plan)
        await ready()
        return again
      }
      const deletedAgain = await within(database => asProgram(database, plan.now, replace, plan.acting))
      return { deletedAgain, end: () => within(database => endAndVerify(database, plan)) }
    },
  }
}

/** Everything that happens to the rows before anybody may look, in the transaction that brings them. */
async function fill(tx: ProgramTransaction, plan: Plan): Promise<number> {
  const { manifest, restore, deletions, onStep } = plan
  await loadCasework(tx, manifest, plan.migrations, plan.fileOf, (done, of) => {
    plan.signal?.throwIfAborted()
    onStep?.({ label: 'loading casework', done, of })
  })
  await holdMails(tx)
  await endInvitations(tx)
  const again = await deleteAgain(tx, deletions)
  await tx.record('backup-restored', {
    kind: 'restore',
    id: restore,
    detail: { made: manifest.made, acts: manifest.acts },
  })
  return again
}

/**
 * What waited to be mailed then was perhaps mailed since, and nobody is written to twice; the notices stand in the product
 * either way.
 */
async function holdMails(tx: Queryable): Promise<void> {
  for (const mails of ['notice_mails', 'invitation_mails']) {
    await tx.query(
      `update ${mails} set state = 'uncertain', fault = 'RESTORED' where state in ('waiting', 'sending')`,
    )
  }
  await tx.query(
    `with held as (
       insert into notice_mails (recipient, urgent, state, next_try_at, made_at, fault)
       select distinct n.recipient, false, 'uncertain', present(), present(), 'RESTORED' from notices n where n.mail is null
       returning id, recipient)
     update notices n set mail = held.id from held where n.mail is null and n.recipient = held.recipient`,
  )
}

/** A link that was out then may have been used since, and must not work a second time. */
const endInvitations = (tx: Queryable): Promise<unknown> =>
  tx.query(
    `update referral_invitations set ends_at = least(ends_at, greatest(present(), made_at + interval '1 second'))
     where used_at is null and taken_back_at is null`,
  )

async function endAndVerify(database: Database, { now, manifest }: Plan): Promise<End> {
  const { deleted } = await runRetention(database, now)
  const acts = await verifyAudit(database, manifest.acts)
  return { ended: Object.values(deleted).reduce((sum, n) => sum + n, 0), acts }
}

async function refuseUnfit(
  path: string,
  manifest: Manifest,
  found: Parameters<typeof faultOf>[1],
): Promise<void> {
  const fault = faultOf(manifest, found)
  if (fault !== null) throw unusable(path, fault)
  const known = await knownMigrations()
  const newer = manifest.casework.migrations.find(name => !known.includes(name))
  if (newer !== undefined) {
    throw new InputFault(
      'store-newer',
      `${path} was made by a newer Concord (${manifest.program}; it has ${newer}). Restore it with that program, or a newer one.`,
    )
  }
}

async function refuseWhatIsThere({ root, evidenceFiles }: DataFolder, target: Target): Promise<void> {
  const files = await readdir(evidenceFiles)
  if (files.length === 0 && !(await target.isThere())) return
  throw new InputFault(
    'restore-refused',
    `There is an installation already, in ${root} or its database. Take a backup of it, and add --replace to put this one in its place.`,
  )
}

/** Packed rows and their indexes take several times the room; an empty store takes some, and its log. */
const ROOM_FOR_ROWS = 12
const ROOM_FOR_STORE = 100_000_000

async function refuseWithoutRoom(
  root: string,
  found: readonly { name: string; bytes: number }[],
): Promise<void> {
  // The files are copied by now.
  const packed = found.filter(f => f.name.startsWith('casework/')).reduce((sum, f) => sum + f.bytes, 0)
  const { bavail, bsize } = await statfs(root)
  if (bavail * bsize < ROOM_FOR_STORE + packed * ROOM_FOR_ROWS) throw noRoom(root)
}

/** The list of the folder, the one that is given, and the backup's own: each knows something. */
async function deletionsFor(
  folder: DataFolder,
  { deletions, withoutDeletions }: RestoreRequest,
  taken: string,
): Promise<Deletion[]> {
  const kept = await readDeletionList(folder.deletions)
  if (kept === null && deletions === null && !withoutDeletions) {
    throw new InputFault(
      'restore-refused',
      `${folder.root} has no list of what was deleted since the backup was taken. Give the file "deletions" of the old data folder, or of a later backup, with --deletions FILE; or, where there is none, say --without-deletions.`,
    )
  }
  const given = deletions === null ? [] : await readDeletionList(deletions)
  if (given === null) {
    throw new InputFault('file-unreadable', `There is no file ${deletions} that can be read.`)
  }
  return joinDeletions(await readDeletionList(join(taken, DELETIONS)), kept, given)
}

async function settleKey(
  folder: DataFolder,
  fresh: string,
  { key }: RestoreRequest,
  manifest: Manifest,
): Promise<Restored['key']> {
  if (key === null) {
    const mark = await keyMark(folder.root)
    if (mark === null) return manifest.keyMark === null ? 'fits' : 'absent'
    return manifest.keyMark === null || mark === manifest.keyMark ? 'fits' : 'differs'
  }
  const text = await readFile(key, 'utf8').catch(() => {
    throw new InputFault('file-unreadable', `There is no file ${key} that can be read.`)
  })
  if (manifest.keyMark !== null && markOfKey(text) !== manifest.keyMark) {
    throw new InputFault(
      'restore-refused',
      `${key} is not the key of the installation that the backup is of.`,
    )
  }
  await writeFile(join(fresh, KEY_FILE), text, { mode: 0o600 })
  return 'fits'
}

/** Folders that hold nothing are there all the same. */
async function arrangeEvidence(taken: string, fresh: string): Promise<void> {
  const from = join(taken, 'evidence')
  if (await isThere(from)) await rename(from, join(fresh, 'evidence'))
  for (const name of ['files', 'loads', 'boundaries']) {
    await mkdir(join(fresh, 'evidence', name), { recursive: true })
  }
}

async function tablesThere(tx: Queryable): Promise<string[]> {
  const rows = await tx.query<{ name: string }>(
    `select relname as name from pg_class where relkind in ('r', 'p', 'v', 'm', 'f') and relnamespace = 'public'::regnamespace`,
  )
  return rows.map(row => row.name)
}

/** Other nodes have the database open by connections of their own. */
async function refuseOthers(tx: Queryable): Promise<void> {
  const [others] = await tx.query<{ n: number }>(
    `select count(*) as n from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and application_name = $1`,
    [APPLICATION_NAME],
  )
  if (others!.n > 0) {
    throw new InputFault(
      'restore-refused',
      'Another Concord has the database open. Stop every node first: a restore replaces everything that they have open.',
    )
  }
}

/** All of ours, and nothing of anybody else: where somebody else's stands beside it, it stops. */
async function dropOurs(tx: Queryable): Promise<void> {
  const made = (await readMigrations()).flatMap(({ text }) =>
    [...text.matchAll(/create table (?:if not exists )?(\w+)/g)].map(match => match[1]!),
  )
  const ours = new Set(['migrations', ...made])
  const strangers = (await tablesThere(tx)).filter(name => !ours.has(name))
  if (strangers.length > 0) {
    throw new InputFault(
      'restore-refused',
      `The database holds tables that are not Concord's (${strangers.slice(0, 3).join(', ')}). Give Concord a database of its own.`,
    )
  }
  await tx.query('drop schema public cascade')
  await tx.query('create schema public')
}

function inUse(error: unknown): unknown {
  if (!(error instanceof InputFault && error.code === 'store-busy')) return error
  return new InputFault(
    'restore-refused',
    `${error.message.split('. ')[0]}. Stop it first: a restore replaces everything that it has open.`,
  )
}

/** A store that finds no room ends in many ways, and says so in few of them. */
async function isFull(folder: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize < LEAST_ROOM
}

/** A piece of the store's log. */
const LEAST_ROOM = 16_777_216

const noRoom = (root: string): InputFault =>
  new InputFault(
    'disk-full',
    `There is no room left on the disk for what is restored into ${root}. Nothing was changed.`,
  )

function faultOfPlace(error: unknown, { dataFolder, databaseUrl }: Config): unknown {
  const { code, message } = error as { code?: string; message?: string }
  // PostgreSQL says so in words of its own (53100, disk_full).
  if (code === 'ENOSPC' || code === '53100' || /No space left on device/.test(message ?? '')) {
    return noRoom(dataFolder)
  }
  if (databaseUrl !== null && error instanceof Error && isDatabaseGone(error)) {
    return new InputFault(
      'database-unreachable',
      `The PostgreSQL server that DATABASE_URL names cannot be used: ${message || code}. The next command that opens the data folder finishes what was done, or drops it.`,
    )
  }
  return error
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
