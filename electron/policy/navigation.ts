import { isAppAddress } from './origins.ts'

/** Whether a frame may go to an address: only our own page, in its main frame; a finished PDF in a frame of it comes as a blob of ours. */
export const mayNavigate = (address: string, isMainFrame: boolean): boolean =>
  isMainFrame ? isAppAddress(address) : /^blob:app:\/\/local\/[0-9a-f-]{36}$/.test(address)

/** Whether a download may start: only what our own page made. */
export const mayDownload = (address: string): boolean => /^blob:app:\/\/local\/[0-9a-f-]{36}$/.test(address)
