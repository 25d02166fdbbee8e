import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { functionNames } from '../../../shared/rulepack/expression/functions.ts'
import { parseExpression } from '../../../shared/rulepack/expression/parse.ts'
import { expressionLimits } from '../../../shared/rulepack/expression/types.ts'

const guide = path.resolve(import.meta.dirname, '../../../docs/guide')

describe.each([['vi/bieu-thuc.md', '.'], ['en/expressions.md', ',']])('the guide to formulas, %s', (file, thousands) => {
  const page = readFileSync(path.join(guide, file), 'utf8')

  it('shows only formulas that the program reads', () => {
    const examples = [...page.matchAll(/```bieu-thuc\n([\s\S]*?)```/g)].flatMap((match) => (match[1] ?? '').split('\n').filter((line) => line !== ''))
    expect(examples.length).toBeGreaterThan(15)
    expect(examples.flatMap((formula) => (parseExpression(formula).ok ? [] : [formula]))).toEqual([])
  })

  it('describes every function and no other', () => {
    const described = new Set([...page.matchAll(/`(\w+)\([^`]*\)`/g)].map((match) => match[1]))
    expect(functionNames.filter((name) => !described.has(name))).toEqual([])
    const rows = [...page.matchAll(/^\| ((?:`\w+\([^`]*\)` ?)+)\|/gm)].flatMap((match) => [...(match[1] ?? '').matchAll(/`(\w+)\(/g)].map((call) => call[1] ?? ''))
    expect(rows.filter((name) => !functionNames.includes(name))).toEqual([])
  })

  it('states the limits that hold, and leads to pages that exist', () => {
    const { length, nodes, depth, rows } = expressionLimits
    const grouped = (value: number): string => String(value).replace(/(\d)(\d{3})$/, `$1${thousands}$2`)
    for (const limit of [length, nodes, depth, rows]) expect(page).toContain(` ${grouped(limit)} `)
    for (const link of page.matchAll(/\]\(([^)]+\.md)\)/g)) expect(readFileSync(path.join(guide, path.dirname(file), link[1] ?? ''), 'utf8')).toContain('# ')
  })
})
