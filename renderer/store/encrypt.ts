import Dexie from 'dexie'
import type { DBCore, DBCoreTable, Middleware, Transaction } from 'dexie'
import { utf8 } from '../../shared/kernel/bytes.ts'
import type { Box } from '../../shared/vault/box.ts'

/** Thrown when a stored record cannot be decrypted: a wrong key, another record's box, changed bytes. */
export class UnreadableRecord extends Error {
  override readonly name = 'UnreadableRecord'
}

/** Which fields of each table stay readable because they are keys, indexes or ciphertext already; all others are encrypted. */
export type PlainFields = Readonly<Record<string, readonly string[]>>

type Row = Readonly<Record<string, unknown>>
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null

const text = new TextDecoder('utf-8', { fatal: true })

/**
 * Encrypts one row: readable fields as they are, the rest as JSON in `box`. Table and readable fields, the id among them, are
 * bound to the box, so that no record can be moved to another place or given another date.
 */
const seal = async (box: Box, table: string, plain: readonly string[], row: unknown): Promise<Row> => {
  if (!isRow(row)) throw new TypeError('rows are objects')
  const open = Object.fromEntries(plain.flatMap((field) => (row[field] === undefined ? [] : [[field, row[field]]])))
  const rest = Object.fromEntries(Object.entries(row).filter(([field]) => !plain.includes(field)))
  if (Object.keys(rest).length === 0) return open
  return { ...open, box: await box.seal(label(table, open), utf8(JSON.stringify(rest))) }
}

const label = (table: string, open: Row): string => `${table}|${JSON.stringify(open)}`

const unseal = async (box: Box, table: string, plain: readonly string[], stored: unknown): Promise<unknown> => {
  if (!isRow(stored)) return stored
  const sealed = stored['box']
  const open = Object.fromEntries(plain.flatMap((field) => (stored[field] === undefined ? [] : [[field, stored[field]]])))
  if (sealed === undefined) return open
  const bytes = sealed instanceof Uint8Array ? await box.open(label(table, open), sealed) : null
  if (bytes === null) throw new UnreadableRecord(table)
  const rest: unknown = JSON.parse(text.decode(bytes))
  return isRow(rest) ? { ...open, ...rest } : open
}

const turns = new WeakMap<Transaction, Promise<unknown>>()

/**
 * `Dexie.waitFor`, one wait after the other in each transaction: of two waits at once Dexie forgets the one that ends last,
 * and whoever waits for it waits for ever.
 */
const waitInTurn = <T>(work: Promise<T>): Promise<T> => {
  const { currentTransaction } = Dexie
  // Null outside a transaction, whatever the declaration says.
  const transaction: Transaction | null = currentTransaction
  const wait = (): Promise<T> => Dexie.waitFor(work)
  if (transaction === null) return wait()
  const own = turns.get(transaction)?.then(wait, wait) ?? wait()
  turns.set(transaction, own)
  return own
}

/**
 * Middleware under Dexie's own layers: whatever is written comes out as ciphertext, whatever is read comes back decrypted.
 * WebCrypto answers later than a transaction waits, hence `Dexie.waitFor`, which keeps the transaction busy meanwhile.
 */
export const encryption = (box: Box, plainFields: PlainFields): Middleware<DBCore> => ({
  stack: 'dbcore',
  name: 'encryption',
  // Below Dexie's own layers, which must see plain values.
  level: -10,
  create: (core) => ({
    ...core,
    table: (name): DBCoreTable => {
      const table = core.table(name)
      const plain = plainFields[name]
      if (plain === undefined) throw new Error(`table ${name} is not declared for encryption`)
      const unsealAll = (rows: readonly unknown[]): Promise<unknown[]> => Promise.all(rows.map((row) => unseal(box, name, plain, row)))
      return {
        ...table,
        // Chained with `then` and not `await`: Dexie's own promises carry the running transaction along.
        mutate: (request) => {
          if (request.type !== 'add' && request.type !== 'put') return table.mutate(request)
          return waitInTurn(Promise.all(request.values.map((row: unknown) => seal(box, name, plain, row))))
            .then((values) => table.mutate({ ...request, values }))
        },
        get: (request) => table.get(request).then((row: unknown) => waitInTurn(unseal(box, name, plain, row))),
        getMany: (request) => table.getMany(request).then((rows) => waitInTurn(unsealAll(rows))),
        query: (request) => {
          const answer = table.query(request)
          return request.values === true ? answer.then(({ result }) => waitInTurn(unsealAll(result).then((rows) => ({ result: rows })))) : answer
        },
        openCursor: (request) => {
          if (request.values === true) throw new Error('encrypted rows are read with get, bulkGet and toArray, not with cursors')
          return table.openCursor(request)
        },
      }
    },
  }),
})
