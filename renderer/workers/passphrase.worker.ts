import { passphraseKey } from '../../shared/vault/passphrase.ts'
import type { Cost } from '../../shared/vault/passphrase.ts'

// Argon2id takes about a second; here it does not hold up the screen.
addEventListener('message', (event: MessageEvent<{ readonly passphrase: string; readonly salt: Uint8Array; readonly cost: Cost }>) => {
  const { passphrase, salt, cost } = event.data
  postMessage(passphraseKey(passphrase, salt, cost))
})
