import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { numberKey, readRegister, sourceByNumber } from '../../../shared/rulepack/registry.ts'
import { defined, packTexts, repoRoot } from '../dossier/support.ts'

const register = defined(readRegister(JSON.parse(readFileSync(path.join(repoRoot, 'resources/legal/sources.json'), 'utf8'))))
const filesBelow = (folder: string): readonly string[] =>
  readdirSync(path.join(repoRoot, folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name)).map((entry) => path.join(entry.parentPath, entry.name))
/** Number of a legal document: `17/2019/TT-BKHCN`, `07/2017/QH14`; that of a contract is not one. */
const number = /\b\d{1,3}\/\d{4}\/(?!HĐ)[A-ZĐ][A-ZĐ0-9]*(?:-[A-ZĐ]+)*/g
const isRemark = (line: string): boolean => /^\s*(\*|\/\/|\/\*)/.test(line)

it('every document that a sentence of the program cites is in the register, with its dates and status', () => {
  const cited = [...filesBelow('shared'), ...filesBelow('renderer')].flatMap((file) => readFileSync(file, 'utf8').split('\n').filter((line) => !isRemark(line)).flatMap((line) => line.match(number) ?? []))
  expect(cited.length).toBeGreaterThan(20)
  expect([...new Set(cited)].filter((one) => sourceByNumber(register, one) === undefined)).toEqual([])
})

it('packs and register say the same of the documents that both know', () => {
  const sources = packTexts.flatMap((text) => (JSON.parse(text) as { sources: { number: string; effectiveFrom: string; effectiveTo: string; status: string }[] }).sources) // shipped packs are loaded elsewhere
  const differing = sources.flatMap((one) => {
    const known = sourceByNumber(register, one.number)
    return known === undefined || (['effectiveFrom', 'effectiveTo', 'status'] as const).every((key) => one[key] === known[key]) ? [] : [`${numberKey(one.number)}: ${one.effectiveFrom} ${one.effectiveTo} ${one.status}, register: ${known.effectiveFrom} ${known.effectiveTo} ${known.status}`]
  })
  expect([...new Set(differing)]).toEqual([])
})
