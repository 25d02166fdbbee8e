import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { atomicWrite } from '../../../electron/host/atomic-write.ts'
import { systemError, temporaryFolder, troubledFileSystem } from '../../support/host-kit.ts'

const setUp = () => {
  const folder = temporaryFolder()
  const path = join(folder, 'vault.json')
  writeFileSync(path, 'before')
  return { folder, path, content: () => readFileSync(path, 'utf8'), names: () => readdirSync(folder) }
}

describe('atomic write', () => {
  it('replaces the whole content', async () => {
    const { path, content, names } = setUp()
    await atomicWrite(troubledFileSystem(() => undefined), path, 'Lượng Giá '.repeat(100_000))
    expect(content()).toBe('Lượng Giá '.repeat(100_000))
    expect(names()).toEqual(['vault.json'])
  })

  it.each([
    ['opening', 'open', 'EACCES'], ['a full disk', 'write', 'ENOSPC'], ['the flush', 'datasync', 'EIO'], ['the rename', 'rename', 'EIO'],
  ])('keeps the old content and leaves nothing behind when %s fails', async (_, operation, code) => {
    const { path, content, names } = setUp()
    const fs = troubledFileSystem((name) => (name === operation ? systemError(code) : undefined))
    await expect(atomicWrite(fs, path, 'after')).rejects.toMatchObject({ code })
    expect(content()).toBe('before')
    expect(names()).toEqual(['vault.json'])
  })

  it('keeps the old content when the disk fills up in the middle of a write', async () => {
    const { path, content, names } = setUp()
    const fs = troubledFileSystem((name) => (name === 'write' ? { writeOnly: 3 } : undefined))
    await expect(atomicWrite(fs, path, 'after the flood')).rejects.toMatchObject({ code: 'ENOSPC' })
    expect(content()).toBe('before')
    expect(names()).toEqual(['vault.json'])
  })

  it.each(['EPERM', 'EBUSY', 'EACCES'])('waits for a virus scanner that holds the file (%s)', async (code) => {
    const { path, content } = setUp()
    let held = 3
    const fs = troubledFileSystem((name) => (name === 'rename' && held-- > 0 ? systemError(code) : undefined))
    await atomicWrite(fs, path, 'after')
    expect(content()).toBe('after')
  })

  it('gives up when the file stays held', async () => {
    const { path, content, names } = setUp()
    const fs = troubledFileSystem((name) => (name === 'rename' ? systemError('EBUSY') : undefined))
    await expect(atomicWrite(fs, path, 'after')).rejects.toMatchObject({ code: 'EBUSY' })
    expect(content()).toBe('before')
    expect(names()).toEqual([basename(path)])
  })

  it('flushes the content before the rename and the folder after it', async () => {
    const { path } = setUp()
    const steps: string[] = []
    const fs = troubledFileSystem((name, place) => {
      if (['datasync', 'rename', 'sync'].includes(name)) steps.push(`${name} ${place.endsWith('.tmp') ? 'temporary' : 'folder'}`)
      return undefined
    })
    await atomicWrite(fs, path, 'after')
    expect(steps).toEqual(['datasync temporary', 'rename temporary', 'sync folder'])
  })
})
