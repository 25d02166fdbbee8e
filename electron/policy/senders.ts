import { isAppAddress } from './origins.ts'

/** What is known of the frame that a message came from. */
export interface Sender {
  /** Address of the frame; null when the frame is already gone. */
  readonly address: string | null
  readonly isMainFrame: boolean
  /** The frame belongs to the one window we made. */
  readonly isOurWindow: boolean
}

/** Only the main frame of our own window, showing our own page, may call the host. */
export const isTrustedSender = ({ address, isMainFrame, isOurWindow }: Sender): boolean =>
  address !== null && isMainFrame && isOurWindow && isAppAddress(address)
