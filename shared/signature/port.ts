import type { Result } from '../kernel/result.ts'

/** Digests a signing key may be asked for. */
export type SigningDigest = 'SHA-256' | 'SHA-384' | 'SHA-512'

/**
 * The signing key's side of a signature (người ký): a `.p12` opened in the host, a token, a remote service, a test key.
 * The key itself is never seen here.
 */
export interface Signer {
  /** DER of the signing certificate (chứng thư số). */
  readonly certificate: Uint8Array
  /** DER of the other certificates that came with the key, in any order; a root among them is left out of the signature. */
  readonly chain: readonly Uint8Array[]
  readonly keyType: 'RSA' | 'EC'
  /**
   * Hashes `data` (the DER of the signed attributes, a few hundred bytes) with `digest` and signs the hash:
   * RSASSA-PKCS1-v1_5, or ECDSA either as `r‖s` or as DER.
   */
  readonly sign: (data: Uint8Array, digest: SigningDigest) => Promise<Result<Uint8Array>>
}

/** Where the visible block goes: a signature field that the report reserved, or a rectangle on a page (1 = first). */
export type SignaturePlace =
  | { readonly field: string }
  | { readonly page: number; /** Left, bottom, right, top in points from the page's lower left corner. */ readonly box: readonly [number, number, number, number] }

/** What the visible block says. Empty strings leave their line out. */
export interface SignatureAppearance {
  readonly language: 'vi' | 'en'
  readonly name: string
  readonly title: string
  readonly organisation: string
  /** Also stored as `/Reason` of the signature. */
  readonly reason: string
  /** Also stored as `/Location` of the signature. */
  readonly place: string
  /** PNG with transparent ground: blue handwritten signature of a person or red seal of a body (NĐ 30/2020). */
  readonly image?: Uint8Array
}

export interface SignatureFonts {
  readonly regular: Uint8Array
  readonly bold: Uint8Array
}

export interface SignRequest {
  readonly pdf: Uint8Array
  readonly signer: Signer
  readonly place: SignaturePlace
  readonly appearance: SignatureAppearance
  /** Tinos as in `resources/fonts`. */
  readonly fonts: SignatureFonts
  /** The device's clock when the person signs, `YYYY-MM-DDTHH:MM:SS.sssZ`; stands in `/M` and in the visible block. */
  readonly signedAt: string
  /** Minutes east of UTC in which the time is shown: 420 for Viet Nam. */
  readonly zoneMinutes: number
}
