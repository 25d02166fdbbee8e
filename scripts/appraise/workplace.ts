import { randomBytes, randomUUID } from 'node:crypto'
import path from 'node:path'
import { createDirectClient } from '../../electron/host/direct.ts'
import { openHost } from '../../electron/host/open-host.ts'
import { createNodePlatform } from '../../electron/host/platform-node.ts'
import { version } from '../../electron/host/version.ts'
import { command } from '../../shared/dossier/commands.ts'
import type { Command } from '../../shared/dossier/commands.ts'
import type { Knowledge } from '../../shared/dossier/context.ts'
import { decide } from '../../shared/dossier/decide.ts'
import { apply, link, replay } from '../../shared/dossier/log.ts'
import type { Args, HostClient } from '../../shared/host/contract.ts'
import type { Fault, Result } from '../../shared/kernel/result.ts'
import type { Bytes } from '../../shared/kernel/bytes.ts'
import { genesis } from '../../shared/schema/change.ts'
import type { Change } from '../../shared/schema/change.ts'
import type { DossierState } from '../../shared/schema/dossier.ts'
import type { DeviceKey } from '../../shared/vault/device.ts'
import { newDeviceKey } from '../../shared/vault/device.ts'
import { openLine, sealLine } from '../../shared/vault/journal-line.ts'
import type { VaultKeys } from '../../shared/vault/keys.ts'
import { keyBytes, vaultKeys } from '../../shared/vault/keys.ts'
import { newCost, passphraseKey } from '../../shared/vault/passphrase.ts'
import { makeVaultRecord, newSalt, openWithPassphrase, passphraseDerivation, readSecret, readVaultRecord, writeVaultRecord } from '../../shared/vault/record.ts'
import { newRecoveryCode } from '../../shared/vault/recovery.ts'
import { faultLine } from './output.ts'

export const random = (length: number): Bytes => new Uint8Array(randomBytes(length))
export const now = (): string => new Date().toISOString()
export const programName = `Lượng Giá ${version}`

/** A step that failed, with its sentence. */
export class Failed extends Error {
  constructor(fault: Fault) {
    super(faultLine(fault))
  }
}

export const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Failed(result.fault)
  return result.value
}

/** An open archive without a window: host handlers behind the direct door, a vault, journals on disk. */
export interface Workplace {
  readonly client: HostClient
  readonly keys: VaultKeys
  readonly device: DeviceKey
  readonly author: string
  readonly close: () => Promise<void>
}

/** Opens a fresh profile with a vault of its own; the vault is read back and opened by its passphrase before anything is stored. */
export const openWorkplace = async (folder: string, author: string, passphrase: string): Promise<Workplace> => {
  const host = must(await openHost({ platform: createNodePlatform({ host: 'direct', version, documents: path.join(folder, 'documents') }), root: path.join(folder, 'profile') }))
  const client = createDirectClient(host)
  const dataKey = random(keyBytes)
  const id = randomUUID()
  const salt = newSalt(random)
  const record = await makeVaultRecord({
    id, createdAt: now(), dataKey, recoveryCode: newRecoveryCode(random), random,
    passphrase: { key: passphraseKey(passphrase, salt, newCost), salt, cost: newCost },
    secret: { author, device: newDeviceKey(random), enrolment: null },
    box: vaultKeys(dataKey, id, random).secret,
  })
  must(await client.call('vault.write', { expected: null, record: writeVaultRecord(record) }))

  const read = must(readVaultRecord(must(await client.call('vault.read', {})).record ?? ''))
  const derivation = passphraseDerivation(read)
  const opened = must(openWithPassphrase(read, passphraseKey(passphrase, derivation.salt, derivation.cost)))
  const keys = vaultKeys(opened, read.id, random)
  const { device } = must(await readSecret(read, keys.secret))
  return { client, keys, device, author, close: () => host.close() }
}

/** One dossier whose every change goes, encrypted, into its journal on disk. */
export interface Desk {
  readonly state: () => DossierState
  readonly log: () => readonly Change[]
  readonly run: (input: Command) => Promise<void>
  /** Reads the journal back from disk and checks that it gives exactly this dossier. */
  readonly proveJournal: () => Promise<void>
}

const perCall = 200

export const openDesk = async (workplace: Workplace, knowledge: Knowledge, first: { readonly log: readonly Change[]; readonly state: DossierState }): Promise<Desk> => {
  const { client, keys, author } = workplace
  let { log, state } = first
  const dossier = state.id
  let head: Args<'journal.append'>['prev'] = { seq: 0, hash: genesis }
  const append = async (changes: readonly Change[]): Promise<void> => {
    for (let i = 0; i < changes.length; i += perCall) {
      const lines = await Promise.all(changes.slice(i, i + perCall).map(async (change) => must(await sealLine(keys, change))))
      head = must(await client.call('journal.append', { dossier, prev: head, lines })).head
    }
  }
  await append(log)
  return {
    state: () => state,
    log: () => log,
    run: async (input) => {
      const at = now()
      const body = must(decide(state, command.parse(input), { ...knowledge, dossier, at, author, log }))
      const next = must(apply(state, body))
      const change = link(log.at(-1) ?? null, body, { dossier, at, author })
      await append([change])
      log = [...log, change]
      state = next
    },
    proveJournal: async () => {
      const found: Change[] = []
      for (let more = true; more;) {
        const page = must(await client.call('journal.read', { dossier, after: found.length }))
        for (const line of page.lines) found.push(must(await openLine(keys.journal, dossier, line)))
        more = page.more
      }
      const again = must(replay(found))
      if (JSON.stringify(again) !== JSON.stringify(state)) throw new Error('the journal on disk does not give the dossier in memory')
    },
  }
}
