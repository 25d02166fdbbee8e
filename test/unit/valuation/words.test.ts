import { describe, expect, it } from 'vitest'
import { moneyInWords, numberInWords } from '../../../shared/valuation/words.ts'

describe('numbers in words', () => {
  it.each<[value: number, vi: string, en: string]>([
    [0, 'không', 'zero'],
    [5, 'năm', 'five'],
    [10, 'mười', 'ten'],
    [11, 'mười một', 'eleven'],
    [14, 'mười bốn', 'fourteen'],
    [15, 'mười lăm', 'fifteen'],
    [20, 'hai mươi', 'twenty'],
    [21, 'hai mươi mốt', 'twenty-one'],
    [24, 'hai mươi tư', 'twenty-four'],
    [25, 'hai mươi lăm', 'twenty-five'],
    [44, 'bốn mươi tư', 'forty-four'],
    [55, 'năm mươi lăm', 'fifty-five'],
    [91, 'chín mươi mốt', 'ninety-one'],
    [100, 'một trăm', 'one hundred'],
    [101, 'một trăm linh một', 'one hundred and one'],
    [104, 'một trăm linh bốn', 'one hundred and four'],
    [105, 'một trăm linh năm', 'one hundred and five'],
    [115, 'một trăm mười lăm', 'one hundred and fifteen'],
    [121, 'một trăm hai mươi mốt', 'one hundred and twenty-one'],
    [155, 'một trăm năm mươi lăm', 'one hundred and fifty-five'],
    [1000, 'một nghìn', 'one thousand'],
    [1001, 'một nghìn không trăm linh một', 'one thousand and one'],
    [1010, 'một nghìn không trăm mười', 'one thousand and ten'],
    [1100, 'một nghìn một trăm', 'one thousand one hundred'],
    [21_024, 'hai mươi mốt nghìn không trăm hai mươi tư', 'twenty-one thousand and twenty-four'],
    [100_000, 'một trăm nghìn', 'one hundred thousand'],
    [1_000_005, 'một triệu không trăm linh năm', 'one million and five'],
    [2_024_015, 'hai triệu không trăm hai mươi tư nghìn không trăm mười lăm', 'two million twenty-four thousand and fifteen'],
    [1_205_000_000, 'một tỷ hai trăm linh năm triệu', 'one billion two hundred and five million'],
    [1_000_000_001, 'một tỷ không trăm linh một', 'one billion and one'],
    [15_000_000_000_000, 'mười lăm nghìn tỷ', 'fifteen trillion'],
    [1_234_567_890_123, 'một nghìn hai trăm ba mươi tư tỷ năm trăm sáu mươi bảy triệu tám trăm chín mươi nghìn một trăm hai mươi ba', 'one trillion two hundred and thirty-four billion five hundred and sixty-seven million eight hundred and ninety thousand one hundred and twenty-three'],
    [1e18, 'một tỷ tỷ', 'one quintillion'],
    [-5, 'âm năm', 'minus five'],
    [12.05, 'mười hai phẩy không năm', 'twelve point zero five'],
    [0.000001, 'không phẩy không không không không không một', 'zero point zero zero zero zero zero one'],
    [0.0000125, 'không phẩy không không không không một ba', 'zero point zero zero zero zero one three'],
    [0.0000001, 'không', 'zero'],
  ])('%d', (value, vi, en) => {
    expect(numberInWords(value)).toEqual({ vi, en })
  })

  it('has no words for what is not a number or too large to be read out', () => {
    for (const value of [Number.NaN, Infinity, 1e21, -1e300]) expect(numberInWords(value)).toBeNull()
  })

  it('says amounts of money with a capital and the name of the currency', () => {
    expect(moneyInWords(1_205_000_000, 'VND')).toEqual({ vi: 'Một tỷ hai trăm linh năm triệu đồng', en: 'One billion two hundred and five million dong' })
    expect(moneyInWords(1, 'USD')).toEqual({ vi: 'Một đô la Mỹ', en: 'One US dollar' })
    expect(moneyInWords(2, 'XAU')).toEqual({ vi: 'Hai XAU', en: 'Two XAU' })
    expect(moneyInWords(-15, 'VND')?.vi).toBe('Âm mười lăm đồng')
  })
})
