import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { realFileSystem } from '../../../electron/host/file-system.ts'
import { acquireLock, isStale, realProcesses, type Holder, type Processes } from '../../../electron/host/lock.ts'
import { systemError, temporaryFolder, troubledFileSystem } from '../../support/host-kit.ts'

const alive = new Map<number, string>()
const processes = (pid: number): Processes => ({ pid, alive: (other) => alive.has(other), birth: (other) => alive.get(other) ?? '', bootedAt: () => 0 })
const setUp = () => {
  alive.clear()
  for (const pid of [1, 2, 3]) alive.set(pid, `birth-${pid}`)
  const path = join(temporaryFolder(), 'lock.json')
  return { path, take: (pid: number, fs = realFileSystem) => acquireLock({ fs, path, host: pid === 1 ? 'electron' : 'bridge', now: () => 1_000, processes: processes(pid) }) }
}

describe('profile lock', () => {
  it('is held by the first and told to the second', async () => {
    const { take } = setUp()
    expect(await take(1)).toMatchObject({ writable: true, holder: '' })
    expect(await take(2)).toMatchObject({ writable: false, holder: 'electron, 1' })
  })

  it('is free again after release; a second program\'s release does not free it', async () => {
    const { path, take } = setUp()
    const first = await take(1)
    const second = await take(2)
    await second.release()
    expect(existsSync(path)).toBe(true)
    await first.release()
    expect(existsSync(path)).toBe(false)
    expect(await take(2)).toMatchObject({ writable: true })
  })

  it('is taken over from a program that died', async () => {
    const { take } = setUp()
    await take(1)
    alive.delete(1)
    expect(await take(2)).toMatchObject({ writable: true })
    expect(await take(3)).toMatchObject({ writable: false, holder: 'bridge, 2' })
  })

  it('is taken over when another process has got the number of the dead one', async () => {
    const { take } = setUp()
    await take(1)
    alive.set(1, 'another birth')
    expect(await take(2)).toMatchObject({ writable: true })
  })

  it('is given to exactly one of many that find a dead lock at once', async () => {
    for (let round = 0; round < 20; round++) {
      const { take } = setUp()
      await take(1)
      alive.delete(1)
      for (let pid = 10; pid < 20; pid++) alive.set(pid, `birth-${pid}`)
      const locks = await Promise.all(Array.from({ length: 10 }, (_, at) => take(10 + at)))
      expect(locks.filter(({ writable }) => writable)).toHaveLength(1)
    }
  })

  it('goes back to whoever took it over between our look and our move', async () => {
    const { path, take } = setUp()
    await take(1)
    alive.delete(1)
    const faster = JSON.stringify({ pid: 2, since: 1_000, host: 'bridge', birth: 'birth-2', token: 'faster' } satisfies Holder)
    let moved = false
    const fs = troubledFileSystem((name, file) => {
      if (name === 'open' && file.endsWith('.gate') && !moved) {
        moved = true
        writeFileSync(path, faster)
      }
      return undefined
    })
    expect(await take(3, fs)).toMatchObject({ writable: false, holder: 'bridge, 2' })
    expect(readFileSync(path, 'utf8')).toBe(faster)
  })

  it.each(['', '{', 'null', '[]', '{"pid":"1"}', '{"pid":-1,"since":0,"host":"x","birth":"","token":""}', '\0\0\0\0'])('is taken over when the file is no lock: %j', async (text) => {
    const { path, take } = setUp()
    writeFileSync(path, text)
    expect(await take(2)).toMatchObject({ writable: true })
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: 2, host: 'bridge' })
  })

  it('works where there are no hard links', async () => {
    const { take } = setUp()
    const fs = troubledFileSystem((name) => (name === 'link' ? systemError('ENOTSUP') : undefined))
    expect(await take(1, fs)).toMatchObject({ writable: true })
    expect(await take(2, fs)).toMatchObject({ writable: false })
    alive.delete(1)
    expect(await take(2, fs)).toMatchObject({ writable: true })
  })

  const holder: Holder = { pid: 1, since: 1_000_000, host: 'bridge', birth: '', token: 't' }
  it.each([
    ['dead', { ...holder }, { alive: false, birth: '', boot: 0 }, true],
    ['alive, births unknown', { ...holder }, { alive: true, birth: '', boot: 0 }, false],
    ['alive, born as written', { ...holder, birth: 'a' }, { alive: true, birth: 'a', boot: 2_000_000 }, false],
    ['alive, born otherwise', { ...holder, birth: 'a' }, { alive: true, birth: 'b', boot: 0 }, true],
    ['from before the machine started', { ...holder }, { alive: true, birth: '', boot: 2_000_000 }, true],
    ['written within the slack of the start', { ...holder }, { alive: true, birth: '', boot: 1_030_000 }, false],
  ])('judges a holder: %s', (_, given, now, stale) => {
    expect(isStale(given, { pid: 9, alive: () => now.alive, birth: () => now.birth, bootedAt: () => now.boot })).toBe(stale)
  })

  it('knows the processes of this machine', () => {
    expect(realProcesses.alive(process.pid)).toBe(true)
    expect(realProcesses.alive(2 ** 22 + 1)).toBe(false)
    expect(realProcesses.bootedAt()).toBeLessThan(Date.now())
  })

  it.runIf(process.platform === 'linux')('counts a process as dead that nobody collected', async () => {
    // The child outlives the shell, which would collect it; what takes the shell's place does not.
    const parent = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'ignore'] })
    try {
      const [printed] = await once(parent.stdout, 'data') as [Buffer]
      const child = Number(printed.toString('utf8'))
      await expect.poll(() => realProcesses.alive(child)).toBe(false)
      expect(readFileSync(`/proc/${child}/stat`, 'utf8')).toContain(') Z ')
    } finally {
      parent.kill('SIGKILL')
    }
  })

  it.runIf(process.platform === 'linux')('knows when a process was born', () => {
    expect(realProcesses.birth(process.pid)).toMatch(/^\d+$/)
    expect(realProcesses.birth(process.pid)).toBe(realProcesses.birth(process.pid))
    expect(realProcesses.birth(1)).not.toBe(realProcesses.birth(process.pid))
  })
})
