import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { realFileSystem, type FileSystem } from '../../../electron/host/file-system.ts'
import { createJournal } from '../../../electron/host/journal.ts'
import { encodeFrame, firstLine } from '../../../electron/host/journal-file.ts'
import { genesis } from '../../../shared/schema/change.ts'
import { dossierOfNumber, hashOfNumber, systemError, temporaryFolder, troubledFileSystem } from '../../support/host-kit.ts'

const dossier = dossierOfNumber(1)
const none = { seq: 0, hash: genesis }
const headAt = (seq: number) => (seq === 0 ? none : { seq, hash: hashOfNumber(seq) })
const linesFrom = (from: number, count: number, size = 10) =>
  Array.from({ length: count }, (_, at) => ({ seq: from + at, hash: hashOfNumber(from + at), line: `line ${from + at} `.padEnd(size, 'đ') }))

const setUp = (fs: FileSystem = realFileSystem, writable = true) => {
  const folder = temporaryFolder()
  return { folder, path: join(folder, `${dossier}.log`), ...open(folder, fs, writable) }
}
const open = (folder: string, fs: FileSystem = realFileSystem, writable = true) => {
  const { handlers, close } = createJournal({ fs, folder, writable })
  return {
    close,
    append: (after: number, count: number, size?: number) => handlers['journal.append']({ dossier, prev: headAt(after), lines: linesFrom(after + 1, count, size) }),
    appendRaw: handlers['journal.append'],
    read: (after = 0) => handlers['journal.read']({ dossier, after }),
    heads: async () => {
      const reply = await handlers['journal.heads']({})
      if (!reply.ok) throw new Error(reply.fault.code)
      return reply.value
    },
    readAll: async () => {
      const lines = []
      for (;;) {
        const reply = await handlers['journal.read']({ dossier, after: lines.at(-1)?.seq ?? 0 })
        if (!reply.ok) throw new Error(reply.fault.code)
        lines.push(...reply.value.lines)
        if (!reply.value.more) return lines
      }
    },
  }
}
const done = (seq: number) => ({ ok: true, value: { head: headAt(seq) } })
const refused = (code: string) => ({ ok: false, fault: { code } })

