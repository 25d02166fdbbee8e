import { readFileSync } from 'node:fs'
import { X509Certificate } from 'node:crypto'
import type { Verification } from '../../shared/signature/verification.ts'
import { inspectPackage, inspectPdf } from '../../shared/sync/inspect.ts'
import { knowledgeOf, nativeHash, openFile, shelf } from './files.ts'
import { faultLine, say, takeOption } from './output.ts'

const certificates = (file: string): readonly Uint8Array[] => {
  const bytes = readFileSync(file)
  const blocks = bytes.toString('latin1').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  return (blocks ?? [bytes]).map((block) => new Uint8Array(new X509Certificate(block).raw))
}

const tell = (file: string, verification: Verification): boolean => {
  say(`${file}: ${verification.state}`)
  for (const finding of verification.findings) say(`  ${faultLine(finding)}`)
  for (const signature of verification.signatures) {
    say(`  ${signature.field}: ${signature.state}, ${signature.signer?.name ?? '?'}, ${signature.subFilter}, ${signature.coversWholeFile ? 'whole file' : 'part of the file'}`)
    for (const finding of signature.findings) say(`    ${faultLine(finding)}`)
  }
  return verification.state === 'valid' || verification.state === 'valid-revocation-unknown' || verification.state === 'untrusted'
}

/**
 * Checks files and says what was found. A signature whose issuer nobody vouches for is `untrusted`: the file is whole, so it holds;
 * with `--trust` it must be trusted too.
 */
export const verify = async (args: readonly string[]): Promise<number> => {
  const { value: trust, rest: files } = takeOption(args, '--trust')
  if (files.length === 0) {
    say('appraise verify FILE… [--trust ca.pem]')
    return 2
  }
  const options = { anchors: trust === null ? [] : certificates(trust), at: new Date().toISOString() }
  const trusted = (verification: Verification): boolean => trust === null || verification.state !== 'untrusted'
  let bad = 0
  for (const file of files) {
    try {
      const source = await openFile(file)
      try {
        const head = Buffer.from(await source.read(0, Math.min(1024, source.size))).toString('latin1')
        if (head.startsWith('PK')) {
          const inspected = await inspectPackage(source, { knowledge: knowledgeOf(shelf()), verify: options, makeHash: nativeHash })
          if (!inspected.ok) {
            bad += 1
            say(`${file}: ${faultLine(inspected.fault)}`)
            continue
          }
          const { checked } = inspected.value
          say(`${file}: package holds, seal ${checked.seal}, ${String(checked.log.length)} changes, ${String(Object.keys(checked.figures).length)} figures recomputed`)
          const report = checked.report?.check ?? null
          if (report !== null && (!tell(`${file} › report`, report) || !trusted(report))) bad += 1
        } else if (head.includes('%PDF-')) {
          const { verification, embedded, embeddedFault } = inspectPdf(await source.read(0, source.size), options)
          if (!tell(file, verification) || !trusted(verification) || embeddedFault !== null) bad += 1
          if (embedded !== null) say(`  carries the dossier of seal ${embedded.seal}`)
          if (embeddedFault !== null) say(`  ${faultLine(embeddedFault)}`)
        } else {
          bad += 1
          say(`${file}: ${faultLine({ code: 'package-not-ours' })}`)
        }
      } finally {
        await source.close()
      }
    } catch (error) {
      bad += 1
      say(`${file}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return bad === 0 ? 0 : 1
}
