import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readList } from '../../../renderer/ui/spreadsheet/read.ts'
import { writeWorkbook } from '../../../renderer/ui/spreadsheet/write.ts'
import { faultText } from '../../../shared/kernel/faults.ts'
import { answerTemplate } from '../../../shared/report/template/build.ts'
import type { FilledSheet } from '../../../shared/report/template/read.ts'
import { readTemplate } from '../../../shared/report/template/read.ts'
import { addressOf } from '../../../shared/report/workbook/model.ts'
import type { Workbook } from '../../../shared/report/workbook/model.ts'
import { isChecklistPack, loadPack, packRef, questionsOf } from '../../../shared/rulepack/load.ts'
import type { ChecklistPack, Question } from '../../../shared/rulepack/schema.ts'
import type { Answer, Checklist } from '../../../shared/schema/dossier.ts'
import { must } from '../dossier/support.ts'

const loadedNamed = (name: string) => {
  const loaded = must(loadPack(readFileSync(path.resolve(import.meta.dirname, `../../../resources/rulepacks/${name}.json`), 'utf8')))
  if (!isChecklistPack(loaded)) throw new Error(name)
  return loaded
}
const answer = (value: Answer['value'], note = ''): Answer => ({ value, evidence: ['e1'], note, confidence: 0.75 })

/** Some fitting answer to every question; null for computed ones. */
const anyAnswer = (question: Question, index: number): Answer['value'] => {
  switch (question.type) {
    case 'yesNo':
      return index % 2 === 0
    case 'level':
      return question.levels[index % question.levels.length]?.value ?? null
    case 'choice':
      return question.multiple ? (index % 3 === 0 ? [] : question.options.slice(0, 2).map(({ value }) => value)) : question.options[index % question.options.length]?.value ?? null
    case 'number':
    case 'money':
      return Math.min(Math.max(question.min ?? 0, 12.5), question.max ?? Infinity)
    case 'date':
      return '2026-03-05'
    case 'text':
      return `Nội dung ${String(index)}`
    case 'table':
      return [Object.fromEntries(question.columns.flatMap((column) => (column.type === 'computed' ? [] : [[column.id,
        column.type === 'text' ? 'Hàng' : column.type === 'number' ? Math.min(Math.max(column.min ?? 1, 1), column.max ?? 1) : column.type === 'date' ? '2026-01-31' : column.type === 'yesNo' ? true : column.options[0]?.value ?? null] as const])))]
    case 'computed':
      return null
  }
}
const checklistOf = (pack: ChecklistPack, sha256: string, answers: Checklist['answers']): Checklist => ({ pack: { id: pack.id, version: pack.version, sha256 }, answers, waivers: {} })

/** The workbook as a file and back, as the program reads it. */
const throughFile = async (workbook: Workbook): Promise<readonly FilledSheet[]> => {
  const read = await readList(new Uint8Array(await writeWorkbook(workbook)))
  if (!read.ok) throw new Error(read.fault)
  return read.sheets
}
/** The workbook with one input cell changed: the cell left of the id, or of a table, by sheet name and address. */
const changed = (workbook: Workbook, id: string, value: string | number): Workbook => ({
  ...workbook,
  sheets: workbook.sheets.map((sheet) => ({
    ...sheet,
    rows: sheet.rows.map((row) => (row[5]?.content.kind === 'text' && row[5].content.text === id
      ? row.map((cell, column) => (column === 3 ? { content: typeof value === 'number' ? { kind: 'number' as const, value } : { kind: 'text' as const, text: value }, style: 'input' as const } : cell))
      : row)),
  })),
})

const packNames = ['tt17-2019', 'trl-1', 'mrl-1', 'kth-irl-1', 'system-readiness-1', 'ip-review-1', 'weighted-1'] as const

