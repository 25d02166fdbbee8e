import { randomBytes, randomUUID, webcrypto } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { encodeFrame, firstLine } from '../../electron/host/journal-file.ts'
import { openProfile, profileAt } from '../../electron/host/profile.ts'
import { webKeys } from '../../renderer/store/web-keys.ts'
import { knowledgeOf, shelf } from '../../scripts/appraise/files.ts'
import { command as commandSchema } from '../../shared/dossier/commands.ts'
import type { Command } from '../../shared/dossier/commands.ts'
import { decide } from '../../shared/dossier/decide.ts'
import { apply, link } from '../../shared/dossier/log.ts'
import { packRef, questionsOf } from '../../shared/rulepack/load.ts'
import type { Change, ChangeBody } from '../../shared/schema/change.ts'
import { changeBody } from '../../shared/schema/change.ts'
import type { DossierState } from '../../shared/schema/dossier.ts'
import { dossierKinds } from '../../shared/schema/dossier.ts'
import { newDeviceKey } from '../../shared/vault/device.ts'
import { sealLine } from '../../shared/vault/journal-line.ts'
import type { JournalLine } from '../../shared/vault/journal-line.ts'
import { keyBytes } from '../../shared/vault/keys.ts'
import type { VaultKeys } from '../../shared/vault/keys.ts'
import { newCost, passphraseKey } from '../../shared/vault/passphrase.ts'
import { makeVaultRecord, newSalt, writeVaultRecord } from '../../shared/vault/record.ts'
import { newRecoveryCode } from '../../shared/vault/recovery.ts'

const author = 'Nguyễn Thị Ánh'
const fields = ['sấy bơm nhiệt', 'bảo quản lạnh', 'xử lý nước thải', 'vật liệu đàn hồi', 'chẩn đoán hình ảnh', 'giống lúa chịu mặn', 'pin thể rắn', 'chiết xuất dược liệu'] as const
const places = ['Hà Nội', 'Đà Nẵng', 'Cần Thơ', 'Đồng Tháp', 'Thái Nguyên', 'Lâm Đồng'] as const
const mark = (name: string): string => `@@${name}@@`

const must = <T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: { readonly code: string } }): T => {
  if (!result.ok) throw new Error(result.fault.code)
  return result.value
}

/** The changes of a young dossier of each kind, with marks where every dossier has words of its own. */
const templates = (): readonly (readonly ChangeBody[])[] => {
  const packs = shelf()
  const knowledge = knowledgeOf(packs)
  return dossierKinds.map((kind) => {
    const pack = packs.checklists(kind).find((one) => one.pack.place !== 'beside')
    const commands: readonly Command[] = [
      { type: 'dossier.create', kind, createdBy: author, pack: pack === undefined ? null : packRef(pack), supersedes: null, sample: null, profile: { title: mark('title'), body: { name: 'Trung tâm Định giá Công nghệ Thăng Long', address: '', licenceNumber: '', licenceDate: '', licenceIssuer: '', licensedForValuation: false, appraisers: [], legalRepresentative: '', legalRepresentativeTitle: '' } } },
      { type: 'profile.set', patch: { summary: `Công nghệ ${mark('field')} dùng cho doanh nghiệp vừa và nhỏ, đã chạy thử một vụ tại xưởng.`, field: mark('field'), owner: { name: mark('owner'), address: '', taxCode: '', contact: '' } } },
      { type: 'profile.set', patch: { client: { name: mark('client'), address: '', taxCode: '', contact: '' }, purpose: 'transfer', valuationDate: '2026-06-30' } },
      ...(pack === undefined ? [] : questionsOf(pack.pack).filter(({ type }) => type === 'yesNo').slice(0, 3).map(({ id }): Command => ({ type: 'checklist.answer', question: id, answer: { value: true, evidence: [], note: '', confidence: null } }))),
    ]
    let state: DossierState | null = null
    let log: readonly Change[] = []
    const facts = { dossier: '00000000-0000-4000-8000-00000000da7a', at: '2000-01-01T00:00:00.000Z', author }
    for (const one of commands) {
      const body: ChangeBody = must(decide(state, commandSchema.parse(one), { ...knowledge, ...facts, log }))
      state = must(apply(state, body))
      log = [...log, link(log.at(-1) ?? null, body, facts)]
    }
    return log.map(({ body }) => body)
  })
}

/** One dossier's log from a template: its own id, words and hours, and a chain of true hashes. */
const logOf = (texts: readonly string[], number: number): readonly Change[] => {
  const dossier = randomUUID()
  const field = fields[number % fields.length] ?? ''
  const place = places[number % places.length] ?? ''
  const words: Readonly<Record<string, string>> = {
    title: `Công nghệ ${field} số ${number}`, field, owner: `Viện Nghiên cứu ${place} ${number % 97}`, client: `Công ty Cổ phần ${place} ${number % 89}`,
    id: dossier,
  }
  const log: Change[] = []
  for (const [step, text] of texts.entries()) {
    const at = new Date(Date.UTC(2024, 0, 1) + number * 3_600_000 + step * 60_000).toISOString()
    const filled = text.replaceAll(/@@(\w+)@@/g, (_, name: string) => words[name] ?? '')
      .replaceAll('00000000-0000-4000-8000-00000000da7a', dossier).replaceAll('2000-01-01T00:00:00.000Z', at)
    log.push(link(log.at(-1) ?? null, changeBody.parse(JSON.parse(filled)), { dossier, at, author }))
  }
  return log
}

const bytes = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(length))

/** Writes the record of a new vault into a profile, at the cost of a real one; gives its keys. */
const makeVault = async (profile: string, passphrase: string): Promise<VaultKeys> => {
  const [id, dataKey, salt] = [randomUUID(), bytes(keyBytes), newSalt(bytes)]
  const keys = await webKeys(webcrypto as Crypto, dataKey, id) // one WebCrypto under two names of types
  const record = await makeVaultRecord({
    id, createdAt: '2024-01-01T00:00:00.000Z', dataKey, recoveryCode: newRecoveryCode(bytes), random: bytes, box: keys.secret,
    passphrase: { key: passphraseKey(passphrase, salt, newCost), salt, cost: newCost },
    secret: { author, device: newDeviceKey(bytes), enrolment: null },
  })
  await writeFile(profileAt(profile).vault, writeVaultRecord(record), { mode: 0o600 })
  return keys
}

/**
 * Makes a profile with a vault and `count` dossiers in its journals, encrypted and linked as the program itself would have written
 * them. The program builds its store from them at its first start.
 */
export const makeArchive = async (profile: string, passphrase: string, count: number): Promise<void> => {
  const opened = must(await openProfile(profile))
  const keys = await makeVault(profile, passphrase)
  const texts = templates().map((bodies) => bodies.map((body) => JSON.stringify(body)))
  const one = async (number: number): Promise<void> => {
    const log = logOf(texts[number % texts.length] ?? [], number)
    const lines: JournalLine[] = []
    for (const change of log) lines.push(must(await sealLine(keys, change)))
    const dossier = log[0]?.dossier ?? ''
    await writeFile(path.join(opened.journal, `${dossier}.log`), Buffer.concat([firstLine(dossier), ...lines.map((line) => encodeFrame([line]))]), { mode: 0o600 })
  }
  const atOnce = 32
  for (let number = 0; number < count; number += atOnce) await Promise.all(Array.from({ length: Math.min(atOnce, count - number) }, (_, offset) => one(number + offset)))
}
