import { rm } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fold } from '../../../shared/kernel/text.ts'
import { dumpOf, filesUnder, marked, must, newDossier, newMachine, onDisk, opened, passphrase, start, startOpen, until } from './harness.ts'
import type { Machine, Program } from './harness.ts'

let machine: Machine
const running: Program[] = []
const run = async (program: Promise<Program>): Promise<Program> => {
  running.push(await program)
  return program
}
beforeEach(async () => {
  machine = await newMachine()
})
afterEach(async () => {
  for (const program of running.splice(0)) await program.kill()
  await machine.remove()
})

describe('vault', () => {
  it('is made at the first run and asks for its passphrase afterwards', async () => {
    const first = await run(start(machine))
    await until(first.store.vault, ({ is }) => is === 'new')
    expect(await first.store.setup('Ánh', 'ngắn')).toMatchObject({ ok: false, fault: { code: 'passphrase-weak' } })
    const { recoveryCode } = must(await first.store.setup('Ánh', passphrase))
    expect(first.store.vault.get()).toEqual({ is: 'open', author: 'Ánh' })
    await first.close()

    const second = await run(start(machine))
    await until(second.store.vault, ({ is }) => is === 'locked')
    expect(await second.store.unlock('mật khẩu sai sai')).toEqual({ ok: false, fault: { code: 'passphrase-wrong' } })
    expect(second.store.vault.get().is).toBe('locked')
    must(await second.store.unlock(passphrase))
    must(await second.store.changePassphrase(passphrase, 'mật khẩu mới hơn'))
    expect((await second.store.changePassphrase(passphrase, 'mật khẩu mới nữa')).ok).toBe(false)
    await second.close()

    const third = await run(start(machine))
    await until(third.store.vault, ({ is }) => is === 'locked')
    expect((await third.store.unlock(passphrase)).ok).toBe(false)
    expect(await third.store.recover('AAAA', 'mật khẩu cứu hộ')).toMatchObject({ ok: false })
    must(await third.store.recover(recoveryCode.toLowerCase(), 'mật khẩu cứu hộ'))
    const renewed = must(await third.store.renewRecoveryCode('mật khẩu cứu hộ'))
    must(await third.store.setAuthor('Ánh Nguyễn'))
    await third.close()

    const fourth = await run(start(machine))
    await until(fourth.store.vault, ({ is }) => is === 'locked')
    expect(await fourth.store.recover(recoveryCode, 'mật khẩu thứ tư')).toEqual({ ok: false, fault: { code: 'recovery-code-wrong' } })
    must(await fourth.store.recover(renewed.recoveryCode, 'mật khẩu thứ tư'))
    expect(fourth.store.vault.get()).toEqual({ is: 'open', author: 'Ánh Nguyễn' })
  })
})

describe('dossiers', () => {
  it('are created, changed, listed, found and on disk', async () => {
    const { store } = await run(startOpen(machine))
    const id = await newDossier(store, 'Công nghệ sấy lúa')
    const other = await newDossier(store, 'Đèn huỳnh quang')
    expect(store.list.get().map((row) => row.id)).toEqual([other, id])
    must(await store.run(id, { type: 'profile.set', patch: { owner: { name: 'Đại học Cần Thơ', address: '', taxCode: '', contact: '' } } }))
    expect(store.list.get().map((row) => row.id)).toEqual([id, other])
    expect(store.list.get()[0]?.search).toContain(fold('đại học cần thơ'))
    const dossier = await onDisk(store, id)
    expect(dossier.state.profile.owner.name).toBe('Đại học Cần Thơ')
    expect(dossier.log).toHaveLength(2)
    expect(dossier.canUndo).toBe(true)
    must(await store.run(id, { type: 'undo' }))
    expect((await opened(store, id, (now) => now.log.length === 3)).state.profile.owner.name).toBe('')
    must(await store.run(id, { type: 'redo' }))
    expect((await opened(store, id, (now) => now.log.length === 4)).state.profile.owner.name).toBe('Đại học Cần Thơ')
    await until(store.pending, (count) => count === 0)
  })

  it('say where the last change is', async () => {
    const { store, failing } = await run(startOpen(machine))
    const id = await newDossier(store)
    const seen: string[] = []
    store.dossier(id).subscribe(() => seen.push(store.dossier(id).get()?.saved ?? 'none'))
    await onDisk(store, id)
    seen.length = 0
    failing.set('journal.append', { fault: 'disk-full' })
    must(await store.run(id, { type: 'profile.set', patch: { title: 'Hai' } }))
    await until(store.journalFault, (fault) => fault?.code === 'disk-full')
    expect(seen.slice(0, 2)).toEqual(['saving', 'here'])
    expect(store.pending.get()).toBe(1)
    failing.clear()
    await onDisk(store, id)
    await until(store.pending, (count) => count === 0)
    expect(store.journalFault.get()).toBeNull()
  })

  it('refuse what the rules forbid and what is malformed, and change nothing then', async () => {
    const { store } = await run(startOpen(machine))
    const id = await newDossier(store)
    expect(await store.run(id, { type: 'phase.seal', seal: 'a'.repeat(64), manifest: '{}', texts: {}, jws: 'x', sealedAt: '2026-11-22T00:00:00.000Z' })).toMatchObject({ ok: false, fault: { code: 'phase-forbids' } })
    expect(await store.run(id, { type: 'profile.set', patch: { currency: 'đồng' } })).toMatchObject({ ok: false, fault: { code: 'command-malformed' } })
    expect(await store.run('00000000-0000-4000-8000-000000000000', { type: 'undo' })).toMatchObject({ ok: false, fault: { code: 'dossier-not-created' } })
    expect((await opened(store, id)).log).toHaveLength(1)
  })

  it('take many commands at once, in order, without losing one', async () => {
    const { store } = await run(startOpen(machine))
    const ids = [await newDossier(store), await newDossier(store)]
    const titles = Array.from({ length: 30 }, (_, n) => `Tên ${n}`)
    const results = await Promise.all(titles.flatMap((title) => ids.map((id) => store.run(id, { type: 'profile.set', patch: { title } }))))
    expect(results.every(({ ok }) => ok)).toBe(true)
    for (const id of ids) {
      const dossier = await opened(store, id)
      expect(dossier.log.slice(1).map((change) => change.body.ops[0]?.to)).toEqual(titles)
    }
  })
})

