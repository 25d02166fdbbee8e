import { describe, expect, it } from 'vitest'
import { evaluate } from '../../../../shared/checklist/expression/evaluate.ts'
import { explain, writeValue, type ExplainOptions } from '../../../../shared/checklist/expression/explain.ts'
import { environment, list, none, num, plain, read, text } from './support.ts'

const lines = (formula: string, options: Partial<ExplainOptions> = {}): readonly string[] => explain(read(formula), environment, { language: 'vi', ...options })

describe('full working', () => {
  it.each<[formula: string, options: Partial<ExplainOptions>, expected: readonly string[]]>([
    ['(Gbd - Gsx) / Gbd * 100', { symbol: 'Kkh' }, ['Kkh = (Gbd − Gsx) / Gbd × 100 = (10 − 6) / 10 × 100 = 40']],
    ['(Gbd - Gsx) / Gbd * 100', { symbol: 'Kkh', unit: '%', label: (name) => (name === 'Gbd' ? 'Gbđ' : undefined) }, ['Kkh = (Gbđ − Gsx) / Gbđ × 100 = (10 − 6) / 10 × 100 = 40 %']],
    ['Gbd / 3', {}, ['Gbd / 3 = 10 / 3 ≈ 3,333333']],
    ['Gbd / 3', { language: 'en', decimals: 2 }, ['Gbd / 3 = 10 / 3 ≈ 3.33']],
    ['Gbd * 1234.5', {}, ['Gbd × 1.234,5 = 10 × 1.234,5 = 12.345']],
    ['Gbd * 1234.5', { language: 'en' }, ['Gbd × 1,234.5 = 10 × 1,234.5 = 12,345']],
    ['Gbd >= 1.5 * Gsx and not has_SCADA', {}, ['Gbd ≥ 1,5 × Gsx và không has_SCADA = 10 ≥ 1,5 × 6 và không sai = đúng']],
    ['Gbd >= 1.5 * Gsx and not has_SCADA', { language: 'en' }, ['Gbd ≥ 1.5 × Gsx and not has_SCADA = 10 ≥ 1.5 × 6 and not false = true']],
    ['solutions has "ERP"', {}, ['solutions có “ERP” = [“ERP”; “MES”] có “ERP” = đúng']],
    ['min(e.trl)', {}, ['min(e.trl) = min([6; 4; 7]) = 4']],
    ['round(stands(level) * 100, 1)', { language: 'en' }, ['round(stands(level) × 100, 1) = round(0.08 × 100, 1) = 8']],
    ['points(level) + 1', {}, ['points(level) + 1 = 5 + 1 = 6']],
    ['addWorkingDays(received, 15)', {}, ['addWorkingDays(received; 15) = addWorkingDays(13/02/2026; 15) = 13/03/2026']],
    ['[von-dau.tu]', {}, ['[von-dau.tu] = 250']],
    ['2', { symbol: 'k' }, ['k = 2']],
    ['Gsx - (Gbd - zero)', {}, ['Gsx − (Gbd − zero) = 6 − (10 − 0) = −4']],
    ['Gbd + open', { symbol: 'x' }, ['x = Gbd + open = 10 + (chưa có)', 'Chưa có câu trả lời cho “x”.']],
    ['Gbd / zero', { language: 'en' }, ['Gbd / zero = 10 / 0', 'Division by 0 has no result. Check the divisor.']],
    ['if(Gbd > 1000000 and Gsx > 3000000, Gbd * 1000000, Gsx * 2000000 + Gbd * 3000000)', { symbol: 'quyMo' }, [
      'quyMo = if(Gbd > 1.000.000 và Gsx > 3.000.000; Gbd × 1.000.000; Gsx × 2.000.000 + Gbd × 3.000.000)',
      '= if(10 > 1.000.000 và 6 > 3.000.000; 10 × 1.000.000; 6 × 2.000.000 + 10 × 3.000.000)',
      '= 42.000.000',
    ]],
  ])('%s', (formula, options, expected) => {
    expect(lines(formula, options)).toEqual(expected)
  })

  it('puts brackets where the value would change without them, and nowhere else', () => {
    for (const formula of ['(Gbd - Gsx) - 1', 'Gbd - (Gsx - 1)', '(Gbd / 2) * 3', 'Gbd / (2 * 3)', '(-2) ^ 2', '-2 ^ 2', '(2 ^ 3) ^ 2', '2 ^ (3 ^ 2)', '2 ^ -1', '(not has_PDA) = has_SCADA', 'not (has_PDA and has_SCADA)', 'has_PDA and (has_SCADA or has_PDA)', '(has_PDA and has_SCADA) or has_PDA', '(1 < 2) = (2 < 3)', '-(1 + 2)', '- -1', '-(2 * 3)', '(1 + 2) * 3', '1 + (2 + 3)', '(has_PDA = has_SCADA) = has_PDA']) {
      const [line = ''] = lines(formula, { language: 'en' })
      const written = line.split(' = ')
      // The first step is a formula again: it must have the same value as the one it explains.
      const again = formula.includes(' = ') ? null : read((written[0] ?? '').replaceAll('“', '"').replaceAll('”', '"'))
      if (again !== null) expect([line, plain(evaluate(again, environment))]).toEqual([line, plain(evaluate(read(formula), environment))])
    }
    expect(lines('((Gbd)) + ((Gsx * 2))')).toEqual(['Gbd + Gsx × 2 = 10 + 6 × 2 = 22'])
    expect(lines('(1 < 2) = (2 < 3)')).toEqual(['(1 < 2) = (2 < 3) = đúng'])
    expect(lines('(not has_PDA) = has_SCADA')).toEqual(['(không has_PDA) = has_SCADA = (không đúng) = sai = đúng'])
  })

  it('puts negative numbers in brackets beside an operator', () => {
    const negative = { ...environment, value: () => num(-5) }
    expect(explain(read('10 - x'), negative, { language: 'vi' })).toEqual(['10 − x = 10 − (−5) = 15'])
    expect(explain(read('x ^ 2'), negative, { language: 'vi' })).toEqual(['x^2 = (−5)^2 = 25'])
    expect(explain(read('x < 3'), negative, { language: 'vi' })).toEqual(['x < 3 = −5 < 3 = đúng'])
    expect(explain(read('-x'), negative, { language: 'vi' })).toEqual(['−x = −(−5) = 5'])
  })
})

describe('values as the report writes them', () => {
  it('cuts what would fill a page', () => {
    expect(writeValue(list('number', ...Array.from({ length: 30 }, (_, index) => index + 0.5)), 'vi')).toBe('[0,5; 1,5; 2,5; 3,5; 4,5; 5,5; 6,5; 7,5; 8,5; 9,5; 10,5; 11,5; … (30)]')
    expect(writeValue(text('đ'.repeat(100)), 'vi')).toBe(`“${'đ'.repeat(60)}…”`)
    expect(writeValue(list('boolean', true, null), 'en')).toBe('[true, (missing)]')
    expect(writeValue(none, 'vi')).toBe('(chưa có)')
  })
})
