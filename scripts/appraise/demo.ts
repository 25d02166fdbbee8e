import { createHash, randomUUID, webcrypto } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { startExchange } from '../../exchange/server.ts'
import { createVerifier } from '../../exchange/verify.ts'
import { readSample, replaySample } from '../../shared/dossier/samples.ts'
import { exchangePort } from '../../shared/host/exchange-port.ts'
import { fromBase64, toBase64 } from '../../shared/kernel/base64.ts'
import type { Bytes } from '../../shared/kernel/bytes.ts'
import { err, ok } from '../../shared/kernel/result.ts'
import { dossierReport } from '../../shared/pdf/dossier-report.ts'
import { signatureFieldNames } from '../../shared/report/model.ts'
import { partsOfLog, planPackage } from '../../shared/seal/build-package.ts'
import { bindReport } from '../../shared/seal/report-binding.ts'
import { signPdf } from '../../shared/signature/sign.ts'
import { packageSums, sealedContent, sealingCommand } from '../../shared/sync/deliver.ts'
import { enrolDevice } from '../../shared/sync/enrol.ts'
import { sendPackage } from '../../shared/sync/engine.ts'
import { inspectPackage } from '../../shared/sync/inspect.ts'
import { leafBytes } from '../../shared/sync/messages.ts'
import { freshOutbox } from '../../shared/sync/outbox.ts'
import { verifyReceipt } from '../../shared/sync/receipt.ts'
import { publicPart, signWith } from '../../shared/vault/device.ts'
import type { FileSums } from '../../shared/vault/file-sums.ts'
import { createFileSums } from '../../shared/vault/file-sums.ts'
import { makeCertificate, makePkcs12, pemOf } from '../lib/test-certificate.ts'
import { root } from '../lib/tools.ts'
import { knowledgeOf, nativeHash, openFile, reportFonts, shelf, shippedSelfTest } from './files.ts'
import { say, takeOption } from './output.ts'
import { legalRegister } from './report.ts'
import { must, now, openDesk, openWorkplace, programName } from './workplace.ts'
import type { Desk, Workplace } from './workplace.ts'

/** Minutes east of UTC of Viet Nam. */
const zoneMinutes = 420
const author = 'Nguyễn Thị Ánh'
const sampleId = 'say-bom-nhiet'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const sums = (bytes: Bytes): FileSums => {
  const file = createFileSums()
  for (let offset = 0; offset < bytes.length; offset += leafBytes) file.add(bytes.subarray(offset, offset + leafBytes))
  return file.end()
}

/** A root and a signer of one day, and the signer's `.p12`. */
const certificates = (passphrase: string): { readonly pem: string; readonly der: Uint8Array; readonly p12: Uint8Array } => {
  const at = Date.now()
  const time = (offset: number): string => `${new Date(at + offset).toISOString().slice(0, 19)}Z`
  const life = { notBefore: time(-86_400_000), notAfter: time(365 * 86_400_000) }
  const authority = makeCertificate({ commonName: 'Lượng Giá Demo Root', authority: true, ...life })
  const signer = makeCertificate({ commonName: 'Nguyễn Văn Phúc', organisation: 'Lượng Giá Demo', issuer: authority, ...life })
  return { pem: pemOf(authority.der), der: authority.der, p12: makePkcs12(signer, [authority.der], passphrase) }
}

/** The report of a sealed dossier, signed through the host with the key of a `.p12`. */
const signedReport = async ({ client }: Workplace, desk: Desk, unsigned: Bytes, p12: Uint8Array, passphrase: string, name: string, title: string, signedAt: string): Promise<Bytes> => {
  const key = must(await client.call('sign.open', { p12: toBase64(p12), passphrase }))
  try {
    const fonts = reportFonts()
    return must(await signPdf({
      pdf: unsigned,
      signer: {
        certificate: fromBase64(key.certificate) ?? new Uint8Array(),
        chain: key.chain.flatMap((one) => fromBase64(one) ?? []),
        keyType: key.keyType,
        sign: async (data, digest) => {
          const answer = await client.call('sign.bytes', { session: key.session, data: toBase64(data), digest })
          const signature = answer.ok ? fromBase64(answer.value.signature) : null
          if (!answer.ok) return answer
          return signature === null ? err('internal') : ok(signature)
        },
      },
      place: { field: signatureFieldNames.issuer },
      appearance: { language: 'vi', name, title, organisation: desk.state().profile.body.name, reason: '', place: '' },
      fonts: { regular: fonts.regular, bold: fonts.bold },
      signedAt,
      zoneMinutes,
    }))
  } finally {
    await client.call('sign.close', { session: key.session })
  }
}

