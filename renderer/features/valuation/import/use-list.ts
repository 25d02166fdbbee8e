import { useMemo, useState } from 'react'
import { sha256 } from '@noble/hashes/sha2.js'
import { hex } from '../../../../shared/kernel/bytes.ts'
import { headRowOf, suggestMapping, type DealField, type DealPurpose, type Mapping } from '../../../../shared/valuation/library/fields.ts'
import { readDeals, type Deal, type DealsRead } from '../../../../shared/valuation/library/read-deals.ts'
import { mostBytes, readList, type ReadFault, type ReadFile, type ReadSheet } from '../../../ui/spreadsheet/read.ts'

/** A file of deals on its way into a method: what was read of it and what the person said about it. */
export interface ListFile {
  readonly file: File
  readonly sha256: string
  readonly sheets: readonly ReadSheet[]
}

export interface Answers {
  readonly sheet: number
  readonly head: number
  readonly mapping: Mapping
  /** What one unit of price in the file is worth in units of the currency; null until said. */
  readonly priceScale: number | null
  readonly numberStyles: Readonly<Partial<Record<DealField, 'vi' | 'en'>>>
  readonly shareScales: Readonly<Partial<Record<DealField, 'percent' | 'fraction'>>>
  /** Deals in other currencies are kept and converted, instead of refused. */
  readonly foreign: boolean
  /** Lines of the deals left out by hand. */
  readonly left: ReadonlySet<number>
}

const answersFor = (sheets: readonly ReadSheet[], sheet: number, purpose: DealPurpose, head?: number): Answers => {
  const table = sheets[sheet]?.table ?? { rows: [], width: 0 }
  const row = head ?? headRowOf(table, purpose)
  return { sheet, head: row, mapping: suggestMapping(table, row, purpose), priceScale: null, numberStyles: {}, shareScales: {}, foreign: false, left: new Set() }
}

interface Dossier {
  readonly currency: string
  readonly valuationDate: string
}

/** The state of one import: read a file, correct the mapping, see what comes of it. Prices come out in whole units of their currency. */
export const useList = (purpose: DealPurpose, { currency, valuationDate }: Dossier) => {
  const [list, setList] = useState<ListFile | null>(null)
  const [fault, setFault] = useState<ReadFault | null>(null)
  const [reading, setReading] = useState(false)
  const [answers, setAnswers] = useState<Answers>(() => answersFor([], 0, purpose))

  const open = async (file: File): Promise<void> => {
    setReading(true)
    setFault(null)
    // A file beyond the limit is not even brought into memory; one that is gone meanwhile cannot be.
    const bytes = file.size > mostBytes ? null : await file.arrayBuffer().then((buffer) => new Uint8Array(buffer), () => new Uint8Array())
    const read: ReadFile = bytes === null ? { ok: false, fault: 'badLarge' } : await readList(bytes)
    setReading(false)
    if (!read.ok || bytes === null) {
      setList(null)
      setFault(read.ok ? 'badLarge' : read.fault)
      return
    }
    setList({ file, sha256: hex(sha256(bytes)), sheets: read.sheets })
    setAnswers(answersFor(read.sheets, 0, purpose))
  }
  const table = list?.sheets[answers.sheet]?.table ?? null
  const needsScale = purpose === 'comparables'
  const read = useMemo((): DealsRead | null => {
    if (table === null || (needsScale && answers.priceScale === null)) return null
    return readDeals(table, {
      purpose, currency, valuationDate,
      head: answers.head, mapping: answers.mapping, numberStyles: answers.numberStyles, shareScales: answers.shareScales,
      moneyFactor: answers.priceScale ?? 1, foreign: answers.foreign,
    })
  }, [table, needsScale, answers, purpose, currency, valuationDate])
  // Whatever can be read is worth keeping, also what this dossier cannot use.
  const keepable = useMemo((): readonly Deal[] => {
    if (table === null || (needsScale && answers.priceScale === null)) return []
    return readDeals(table, {
      purpose, currency, valuationDate: '', foreign: true, head: answers.head, mapping: answers.mapping, numberStyles: answers.numberStyles, shareScales: answers.shareScales, moneyFactor: answers.priceScale ?? 1,
    }).deals
  }, [table, needsScale, answers, purpose, currency])
  // A question stays on the screen once it is answered, so that the answer can be changed.
  const questions = useMemo(() => {
    if (table === null) return []
    const facts = { purpose, currency, valuationDate, head: answers.head, mapping: answers.mapping, moneyFactor: 1, shareScales: {} }
    const open = readDeals(table, { ...facts, numberStyles: {} }).questions.filter(({ about }) => about === 'numberStyle')
    return [...open, ...readDeals(table, { ...facts, numberStyles: answers.numberStyles }).questions.filter(({ about }) => about === 'shareScale')]
  }, [table, purpose, currency, valuationDate, answers.head, answers.mapping, answers.numberStyles])

  return {
    list, fault, reading, answers, table, read, keepable, questions, open,
    change: (part: Partial<Answers>): void => setAnswers((now) => ({ ...now, ...part })),
    chooseSheet: (sheet: number): void => setAnswers(answersFor(list?.sheets ?? [], sheet, purpose)),
    chooseHead: (head: number): void => setAnswers((now) => ({ ...answersFor(list?.sheets ?? [], now.sheet, purpose, head), priceScale: now.priceScale })),
  }
}
