import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openProfile, profileRoot } from '../../../electron/host/profile.ts'
import { version } from '../../../electron/host/version.ts'
import { temporaryFolder } from '../../support/host-kit.ts'
import { root } from '../../support/sources.ts'

describe('profile', () => {
  it.each([
    ['the folder of the command line', '/a/b', { LUONG_GIA_HOME: '/c' }, 'linux', '/a/b'],
    ['a relative folder', 'kho', {}, 'linux', '/here/kho'],
    ['the variable', null, { LUONG_GIA_HOME: '/c' }, 'linux', '/c'],
    ['Linux', null, {}, 'linux', '/home/lan/.local/share/luong-gia'],
    ['Linux with its own data folder', null, { XDG_DATA_HOME: '/data' }, 'linux', '/data/luong-gia'],
    ['macOS', null, {}, 'darwin', '/home/lan/Library/Application Support/LuongGia'],
    ['an empty variable', null, { LUONG_GIA_HOME: '' }, 'linux', '/home/lan/.local/share/luong-gia'],
  ] as const)('lies in %s', (_, named, env, platform, expected) => {
    expect(profileRoot({ named, env, platform, home: '/home/lan' }, '/here')).toBe(expected)
  })

  it.runIf(process.platform !== 'win32')('is readable by this user only', async () => {
    const folder = join(temporaryFolder(), 'a', 'b')
    const opened = await openProfile(folder)
    expect(opened.ok).toBe(true)
    expect(statSync(folder).mode & 0o077).toBe(0)
  })

  it('is refused with a sentence when it cannot be made', async () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    expect(await openProfile(join(file, 'profile'))).toEqual({ ok: false, fault: { code: 'profile-unusable', details: { folder: join(file, 'profile') } } })
  })

  it('belongs to the version that package.json names', () => {
    const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    expect(manifest).toMatchObject({ version })
  })
})
