/**
 * Does something and undoes it: all of it lies in one transaction that is rolled back, so that one form can be tried a
 * hundred times, and what each try wrote is known to the row. Transactions of the program become savepoints within it.
 */
import type { Database, Queryable } from '../../src/platform/postgres.ts'

export interface WrittenRow {
  table: string
  row: Record<string, unknown>
}

export interface Undoing {
  /**
   * What `act` gives, once all that it did to the database is undone. `written` gives the rows that it made or changed so far,
   * and those of the undoing that it lies in.
   */
  undo<T>(act: (written: () => Promise<WrittenRow[]>) => Promise<T>): Promise<T>
  /** All that is done from now on is undone when what it gives is called; meanwhile other undoings lie within. */
  hold(): Promise<() => Promise<void>>
}

/** Tables in which a request leaves that it happened, whatever came of it. */
const happened = ['audit', 'audit_head', 'sessions', 'failed_sign_ins']

const undone = new Error('undone')

const nobodyActs = `select set_config('role', 'none', true), ${[
  'user',
  'agency',
  'role',
  'purpose',
  'now',
  'case',
]
  .map(name => `set_config('concord.${name}', '', true)`)
  .join(', ')}`

export async function undoing(database: Database): Promise<Undoing> {
  const real = { query: database.query, transaction: database.transaction }
  let outer: Queryable | null = null
  // One after the other, as the embedded store has one connection.
  let turn: Promise<unknown> = Promise.resolve()
  let savepoints = 0
  /** Number of the outer transaction: what has this number or a later one was written in it. */
  let began = 0

  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const mine = turn.then(act)
    turn = mine.catch(() => {})
    return mine
  }
  const savepoint = async <T>(tx: Queryable, act: (tx: Queryable) => Promise<T>): Promise<T> => {
    const name = `s${++savepoints}`
    await tx.query(`savepoint ${name}`)
    try {
      const result = await act(tx)
      // What the end of a transaction checks, and forgets.
      await tx.query(
        `set constraints all immediate; set constraints all deferred; ${nobodyActs}; release savepoint ${name}`,
      )
      return result
    } catch (error) {
      await tx.query(`rollback to savepoint ${name}`)
      throw error
    }
  }
  database.query = (sql, parameters) =>
    outer ? inTurn(() => outer!.query(sql, parameters)) : real.query(sql, parameters)
  database.transaction = act => (outer ? inTurn(() => savepoint(outer!, act)) : real.transaction(act))

  /** Rows of this transaction. The counters of the tables say which can have any: those of others count as well. */
  const writtenIn = async (tx: Queryable, id: number): Promise<WrittenRow[]> => {
    const touched = await tx.query<{ name: string }>(
      `select relname as name from pg_class
       where relnamespace = 'public'::regnamespace and relkind = 'r' and not relname = any($1)
         and pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid) > 0`,
      [happened],
    )
    if (touched.length === 0) return []
    return tx.query<WrittenRow>(
      touched
        .map(
          ({ name }) =>
            `select '${name}' as "table", to_jsonb(t) as row from "${name}" t where t.xmin::text::bigint >= ${id}`,
        )
        .join(' union all '),
    )
  }

  /** One transaction of the store, in which everything lies until `act` is over. */
  const inOne = async (act: (tx: Queryable) => Promise<void>): Promise<void> => {
    try {
      await real.transaction(async tx => {
        const [begun] = await tx.query<{ id: number }>('select pg_current_xact_id()::text::bigint as id')
        began = begun!.id
        outer = tx
        try {
          await act(tx)
        } finally {
          await turn
          outer = null
        }
        throw undone
      })
    } catch (error) {
      if (error !== undone) throw error
    }
  }

  return {
    undo: async act => {
      let result: { given: Awaited<ReturnType<typeof act>> } | undefined
      const within = async (tx: Queryable) => {
        result = { given: await act(() => inTurn(() => writtenIn(tx, began))) }
      }
      const held = outer
      if (held === null) await inOne(within)
      else {
        const name = `s${++savepoints}`
        await inTurn(() => held.query(`savepoint ${name}`))
        try {
          await within(held)
        } finally {
          await inTurn(() => held.query(`rollback to savepoint ${name}`))
        }
      }
      return result!.given
    },
    hold: () =>
      new Promise((begun, failed) => {
        const { promise: released, resolve: release } = Promise.withResolvers<void>()
        const over = inOne(async () => {
          begun(async () => {
            release()
            await over
          })
          await released
        })
        over.catch(failed)
      }),
  }
}
