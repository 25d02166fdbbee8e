import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBackups } from '../../../electron/host/backup.ts'
import { backupName, backupsToKeep, parseBackupName } from '../../../electron/host/backup-rotation.ts'
import { realFileSystem, type FileSystem } from '../../../electron/host/file-system.ts'
import { createJournal } from '../../../electron/host/journal.ts'
import { profileAt } from '../../../electron/host/profile.ts'
import { genesis } from '../../../shared/schema/change.ts'
import { dossierOfNumber, hashOfNumber, systemError, temporaryFolder, troubledFileSystem } from '../../support/host-kit.ts'

const hour = 3_600_000
const day = 24 * hour
const start = Date.UTC(2026, 10, 22, 3)
const utcDay = (at: number): string => new Date(at).toISOString().slice(0, 10)

const setUp = (fs: FileSystem = realFileSystem, writable = true) => {
  const profile = profileAt(temporaryFolder())
  mkdirSync(profile.journal)
  mkdirSync(profile.backups)
  let now = start
  const backups = createBackups({ fs, profile, now: () => now, writable })
  const journal = createJournal({ fs: realFileSystem, folder: profile.journal, writable: true })
  const append = async (number: number, seq: number) => {
    const prev = seq === 1 ? { seq: 0, hash: genesis } : { seq: seq - 1, hash: hashOfNumber(seq - 1) }
    const reply = await journal.handlers['journal.append']({ dossier: dossierOfNumber(number), prev, lines: [{ seq, hash: hashOfNumber(seq), line: `${number}/${seq}` }] })
    if (!reply.ok) throw new Error(reply.fault.code)
  }
  const journalPath = (number: number) => join(profile.journal, `${dossierOfNumber(number)}.log`)
  return {
    profile, backups, append, journalPath,
    inBackup: (name: string, number: number) => join(profile.backups, name, 'journal', `${dossierOfNumber(number)}.log`),
    names: () => readdirSync(profile.backups).toSorted(),
    pass: (ms: number) => {
      now += ms
    },
    run: async () => {
      now += 60_000
      const result = await backups.run()
      return result.ok ? result.value.made : result.fault.code
    },
    newestName: async () => (await backups.list())[0]?.name ?? '',
  }
}

