// Started as a process of its own: an exchange that kills itself (as power or `kill -9` would) at a marked point.
import { z } from 'zod'
import { startExchange } from '../../exchange/server.ts'
import { diskFiles, type FilePort } from '../../exchange/store/file-port.ts'
import type { Database, Sql } from '../../exchange/store/database.ts'
import { verifyAs } from './exchange-kit.ts'

const settings = z.object({
  folder: z.string(),
  port: z.number(),
  device: z.string(),
  /** Empty: never. */
  point: z.enum(['', 'in-leaf', 'before-row', 'before-rename', 'after-rename', 'in-transaction', 'before-answer', 'in-plan']),
  /** Which time the point is passed, from 1. */
  time: z.number(),
}).parse(JSON.parse(process.argv[2] ?? '{}'))

let passed = 0
const mark = (point: typeof settings.point): void => {
  if (point !== settings.point) return
  passed += 1
  if (passed === settings.time) process.kill(process.pid, 'SIGKILL')
}

const files: FilePort = {
  ...diskFiles,
  open: async (path, mode) => {
    const file = await diskFiles.open(path, mode)
    if (mode !== 'write') return file
    return {
      ...file,
      write: async (bytes, offset, length, position) => {
        if (settings.point !== 'in-leaf') return file.write(bytes, offset, length, position)
        const written = await file.write(bytes, offset, Math.ceil(length / 2), position)
        mark('in-leaf')
        return written
      },
      sync: async () => {
        await file.sync()
        mark('before-row')
      },
    }
  },
  rename: async (from, to) => {
    mark('before-rename')
    await diskFiles.rename(from, to)
    mark('after-rename')
  },
}

const wrapSql = (sql: Sql): Sql => ({
  rows: sql.rows,
  run: async (text, parameters) => {
    const count = await sql.run(text, parameters)
    if (text.startsWith('insert into package')) mark('in-transaction')
    return count
  },
})

const wrapDatabase = (database: Database): Database => ({
  ...database,
  run: async (text, parameters) => {
    const count = await database.run(text, parameters)
    if (text.startsWith('insert into upload values')) mark('in-plan')
    return count
  },
  tx: async (work) => {
    const value = await database.tx((sql) => work(wrapSql(sql)))
    // Only the accepting transaction ends in a receipt.
    if (typeof value === 'string' && value.split('.').length === 3) mark('before-answer')
    return value
  },
})

const server = await startExchange({ dataDir: settings.folder, port: settings.port, host: '127.0.0.1', quiet: true, verify: verifyAs(() => settings.device), files, wrapDatabase })
process.on('message', (message) => {
  if (message === 'code') void server.createCode('Viện Đánh giá').then((code) => process.send?.({ code }))
  if (message === 'close') void server.close().then(() => process.disconnect())
})
process.send?.({ url: server.url, port: server.port })
