import { exchangePort } from '../../shared/host/exchange-port.ts'
import { err, ok } from '../../shared/kernel/result.ts'
import type { Result } from '../../shared/kernel/result.ts'
import { thumbprint } from '../../shared/seal/jws.ts'
import { askHello, enrolDevice } from '../../shared/sync/enrol.ts'
import { publicPart } from '../../shared/vault/device.ts'
import type { Store } from './api.ts'
import { source } from './live.ts'
import type { Source } from './live.ts'
import type { StorePorts } from './ports.ts'
import type { Session } from './session.ts'
import type { VaultKeeper } from './vault-keeper.ts'

type ExchangeFacts = ReturnType<Store['exchange']['get']>
const nothing: ExchangeFacts = { address: '', enrolled: false, organisation: '', keyId: '' }

export interface Exchange {
  readonly facts: Source<ExchangeFacts>
  readonly load: (session: Session) => Promise<void>
  readonly setAddress: (session: Session, address: string) => Promise<Result<void>>
  readonly test: () => Promise<Result<{ readonly name: string; readonly clockOffsetMs: number }>>
  /** Enrols this device; the enrolment lies in the vault record, so it outlives the browser's store. */
  readonly enrol: (session: Session, code: string) => Promise<Result<void>>
  readonly clear: () => void
}

/** What this device knows of the exchange (sàn giao dịch), and the calls that change it. */
export const createExchange = (ports: StorePorts, keeper: VaultKeeper): Exchange => {
  const facts = source(nothing)
  const port = exchangePort(ports.host)

  const show = (session: Session, address: string): void => {
    const { enrolment, device } = session.vault.secret
    facts.set({ address, enrolled: enrolment !== null, organisation: enrolment?.organisation.name ?? '', keyId: thumbprint(publicPart(device)) })
  }

  return {
    facts,
    load: async (session) => {
      const settings = await ports.host.call('exchange.configure', { address: null })
      if (!session.closed.aborted) show(session, settings.ok ? settings.value.address : '')
    },
    setAddress: async (session, address) => {
      const settings = await ports.host.call('exchange.configure', { address: address.trim() })
      if (!settings.ok) return settings
      if (!session.closed.aborted) show(session, settings.value.address)
      return ok(undefined)
    },
    test: async () => {
      const hello = await askHello(port)
      return hello.ok ? ok({ name: hello.value.name, clockOffsetMs: Date.parse(hello.value.time) - Date.parse(ports.now()) }) : hello
    },
    enrol: async (session, code) => {
      const { device, author } = session.vault.secret
      const enrolled = await enrolDevice(port, { code, key: publicPart(device), name: author.slice(0, 200) || 'Lượng Giá' })
      if (!enrolled.ok) return enrolled
      if (session.closed.aborted) return err('locked')
      const kept = await keeper.saveSecret(session.vault, { ...session.vault.secret, enrolment: enrolled.value })
      if (!kept.ok) return kept
      session.vault = kept.value
      show(session, facts.get().address)
      return ok(undefined)
    },
    clear: () => facts.set(nothing),
  }
}
