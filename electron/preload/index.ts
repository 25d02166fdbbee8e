import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import { callChannel, eventChannel, isCallName, isEventName } from '../../shared/host/names.ts'

/**
 * All that the page gets: two functions that accept only names of the contract. Electron's event object never reaches the page, and
 * unsubscribing removes the very function that was added.
 */
contextBridge.exposeInMainWorld('luongGia', {
  call: (name: unknown, body: unknown): Promise<string> =>
    isCallName(name) && typeof body === 'string'
      ? ipcRenderer.invoke(callChannel, name, body) as Promise<string>
      : Promise.reject(new Error('unknown call')),

  listen: (name: unknown, listener: unknown): (() => void) => {
    if (!isEventName(name) || typeof listener !== 'function') throw new Error('unknown event')
    const receive = (_: IpcRendererEvent, event: unknown, payload: unknown): void => {
      if (event === name && typeof payload === 'string') listener(payload)
    }
    ipcRenderer.on(eventChannel, receive)
    return () => {
      ipcRenderer.removeListener(eventChannel, receive)
    }
  },
})
