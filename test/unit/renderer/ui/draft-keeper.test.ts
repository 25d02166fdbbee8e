import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createDraftKeeper } from '../../../../renderer/ui/draft-keeper.ts'
import { flushDrafts } from '../../../../renderer/ui/drafts.ts'

const setUp = (accept = true) => {
  const stored: string[] = []
  const keeper = createDraftKeeper({ rest: 1000, trim: true })
  let value = ''
  let answer = accept
  const commit = (text: string): Promise<boolean> => {
    if (!answer) return Promise.resolve(false)
    stored.push(text)
    value = text
    keeper.renew(value, commit)
    return Promise.resolve(true)
  }
  keeper.renew(value, commit)
  return {
    keeper, stored,
    accept: (yes: boolean) => { answer = yes },
    fromElsewhere: (text: string) => { value = text; keeper.renew(text, commit) },
  }
}

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

describe('a text being typed', () => {
  test('is stored once after a rest, not at every key', async () => {
    const { keeper, stored } = setUp()
    keeper.focus()
    for (const text of ['c', 'cô', 'côn', 'công']) {
      keeper.change(text)
      await vi.advanceTimersByTimeAsync(400)
    }
    expect(stored).toEqual([])
    await vi.advanceTimersByTimeAsync(1000)
    expect(stored).toEqual(['công'])
  })

  test('is stored on leaving the field, without its outer spaces, and the field then shows the stored value', async () => {
    const { keeper, stored } = setUp()
    keeper.focus()
    keeper.change('  công nghệ ')
    keeper.blur()
    await vi.advanceTimersByTimeAsync(0)
    expect(stored).toEqual(['công nghệ'])
    expect(keeper.get()).toBeNull()
  })

  test('keeps what is on the screen while someone types, also after the store answered', async () => {
    const { keeper, stored } = setUp()
    keeper.focus()
    keeper.change('công ')
    await vi.advanceTimersByTimeAsync(1000)
    expect(stored).toEqual(['công'])
    expect(keeper.get()).toBe('công ')
    keeper.change('công nghệ')
    await vi.advanceTimersByTimeAsync(1000)
    expect(stored).toEqual(['công', 'công nghệ'])
  })

  test('is never stored while an input method composes, whatever the clock says', async () => {
    const { keeper, stored } = setUp()
    keeper.focus()
    keeper.composeStart()
    keeper.change('coong')
    await vi.advanceTimersByTimeAsync(10_000)
    await flushDrafts()
    expect(stored).toEqual([])
    keeper.change('công')
    keeper.composeEnd()
    await vi.advanceTimersByTimeAsync(1000)
    expect(stored).toEqual(['công'])
  })

  test('is stored in composed form whatever the system hands over', async () => {
    const { keeper, stored } = setUp()
    keeper.change('sấy lạnh'.normalize('NFD'))
    keeper.blur()
    await vi.advanceTimersByTimeAsync(0)
    expect(stored).toEqual(['sấy lạnh'.normalize('NFC')])
  })

  test('stays when the store refuses it and is offered again', async () => {
    const { keeper, stored, accept } = setUp(false)
    keeper.focus()
    keeper.change('31/2/2026')
    keeper.blur()
    await vi.advanceTimersByTimeAsync(0)
    expect(stored).toEqual([])
    expect(keeper.get()).toBe('31/2/2026')
    accept(true)
    await flushDrafts()
    expect(stored).toEqual(['31/2/2026'])
  })

  test('stays and is offered again after the store threw', async () => {
    const keeper = createDraftKeeper({ rest: 1000, trim: true })
    const seen: string[] = []
    let broken = true
    keeper.renew('', (text) => {
      seen.push(text)
      return broken ? Promise.reject(new Error('gone')) : Promise.resolve(true)
    })
    keeper.change('a')
    await expect(keeper.flush()).rejects.toThrow('gone')
    broken = false
    await keeper.flush()
    expect(seen).toEqual(['a', 'a'])
  })

  test('is handed over by a flush of all drafts, before locking or closing', async () => {
    const one = setUp()
    const two = setUp()
    one.keeper.change('một')
    two.keeper.change('hai')
    await flushDrafts()
    expect([one.stored, two.stored]).toEqual([['một'], ['hai']])
    await flushDrafts()
    expect([one.stored, two.stored]).toEqual([['một'], ['hai']])
  })

  test('is stored when the field goes away, even in the middle of a composition', async () => {
    const { keeper, stored } = setUp()
    keeper.composeStart()
    keeper.change('dở dang')
    keeper.leave()
    await vi.advanceTimersByTimeAsync(0)
    expect(stored).toEqual(['dở dang'])
  })

  test('gives nothing to store when it says what is stored already', async () => {
    const { keeper, stored, fromElsewhere } = setUp()
    fromElsewhere('giữ nguyên')
    keeper.change('giữ nguyên ')
    keeper.blur()
    await vi.advanceTimersByTimeAsync(0)
    expect(stored).toEqual([])
    expect(keeper.get()).toBeNull()
  })

  test('gives way to an undo from elsewhere unless someone is typing', () => {
    const { keeper, fromElsewhere } = setUp(false)
    keeper.change('chưa lưu')
    fromElsewhere('trước đó')
    expect(keeper.get()).toBeNull()
    keeper.focus()
    keeper.change('đang gõ')
    fromElsewhere('khác')
    expect(keeper.get()).toBe('đang gõ')
  })

  test('tells its field only when what it shows changes', () => {
    const { keeper } = setUp()
    const told = vi.fn<() => void>()
    keeper.subscribe(told)
    keeper.change('a')
    keeper.change('a')
    keeper.change('ab')
    expect(told).toHaveBeenCalledTimes(2)
  })
})