describe('the answer template', () => {
  it.each(packNames)('of %s reads back to the answers that were in it, in both languages', async (name) => {
    const loaded = loadedNamed(name)
    const { pack, sha256 } = loaded
    const answers = Object.fromEntries(questionsOf(pack).flatMap((question, index) => {
      const value = anyAnswer(question, index)
      return value === null ? [] : [[question.id, answer(value)]]
    }))
    for (const language of ['vi', 'en'] as const) {
      const sheets = await throughFile(answerTemplate(pack, packRef(loaded), checklistOf(pack, sha256, answers), language))
      const back = must(readTemplate(pack, packRef(loaded), checklistOf(pack, sha256, {}), sheets, language))
      expect(back.refusals).toEqual([])
      expect(back.made).toBe('same')
      expect(Object.fromEntries(Object.entries(back.answers).map(([id, { value }]) => [id, value]))).toEqual(Object.fromEntries(Object.entries(answers).map(([id, { value }]) => [id, value])))
      const again = must(readTemplate(pack, packRef(loaded), checklistOf(pack, sha256, answers), sheets, language))
      expect([Object.keys(again.answers), again.unchanged.length]).toEqual([[], Object.keys(answers).length])
    }
  })

  it('says which cells it could not take, and takes the rest', async () => {
    const loaded = loadedNamed('tt17-2019')
    const { pack, sha256 } = loaded
    const empty = checklistOf(pack, sha256, {})
    const numbers = questionsOf(pack).filter((question) => question.type === 'number' || question.type === 'money')
    const single = questionsOf(pack).find((question) => question.type === 'choice' && !question.multiple)
    const [a, b, c, d] = numbers
    if (a === undefined || b === undefined || c === undefined || d === undefined || single === undefined) throw new Error('questions')
    const workbook = [[a.id, 'khoảng 5 tỷ'], [b.id, '1.234'], [c.id, 40], [d.id, -5], [single.id, 'Mức khác']].reduce((book, [id, value]) => changed(book, String(id), value ?? ''), answerTemplate(pack, packRef(loaded), empty, 'vi'))
    const read = must(readTemplate(pack, packRef(loaded), empty, await throughFile(workbook), 'vi'))
    expect(Object.fromEntries(Object.entries(read.answers).map(([id, { value }]) => [id, value]))).toEqual({ [c.id]: 40 })
    expect(read.refusals.map(({ label, fault }) => [label, fault.code])).toEqual(expect.arrayContaining([
      [a.label, 'template-number-unreadable'], [b.label, 'template-number-doubtful'], [d.label, 'template-out-of-range'], [single.label, 'template-choice-unknown'],
    ]))
    expect(read.refusals).toHaveLength(4)
    for (const { fault, line, sheet } of read.refusals) {
      expect([faultText(fault).vi, faultText(fault).en].every((sentence) => !sentence.includes('{') && !sentence.includes('…'))).toBe(true)
      expect([line > 3, sheet !== '']).toEqual([true, true])
    }
  })

  it('keeps evidence and confidence, and answers whose cell is empty', async () => {
    const loaded = loadedNamed('trl-1')
    const { pack, sha256 } = loaded
    const [first, second] = questionsOf(pack)
    if (first === undefined || second === undefined) throw new Error('questions')
    const present = checklistOf(pack, sha256, { [first.id]: answer(true, 'Ghi chú'), [second.id]: answer(false) })
    const workbook = changed(changed(answerTemplate(pack, packRef(loaded), checklistOf(pack, sha256, {}), 'vi'), first.id, 'Không'), second.id, '')
    const read = must(readTemplate(pack, packRef(loaded), present, await throughFile(workbook), 'vi'))
    expect(read.answers).toEqual({ [first.id]: { value: false, evidence: ['e1'], note: 'Ghi chú', confidence: 0.75 } })
  })

  it('knows a file of another pack, another version, or of nobody', async () => {
    const loaded = loadedNamed('trl-1')
    const { pack, sha256 } = loaded
    const empty = checklistOf(pack, sha256, {})
    const sheets = await throughFile(answerTemplate(pack, packRef(loaded), empty, 'en'))
    expect(must(readTemplate(pack, { ...packRef(loaded), version: '2.0.0', sha256: 'f'.repeat(64) }, empty, sheets, 'en')).made).toBe('otherVersion')
    expect(must(readTemplate(pack, { id: 'other', version: '1.0.0', sha256: 'f'.repeat(64) }, empty, sheets, 'en')).made).toBe('otherPack')
    expect(readTemplate(pack, packRef(loaded), empty, [{ name: 'x', table: { width: 1, rows: [{ line: 1, cells: ['a'] }] } }], 'en')).toEqual({ ok: false, fault: { code: 'template-foreign' } })
  })

  it('offers lists that a spreadsheet program keeps', async () => {
    const loaded = loadedNamed('tt17-2019')
    const workbook = answerTemplate(loaded.pack, packRef(loaded), checklistOf(loaded.pack, loaded.sha256, {}), 'vi')
    const folder = mkdtempSync(path.join(tmpdir(), 'luong-gia-template-'))
    try {
      writeFileSync(path.join(folder, 'mau.xlsx'), await writeWorkbook(workbook))
      const xml = execFileSync('unzip', ['-p', path.join(folder, 'mau.xlsx'), 'xl/worksheets/*.xml'], { encoding: 'utf8', timeout: 20_000 })
      const offered = workbook.sheets.flatMap((sheet) => sheet.choices ?? [])
      expect(xml.match(/<dataValidation /g)).toHaveLength(offered.length)
      expect(offered.length).toBeGreaterThan(5)
      for (const { row, column } of offered.slice(0, 3)) expect(xml).toContain(`sqref="${addressOf(row, column)}:`)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
