import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { startExchange } from '../../exchange/server.ts'
import type { RunningExchange } from '../../exchange/server.ts'
import { createVerifier } from '../../exchange/verify.ts'
import { makeCertificate, makePkcs12 } from '../../scripts/lib/test-certificate.ts'

const passphrase = 'mật-khẩu-tệp-ký'

/** A signer's `.p12` with the passphrase that opens it. */
export const makeP12 = () => {
  const life = { notBefore: '2020-01-01T00:00:00Z', notAfter: '2040-01-01T00:00:00Z' }
  const authority = makeCertificate({ commonName: 'Lượng Giá Test Root', authority: true, ...life })
  const signer = makeCertificate({ commonName: 'Nguyễn Văn Phúc', organisation: 'Trung tâm Định giá Công nghệ Thăng Long', issuer: authority, ...life })
  return { name: 'phuc.p12', bytes: Buffer.from(makePkcs12(signer, [authority.der], passphrase)), passphrase }
}

/** An exchange that is started only when a journey reaches it. */
export const lateExchange = () => {
  let running: RunningExchange | undefined
  let folder = ''
  const verifier = createVerifier()
  return {
    start: async () => {
      folder = await mkdtemp(path.join(os.tmpdir(), 'luong-gia-e2e-exchange-'))
      running = await startExchange({ dataDir: folder, port: 0, host: '127.0.0.1', quiet: true, verify: verifier.verify })
      return { url: running.url, code: await running.createCode('Trung tâm Định giá Công nghệ Thăng Long') }
    },
    problems: () => running?.check(),
    stop: async () => {
      await running?.close()
      await verifier.close()
      if (folder !== '') await rm(folder, { recursive: true, force: true })
    },
  }
}