describe('journal', () => {
  it('keeps lines in order and gives them back', async () => {
    const { append, readAll, heads } = setUp()
    expect(await append(0, 3)).toEqual(done(3))
    expect(await append(3, 1)).toEqual(done(4))
    expect(await readAll()).toEqual(linesFrom(1, 4))
    expect(await heads()).toEqual({ heads: { [dossier]: headAt(4) }, damaged: [] })
  })

  it('is there after a restart, by the index and without it', async () => {
    const { folder, append, close } = setUp()
    await append(0, 3)
    await close()
    expect(await open(folder).heads()).toEqual({ heads: { [dossier]: headAt(3) }, damaged: [] })
    writeFileSync(join(folder, 'heads.json'), '{"damaged')
    expect(await open(folder).heads()).toEqual({ heads: { [dossier]: headAt(3) }, damaged: [] })
    writeFileSync(join(folder, 'heads.json'), JSON.stringify({ [dossier]: { size: 1, mtimeMs: 1, seq: 99, hash: hashOfNumber(99), damaged: false } }))
    expect(await open(folder).heads()).toEqual({ heads: { [dossier]: headAt(3) }, damaged: [] })
  })

  it('answers only after the flush', async () => {
    const steps: string[] = []
    const { append } = setUp(troubledFileSystem((name, path) => {
      if (['write', 'datasync', 'sync'].includes(name) && (path.endsWith('.log') || name === 'sync')) steps.push(name)
      return undefined
    }))
    await append(0, 1)
    expect(steps).toEqual(['write', 'datasync', 'sync'])
    await append(1, 1)
    expect(steps.slice(3)).toEqual(['write', 'datasync'])
  })

  it('starts from the genesis only', async () => {
    const { appendRaw } = setUp()
    expect(await appendRaw({ dossier, prev: { seq: 0, hash: hashOfNumber(5) }, lines: linesFrom(1, 1) })).toEqual(refused('journal-diverged'))
    expect(await appendRaw({ dossier, prev: headAt(4), lines: linesFrom(5, 1) })).toEqual(refused('journal-diverged'))
  })

  it('refuses lines with a gap, and lines that do not follow', async () => {
    const { append, appendRaw } = setUp()
    await append(0, 2)
    expect(await appendRaw({ dossier, prev: headAt(2), lines: linesFrom(4, 1) })).toEqual(refused('bad-request'))
    expect(await appendRaw({ dossier, prev: headAt(2), lines: [...linesFrom(3, 1), ...linesFrom(5, 1)] })).toEqual(refused('bad-request'))
    expect(await append(5, 1)).toEqual(refused('journal-diverged'))
  })

  it('refuses another history, whether it parts at the head or before', async () => {
    const { append, appendRaw, readAll } = setUp()
    await append(0, 3)
    expect(await appendRaw({ dossier, prev: { seq: 3, hash: hashOfNumber(77) }, lines: linesFrom(4, 1) })).toEqual(refused('journal-diverged'))
    expect(await appendRaw({ dossier, prev: headAt(2), lines: [{ seq: 3, hash: hashOfNumber(77), line: 'x' }] })).toEqual(refused('journal-diverged'))
    expect(await appendRaw({ dossier, prev: { seq: 1, hash: hashOfNumber(77) }, lines: linesFrom(2, 4) })).toEqual(refused('journal-diverged'))
    expect(await readAll()).toEqual(linesFrom(1, 3))
  })

  it('takes a repetition after a lost answer for done, and appends what is new of it', async () => {
    const { append, readAll } = setUp()
    await append(0, 3)
    expect(await append(0, 3)).toEqual(done(3))
    expect(await append(1, 2)).toEqual(done(3))
    expect(await append(1, 1)).toEqual(done(3))
    expect(await append(1, 5)).toEqual(done(6))
    expect(await readAll()).toEqual(linesFrom(1, 6))
  })

  it('lets one of two windows win and tells the other', async () => {
    const { appendRaw, append, readAll } = setUp()
    const other = { dossier, prev: none, lines: [{ seq: 1, hash: hashOfNumber(99), line: 'other window' }] }
    const replies = await Promise.all([append(0, 1), appendRaw(other)])
    expect(replies).toEqual([done(1), refused('journal-diverged')])
    expect(await readAll()).toEqual(linesFrom(1, 1))
  })

  it('keeps many appends at once in order', async () => {
    const { append, readAll } = setUp()
    const replies = await Promise.all(Array.from({ length: 40 }, (_, at) => append(at, 1)))
    expect(replies.every((reply) => reply.ok)).toBe(true)
    expect(await readAll()).toEqual(linesFrom(1, 40))
  })

  it('pages long journals', async () => {
    const { append, read, readAll } = setUp()
    for (let at = 0; at < 12; at += 4) await append(at, 4, 1_000_000)
    const first = await read()
    expect(first.ok && first.value.lines.length).toBe(4)
    expect(first.ok && first.value.more).toBe(true)
    expect(await readAll()).toEqual(linesFrom(1, 12, 1_000_000))
    expect(await read(12)).toEqual({ ok: true, value: { lines: [], more: false } })
    expect((await read(5)).ok).toBe(true)
  })

  it('says when there is none', async () => {
    expect(await setUp().read()).toEqual(refused('not-found'))
    expect(await open(join(temporaryFolder(), 'absent')).heads()).toEqual({ heads: {}, damaged: [] })
  })

  it('ignores foreign files in its folder', async () => {
    const { folder, append, heads } = setUp()
    await append(0, 1)
    for (const name of ['notes.txt', `${dossier}.log.bak`, 'ABC.log', `${dossier}x.log`]) writeFileSync(join(folder, name), 'x')
    mkdirSync(join(folder, 'sub'))
    expect(await heads()).toEqual({ heads: { [dossier]: headAt(1) }, damaged: [] })
  })

  it('only reads when another program holds the profile', async () => {
    const { folder, append } = setUp()
    await append(0, 1)
    const second = open(folder, realFileSystem, false)
    expect(await second.append(1, 1)).toEqual(refused('read-only'))
    expect(await second.readAll()).toEqual(linesFrom(1, 1))
    expect(await second.heads()).toEqual({ heads: { [dossier]: headAt(1) }, damaged: [] })
  })
})

