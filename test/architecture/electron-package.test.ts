import { copyFileSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createPackage, listPackage } from '@electron/asar'
import { getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fuses } from '../../electron/policy/fuses.ts'
import { outOfSupport } from '../../electron/policy/support.ts'
import { afterPack, binaryOf, type PackContext } from '../../scripts/after-pack.ts'
import { root } from '../support/sources.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'luong-gia-package-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A day on which the pinned Electron is supported. */
const today = Date.UTC(2026, 10, 22)
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
/** A file that looks like Electron's binary to the tool: marker, version, length, one mark per fuse. */
const pretend = (place: string, marks: string): void => {
  mkdirSync(path.dirname(place), { recursive: true })
  writeFileSync(place, Buffer.concat([Buffer.alloc(5_000, 7), Buffer.from(sentinel), Buffer.from([1, marks.length]), Buffer.from(marks), Buffer.alloc(500, 7)]))
}
const context = (platform: string, name: string): PackContext => ({ appOutDir: path.join(folder, name), electronPlatformName: platform, packager: { appInfo: { productFilename: 'Lượng Giá' }, executableName: 'luong-gia' } })
const fileOf = (given: PackContext): string =>
  given.electronPlatformName === 'darwin' ? path.join(binaryOf(given), 'Contents', 'Frameworks', 'Electron Framework.framework', 'Electron Framework') : binaryOf(given)

describe('fuses', () => {
  it('are all written, as decided, for each system', async () => {
    for (const platform of ['linux', 'win32']) {
      const given = context(platform, platform)
      pretend(fileOf(given), '111100011')
      await afterPack(given, today)
      const { version: _, strictlyRequireAllFuses: __, ...wire } = await getCurrentFuseWire(binaryOf(given))
      expect(Object.values(wire).map((state) => state === 49)).toEqual(Object.values(fuses))
      expect(readFileSync(fileOf(given)).toString('latin1')).toContain(`${sentinel}\x01\x09000011001`)
    }
  })

  it('stand at the safe side', () => {
    expect(fuses).toEqual({
      RunAsNode: false, EnableCookieEncryption: false, EnableNodeOptionsEnvironmentVariable: false, EnableNodeCliInspectArguments: false, EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true, LoadBrowserProcessSpecificV8Snapshot: false, GrantFileProtocolExtraPrivileges: false, WasmTrapHandlers: true,
    })
  })

  it.each([['ten', '1111000111'], ['eight', '11110001']])('stop the build when the binary knows %s', async (name, marks) => {
    const given = context('linux', name)
    pretend(fileOf(given), marks)
    await expect(afterPack(given, today)).rejects.toThrow(/fuse/i)
    expect(readFileSync(fileOf(given)).toString('latin1')).toContain(marks)
  })

  it('stop the build when there is no such binary', async () => {
    const given = context('linux', 'none')
    await expect(afterPack(given, today)).rejects.toThrow('ENOENT')
    mkdirSync(given.appOutDir, { recursive: true })
    writeFileSync(binaryOf(given), 'no marker')
    await expect(afterPack(given, today)).rejects.toThrow('sentinel')
  })

  it('are looked for where each system keeps its binary', () => {
    expect(binaryOf(context('darwin', 'a'))).toBe(path.join(folder, 'a', 'Lượng Giá.app'))
    expect(binaryOf(context('win32', 'a'))).toBe(path.join(folder, 'a', 'Lượng Giá.exe'))
    expect(binaryOf(context('linux', 'a'))).toBe(path.join(folder, 'a', 'luong-gia'))
  })
})

