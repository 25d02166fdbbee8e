import pg from 'pg'
import type { z } from 'zod'
import { Refused } from '../refused.ts'

type Parameter = string | number | boolean | Date | Buffer | null | readonly number[]

/** Plain SQL, with the shape of each row checked on the way in. */
export interface Sql {
  readonly rows: <S extends z.ZodType>(shape: S, text: string, parameters?: readonly Parameter[]) => Promise<z.output<S>[]>
  /** Runs a statement and gives the number of rows it touched. */
  readonly run: (text: string, parameters?: readonly Parameter[]) => Promise<number>
}

export interface Database extends Sql {
  /** Runs `work` in one transaction; repeated from its start when the database asks for it, so it must have no other effect. */
  readonly tx: <T>(work: (sql: Sql) => Promise<T>) => Promise<T>
  readonly close: () => Promise<void>
}

const int8 = 20
const safeInteger = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error('an integer of the database is too large')
  return value
}
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === int8 && format !== 'binary' ? safeInteger : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser, // pg's overloads cannot be written as one arrow
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '')

/** Serialisation failure and deadlock: the transaction did nothing and may be repeated. */
const mustRepeat = (error: unknown): boolean => ['40001', '40P01'].includes(codeOf(error))

const connectionLost = /^(08|57P|53300)|^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOENT)$/
const connectionLostText = /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|not queryable/

const translated = (error: unknown): unknown => {
  const code = codeOf(error)
  if (code === '53100') return new Refused(507, 'exchange-full', { retryAfter: 60 })
  const lost = connectionLost.test(code) || (error instanceof Error && connectionLostText.test(error.message))
  return lost || mustRepeat(error) ? new Refused(503, 'exchange-busy', { retryAfter: 5 }) : error
}

const mostTries = 5

/** Opens a pool. Errors of the connection become 503, a full disk 507; everything else is a mistake of ours. */
export const openDatabase = (connection: pg.ConnectionConfig, size = 10): Database => {
  const pool = new pg.Pool({ ...connection, types, max: size, connectionTimeoutMillis: 5_000, statement_timeout: 30_000, application_name: 'luong-gia-exchange' })
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined)

  const sqlOn = (client: Pick<pg.ClientBase, 'query'>): Sql => ({
    rows: async (shape, text, parameters = []) => {
      const { rows } = await client.query<Record<string, unknown>>(text, [...parameters])
      return rows.map((row) => shape.parse(row))
    },
    run: async (text, parameters = []) => (await client.query(text, [...parameters])).rowCount ?? 0,
  })

  const checkOut = async (): Promise<pg.PoolClient> => {
    const client = await pool.connect()
    // Between two statements nobody else listens to a connection that breaks.
    if (client.listenerCount('error') === 0) client.on('error', () => undefined)
    return client
  }

  const once = async <T>(work: (sql: Sql) => Promise<T>): Promise<T> => {
    const client = await checkOut()
    let broken = false
    try {
      await client.query('begin')
      const value = await work(sqlOn(client))
      await client.query('commit')
      return value
    } catch (error) {
      await client.query('rollback').catch(() => {
        broken = true
      })
      throw error
    } finally {
      client.release(broken)
    }
  }

  const single = async <T>(work: (sql: Sql) => Promise<T>): Promise<T> => {
    try {
      const client = await checkOut()
      let failure: unknown
      try {
        return await work(sqlOn(client))
      } catch (error) {
        failure = error
        throw error
      } finally {
        // A refused statement leaves the connection sound; `pool.query` would throw it away.
        client.release(failure !== undefined && connectionLost.test(codeOf(failure)))
      }
    } catch (error) {
      throw translated(error)
    }
  }

  return {
    rows: (shape, text, parameters) => single((sql) => sql.rows(shape, text, parameters)),
    run: (text, parameters) => single((sql) => sql.run(text, parameters)),
    tx: async (work) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await once(work)
        } catch (error) {
          if (!mustRepeat(error) || attempt >= mostTries) throw translated(error)
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt))
        }
      }
    },
    close: () => pool.end(),
  }
}
