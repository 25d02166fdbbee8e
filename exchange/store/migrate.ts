import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Database } from './database.ts'

const folder = new URL('../migrations/', import.meta.url)

const applied = z.object({ version: z.number(), sha256: z.string() })

interface Migration {
  readonly version: number
  readonly sha256: string
  readonly text: string
}

const readMigrations = async (): Promise<Migration[]> => {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-.*\.sql$/.test(name)).sort()
  return Promise.all(names.map(async (name, index) => {
    const text = await readFile(new URL(name, folder), 'utf8')
    if (Number(name.slice(0, 4)) !== index + 1) throw new Error(`migration ${name} is out of order`)
    return { version: index + 1, sha256: createHash('sha256').update(text).digest('hex'), text }
  }))
}

/**
 * Brings the tables up to date in one transaction, held by a lock row so that two servers starting at once do it once.
 * Throws when the database is newer than this program, or when an applied migration was changed afterwards.
 */
export const migrate = async (database: Database): Promise<void> => {
  const migrations = await readMigrations()
  const prepare = () => database.run('create table if not exists migration (version integer primary key, sha256 text not null)')
  // Two servers creating the very first table at once: the second attempt finds it.
  await prepare().catch(prepare)
  await database.run("insert into migration values (0, '') on conflict do nothing")
  await database.tx(async (sql) => {
    await sql.run('select version from migration where version = 0 for update')
    const done = await sql.rows(applied, 'select version, sha256 from migration where version > 0 order by version')
    if (done.length > migrations.length) throw new Error('the database was written by a newer version of the exchange')
    for (const migration of migrations) {
      const before = done.find((entry) => entry.version === migration.version)
      if (before !== undefined && before.sha256 !== migration.sha256) throw new Error(`migration ${migration.version} is not the one that was applied`)
      if (before !== undefined) continue
      await sql.run(migration.text)
      await sql.run('insert into migration values ($1, $2)', [migration.version, migration.sha256])
    }
  })
}
