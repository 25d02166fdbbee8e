import { join } from 'node:path'
import { vi } from 'vitest'
import { createDirectClient } from '../../electron/host/direct.ts'
import type { Platform } from '../../electron/host/platform.ts'
import { createNodePlatform } from '../../electron/host/platform-node.ts'
import { openIpcDoor } from '../../electron/main/ipc-door.ts'
import { createElectronPlatform } from '../../electron/main/platform.electron.ts'
import { createWindow, openPage } from '../../electron/main/window.ts'
import '../../electron/preload/index.ts'
import { createElectronClient, type LuongGia } from '../../renderer/host/electron-client.ts'
import { enter, certificateFile, openBridge } from '../support/doors.ts'
import { electron, resetElectron, state } from '../support/electron.ts'
import { openTestHost, temporaryFolder } from '../support/host-kit.ts'
import { describeConformance } from './conformance.ts'

vi.mock('electron', async () => (await import('../support/electron.ts')).electron)

/** What the preload gave to the page when it was loaded. */
const luongGia = state.exposed.get('luongGia') as LuongGia

/** What a platform was told, for every door alike. */
const watched = () => {
  const handed: string[] = []
  const closed: boolean[] = []
  let ready = 0
  return {
    platform: {
      openExternal: async (address: string) => void handed.push(address),
      ready: () => {
        ready += 1
      },
      closeReady: (saved: boolean) => void closed.push(saved),
    } satisfies Partial<Platform>,
    handed,
    door: { handedOver: () => handed, page: { ready: () => ready, closed: () => closed } },
  }
}

describeConformance('direct', async () => {
  const { platform, door, handed } = watched()
  const root = temporaryFolder()
  const { saving } = createNodePlatform({ host: 'direct', version: '0', documents: join(root, 'documents') })
  const host = await openTestHost({ root, platform: { ...platform, saving: { ...saving, reveal: async (path) => void handed.push(path) } } })
  return { ...door, client: createDirectClient(host), emitClosing: () => host.emit('app.closing', {}), host: 'direct', savedIn: join(root, 'documents') }
}, certificateFile)

describeConformance('Electron', async () => {
  resetElectron()
  const { platform, door } = watched()
  const root = temporaryFolder()
  state.saveAnswer = { canceled: false, filePath: join(root, 'Báo cáo.pdf') }
  const made = await createElectronPlatform({
    window: () => window,
    network: electron.session.fromPartition('host-network') as unknown as Parameters<typeof createElectronPlatform>[0]['network'],
    ready: platform.ready,
    closeReady: platform.closeReady,
  })
  const window = createWindow('preload.cjs')
  const host = await openTestHost({ root, platform: made })
  openIpcDoor({ dispatch: host.dispatch, subscribe: host.subscribe, window: () => window, refused: () => undefined })
  await openPage(window)
  const client = createElectronClient(luongGia)
  return { ...door, client, emitClosing: () => host.emit('app.closing', {}), host: 'electron', savedIn: root, handedOver: () => state.opened }
}, certificateFile)

describeConformance('bridge', async () => {
  const { platform, door, handed } = watched()
  const root = temporaryFolder()
  const bridge = await openBridge({ root, adapt: (plain) => ({ ...plain, ...platform, saving: { ...plain.saving, reveal: async (path) => void handed.push(path) } }) })
  const client = await enter(bridge)
  return { ...door, client, emitClosing: () => bridge.host.emit('app.closing', {}), host: 'bridge', savedIn: join(root, 'documents') }
}, certificateFile)