describe('settings of the package', () => {
  /** Settings as electron-builder reads and checks them itself. */
  const settings = async () => {
    const config = await import('app-builder-lib/out/util/config/config.js')
    const builder = await import('builder-util')
    const read = await config.getConfig(root, 'electron-builder.yml', null)
    await config.validateConfiguration(read, new builder.DebugLogger(false))
    return read
  }

  it('are valid, signed by force, and say nothing against integrity or for updates', async () => {
    const read = await settings()
    expect(read).toMatchObject({ appId: 'vn.luonggia.desktop', productName: 'Lượng Giá', asar: true, forceCodeSigning: true, publish: null, npmRebuild: false, mac: { hardenedRuntime: true, notarize: true } })
    expect(read.win?.signtoolOptions?.publisherName).toEqual(['Lượng Giá'])
    for (const key of ['disableAsarIntegrity', 'disableSanityCheckAsar', 'electronFuses', 'asarUnpack', 'extraFiles', 'extraResources', 'electronDownload', 'electronDist']) expect(Object.keys(read)).not.toContain(key)
    expect(JSON.stringify(read)).not.toMatch(/"verifyUpdateCodeSignature":false|no-sandbox/)
  })

  it('name the targets of the three systems, and no argument for the program', async () => {
    const read = await settings()
    expect([read.win?.target, read.mac?.target, read.linux?.target]).toEqual([['nsis', 'portable'], ['dmg'], ['AppImage', 'deb']])
    expect(read.linux?.executableArgs).toEqual([])
  })

  it('run our own step, which is there', async () => {
    const read = await settings()
    expect(read.afterPack).toBe('./scripts/after-pack.ts')
    expect(existsSync(path.join(root, String(read.afterPack)))).toBe(true)
  })

  it('bring the program\'s own picture, large enough for every system', () => {
    const picture = readFileSync(path.join(root, 'resources/icons/icon.png'))
    expect(picture.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1024, 1024])
  })

  it('pack only what the build made', async () => {
    const read = await settings()
    const patterns = (Array.isArray(read.files) ? read.files : []).flatMap((set) => (typeof set === 'string' ? [set] : (Array.isArray(set.filter) ? set.filter : [])))
    const wanted = patterns.filter((pattern) => !pattern.startsWith('!'))
    expect(wanted.every((pattern) => pattern === 'package.json' || pattern.startsWith('out/'))).toBe(true)
    // A tree with everything that must stay out beside everything that must be in.
    const tree = path.join(folder, 'tree')
    const inside = ['package.json', 'out/main/index.js', 'out/main/chunks/host-1a.js', 'out/preload/index.cjs', 'out/renderer/index.html', 'out/renderer/assets.json', 'out/renderer/assets/app-1b.js']
    const outside = ['out/main/bridge.js', 'out/main/index.js.map', 'out/.built-from', 'electron/main/index.ts', 'exchange/main.ts', 'test/x.test.ts', 'node_modules/zod/index.js', '.git/config', 'resources/samples/x.json', '.env', 'docs/x.md', 'out/renderer/assets/app-1b.js.map']
    for (const file of [...inside, ...outside]) {
      mkdirSync(path.dirname(path.join(tree, file)), { recursive: true })
      copyFileSync(path.join(root, 'package.json'), path.join(tree, file))
    }
    const refused = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1))
    const picked = wanted.flatMap((pattern) => globSync(pattern, { cwd: tree, exclude: refused, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => path.relative(tree, path.join(entry.parentPath, entry.name)))
    const packed = path.join(folder, 'packed')
    for (const file of picked) {
      mkdirSync(path.dirname(path.join(packed, file)), { recursive: true })
      copyFileSync(path.join(tree, file), path.join(packed, file))
    }
    const archive = path.join(folder, 'app.asar')
    await createPackage(packed, archive)
    const listed = listPackage(archive, { isPack: false }).map((entry) => entry.split(path.sep).join('/').replace(/^\//, '')).filter((entry) => inside.includes(entry) || outside.includes(entry))
    expect(listed.toSorted()).toEqual(inside.toSorted())
  })
})

describe('versions', () => {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { readonly main: string; readonly devDependencies: Readonly<Record<string, string>> }

  it('refuse to pack an Electron that is out of support, or that nobody looked up', async () => {
    const pinned = manifest.devDependencies['electron'] ?? ''
    expect(outOfSupport(pinned, today)).toBeNull()
    expect(outOfSupport(pinned, Date.UTC(2040, 0))).toContain('out of support')
    expect(outOfSupport('38.1.0', today)).toContain('not in the table')
    await expect(afterPack(context('linux', 'old'), Date.UTC(2040, 0))).rejects.toThrow('out of support')
  })

  it('start the program from the built main', () => {
    expect(manifest.main).toBe('out/main/index.js')
  })
})
