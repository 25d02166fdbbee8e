import type { Knowledge } from '../../../shared/dossier/context.ts'
import { fromBase64 } from '../../../shared/kernel/base64.ts'
import type { Fault } from '../../../shared/kernel/result.ts'
import { parseCertificate } from '../../../shared/signature/certificate.ts'
import type { InspectedPackage, InspectedPdf } from '../../../shared/sync/inspect.ts'
import { inspectPackage, inspectPdf } from '../../../shared/sync/inspect.ts'

export type Checked = InspectedPdf | InspectedPackage | { readonly is: 'refused'; readonly fault: Fault } | { readonly is: 'unknown' }

/** Certificates of a PEM or DER file; empty when it holds none. */
export const certificatesIn = (bytes: Uint8Array): readonly Uint8Array[] => {
  if (parseCertificate(bytes) !== null) return [bytes]
  const text = new TextDecoder().decode(bytes)
  return [...text.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g)].flatMap((match) => {
    const der = fromBase64((match[1] ?? '').replace(/\s+/g, ''))
    return der !== null && parseCertificate(der) !== null ? [der] : []
  })
}

/** Recognises and checks one file; reads packages in stretches, so that a large one does not fill the memory. */
export const checkFile = async (file: File, anchors: readonly Uint8Array[], knowledge: Knowledge): Promise<Checked> => {
  const verify = { anchors, at: new Date().toISOString() }
  const head = new Uint8Array(await file.slice(0, 1024).arrayBuffer())
  if (head[0] === 0x50 && head[1] === 0x4b) {
    const read = async (offset: number, length: number): Promise<Uint8Array> => new Uint8Array(await file.slice(offset, offset + length).arrayBuffer())
    const inspected = await inspectPackage({ size: file.size, read }, { knowledge, verify })
    return inspected.ok ? inspected.value : { is: 'refused', fault: inspected.fault }
  }
  if (new TextDecoder('latin1').decode(head).includes('%PDF-')) return inspectPdf(new Uint8Array(await file.arrayBuffer()), verify)
  return { is: 'unknown' }
}
