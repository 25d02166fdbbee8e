import type { InputSpec, TraceNode } from '../figure.ts'
import type { Lattice } from '../options/lattice.ts'
import { choices, input } from './common-inputs.ts'
import type { Rows } from './kit.ts'

/** Inputs and rows that the option methods share. */

export const riskFree: InputSpec = input('number', 'riskFree', 'fraction', true, ['Lãi suất phi rủi ro, ghép lãi liên tục', 'Risk-free rate, continuously compounded'], ['Kỳ hạn gần với thời hạn quyết định; ln(1 + lãi suất năm).', 'Of a maturity close to the time to decide; ln(1 + yearly rate).'], { symbol: 'r', min: -0.5, max: 2 })

export const volatility: InputSpec = input('number', 'volatility', 'fraction', true, ['Độ biến động mỗi năm', 'Volatility a year'], ['Độ lệch chuẩn của logarit giá trị dự án trong một năm: từ doanh nghiệp tương tự, từ kịch bản hoặc mô phỏng. Nêu cách ước lượng.', 'Standard deviation of the log of project value over a year: from similar firms, scenarios or simulation. Say how it was estimated.'], { symbol: 'σ', min: 0, max: 10 })

export const steps: InputSpec = input('choice', 'steps', 'none', true, ['Số bước của cây', 'Steps of the tree'], ['Ít bước để dễ theo dõi, nhiều bước để kết quả ổn định. So kết quả của hai lựa chọn gần nhau.', 'Few steps to follow by hand, many for a settled result. Compare two neighbouring choices.'], {
  symbol: 'N',
  choices: choices(['1', '1', '1'], ['2', '2', '2'], ['3', '3', '3'], ['4', '4', '4'], ['5', '5', '5'], ['12', '12', '12'], ['50', '50', '50'], ['100', '100', '100'], ['250', '250', '250']),
})

/** Rows of a tree's factors and probability; none where nothing moves and no tree is needed. */
export const latticeSteps = (rows: Rows, lattice: Lattice | null): readonly TraceNode[] =>
  lattice === null
    ? []
    : [
        rows.step('up', { vi: 'Hệ số tăng mỗi bước', en: 'Up factor of a step' }, 'factor', lattice.u, { formula: 'u = e^(σ√Δt)' }),
        rows.step('down', { vi: 'Hệ số giảm mỗi bước', en: 'Down factor of a step' }, 'factor', lattice.d, { formula: 'd = 1/u' }),
        rows.step('probability', { vi: 'Xác suất trung hòa rủi ro của bước tăng', en: 'Risk-neutral probability of an up step' }, 'fraction', lattice.p, { formula: 'p = (e^((r−q)Δt) − d) / (u − d)' }),
      ]