describe('lock', () => {
  it('closes every view, stores what was typed just before, and opens again', async () => {
    const { store } = await run(startOpen(machine))
    const id = await newDossier(store)
    await onDisk(store, id)
    const typed = store.run(id, { type: 'profile.set', patch: { title: 'Gõ ngay trước khi khóa' } })
    const locking = store.lock('idle')
    expect(store.vault.get()).toEqual({ is: 'locked', reason: 'idle' })
    must(await typed)
    await locking
    expect(store.list.get()).toEqual([])
    expect(store.dossier(id).get()).toBeNull()
    expect(await store.run(id, { type: 'undo' })).toEqual({ ok: false, fault: { code: 'locked' } })
    must(await store.unlock(passphrase))
    expect((await opened(store, id)).state.profile.title).toBe('Gõ ngay trước khi khóa')
    expect(store.list.get()).toHaveLength(1)
  })
})

describe('closing', () => {
  it('answers that all is saved once the journals hold it, and that it is not while the disk refuses', async () => {
    const program = await run(startOpen(machine))
    const id = await newDossier(program.store)
    const answer = async (): Promise<unknown> => {
      program.asked.delete('app.closeReady')
      program.host.emit('app.closing', {})
      while (!program.asked.has('app.closeReady')) await new Promise((resolve) => {
        setTimeout(resolve, 5)
      })
      return program.asked.get('app.closeReady')
    }
    expect(await answer()).toEqual({ saved: true })
    expect(program.store.pending.get()).toBe(0)
    program.failing.set('journal.append', { fault: 'disk-full' })
    must(await program.store.run(id, { type: 'profile.set', patch: { title: 'Chưa lên đĩa' } }))
    expect(await answer()).toEqual({ saved: false })
  }, 30_000)

  it('hiding the page tries the journals at once, whatever the pause', async () => {
    const program = await run(startOpen(machine, { ports: { sleep: () => new Promise(() => undefined) } }))
    const id = await newDossier(program.store)
    program.failing.set('journal.append', { fault: 'internal' })
    must(await program.store.run(id, { type: 'profile.set', patch: { title: 'Hai' } }))
    await until(program.store.journalFault, (fault) => fault !== null)
    program.failing.clear()
    program.hide()
    await onDisk(program.store, id)
  })
})

describe('unlocking', () => {
  it('asked twice at once opens once', async () => {
    const first = await run(startOpen(machine))
    await newDossier(first.store)
    await first.close()
    const { store } = await run(start(machine))
    await until(store.vault, ({ is }) => is === 'locked')
    expect((await Promise.all([store.unlock(passphrase), store.unlock(passphrase)])).every(({ ok }) => ok)).toBe(true)
    const id = await newDossier(store, 'Hai')
    await onDisk(store, id)
    expect(store.list.get()).toHaveLength(2)
  })

  it('keeps the copy of the key file level with every change of it', async () => {
    const first = await run(startOpen(machine))
    must(await first.store.changePassphrase(passphrase, 'mật khẩu mới tinh'))
    await first.kill()
    for (const name of (await filesUnder(machine.root)).keys()) if (/vault/.test(name)) await rm(name)
    const { store } = await run(start(machine))
    await until(store.vault, ({ is }) => is === 'locked')
    expect((await store.unlock(passphrase)).ok).toBe(false)
    must(await store.unlock('mật khẩu mới tinh'))
  })
})

describe('secrecy', () => {
  it('leaves nothing readable in IndexedDB or in the profile folder', async () => {
    const program = await run(startOpen(machine))
    const { store } = program
    const id = await newDossier(store, marked)
    must(await store.run(id, { type: 'profile.set', patch: { summary: `${marked} tóm tắt` } }))
    const file = new File([`${marked} `.repeat(100_000)], `${marked}.txt`, { type: 'text/plain' })
    must(await store.attach(id, file, { title: marked, note: marked, source: marked, date: '' }, { onProgress: () => undefined, signal: new AbortController().signal }))
    await onDisk(store, id)
    const openDump = await dumpOf(machine.indexedDB)
    await program.close()
    for (const text of [openDump, await dumpOf(machine.indexedDB)]) {
      expect(text).toContain(id)
      for (const secret of ['DAUVETBIMAT', 'Quy trình', 'tóm tắt', 'Ánh', passphrase]) expect(text).not.toContain(secret)
    }
    const files = await filesUnder(machine.root)
    expect(files.size).toBeGreaterThan(4)
    const leaks = [...files].flatMap(([name, bytes]) =>
      ['DAUVETBIMAT', 'Quy trình', 'Ánh', passphrase]
        .filter((secret) => name.includes(secret) || [secret, Buffer.from(secret, 'utf16le'), Buffer.from(secret).toString('base64').slice(0, 8)].some((form) => bytes.includes(form)))
        .map((secret) => `${name}: ${secret}`))
    expect(leaks).toEqual([])
  })
})
