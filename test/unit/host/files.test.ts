import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { realFileSystem, type FileSystem } from '../../../electron/host/file-system.ts'
import { createFileHandlers, type SavePlace } from '../../../electron/host/files.ts'
import { err, ok } from '../../../shared/kernel/result.ts'
import { systemError, temporaryFolder, troubledFileSystem } from '../../support/host-kit.ts'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const setUp = ({ fs = realFileSystem, place }: { fs?: FileSystem; place?: (folder: string) => SavePlace } = {}) => {
  const folder = temporaryFolder()
  const revealed: string[] = []
  const target: SavePlace = place?.(folder) ?? { kind: 'folder', folder }
  const handlers = createFileHandlers(fs, { choose: async () => ok(target), reveal: async (path) => void revealed.push(path) })
  const open = async (name: string) => {
    const reply = await handlers['file.open']({ name, mime: 'application/pdf' })
    if (!reply.ok) throw new Error(reply.fault.code)
    return reply.value.session
  }
  const write = (session: string, bytes: Buffer) => handlers['file.write']({ session, bytes: bytes.toString('base64') })
  const commit = (session: string, hash: string | null) => handlers['file.commit']({ session, sha256: hash })
  const save = async (name: string, bytes: Buffer) => {
    const session = await open(name)
    await write(session, bytes)
    return { session, reply: await commit(session, sha256(bytes)) }
  }
  return { folder, revealed, handlers, open, write, commit, save, names: () => readdirSync(folder).toSorted() }
}
const refused = (code: string) => ({ ok: false, fault: { code } })

