import { p256 } from '@noble/curves/nist.js'
import { z } from 'zod'
import { base64url, base64urlBytes } from '../kernel/bytes.ts'
import type { Bytes } from '../kernel/bytes.ts'
import { deviceJwk } from '../schema/sealed.ts'
import type { DeviceJwk } from '../schema/sealed.ts'
import type { RandomBytes } from './box.ts'

/** P-256 key pair of this device (khóa thiết bị), which seals dossiers and opens exchange sessions. Lives only inside the vault. */
export const deviceKey = deviceJwk.extend({ d: z.base64url().length(43) })
export type DeviceKey = z.infer<typeof deviceKey>

/** Makes a device key from fresh random bytes (FIPS 186-5, A.2.1: extra random bits, then reduced). */
export const newDeviceKey = (random: RandomBytes): DeviceKey => {
  const secret = p256.utils.randomSecretKey(random(p256.lengths.seed ?? 48))
  const point = p256.getPublicKey(secret, false)
  return { kty: 'EC', crv: 'P-256', x: base64url(point.subarray(1, 33)), y: base64url(point.subarray(33, 65)), d: base64url(secret) }
}

/** The public half, as others see it. */
export const publicPart = ({ kty, crv, x, y }: DeviceKey): DeviceJwk => ({ kty, crv, x, y })

/** Signs with ECDSA P-256 and SHA-256, raw r‖s of 64 bytes, with the key in plain memory: for the command line and tests. */
export const signWith = (key: DeviceKey) => (bytes: Uint8Array): Promise<Bytes> => {
  const secret = base64urlBytes(key.d)
  if (secret === null) throw new Error('the device key was checked when the vault was read')
  return Promise.resolve(p256.sign(bytes, secret))
}