/** The whole journey without a window, on a temporary archive and an exchange of its own. Exit code 0 only when the receipt verifies. */
export const demo = async (args: readonly string[]): Promise<number> => {
  const { value: wanted } = takeOption(args, '--out', '-o')
  const out = path.resolve(wanted ?? 'demo')
  mkdirSync(out, { recursive: true })
  const folder = mkdtempSync(path.join(os.tmpdir(), 'luong-gia-demo-'))
  // Not inside the private folder: PostgreSQL may run as a user of its own.
  const exchangeFolder = mkdtempSync(path.join(os.tmpdir(), 'luong-gia-demo-exchange-'))
  const undo: (() => Promise<void>)[] = []
  try {
    const packs = shelf()
    const knowledge = knowledgeOf(packs)
    const workplace = await openWorkplace(folder, author, 'ruộng bậc thang mùa nước đổ')
    undo.push(workplace.close)
    say('vault: made, closed and opened again with its passphrase')

    const sample = must(readSample(readFileSync(path.join(root, 'resources', 'samples', `${sampleId}.json`), 'utf8')))
    const made = must(replaySample(sample, { dossier: randomUUID(), at: now(), author, methods: knowledge.methods, shelf: packs }))
    const desk = await openDesk(workplace, knowledge, made)
    await desk.proveJournal()
    say(`dossier: ${made.state.profile.title}; ${String(made.log.length)} changes, in the journal and read back`)

    const { device } = workplace
    const sign = signWith(device)
    await desk.run(must(await sealingCommand({ state: desk.state(), log: desk.log(), knowledge, program: programName, device: publicPart(device), sign, sealedAt: now(), sealedBy: author })))
    const seal = desk.state().delivery.seal ?? ''
    say(`seal: ${seal}`)

    const content = must(sealedContent(desk.log(), desk.state()))
    const tested = shippedSelfTest(packs)
    const draw = (): Promise<Bytes> => dossierReport({ state: content.state, knowledge, legalRegister: legalRegister(), language: 'vi', fonts: reportFonts(), sealed: content.texts, selfTest: tested })
    const unsigned = await draw()
    if (sha256(unsigned) !== sha256(await draw())) throw new Error('the report is not the same when drawn twice')
    const passphrase = randomUUID()
    const { pem, der, p12 } = certificates(passphrase)
    const { signerName, signerTitle } = desk.state().report
    const signedAt = now()
    const report = await signedReport(workplace, desk, unsigned, p12, passphrase, signerName, signerTitle, signedAt)
    const reportSums = sums(report)
    const jws = await bindReport({ seal, report: reportSums.sha256, size: report.length }, publicPart(device), sign)
    await desk.run({ type: 'phase.sign', report: { sha256: reportSums.sha256, size: report.length, crc32: reportSums.crc32, leaves: [...reportSums.leaves], jws, signer: signerName, signedAt } })
    writeFileSync(path.join(out, 'report.pdf'), report)
    writeFileSync(path.join(out, 'ca.pem'), pem)
    say(`report: drawn twice alike, signed; ${String(report.length)} bytes`)

    const plan = must(planPackage(must(partsOfLog(desk.log(), desk.state())), {
      evidence: () => Promise.reject(new Error('the sample has no evidence files')),
      report: (offset, length) => Promise.resolve(report.subarray(offset, offset + length)),
    }))
    const packed = must(await packageSums(plan, (bytes) => Promise.resolve(sha256(bytes))))
    await desk.run({ type: 'phase.queue', packageSha256: packed.sha256 })
    const packageFile = path.join(out, 'dossier.lgz')
    writeFileSync(packageFile, await plan.read(0, plan.size))
    const source = await openFile(packageFile)
    undo.push(source.close)
    must(await inspectPackage(source, { knowledge, verify: { anchors: [der], at: now() }, makeHash: nativeHash }))
    say(`package: ${String(packed.size)} bytes, verified from end to end`)

    const verifier = createVerifier()
    undo.push(verifier.close)
    const exchange = await startExchange({ dataDir: exchangeFolder, port: 0, host: '127.0.0.1', quiet: true, verify: verifier.verify })
    undo.push(exchange.close)
    must(await workplace.client.call('exchange.configure', { address: exchange.url }))
    const port = exchangePort(workplace.client)
    const enrolment = must(await enrolDevice(port, { code: await exchange.createCode('Lượng Giá Demo'), key: publicPart(device), name: os.hostname() }))
    const receipt = must(await sendPackage({
      exchange: port, enrolment, sign, sha256: packed.sha256, size: packed.size, seal,
      leafHashes: packed.leaves,
      leaf: (index) => plan.read(index * leafBytes, leafBytes),
      state: freshOutbox,
      onState: () => undefined,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      elapsed: () => performance.now(),
      random: () => (webcrypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
    }))
    must(verifyReceipt(receipt.text, enrolment.keys, { sha256: packed.sha256, size: packed.size, seal }))
    await desk.run({ type: 'phase.receive', receipt: receipt.text, receivedAt: receipt.receipt.receivedAt })
    await desk.proveJournal()
    writeFileSync(path.join(out, 'receipt.json'), `${JSON.stringify({ receipt: receipt.text, payload: receipt.receipt, keys: enrolment.keys }, null, 2)}\n`)
    say(`receipt: verified, number ${String(receipt.receipt.auditSeq)} in the register of ${enrolment.name}`)
    const problems = await exchange.check()
    if (problems.length > 0) throw new Error(`the exchange's own check found: ${JSON.stringify(problems)}`)
    say(`${out}: report.pdf, dossier.lgz, receipt.json, ca.pem`)
    return 0
  } finally {
    for (const step of undo.reverse()) await step()
    for (const place of [folder, exchangeFolder]) rmSync(place, { recursive: true, force: true })
  }
}
