import { err, ok } from '../kernel/result.ts'
import type { Result } from '../kernel/result.ts'
import { receipt } from '../schema/receipt.ts'
import type { Receipt } from '../schema/receipt.ts'
import type { DeviceJwk } from '../schema/sealed.ts'
import { verifyMessage } from './jws.ts'

const checked: unique symbol = Symbol('checked')

/** A receipt whose signature and content were checked; only `verifyReceipt` makes one, and nothing else counts as "sent". */
export interface VerifiedReceipt {
  readonly [checked]: true
  /** The compact JWS, byte for byte as received. */
  readonly text: string
  /** Thumbprint of the exchange's key. */
  readonly kid: string
  readonly receipt: Receipt
}

/** What the receipt must be about. */
export interface ReceiptSubject {
  /** SHA-256 of the package file. */
  readonly sha256: string
  readonly size: number
  /** SHA-256 of the manifest (mã niêm phong). */
  readonly seal: string
}

/**
 * Checks a receipt (biên nhận) of the exchange: ES256 by one of the keys pinned at enrolment, canonical, of the known
 * shape, and about exactly this package and seal.
 */
export const verifyReceipt = (text: string, keys: readonly DeviceJwk[], subject: ReceiptSubject): Result<VerifiedReceipt, 'receipt-invalid'> => {
  const signed = verifyMessage('luong-gia-receipt', text, keys)
  if (signed === null) return err('receipt-invalid')
  const parsed = receipt.safeParse(signed.message)
  if (!parsed.success) return err('receipt-invalid')
  const about = parsed.data
  if (about.package !== subject.sha256 || about.size !== subject.size || about.seal !== subject.seal) return err('receipt-invalid')
  return ok({ [checked]: true, text, kid: signed.kid, receipt: about })
}
