import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { FaultRows } from '../../../shared/kernel/fault-shape.ts'
import { faults, faultText } from '../../../shared/kernel/faults.ts'

const folder = path.resolve(import.meta.dirname, '../../../shared/kernel/faults')
const areas: readonly (readonly [string, FaultRows])[] = await Promise.all(readdirSync(folder).map(async (name) => {
  const module: Readonly<Record<string, FaultRows>> = await import(path.join(folder, name))
  return [name, Object.values(module)[0] ?? {}] as const
}))

describe('the fault table', () => {
  it('has every code once: a second row would silently replace the first', () => {
    const codes = areas.flatMap(([, rows]) => Object.keys(rows))
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([])
    expect(Object.keys(faults).toSorted()).toEqual(codes.toSorted())
  })

  it('says each in both languages, with the same values', () => {
    const names = (text: string): readonly string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').toSorted()
    for (const [, rows] of areas)
      for (const [code, { text }] of Object.entries(rows)) {
        expect(text.vi.trim(), code).not.toBe('')
        expect(text.en.trim(), code).not.toBe('')
        expect(new Set(names(text.vi).map((name) => name.replace(/(Vi|En|vi|en)$/, ''))), code).toEqual(new Set(names(text.en).map((name) => name.replace(/(Vi|En|vi|en)$/, ''))))
      }
  })

  it('fills in details and never leaves a gap', () => {
    expect(faultText({ code: 'port-taken', details: { port: 17645 } }).vi).toContain('17645')
    expect(faultText({ code: 'port-taken' }).en).toContain('…')
  })
})
