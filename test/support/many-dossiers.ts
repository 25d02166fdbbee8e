import { randomBytes, randomUUID } from 'node:crypto'
import { createDirectClient } from '../../electron/host/direct.ts'
import { openHost } from '../../electron/host/open-host.ts'
import { createNodePlatform } from '../../electron/host/platform-node.ts'
import { command } from '../../shared/dossier/commands.ts'
import { decide } from '../../shared/dossier/decide.ts'
import { link } from '../../shared/dossier/log.ts'
import { genesis } from '../../shared/schema/change.ts'
import type { DossierKind } from '../../shared/schema/dossier.ts'
import { newDeviceKey } from '../../shared/vault/device.ts'
import { sealLine } from '../../shared/vault/journal-line.ts'
import { vaultKeys } from '../../shared/vault/keys.ts'
import { newCost, passphraseKey } from '../../shared/vault/passphrase.ts'
import type { Cost } from '../../shared/vault/passphrase.ts'
import { makeVaultRecord, newSalt, writeVaultRecord } from '../../shared/vault/record.ts'
import { newRecoveryCode } from '../../shared/vault/recovery.ts'

const random = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(length))
const words = ['sấy', 'bơm nhiệt', 'vật liệu', 'nano', 'vắc-xin', 'cảm biến', 'phân bón', 'xử lý nước', 'pin', 'giống lúa', 'chiết xuất', 'điện mặt trời', 'thủy sản', 'bao bì'] as const
const owners = ['Đại học Cần Thơ', 'Viện Hàn lâm Khoa học', 'Công ty Phương Nam', 'Trung tâm Ứng dụng Đà Nẵng', 'Hợp tác xã Tiền Giang'] as const
const kinds: readonly DossierKind[] = ['valuation', 'level', 'projectTech', 'inspection', 'readiness']
const pick = <T>(list: readonly [T, ...T[]] | readonly T[], n: number): T => list[n % list.length] ?? (list[0] as T) // the lists above are not empty

/** A profile with so many dossiers in its journals and a vault that `passphrase` opens, as if they had been made by hand. */
export const fillProfile = async (root: string, count: number, passphrase: string, cost: Cost = newCost): Promise<void> => {
  const opened = await openHost({ platform: createNodePlatform({ host: 'direct', version: '0', documents: root }), root })
  if (!opened.ok) throw new Error(opened.fault.code)
  const client = createDirectClient(opened.value)
  const vault = randomUUID()
  const dataKey = random(32)
  const keys = vaultKeys(dataKey, vault, random)
  const salt = newSalt(random)
  const record = await makeVaultRecord({
    id: vault, createdAt: '2026-01-01T00:00:00.000Z', dataKey, passphrase: { key: passphraseKey(passphrase, salt, cost), salt, cost },
    recoveryCode: newRecoveryCode(random), secret: { author: 'Người đo', device: newDeviceKey(random), enrolment: null }, box: keys.secret, random,
  })
  const written = await client.call('vault.write', { expected: null, record: writeVaultRecord(record) })
  if (!written.ok) throw new Error(written.fault.code)
  const knowledge = { packs: () => undefined, methods: () => undefined }
  const make = async (n: number): Promise<void> => {
    const dossier = randomUUID()
    const at = new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString()
    const title = `Công nghệ ${pick(words, n)} ${pick(words, Math.floor(n / 14) + 3)} số ${n}`
    const party = { name: pick(owners, n), address: 'Việt Nam', taxCode: '', contact: '' }
    const create = command.parse({ type: 'dossier.create', kind: pick(kinds, n), createdBy: 'Người đo', pack: null, supersedes: null, sample: null, profile: { title, owner: party, client: party, field: pick(words, n + 5) } })
    const body = decide(null, create, { ...knowledge, dossier, at, author: 'Người đo', log: [] })
    if (!body.ok) throw new Error(body.fault.code)
    const line = await sealLine(keys, link(null, body.value, { dossier, at, author: 'Người đo' }))
    if (!line.ok) throw new Error(line.fault.code)
    const appended = await client.call('journal.append', { dossier, prev: { seq: 0, hash: genesis }, lines: [line.value] })
    if (!appended.ok) throw new Error(appended.fault.code)
  }
  for (let n = 0; n < count; n += 32) await Promise.all(Array.from({ length: Math.min(32, count - n) }, (_, k) => make(n + k)))
  await opened.value.close()
}