describe('a journal torn by a loss of power', () => {
  it('loses no flushed line and goes on, wherever the cut is', async () => {
    const whole = Buffer.concat([firstLine(dossier), encodeFrame(linesFrom(1, 2)), encodeFrame(linesFrom(3, 3))])
    const ends = [firstLine(dossier).length, firstLine(dossier).length + encodeFrame(linesFrom(1, 2)).length, whole.length]
    const folder = temporaryFolder()
    const path = join(folder, `${dossier}.log`)
    for (let cut = 0; cut <= whole.length; cut++) {
      writeFileSync(path, whole.subarray(0, cut))
      // The index of the round before knows of lines that this file never had.
      rmSync(join(folder, 'heads.json'), { force: true })
      const seq = cut >= (ends[2] ?? 0) ? 5 : cut >= (ends[1] ?? 0) ? 2 : 0
      const journal = open(folder)
      expect((await journal.heads()).heads[dossier]).toEqual(seq === 0 ? undefined : headAt(seq))
      expect(await journal.append(seq, 1)).toEqual(done(seq + 1))
      expect(await journal.readAll()).toEqual(linesFrom(1, seq + 1))
      expect(await open(folder).heads()).toEqual({ heads: { [dossier]: headAt(seq + 1) }, damaged: [] })
    }
  })

  it('takes for torn whatever the disk left of the last append: zeros, garbage, pages out of order', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (garbage) => {
      const { path, folder, append } = setUp()
      await append(0, 2)
      appendFileSync(path, garbage)
      const journal = open(folder)
      expect(await journal.heads()).toEqual({ heads: { [dossier]: headAt(2) }, damaged: [] })
      expect(await journal.readAll()).toEqual(linesFrom(1, 2))
      const aside = readdirSync(join(folder, 'torn'))
      expect(aside).toHaveLength(1)
      expect(readFileSync(join(folder, 'torn', aside[0] ?? '')).equals(Buffer.from(garbage))).toBe(true)
    }), { numRuns: 30 })
    const lastPages = encodeFrame(linesFrom(3, 200, 100))
    lastPages.fill(0, 0, 4_096)
    const { path, folder, append } = setUp()
    await append(0, 2)
    appendFileSync(path, lastPages)
    expect(await open(folder).heads()).toEqual({ heads: { [dossier]: headAt(2) }, damaged: [] })
  })

  it('is left alone by a program that may only read', async () => {
    const { path, folder, append } = setUp()
    await append(0, 2)
    appendFileSync(path, 'half a li')
    const size = statSync(path).size
    const second = open(folder, realFileSystem, false)
    expect(await second.heads()).toEqual({ heads: { [dossier]: headAt(2) }, damaged: [] })
    expect(await second.readAll()).toEqual(linesFrom(1, 2))
    expect(statSync(path).size).toBe(size)
    expect(existsSync(join(folder, 'torn'))).toBe(false)
  })
})

