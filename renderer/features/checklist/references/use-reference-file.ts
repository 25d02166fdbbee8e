import { sha256 } from '@noble/hashes/sha2.js'
import { useMemo, useState } from 'react'
import type { ReferenceMapping, ReferenceRead } from '../../../../shared/checklist/reference-import.ts'
import { readReference, referenceHeadRow, suggestReferenceMapping } from '../../../../shared/checklist/reference-import.ts'
import { hex } from '../../../../shared/kernel/bytes.ts'
import type { Reference } from '../../../../shared/rulepack/scoring.ts'
import { mostBytes, readList } from '../../../ui/spreadsheet/read.ts'
import type { ReadFault, ReadFile, ReadSheet } from '../../../ui/spreadsheet/read.ts'

interface TableFile {
  readonly name: string
  readonly sha256: string
  readonly sheets: readonly ReadSheet[]
}

/** What the person said about the file. */
interface Answers {
  readonly sheet: number
  readonly head: number
  readonly mapping: ReferenceMapping
  readonly numberStyles: Readonly<Record<string, 'vi' | 'en'>>
  readonly percentScales: Readonly<Record<string, 'percent' | 'fraction'>>
}

const answersFor = (sheets: readonly ReadSheet[], sheet: number, reference: Reference, head?: number): Answers => {
  const table = sheets[sheet]?.table ?? { rows: [], width: 0 }
  const row = head ?? referenceHeadRow(table, reference)
  return { sheet, head: row, mapping: suggestReferenceMapping(table, row, reference), numberStyles: {}, percentScales: {} }
}

/** One import of a reference table: the file read, the columns matched, what came of it. */
export const useReferenceFile = (reference: Reference) => {
  const [file, setFile] = useState<TableFile | null>(null)
  const [fault, setFault] = useState<ReadFault | null>(null)
  const [reading, setReading] = useState(false)
  const [answers, setAnswers] = useState<Answers>(() => answersFor([], 0, reference))

  const open = async (picked: File): Promise<void> => {
    setReading(true)
    setFault(null)
    // A file beyond the limit is not even brought into memory; one that is gone meanwhile cannot be.
    const bytes = picked.size > mostBytes ? null : await picked.arrayBuffer().then((buffer) => new Uint8Array(buffer), () => new Uint8Array())
    const read: ReadFile = bytes === null ? { ok: false, fault: 'badLarge' } : await readList(bytes)
    setReading(false)
    if (!read.ok || bytes === null) {
      setFile(null)
      setFault(read.ok ? 'badLarge' : read.fault)
      return
    }
    setFile({ name: picked.name.normalize('NFC'), sha256: hex(sha256(bytes)), sheets: read.sheets })
    setAnswers(answersFor(read.sheets, 0, reference))
  }
  const table = file?.sheets[answers.sheet]?.table ?? null
  const read = useMemo((): ReferenceRead | null => (table === null ? null : readReference(table, reference, answers)), [table, reference, answers])
  // A question stays on the screen once it is answered, so that the answer can be changed.
  const questions = useMemo(() => {
    if (table === null) return []
    const bare = readReference(table, reference, { ...answers, numberStyles: {}, percentScales: {} }).questions.filter(({ about }) => about === 'numberStyle')
    return [...bare, ...readReference(table, reference, { ...answers, percentScales: {} }).questions.filter(({ about }) => about === 'percentScale')]
  }, [table, reference, answers])

  return {
    file, fault, reading, answers, table, read, questions, open,
    change: (part: Partial<Answers>): void => setAnswers((now) => ({ ...now, ...part })),
    chooseSheet: (sheet: number): void => setAnswers(answersFor(file?.sheets ?? [], sheet, reference)),
    chooseHead: (head: number): void => setAnswers((now) => answersFor(file?.sheets ?? [], now.sheet, reference, head)),
  }
}
