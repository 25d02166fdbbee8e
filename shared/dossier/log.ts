import { canonicalHash } from '../kernel/canonical.ts'
import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import { canonicalText } from '../kernel/text.ts'
import type { Change, ChangeBody, Json } from '../schema/change.ts'
import { genesis } from '../schema/change.ts'
import type { DossierState } from '../schema/dossier.ts'
import { dossierPhase, dossierState } from '../schema/dossier.ts'
import { command } from './commands.ts'
import type { CommandType } from './commands.ts'
import { applyOps, invertOps, isObject, sameJson, sameOps } from './ops.ts'
import { isArrow, isPermitted } from './phases.ts'
import { staysInScope } from './scopes.ts'

/** Hash of a log line: SHA-256 of its RFC 8785 bytes without `hash`. */
export const hashOf = (line: Omit<Change, 'hash'>): string => canonicalHash({ v: line.v, dossier: line.dossier, seq: line.seq, prev: line.prev, at: line.at, author: line.author, body: line.body })

/** Makes the next line of a log (dòng nhật ký); `previous` is null for the first one. */
export const link = (previous: Change | null, body: ChangeBody, facts: { readonly dossier: string; readonly at: string; readonly author: string }): Change => {
  const line: Omit<Change, 'hash'> = {
    v: 1,
    dossier: facts.dossier,
    seq: (previous?.seq ?? 0) + 1,
    prev: previous?.hash ?? genesis,
    at: facts.at,
    author: canonicalText(facts.author),
    body,
  }
  return { ...line, hash: hashOf(line) }
}

/**
 * Checks the chain of a log: one dossier, numbered 1, 2, 3 … without gap, each line linked to the one before and its hash
 * right, created once at the start. Fault: `log-broken` with the number of the first wrong line.
 */
export const verifyLog = (changes: readonly Change[]): Result<void, 'log-broken'> => {
  let previous: Change | null = null
  for (const [index, change] of changes.entries()) {
    const right = change.seq === index + 1
      && change.prev === (previous?.hash ?? genesis)
      && change.dossier === (previous?.dossier ?? change.dossier)
      && (change.body.kind === 'dossier.create') === (index === 0)
      && change.hash === hashOf(change)
    if (!right) return err('log-broken', { seq: index + 1 })
    previous = change
  }
  return ok(undefined)
}

/** A state read from JSON, exactly as the schema writes it: nothing unknown, nothing left to a default, text in NFC. */
export const readState = (value: Json): DossierState | null => {
  const parsed = dossierState.safeParse(value)
  return parsed.success && sameJson(parsed.data, value) ? parsed.data : null
}

/** Applies one change to a state (null before the first); every step must find the value it starts from. Fault: `change-does-not-fit`. */
export const apply = (state: DossierState | null, body: ChangeBody): Result<DossierState, 'change-does-not-fit'> => {
  const next = applyOps(state ?? {}, body.ops)
  const read = next.ok ? readState(next.value) : null
  return read === null ? err('change-does-not-fit') : ok(read)
}

/** The body that takes a change back. */
export const invert = (body: ChangeBody): ChangeBody => ({ ...body, ops: invertOps(body.ops) })

/**
 * Changes that end what can be undone. Phase changes have their own arrows back; declared interests and the steps of a
 * scoring round are acts of other people and are never taken back by undo (a return to draft starts them anew).
 */
const barriers: ReadonlySet<string> = new Set(['dossier.create', 'council.declare', 'council.openRound', 'council.score', 'council.closeRound', 'council.adopt'])

interface Stacks {
  readonly undo: readonly Change[]
  readonly redo: readonly Change[]
}
const noStacks: Stacks = { undo: [], redo: [] }

const step = (stacks: Stacks, change: Change): Stacks => {
  const { kind } = change.body
  if (kind === 'undo') return { undo: stacks.undo.slice(0, -1), redo: [...stacks.redo, ...stacks.undo.slice(-1)] }
  if (kind === 'redo') return { undo: [...stacks.undo, ...stacks.redo.slice(-1)], redo: stacks.redo.slice(0, -1) }
  if (isArrow(kind) || barriers.has(kind)) return noStacks
  return { undo: [...stacks.undo, change], redo: [] }
}

const stacksOf = (log: readonly Change[]): Stacks => {
  const start = log.findLastIndex(({ body }) => isArrow(body.kind) || barriers.has(body.kind))
  return log.slice(start + 1).reduce(step, noStacks)
}

/** The change that undo would take back now, from the log alone; null when there is none. */
export const undoable = (log: readonly Change[]): Change | null => stacksOf(log).undo.at(-1) ?? null
/** The change that redo would make again now; gone as soon as an ordinary change follows. */
export const redoable = (log: readonly Change[]): Change | null => stacksOf(log).redo.at(-1) ?? null

const commandTypes: ReadonlySet<string> = new Set(command.options.map((option) => option.shape.type.value))
const isCommandType = (kind: string): kind is CommandType => commandTypes.has(kind)

/** Whether a line could have come from a command given in that phase. */
const isAllowed = (change: Change, phase: string | undefined, stacks: Stacks): boolean => {
  const { kind, of, ops } = change.body
  if (kind === 'dossier.create') return phase === undefined
  const known = dossierPhase.safeParse(phase)
  if (!known.success || !isCommandType(kind) || !isPermitted(kind, known.data)) return false
  // A return takes the council's decisions on gaps out and puts none in.
  if (kind === 'phase.return' && ops.some(({ path, to }) => path[0]?.startsWith('checklist') === true && to !== undefined)) return false
  if (kind !== 'undo' && kind !== 'redo') return of === undefined && staysInScope(change.body)
  const target = kind === 'undo' ? stacks.undo.at(-1) : stacks.redo.at(-1)
  return target !== undefined && target.seq === of && sameOps(ops, kind === 'undo' ? invertOps(target.body.ops) : target.body.ops)
}

const phaseOf = (value: Json): string | undefined => (isObject(value) && typeof value['phase'] === 'string' ? value['phase'] : undefined)

/**
 * The state of a dossier from its log. Checks the chain, that every line fits what stands before it, and that every line
 * was allowed in its phase and stayed within its subject; so a log made elsewhere cannot contain what no command could do.
 * Faults: `log-broken`, `change-not-allowed`, `change-does-not-fit`, each with the line.
 */
export const replay = (changes: readonly Change[]): Result<DossierState, 'log-broken' | 'change-does-not-fit' | 'change-not-allowed'> => {
  const chain = verifyLog(changes)
  if (!chain.ok) return chain
  let value: Json = {}
  let stacks = noStacks
  for (const change of changes) {
    if (!isAllowed(change, phaseOf(value), stacks)) return err('change-not-allowed', { seq: change.seq })
    const next = applyOps(value, change.body.ops)
    if (!next.ok) return err('change-does-not-fit', { seq: change.seq })
    value = next.value
    stacks = step(stacks, change)
  }
  const state = readState(value)
  if (state === null || state.id !== changes[0]?.dossier) return err('change-does-not-fit', { seq: changes.length })
  return ok(state)
}
