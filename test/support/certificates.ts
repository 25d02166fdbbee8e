import { makeCertificate, makeCrl, signerOf, type TestCertificate } from '../../scripts/lib/test-certificate.ts'
import { reportFonts } from './report-dossier.ts'
import type { SignatureAppearance, SignRequest } from '../../shared/signature/port.ts'

/** Instants around which all test certificates are made. */
export const times = { before: '2026-01-01T00:00:00Z', signed: '2026-11-05T08:00:00.000Z', now: '2026-11-20T00:00:00.000Z', after: '2030-01-01T00:00:00Z' } as const

const validity = { notBefore: times.before, notAfter: times.after }

export const root = makeCertificate({ commonName: 'Gốc thử nghiệm Lượng Giá', organisation: 'Lượng Giá', authority: true, ...validity })
export const issuing = makeCertificate({ commonName: 'CA thử nghiệm cấp dưới', organisation: 'Lượng Giá', issuer: root, authority: true, pathLength: 0, ...validity })
export const appraiser = makeCertificate({ commonName: 'Nguyễn Thị Thẩm Định', organisation: 'Công ty Thẩm định giá Phương Nam', issuer: issuing, ...validity })
export const chair = makeCertificate({ commonName: 'Trần Văn Chủ Tịch', organisation: 'Hội đồng', keyType: 'EC-P256', issuer: issuing, ...validity })
/** Same name as the root, another key. */
export const falseRoot = makeCertificate({ commonName: 'Gốc thử nghiệm Lượng Giá', organisation: 'Lượng Giá', authority: true, ...validity })
export const falseIssuing = makeCertificate({ commonName: 'CA thử nghiệm cấp dưới', organisation: 'Lượng Giá', issuer: falseRoot, authority: true, pathLength: 0, ...validity })
export const impostor = makeCertificate({ commonName: 'Nguyễn Thị Thẩm Định', organisation: 'Công ty Thẩm định giá Phương Nam', issuer: falseIssuing, ...validity })
export const timestampAuthority = makeCertificate({ commonName: 'Cơ quan dấu thời gian thử nghiệm', keyType: 'EC-P256', issuer: issuing, extendedKeyUsage: ['1.3.6.1.5.5.7.3.8'], criticalUsage: true, ...validity })

export const lists = (revoked: readonly { readonly certificate: TestCertificate; readonly at: string }[] = []): readonly Uint8Array[] => [
  makeCrl(issuing, revoked, '2026-11-19T00:00:00Z', '2026-12-19T00:00:00Z'),
  makeCrl(root, [], '2026-11-01T00:00:00Z', '2027-05-01T00:00:00Z'),
]

export const appearance: SignatureAppearance = {
  language: 'vi', name: 'Nguyễn Thị Thẩm Định', title: 'Thẩm định viên về giá', organisation: 'Công ty Cổ phần Thẩm định giá và Giám định Phương Nam', reason: 'Phát hành báo cáo', place: 'Hà Nội',
}

/** A request with everything a signature needs besides the file and its place. */
export const requestOf = (pdf: Uint8Array, place: SignRequest['place'], certificate: TestCertificate = appraiser, chain: readonly Uint8Array[] = [issuing.der, root.der], signedAt: string = times.signed): SignRequest => ({
  pdf, place, signer: signerOf(certificate, chain), appearance, fonts: { regular: reportFonts.regular, bold: reportFonts.bold }, signedAt, zoneMinutes: 420,
})
