import type { Text } from '../kernel/fault-shape.ts'

/** Why a figure has no value, or what to mind about the value it has. Codes are the keys of reasons.ts. */
export interface Note {
  readonly code: string
  readonly details?: Readonly<Record<string, string | number>>
}

export type Unit = 'money' | 'fraction' | 'percent' | 'years' | 'factor' | 'count' | 'points' | 'none'

/** One row of a figure's working (vết tính): unfolds to formula, inputs, intermediate values and the clause it rests on. */
export interface TraceNode {
  readonly id: string
  readonly label: Text
  /** Formula in symbols, for example `V = B / (1 − (T/n)·A)`. */
  readonly formula?: string
  /** The same in words. */
  readonly words?: Text
  readonly unit: Unit
  /** One number, one number per period, or null where undefined. */
  readonly value: number | null | readonly (number | null)[]
  /** Labels of the periods when `value` is a list. */
  readonly periods?: readonly string[]
  /** Key of the input datum this row repeats: screen and report print its source, date and reason beside it. */
  readonly input?: string
  /** Standard, clause or paper; a clause of law is cited in both languages. */
  readonly source?: string | Text
  readonly notes?: readonly Note[]
  readonly children?: readonly TraceNode[]
}

/** A number and its whole working. `value` is null only with a reason; never NaN, Infinity or a silent 0. */
export interface Figure {
  readonly value: number | null
  readonly unit: Unit
  readonly reason?: Note
  readonly warnings: readonly Note[]
  readonly trace: TraceNode
  /** Cash flows of the figure, for charts: times in years and amounts. */
  readonly flows?: { readonly times: readonly number[]; readonly amounts: readonly number[]; readonly presentValues: readonly number[] }
}

/** A choice or flag input that has one of these values. */
export interface AskedWhen {
  readonly key: string
  readonly is: readonly (string | boolean)[]
}

/** One input of a method: what a guided form needs to ask for it. */
export interface InputSpec {
  readonly key: string
  readonly label: Text
  /** One or two sentences: what it is, where it is usually found. */
  readonly help: Text
  /** A `date` is `YYYY-MM-DD`. */
  readonly type: 'number' | 'series' | 'choice' | 'flag' | 'date'
  readonly unit: Unit
  readonly required: boolean
  /** Symbol of the input in the method's formulas, for example `ρ`. */
  readonly symbol?: string
  /** Hard limits: outside them the method refuses with a reason. */
  readonly min?: number
  readonly max?: number
  readonly choices?: readonly { readonly value: string; readonly label: Text }[]
  /** Shown only while another choice or flag input has one of these values; of several conditions all must hold. */
  readonly when?: AskedWhen | readonly AskedWhen[]
  /** Published range shown as a check beside the input, never a default. */
  readonly range?: { readonly low: number; readonly high: number; readonly citation: Text }
  /** Series whose rows are not forecast years (stages, comparables, past spending): series of one name share a table. */
  readonly rows?: { readonly table: string; readonly label: Text }
}

export type InputValue = number | string | null | readonly (number | null)[]
export type Inputs = Readonly<Record<string, InputValue>>

/** The number of a figure without its working; `reason` says why there is none. */
export type Valued = { readonly value: number; readonly reason: null } | { readonly value: null; readonly reason: Note }

/** A valuation method as data and a pure function; a version once sealed is never edited. */
export interface MethodSpec {
  readonly id: string
  readonly approach: 'cost' | 'market' | 'income' | 'option'
  readonly name: Text
  readonly summary: Text
  readonly clause: Text
  readonly inputs: readonly InputSpec[]
  readonly compute: (inputs: Inputs) => Figure
  /**
   * The same computation for many trials (tính nhanh cho mô phỏng): value and reason of `compute`, bit for bit, without the working.
   * Only the inputs named in `moving` may differ from `inputs` from call to call, and each keeps its kind: a number stays a number,
   * a series keeps its length and its empty rows. The function that is handed back serves one call at a time.
   */
  readonly valuer: (inputs: Inputs, moving: readonly string[]) => (inputs: Inputs) => Valued
}