describe('a damaged journal', () => {
  const damage = (path: string, at: number): void => {
    const bytes = readFileSync(path)
    bytes[at] = (bytes[at] ?? 0) ^ 0xff
    writeFileSync(path, bytes)
  }

  it('is reported, gives what is readable before the damage, and is never touched', async () => {
    const { path, folder, append } = setUp()
    await append(0, 2)
    const start = statSync(path).size
    await append(2, 2)
    await append(4, 2)
    damage(path, start + 30)
    const before = readFileSync(path)
    const journal = open(folder)
    expect(await journal.heads()).toEqual({ heads: {}, damaged: [dossier] })
    expect(await journal.read()).toEqual({ ok: true, value: { lines: linesFrom(1, 2), more: true } })
    expect(await journal.read(2)).toEqual(refused('journal-damaged'))
    expect(await journal.append(6, 1)).toEqual(refused('journal-damaged'))
    await journal.close()
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(await open(folder).heads()).toEqual({ heads: {}, damaged: [dossier] })
  })

  it('is set aside whole and begun anew when the dossier is written from its first line', async () => {
    const { path, folder, append } = setUp()
    await append(0, 2)
    const start = statSync(path).size
    await append(2, 2)
    await append(4, 2)
    damage(path, start + 30)
    const before = readFileSync(path)
    const journal = open(folder)
    expect(await journal.append(2, 2)).toEqual(refused('journal-damaged'))
    expect(await journal.append(0, 6)).toEqual({ ok: true, value: { head: headAt(6) } })
    expect(await journal.readAll()).toEqual(linesFrom(1, 6))
    expect(await open(folder).heads()).toEqual({ heads: { [dossier]: headAt(6) }, damaged: [] })
    const aside = readdirSync(join(folder, 'damaged'))
    expect(aside).toHaveLength(1)
    expect(readFileSync(join(folder, 'damaged', aside[0] ?? '')).equals(before)).toBe(true)
  })

  it('is reported too when its end was acknowledged before, and kept over later starts', async () => {
    const { path, folder, append } = setUp()
    const first = open(folder)
    await append(0, 2)
    const start = statSync(path).size
    await append(2, 3)
    await first.heads()
    await first.close()
    damage(path, start + 30)
    const before = readFileSync(path)
    for (let n = 0; n < 2; n++) {
      const journal = open(folder)
      expect(await journal.heads()).toEqual({ heads: {}, damaged: [dossier] })
      expect(await journal.read()).toEqual({ ok: true, value: { lines: linesFrom(1, 2), more: true } })
      expect(await journal.read(2)).toEqual(refused('journal-damaged'))
      await journal.close()
    }
    expect(readFileSync(path).equals(before)).toBe(true)
    const journal = open(folder)
    expect(await journal.append(0, 5)).toEqual({ ok: true, value: { head: headAt(5) } })
    expect(await journal.heads()).toEqual({ heads: { [dossier]: headAt(5) }, damaged: [] })
  })

  it('is noticed for a flip of any byte: a line is never given back wrong', async () => {
    const { path, folder, append } = setUp()
    await append(0, 2)
    await append(2, 2)
    const good = readFileSync(path)
    for (let at = 0; at < good.length; at++) {
      writeFileSync(path, good)
      damage(path, at)
      const journal = open(folder, realFileSystem, false)
      const reply = await journal.read()
      const lines = reply.ok ? reply.value.lines : []
      expect(lines).toEqual(linesFrom(1, lines.length))
      expect(lines.length).toBeLessThan(4)
    }
  })

  it.each([
    ['a newer version', `luong-gia-journal 2 ${dossier}\nwhatever\n`],
    ['another dossier', `luong-gia-journal 1 ${dossierOfNumber(2)}\n`],
    ['a text file', 'hello\nworld\n'],
  ])('counts as damaged and stays as it is: %s', async (_, text) => {
    const { path, heads, append } = setUp()
    writeFileSync(path, text)
    expect(await heads()).toEqual({ heads: {}, damaged: [dossier] })
    expect(await append(0, 1)).toEqual(refused('journal-damaged'))
    expect(readFileSync(path, 'utf8')).toBe(text)
  })

  it.each([
    ['in the middle', [encodeFrame(linesFrom(1, 1)), encodeFrame(linesFrom(3, 1))]],
    ['at the beginning', [encodeFrame(linesFrom(2, 1))]],
    ['inside one append', [encodeFrame([...linesFrom(1, 1), ...linesFrom(3, 1)])]],
  ])('is one with a gap %s', async (_, frames) => {
    const { path, heads, append } = setUp()
    writeFileSync(path, Buffer.concat([firstLine(dossier), ...frames]))
    expect(await heads()).toEqual({ heads: {}, damaged: [dossier] })
    expect(await append(3, 1)).toEqual(refused('journal-damaged'))
  })

  it('is found again after an external change of the same size', async () => {
    const { path, folder, append, close } = setUp()
    await append(0, 2)
    await close()
    damage(path, 70)
    utimesSync(path, new Date(), new Date(Date.now() + 5_000))
    expect((await open(folder).heads()).heads).toEqual({})
  })
})

