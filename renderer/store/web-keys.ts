import { hex, utf8 } from '../../shared/kernel/bytes.ts'
import { layBox, nonceBytes, partsOfBox } from '../../shared/vault/box.ts'
import type { Box } from '../../shared/vault/box.ts'
import type { DeviceKey } from '../../shared/vault/device.ts'
import { derivation } from '../../shared/vault/keys.ts'
import type { Mac, Purpose, VaultKeys } from '../../shared/vault/keys.ts'

/** Box over a non-extractable key, with the bytes of shared/vault/box.ts. */
const webBox = (crypto: Crypto, key: CryptoKey): Box => ({
  seal: async (label, plain) => {
    const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes))
    const params = { name: 'AES-GCM', iv: nonce, additionalData: utf8(label) }
    // WebCrypto's types want bytes that own a plain buffer; a view on shared memory never comes here.
    const sealed = await crypto.subtle.encrypt(params, key, plain as Uint8Array<ArrayBuffer>)
    return layBox(nonce, new Uint8Array(sealed))
  },
  open: async (label, box) => {
    const parts = partsOfBox(box)
    if (parts === null) return null
    const params = { name: 'AES-GCM', iv: parts.nonce as Uint8Array<ArrayBuffer>, additionalData: utf8(label) }
    try {
      return new Uint8Array(await crypto.subtle.decrypt(params, key, parts.ciphertext as Uint8Array<ArrayBuffer>))
    } catch {
      return null
    }
  },
})

const webMac = (crypto: Crypto, key: CryptoKey): Mac => async (text) => hex(new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(text))))

/** Keys of the pieces as the worker gets them: structured clones of keys that cannot be exported. */
export interface PieceKeys {
  readonly pieces: CryptoKey
  readonly addresses: CryptoKey
}

export const boxAndMac = (crypto: Crypto, keys: PieceKeys): { readonly pieces: Box; readonly addresses: Mac } =>
  ({ pieces: webBox(crypto, keys.pieces), addresses: webMac(crypto, keys.addresses) })

/** Everything an open vault can do, from keys that no code of the page can read out again. */
export interface WebKeys extends VaultKeys {
  readonly forPieces: PieceKeys
}

/** Derives the keys of an open vault with WebCrypto; `dataKey` may be overwritten afterwards. */
export const webKeys = async (crypto: Crypto, dataKey: Uint8Array<ArrayBuffer>, vault: string): Promise<WebKeys> => {
  const base = await crypto.subtle.importKey('raw', dataKey, 'HKDF', false, ['deriveKey'])
  const derive = (purpose: Purpose, type: AesKeyGenParams | HmacKeyGenParams, usages: KeyUsage[]): Promise<CryptoKey> => {
    const { salt, info } = derivation(vault, purpose)
    return crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt, info }, base, type, false, usages)
  }
  const aes = (purpose: Purpose): Promise<CryptoKey> => derive(purpose, { name: 'AES-GCM', length: 256 }, ['encrypt', 'decrypt'])
  const mac = (purpose: Purpose): Promise<CryptoKey> => derive(purpose, { name: 'HMAC', hash: 'SHA-256', length: 256 }, ['sign'])
  const [records, journal, pieces, secret, addresses, tags] = await Promise.all([
    aes('records'), aes('journal'), aes('pieces'), aes('secret'), mac('addresses'), mac('tags'),
  ])
  return {
    records: webBox(crypto, records), journal: webBox(crypto, journal), pieces: webBox(crypto, pieces), secret: webBox(crypto, secret),
    addresses: webMac(crypto, addresses), tags: webMac(crypto, tags), forPieces: { pieces, addresses },
  }
}

/** Signs with the device key, which cannot be read out again (ECDSA P-256, SHA-256, raw r‖s). */
export const webSign = async (crypto: Crypto, key: DeviceKey): Promise<(bytes: Uint8Array) => Promise<Uint8Array<ArrayBuffer>>> => {
  const own = await crypto.subtle.importKey('jwk', key, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
  return async (bytes) => new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, own, bytes as Uint8Array<ArrayBuffer>))
}