describe('backups', () => {
  it('copy key record, settings and journals, and are whole', async () => {
    const { profile, backups, append, run, newestName, inBackup, journalPath } = setUp()
    writeFileSync(profile.vault, 'record')
    writeFileSync(profile.settings, '{}')
    await append(1, 1)
    expect(await backups.newest()).toBeNull()
    expect(await run()).toBe(true)
    const name = await newestName()
    expect(await backups.verify(name)).toBe(true)
    expect(readFileSync(join(profile.backups, name, 'vault.json'), 'utf8')).toBe('record')
    expect(readFileSync(inBackup(name, 1)).equals(readFileSync(journalPath(1)))).toBe(true)
    expect(await backups.newest()).toBe(new Date(start + 60_000).toISOString())
  })

  it('are made only when something changed; the age of the newest moves on all the same', async () => {
    const { backups, append, run, names, pass } = setUp()
    await append(1, 1)
    expect(await run()).toBe(true)
    pass(hour)
    expect(await run()).toBe(false)
    expect(names()).toHaveLength(1)
    expect(await backups.newest()).toBe(new Date(start + hour + 120_000).toISOString())
    await append(1, 2)
    expect(await run()).toBe(true)
    expect(names()).toHaveLength(2)
  })

  it('share unchanged copies with each other but never with the live file', async () => {
    const { append, run, newestName, inBackup, journalPath } = setUp()
    await append(1, 1)
    await append(2, 1)
    await run()
    const first = await newestName()
    await append(2, 2)
    await run()
    const second = await newestName()
    expect(statSync(inBackup(first, 1)).ino).toBe(statSync(inBackup(second, 1)).ino)
    expect(statSync(inBackup(second, 2)).ino).not.toBe(statSync(inBackup(first, 2)).ino)
    expect(statSync(journalPath(1)).ino).not.toBe(statSync(inBackup(second, 1)).ino)
  })

  it('copy where there are no hard links', async () => {
    const { backups, append, run, newestName } = setUp(troubledFileSystem((name) => (name === 'link' ? systemError('EPERM') : undefined)))
    await append(1, 1)
    await append(2, 1)
    await run()
    await append(2, 2)
    await run()
    expect(await backups.verify(await newestName())).toBe(true)
  })

  it('do not let damage or loss of a live journal push the good copy out', async () => {
    const { append, run, newestName, inBackup, journalPath, backups } = setUp()
    for (const number of [1, 2, 3]) for (const seq of [1, 2, 3]) await append(number, seq)
    await run()
    const good = readFileSync(inBackup(await newestName(), 1))
    const damaged = readFileSync(journalPath(1))
    damaged[100] = (damaged[100] ?? 0) ^ 0xff
    writeFileSync(journalPath(1), damaged)
    rmSync(journalPath(2))
    writeFileSync(journalPath(3), '')
    expect(await run()).toBe(true)
    const name = await newestName()
    expect(readFileSync(inBackup(name, 1)).equals(good)).toBe(true)
    for (const number of [2, 3]) expect(readFileSync(inBackup(name, number)).length).toBe(good.length)
    expect(await backups.verify(name)).toBe(true)
  })

  it('take only whole lines of a journal that is being written', async () => {
    const { append, run, newestName, inBackup, journalPath, backups } = setUp()
    await append(1, 1)
    const whole = readFileSync(journalPath(1))
    writeFileSync(journalPath(1), Buffer.concat([whole, Buffer.from('1234abcd 500 [{"seq":2')]))
    await run()
    expect(readFileSync(inBackup(await newestName(), 1)).equals(whole)).toBe(true)
    expect(await backups.verify(await newestName())).toBe(true)
  })

  it('copy anew when a carried-over copy has gone bad', async () => {
    const { append, run, newestName, inBackup, backups } = setUp()
    for (let number = 1; number <= 10; number++) await append(number, 1)
    await run()
    for (let number = 1; number <= 10; number++) {
      const path = inBackup(await newestName(), number)
      const bytes = readFileSync(path)
      bytes[80] = (bytes[80] ?? 0) ^ 1
      writeFileSync(path, bytes)
    }
    // One in ten is read again each time, so ten rounds see them all.
    for (let round = 0; round < 11; round++) {
      await append(11, round + 1)
      await run()
    }
    expect(await backups.verify(await newestName())).toBe(true)
  })

  it('notice a missing, changed or cut file, and a foreign or damaged list', async () => {
    const { append, run, newestName, inBackup, backups, profile } = setUp()
    await append(1, 1)
    await run()
    const name = await newestName()
    const path = inBackup(name, 1)
    const good = readFileSync(path)
    for (const bad of [good.subarray(0, -1), Buffer.from(good.toString('latin1').replace('1/1', '1/2'), 'latin1')]) {
      writeFileSync(path, bad)
      expect(await backups.verify(name)).toBe(false)
    }
    rmSync(path)
    expect(await backups.verify(name)).toBe(false)
    writeFileSync(path, good)
    expect(await backups.verify(name)).toBe(true)
    const list = join(profile.backups, name, 'manifest.json')
    const text = readFileSync(list, 'utf8')
    for (const bad of ['', '{}', text.replace('"journal/', '"../'), text.replace('"v":1', '"v":2')]) {
      writeFileSync(list, bad)
      expect(await backups.verify(name)).toBe(false)
    }
    expect(await backups.verify('../..')).toBe(false)
  })

  it('leave nothing half-made on a full disk and keep the former ones', async () => {
    let full = false
    const { append, run, names, backups, newestName } = setUp(troubledFileSystem((name, path) => (full && name === 'open' && path.includes('.partial') ? systemError('ENOSPC') : undefined)))
    await append(1, 1)
    await run()
    await append(1, 2)
    full = true
    expect(await run()).toBe('disk-full')
    expect(names()).toHaveLength(1)
    expect(await backups.verify(await newestName())).toBe(true)
  })

  it('clear away what a killed run left, and only that', async () => {
    const { append, run, names, profile } = setUp()
    mkdirSync(join(profile.backups, `${backupName(start - hour, 'timed')}.partial`))
    mkdirSync(join(profile.backups, 'bản của tôi'))
    await append(1, 1)
    await run()
    expect(names().filter((name) => name.endsWith('.partial'))).toEqual([])
    expect(names()).toContain('bản của tôi')
  })

  it('are not made by a program that may only read', async () => {
    const { run, names } = setUp(realFileSystem, false)
    expect(await run()).toBe('read-only')
    expect(names()).toEqual([])
  })
})