describe('a full disk', () => {
  it('refuses the append, leaves no half line, and takes the same lines later', async () => {
    let full = false
    const fs = troubledFileSystem((name, path) => (full && path.endsWith('.log') && name === 'write' ? { writeOnly: 25 } : undefined))
    const { folder, path, append, readAll } = setUp(fs)
    await append(0, 2)
    const size = statSync(path).size
    full = true
    expect(await append(2, 3)).toEqual(refused('disk-full'))
    expect(statSync(path).size).toBe(size)
    full = false
    expect(await append(2, 3)).toEqual(done(5))
    expect(await readAll()).toEqual(linesFrom(1, 5))
    expect(await open(folder).heads()).toEqual({ heads: { [dossier]: headAt(5) }, damaged: [] })
  })

  it('leaves no file behind for a new dossier', async () => {
    const { path, append, heads } = setUp(troubledFileSystem((name, file) => (name === 'write' && file.endsWith('.log') ? { writeOnly: 10 } : undefined)))
    expect(await append(0, 1)).toEqual(refused('disk-full'))
    expect(existsSync(path)).toBe(false)
    expect(await heads()).toEqual({ heads: {}, damaged: [] })
  })

  it('is survived even when the half line cannot be taken back', async () => {
    let full = true
    const fs = troubledFileSystem((name, path) => {
      if (!full || !path.endsWith('.log')) return undefined
      if (name === 'truncate') return systemError('EIO')
      return name === 'write' && statSync(path).size > 0 ? { writeOnly: 12 } : undefined
    })
    const { folder, append } = setUp(fs)
    full = false
    await append(0, 2)
    full = true
    expect(await append(2, 1)).toEqual(refused('disk-full'))
    full = false
    const journal = open(folder)
    expect(await journal.append(2, 1)).toEqual(done(3))
    expect(await journal.readAll()).toEqual(linesFrom(1, 3))
  })

  it('a failed flush is an error, not an answer', async () => {
    let broken = false
    const fs = troubledFileSystem((name, path) => (broken && name === 'datasync' && path.endsWith('.log') ? systemError('EIO') : undefined))
    const { append, readAll } = setUp(fs)
    await append(0, 1)
    broken = true
    await expect(append(1, 1)).rejects.toMatchObject({ code: 'EIO' })
    broken = false
    expect(await readAll()).toEqual(linesFrom(1, 1))
    expect(await append(1, 1)).toEqual(done(2))
  })

  it('does not stop for the sake of the index', async () => {
    const { append, heads, close } = setUp(troubledFileSystem((_, path) => (path.includes('heads.json') ? systemError('ENOSPC') : undefined)))
    for (let at = 0; at < 60; at++) expect((await append(at, 1)).ok).toBe(true)
    expect((await heads()).heads[dossier]).toEqual(headAt(60))
    await close()
  })
})

describe('many dossiers', () => {
  it('start from the index: files that did not change are not read', async () => {
    const folder = temporaryFolder()
    for (let number = 1; number <= 300; number++) writeFileSync(join(folder, `${dossierOfNumber(number)}.log`), Buffer.concat([firstLine(dossierOfNumber(number)), encodeFrame(linesFrom(1, 2))]))
    const first = open(folder)
    expect(Object.keys((await first.heads()).heads)).toHaveLength(300)
    await first.close()

    const opened: string[] = []
    const second = open(folder, troubledFileSystem((name, path) => {
      if (name === 'open' && path.endsWith('.log')) opened.push(path)
      return undefined
    }))
    expect(Object.keys((await second.heads()).heads)).toHaveLength(300)
    expect(opened).toEqual([])

    appendFileSync(join(folder, `${dossierOfNumber(7)}.log`), encodeFrame(linesFrom(3, 1)))
    const third = await second.heads()
    expect(third.heads[dossierOfNumber(7)]).toEqual(headAt(3))
    expect(opened).toEqual([join(folder, `${dossierOfNumber(7)}.log`)])
    truncateSync(join(folder, `${dossierOfNumber(8)}.log`), 0)
    expect((await second.heads()).heads[dossierOfNumber(8)]).toBeUndefined()
  })
})
