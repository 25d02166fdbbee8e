import { z } from 'zod'
import { utf8, utf8Text } from '../kernel/bytes.ts'
import { canonical, parseCanonical } from '../kernel/canonical.ts'
import type { Result } from '../kernel/result.ts'
import { err } from '../kernel/result.ts'
import { ok } from '../kernel/result.ts'
import { hash } from '../schema/base.ts'
import type { DeviceJwk } from '../schema/sealed.ts'
import type { SignEs256 } from './jws.ts'
import { jwsTypes, makeCompact, verifyCompact } from './jws.ts'

/** Payload of `META-INF/report.jws`: which signed report belongs to which seal. */
export const reportBinding = z.strictObject({ seal: hash, report: hash, size: z.number().int().nonnegative() })
export type ReportBinding = z.infer<typeof reportBinding>

/** Binds a signed report to its seal with the device's key (gắn báo cáo đã ký với niêm phong). */
export const bindReport = (binding: ReportBinding, device: DeviceJwk, sign: SignEs256): Promise<string> =>
  makeCompact({ typ: jwsTypes.report, jwk: device }, utf8(canonical({ seal: binding.seal, report: binding.report, size: binding.size })), sign)

/** Checks the binding of a report against the device that sealed. */
export const verifyBinding = (jws: string, expected: ReportBinding, device: DeviceJwk): Result<void, 'signature-malformed' | 'seal-signature-wrong' | 'report-not-bound'> => {
  const verified = verifyCompact(jws, { typ: jwsTypes.report, key: device, smallS: true })
  if (!verified.ok) return verified
  const text = utf8Text(verified.value.payload)
  const read = reportBinding.safeParse(text === null ? undefined : parseCanonical(text))
  if (!read.success || read.data.seal !== expected.seal || read.data.report !== expected.report || read.data.size !== expected.size) return err('report-not-bound')
  return ok(undefined)
}