describe('saving a file', () => {
  it('writes parts in order, reads back, and names what was made', async () => {
    const { folder, open, write, commit, names } = setUp()
    const parts = [randomBytes(1_048_576), randomBytes(10), randomBytes(1_048_576)]
    const session = await open('Báo cáo thẩm định.pdf')
    expect(names()).toEqual([`.luong-gia-${session}.part`])
    await Promise.all(parts.map((part) => write(session, part)))
    const whole = Buffer.concat(parts)
    expect(await commit(session, sha256(whole))).toEqual({ ok: true, value: { name: 'Báo cáo thẩm định.pdf', place: folder } })
    expect(readFileSync(join(folder, 'Báo cáo thẩm định.pdf')).equals(whole)).toBe(true)
    expect(names()).toEqual(['Báo cáo thẩm định.pdf'])
  })

  it.each([['with hard links', realFileSystem], ['without', troubledFileSystem((name) => (name === 'link' ? systemError('EPERM') : undefined))]])('never replaces a file in the documents folder (%s)', async (_, fs) => {
    const { folder, save, names } = setUp({ fs })
    writeFileSync(join(folder, 'a.pdf'), 'somebody\'s')
    expect((await save('a.pdf', Buffer.from('one'))).reply).toMatchObject({ value: { name: 'a (2).pdf' } })
    expect((await save('a.pdf', Buffer.from('two'))).reply).toMatchObject({ value: { name: 'a (3).pdf' } })
    expect(readFileSync(join(folder, 'a.pdf'), 'utf8')).toBe('somebody\'s')
    expect(readFileSync(join(folder, 'a (3).pdf'), 'utf8')).toBe('two')
    expect(names()).toEqual(['a (2).pdf', 'a (3).pdf', 'a.pdf'])
  })

  it('gives two files saved at once two names', async () => {
    const { save, names } = setUp()
    await Promise.all(Array.from({ length: 8 }, (_, at) => save('a.pdf', Buffer.from([at]))))
    expect(names()).toHaveLength(8)
  })

  it('replaces what the person chose to replace', async () => {
    const { folder, save, names } = setUp({ place: (at) => ({ kind: 'chosen', path: join(at, 'chosen.pdf') }) })
    writeFileSync(join(folder, 'chosen.pdf'), 'old')
    expect((await save('a.pdf', Buffer.from('new'))).reply).toEqual({ ok: true, value: { name: 'chosen.pdf', place: folder } })
    expect(readFileSync(join(folder, 'chosen.pdf'), 'utf8')).toBe('new')
    expect(names()).toEqual(['chosen.pdf'])
  })

  it.each(['../../etc/passwd', '/etc/passwd', 'C:\\Windows\\x', '..', '.hidden', 'con.pdf', 'a\0b'])('keeps the name %j inside the folder', async (name) => {
    const { folder, save, names } = setUp()
    const { reply } = await save(name, Buffer.from('x'))
    expect(reply).toMatchObject({ ok: true, value: { place: folder } })
    expect(names()).toHaveLength(1)
    expect(names()[0]).not.toMatch(/^\.|[/\\]/)
  })

  it('throws away what reads back otherwise, and what is given up', async () => {
    const { open, write, commit, names } = setUp()
    const first = await open('a.pdf')
    await write(first, Buffer.from('abc'))
    expect(await commit(first, sha256(Buffer.from('abd')))).toEqual(refused('file-not-written'))
    const second = await open('b.pdf')
    await write(second, Buffer.from('abc'))
    expect(await commit(second, null)).toEqual({ ok: true, value: { name: '', place: '' } })
    expect(names()).toEqual([])
  })

  it('ends the session on a full disk: a file with a hole is never committed', async () => {
    let full = false
    const { open, write, commit, names } = setUp({ fs: troubledFileSystem((name, path) => (full && name === 'write' && path.endsWith('.part') ? { writeOnly: 5 } : undefined)) })
    const session = await open('a.pdf')
    await write(session, Buffer.from('good'))
    full = true
    expect(await write(session, randomBytes(100))).toEqual(refused('disk-full'))
    full = false
    expect(await write(session, Buffer.from('more'))).toEqual(refused('not-found'))
    expect(await commit(session, sha256(Buffer.from('goodmore')))).toEqual(refused('not-found'))
    expect(names()).toEqual([])
  })

  it('says when the flush, the rename or the folder refuses', async () => {
    const noFlush = setUp({ fs: troubledFileSystem((name, path) => (name === 'sync' && path.endsWith('.part') ? systemError('ENOSPC') : undefined)) })
    expect((await noFlush.save('a.pdf', Buffer.from('x'))).reply).toEqual(refused('disk-full'))
    expect(noFlush.names()).toEqual([])

    const inUse = setUp({ fs: troubledFileSystem((name) => (name === 'rename' ? systemError('EBUSY') : undefined)), place: (at) => ({ kind: 'chosen', path: join(at, 'open in Acrobat.pdf') }) })
    writeFileSync(join(inUse.folder, 'open in Acrobat.pdf'), 'old')
    expect((await inUse.save('a.pdf', Buffer.from('x'))).reply).toEqual(refused('file-in-use'))
    expect(inUse.names()).toEqual(['open in Acrobat.pdf'])

    const noRight = setUp({ fs: troubledFileSystem((name, path) => (name === 'open' && path.endsWith('.part') ? systemError('EACCES') : undefined)) })
    await expect(noRight.open('a.pdf')).rejects.toThrow('folder-not-writable')
    const noFolder = setUp({ place: (at) => ({ kind: 'folder', folder: join(at, 'gone') }) })
    await expect(noFolder.open('a.pdf')).rejects.toThrow('folder-not-writable')
    const full = setUp({ fs: troubledFileSystem((name, path) => (name === 'open' && path.endsWith('.part') ? systemError('ENOSPC') : undefined)) })
    await expect(full.open('a.pdf')).rejects.toThrow('disk-full')
  })

  it('passes on that the person cancelled', async () => {
    const handlers = createFileHandlers(realFileSystem, { choose: async () => err('cancelled'), reveal: async () => undefined })
    expect(await handlers['file.open']({ name: 'a.pdf', mime: '' })).toEqual(refused('cancelled'))
  })

  it('reveals only what was committed in this run', async () => {
    const { folder, handlers, open, save, revealed } = setUp()
    const { session } = await save('a.pdf', Buffer.from('x'))
    expect(await handlers['file.reveal']({ session })).toEqual({ ok: true, value: {} })
    expect(revealed).toEqual([join(folder, 'a.pdf')])
    expect(await handlers['file.reveal']({ session: await open('b.pdf') })).toEqual(refused('not-found'))
    expect(await handlers['file.reveal']({ session: '0'.repeat(32) })).toEqual(refused('not-found'))
  })

  it('knows no foreign sessions and no endless number of them', async () => {
    const { handlers, open, write, commit, names } = setUp()
    expect(await write('0'.repeat(32), Buffer.from('x'))).toEqual(refused('not-found'))
    expect(await commit('0'.repeat(32), null)).toEqual(refused('not-found'))
    for (let at = 0; at < 16; at++) await open('a.pdf')
    expect(await handlers['file.open']({ name: 'a.pdf', mime: '' })).toEqual(refused('bad-request'))
    await handlers.close()
    expect(names()).toEqual([])
  })

  it('works in a folder with Vietnamese letters, composed or not', async () => {
    const { save, folder } = setUp({ place: (at) => {
      const inner = join(at, 'Hồ sơ'.normalize('NFD'))
      mkdirSync(inner)
      return { kind: 'folder', folder: inner }
    } })
    expect((await save('Định giá.pdf'.normalize('NFD'), Buffer.from('x'))).reply).toMatchObject({ value: { name: 'Định giá.pdf'.normalize('NFC') } })
    expect(readdirSync(join(folder, 'Hồ sơ'.normalize('NFD')))).toEqual(['Định giá.pdf'.normalize('NFC')])
  })
})
