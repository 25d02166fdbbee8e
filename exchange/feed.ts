import { z } from 'zod'
import { canonical } from '../shared/kernel/canonical.ts'
import { feedItem, type FeedAnswer } from '../shared/sync/messages.ts'
import type { Database, Sql } from './store/database.ts'

type NewItem = Omit<z.infer<typeof feedItem>, 'seq'>

/**
 * Adds a line to a feed (luồng tin của người nhận). The number comes from a counter row that stays locked until the
 * transaction ends, so lines become visible in the order of their numbers and a reader by cursor misses none.
 */
export const appendFeed = async (sql: Sql, feed: string, item: NewItem): Promise<void> => {
  const [head] = await sql.rows(
    z.object({ last_seq: z.number() }),
    'insert into feed_head values ($1, 1) on conflict (feed_id) do update set last_seq = feed_head.last_seq + 1 returning last_seq',
    [feed],
  )
  if (head === undefined) throw new Error('a feed gave no number')
  await sql.run('insert into feed values ($1, $2, $3)', [feed, head.last_seq, canonical({ ...item, seq: head.last_seq })])
}

const pageSize = 100
const pollMs = 500

/** Lines after the cursor; with none, waits up to `waitMs` for one. `ended` stops the waiting early. */
export const readFeed = async (database: Database, feed: string, after: number, waitMs: number, ended: () => boolean): Promise<FeedAnswer> => {
  const deadline = performance.now() + waitMs
  for (;;) {
    const rows = await database.rows(z.object({ item: z.string() }), 'select item from feed where feed_id = $1 and seq > $2 order by seq limit $3', [feed, after, pageSize + 1])
    const items = rows.slice(0, pageSize).map((row) => feedItem.parse(JSON.parse(row.item)))
    if (items.length > 0 || ended() || performance.now() >= deadline) {
      return { items, next: items.at(-1)?.seq ?? after, more: rows.length > pageSize }
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(pollMs, Math.max(1, deadline - performance.now()))))
  }
}