describe('restoring', () => {
  it('puts the old state back, and can itself be undone', async () => {
    const { append, run, newestName, backups, journalPath, profile, pass } = setUp()
    writeFileSync(profile.vault, 'old record')
    await append(1, 1)
    await run()
    const old = await newestName()
    const oldJournal = readFileSync(journalPath(1))
    writeFileSync(profile.vault, 'new record')
    await append(1, 2)
    await append(2, 1)
    pass(60_000)
    expect(await backups.restore(old)).toEqual({ ok: true, value: undefined })
    expect(readFileSync(profile.vault, 'utf8')).toBe('old record')
    expect(readFileSync(journalPath(1)).equals(oldJournal)).toBe(true)
    expect(existsSync(journalPath(2))).toBe(true)
    const undo = (await backups.list()).find(({ beforeRestore }) => beforeRestore)?.name ?? ''
    pass(60_000)
    expect(await backups.restore(undo)).toEqual({ ok: true, value: undefined })
    expect(readFileSync(profile.vault, 'utf8')).toBe('new record')
    expect(readFileSync(journalPath(1)).length).toBeGreaterThan(oldJournal.length)
  })

  it('leads to backups of the restored state', async () => {
    const { append, run, newestName, backups, inBackup, journalPath, pass } = setUp()
    await append(1, 1)
    await run()
    const old = await newestName()
    await append(1, 2)
    pass(60_000)
    await backups.restore(old)
    pass(60_000)
    await run()
    const newest = (await backups.list()).find(({ beforeRestore }) => !beforeRestore)?.name ?? ''
    expect(readFileSync(inBackup(newest, 1)).equals(readFileSync(journalPath(1)))).toBe(true)
  })

  it('refuses a damaged, an absent and a foreign backup, changing nothing', async () => {
    const { append, run, newestName, backups, inBackup, journalPath } = setUp()
    await append(1, 1)
    await run()
    const name = await newestName()
    writeFileSync(inBackup(name, 1), 'damaged')
    await append(1, 2)
    const before = readFileSync(journalPath(1))
    expect(await backups.restore(name)).toEqual({ ok: false, fault: { code: 'backup-damaged' } })
    expect(await backups.restore(backupName(1, 'timed'))).toEqual({ ok: false, fault: { code: 'not-found' } })
    expect(await backups.restore('../../etc')).toEqual({ ok: false, fault: { code: 'not-found' } })
    expect(readFileSync(journalPath(1)).equals(before)).toBe(true)
  })
})

describe('rotation', () => {
  const hourly = (days: number): string[] => Array.from({ length: days * 24 }, (_, at) => backupName(start - at * hour, 'timed'))

  it('keeps three of today and the newest of each earlier day, ten in all', () => {
    const kept = [...backupsToKeep(hourly(30), start, utcDay)].map((name) => parseBackupName(name)?.at ?? 0)
    expect(kept).toHaveLength(10)
    expect(kept.filter((at) => utcDay(at) === utcDay(start))).toEqual([start, start - hour, start - 2 * hour])
    expect(new Set(kept.slice(3).map(utcDay)).size).toBe(7)
    for (const at of kept.slice(3)) expect(new Date(at).getUTCHours()).toBe(23)
  })

  it('keeps everything when there is little, and old ones after a long pause', () => {
    const few = [start, start - 3 * day, start - 300 * day].map((at) => backupName(at, 'timed'))
    expect(backupsToKeep(few, start, utcDay)).toEqual(new Set(few))
    expect(backupsToKeep([backupName(start - 900 * day, 'timed')], start, utcDay).size).toBe(1)
  })

  it('keeps the newest made before a restoring beside the ten', () => {
    const names = [...hourly(30), backupName(start - 5 * day, 'before-restore'), backupName(start - 6 * day, 'before-restore')]
    const kept = backupsToKeep(names, start, utcDay)
    expect(kept.size).toBe(11)
    expect(kept.has(backupName(start - 5 * day, 'before-restore'))).toBe(true)
  })

  it('does not throw away everything when the clock is set back', () => {
    const future = Array.from({ length: 5 }, (_, at) => backupName(start + (at + 1) * day, 'timed'))
    const kept = backupsToKeep([...future, backupName(start, 'timed'), backupName(start - day, 'timed')], start, utcDay)
    expect(kept.has(backupName(start - day, 'timed'))).toBe(true)
    expect(kept.size).toBeGreaterThanOrEqual(4)
  })

  it('never keeps more than eleven, never drops the newest, and knows no foreign names', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: -400, max: 0 }), { minLength: 1, maxLength: 60 }), (hours) => {
      const names = hours.map((at) => backupName(start + at * hour, 'timed'))
      const kept = backupsToKeep([...names, 'x', 'y.partial'], start, utcDay)
      expect(kept.size).toBeLessThanOrEqual(10)
      expect(kept.has(backupName(start + Math.max(...hours) * hour, 'timed'))).toBe(true)
      for (const name of kept) expect(names).toContain(name)
    }))
  })
})
