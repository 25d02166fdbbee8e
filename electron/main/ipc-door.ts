import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron'
import { encodeReply } from '../../shared/host/codec.ts'
import type { Door } from '../../shared/host/contract.ts'
import { callChannel, eventChannel } from '../../shared/host/names.ts'
import { err } from '../../shared/kernel/result.ts'
import type { Host } from '../host/open-host.ts'
import { isTrustedSender } from '../policy/senders.ts'

interface IpcDoorOptions {
  readonly dispatch: Door
  readonly subscribe: Host['subscribe']
  /** The one window, while there is one. */
  readonly window: () => BrowserWindow | null
  readonly refused: () => void
}

const refusal = encodeReply(err('bad-request'))

/** Electron's door: checks who is calling, passes name and text on, returns text. Only `handle`: an error in a listener would end the program. */
export const openIpcDoor = ({ dispatch, subscribe, window, refused }: IpcDoorOptions): void => {
  const isTrusted = ({ senderFrame, sender }: IpcMainInvokeEvent): boolean => {
    const contents = window()?.webContents
    return isTrustedSender({
      address: senderFrame?.url ?? null,
      isMainFrame: senderFrame !== null && senderFrame === sender.mainFrame,
      isOurWindow: contents !== undefined && sender === contents,
    })
  }

  ipcMain.handle(callChannel, async (event, name: unknown, body: unknown): Promise<string> => {
    if (isTrusted(event) && typeof name === 'string' && typeof body === 'string') return dispatch(name, body)
    refused()
    return refusal
  })

  subscribe((name, payload) => {
    const target = window()
    if (target !== null && !target.isDestroyed()) target.webContents.send(eventChannel, name, payload)
  })
}
