import type { CallName, EventName } from './contract.ts'

/**
 * The names of the contract without its schemas, for the preload, which must stay small.
 * The compiler refuses a missing or surplus name.
 */
const calls = {
  'app.info': true, 'app.ready': true, 'app.closeReady': true,
  'vault.read': true, 'vault.write': true, 'vault.remember': true, 'vault.recall': true,
  'journal.heads': true, 'journal.append': true, 'journal.read': true,
  'blob.put': true, 'blob.get': true, 'blob.missing': true,
  'file.open': true, 'file.write': true, 'file.commit': true, 'file.reveal': true,
  'sign.open': true, 'sign.bytes': true, 'sign.close': true,
  'exchange.configure': true, 'exchange.hello': true, 'exchange.enrol': true, 'exchange.session': true,
  'exchange.plan': true, 'exchange.put': true, 'exchange.commit': true,
  'log.write': true, 'help.open': true,
} as const satisfies Readonly<Record<CallName, true>>

const eventNames = { 'app.closing': true, 'journal.changedElsewhere': true } as const satisfies Readonly<Record<EventName, true>>

export const callNames: readonly string[] = Object.keys(calls)

export const isCallName = (name: unknown): name is CallName => typeof name === 'string' && Object.hasOwn(calls, name)
export const isEventName = (name: unknown): name is EventName => typeof name === 'string' && Object.hasOwn(eventNames, name)

/** The two channels of the Electron door. */
export const callChannel = 'luong-gia:call'
export const eventChannel = 'luong-gia:event'
