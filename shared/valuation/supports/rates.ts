import type { InputSpec, TraceNode } from '../figure.ts'
import { choices, input, taxRate } from '../methods/common-inputs.ts'
import type { Reader, Rows } from '../methods/kit.ts'
import { linearRegression } from '../numeric/regression.ts'
import { andThen, finite, fromResult, known, refuse, type Outcome } from '../outcome.ts'
import { blumeBeta, buildUpRate, costOfEquity, releveredBeta, unleveredBeta, weightedCostOfCapital } from '../rates/capital.ts'
import { mean, median } from '../market/statistics.ts'
import { defineSupport, rateKeys } from './kit.ts'

type When = Pick<InputSpec, 'when'>

const riskFree = (when: When = {}): InputSpec =>
  input('number', 'riskFree', 'fraction', true, ['Lãi suất phi rủi ro', 'Risk-free rate'], ['Lợi suất trái phiếu Chính phủ cùng loại tiền, kỳ hạn gần với tuổi đời của công nghệ, tại ngày gần thời điểm thẩm định giá. Nêu nguồn và ngày.', 'Yield of government bonds in the same currency, of a maturity near the life of the technology, on a day close to the valuation date. State source and date.'], { symbol: 'rf', min: -0.5, max: 2, ...when })

const premium = (key: string, symbol: string, required: boolean, label: readonly [string, string], help: readonly [string, string], when: When = {}): InputSpec =>
  input('number', key, 'fraction', required, label, help, { symbol, min: -0.5, max: 2, ...when })

const extraPremiums = (when: When = {}): readonly InputSpec[] => [
  premium('countryPremium', 'c', false, ['Phần bù rủi ro quốc gia', 'Country risk premium'], ['Chỉ khi phần bù rủi ro thị trường lấy từ thị trường phát triển. Để trống nếu không tính.', 'Only where the market premium comes from a mature market. Leave empty if not taken.'], when),
  premium('sizePremium', 's', false, ['Phần bù quy mô', 'Size premium'], ['Doanh nghiệp nhỏ thường đòi mức sinh lời cao hơn; nêu bảng tham chiếu. Để trống nếu không tính.', 'Small firms usually require a higher return; name the table used. Leave empty if not taken.'], when),
  premium('specificPremium', 'a', false, ['Phần bù rủi ro riêng', 'Specific risk premium'], ['Rủi ro riêng của công nghệ chưa có ở dòng tiền hay xác suất; lập luận từng rủi ro và ghi vào sổ rủi ro. Để trống nếu không tính.', 'Risks of this technology that are in neither flows nor probabilities; argue each and enter it in the risk ledger. Leave empty if not taken.'], when),
]

const marketInputs = (when: When = {}): readonly InputSpec[] => [
  riskFree(when),
  input('number', 'beta', 'factor', true, ['Hệ số beta', 'Beta'], ['Mức biến động so với thị trường, theo cơ cấu vốn mục tiêu. Có thể tính từ doanh nghiệp so sánh bằng bảng tính phụ “Hệ số beta”.', 'Movement relative to the market, at the target capital structure. The support “Beta” derives it from comparable firms.'], { symbol: 'β', min: -10, max: 10, ...when }),
]

const equityPremium = (when: When = {}): InputSpec =>
  premium('equityRiskPremium', 'ERP', true, ['Phần bù rủi ro thị trường', 'Equity risk premium'], ['Mức sinh lời của thị trường cổ phiếu trừ lãi suất phi rủi ro; nêu nguồn, ngày và thị trường.', 'Return of the stock market less the risk-free rate; state source, date and market.'], when)

const equityOf = (reader: Reader, equityRiskPremium: number): Outcome =>
  costOfEquity({
    riskFree: reader.number('riskFree'),
    beta: reader.number('beta'),
    equityRiskPremium,
    countryPremium: reader.maybe('countryPremium') ?? 0,
    sizePremium: reader.maybe('sizePremium') ?? 0,
    specificPremium: reader.maybe('specificPremium') ?? 0,
  })

const equityWords = { vi: 'Lãi suất phi rủi ro cộng beta nhân phần bù rủi ro thị trường, cộng các phần bù có căn cứ.', en: 'Risk-free rate plus beta times the market premium, plus supported premiums.' }

/** Cost of equity by CAPM, version 1 (chi phí vốn chủ sở hữu). */
export const capmSupport = defineSupport({
  id: 'capm/1',
  group: 'rate',
  feeds: ['costOfEquity', ...rateKeys],
  unit: 'fraction',
  name: { vi: 'Chi phí vốn chủ sở hữu (CAPM)', en: 'Cost of equity (CAPM)' },
  summary: { vi: 'Lãi suất phi rủi ro, beta và phần bù rủi ro thị trường, cộng phần bù quốc gia, quy mô, riêng nếu có căn cứ.', en: 'Risk-free rate, beta and market premium, plus country, size and specific premiums where supported.' },
  clause: { vi: 'TT 32/2024/TT-BTC, cách tiếp cận từ thu nhập (tỷ suất chiết khấu); IVS 103, IVS 105', en: 'Circular 32/2024/TT-BTC, income approach (discount rate); IVS 103, IVS 105' },
  inputs: [
    ...marketInputs(),
    input('choice', 'premiumFrom', 'none', true, ['Phần bù rủi ro thị trường', 'Market premium'], ['Nhập thẳng phần bù, hoặc tính từ mức sinh lời của thị trường.', 'Enter the premium, or derive it from the return of the market.'], { choices: choices(['premium', 'Nhập phần bù', 'Enter the premium'], ['return', 'Tính từ mức sinh lời thị trường', 'From the return of the market']) }),
    equityPremium({ when: { key: 'premiumFrom', is: ['premium'] } }),
    premium('marketReturn', 'rm', true, ['Mức sinh lời của thị trường', 'Return of the market'], ['Bình quân dài hạn của thị trường cổ phiếu dùng để tính beta.', 'Long-run mean of the stock market that beta is measured against.'], { when: { key: 'premiumFrom', is: ['return'] } }),
    ...extraPremiums(),
  ],
  work: (reader) => {
    const fromReturn = reader.choice('premiumFrom') === 'return'
    const erp = fromReturn ? reader.number('marketReturn') - reader.number('riskFree') : reader.number('equityRiskPremium')
    return andThen(equityOf(reader, erp), (value) =>
      known({
        value,
        formula: 'kE = rf + β × ERP + c + s + a',
        words: equityWords,
        steps: (rows) => [
          ...(fromReturn ? [rows.step('premium', { vi: 'Phần bù rủi ro thị trường', en: 'Equity risk premium' }, 'fraction', erp, { formula: 'ERP = rm − rf' })] : []),
          rows.step('market', { vi: 'Phần bù theo beta', en: 'Premium by beta' }, 'fraction', reader.number('beta') * erp, { formula: 'β × ERP' }),
        ],
      }),
    )
  },
})

const amount = (key: string, symbol: string, required: boolean, label: readonly [string, string], help: readonly [string, string]): InputSpec => input('number', key, 'none', required, label, help, { symbol, min: 0 })

const given: When = { when: { key: 'equityFrom', is: ['given'] } }
const byCapm: When = { when: { key: 'equityFrom', is: ['capm'] } }

/** Weighted average cost of capital with the premium of the asset, version 1 (WACC). */
export const waccSupport = defineSupport({
  id: 'wacc/1',
  group: 'rate',
  feeds: ['wacc', ...rateKeys],
  unit: 'fraction',
  name: { vi: 'Chi phí vốn bình quân (WACC)', en: 'Weighted average cost of capital (WACC)' },
  summary: { vi: 'Chi phí vốn chủ sở hữu và nợ sau thuế theo cơ cấu vốn mục tiêu của bên tham gia thị trường; cộng phần bù của tài sản vô hình nếu có căn cứ.', en: 'Cost of equity and of debt after tax at a market participant’s target structure; plus the premium of the intangible where supported.' },
  clause: { vi: 'TT 32/2024/TT-BTC, cách tiếp cận từ thu nhập (tỷ suất chiết khấu); IVS 103, IVS 105, IVS 210', en: 'Circular 32/2024/TT-BTC, income approach (discount rate); IVS 103, IVS 105, IVS 210' },
  inputs: [
    amount('equity', 'E', true, ['Vốn chủ sở hữu', 'Equity'], ['Theo giá thị trường hoặc theo tỷ trọng mục tiêu (ví dụ 60), cùng đơn vị với nợ.', 'At market value or as a target weight (for example 60), in the unit of debt.']),
    amount('debt', 'D', true, ['Nợ vay', 'Debt'], ['Nợ chịu lãi, cùng đơn vị với vốn chủ sở hữu. Ghi 0 nếu không có.', 'Interest-bearing debt, in the unit of equity. Enter 0 if none.']),
    amount('preferred', 'P', false, ['Cổ phần ưu đãi', 'Preferred shares'], ['Để trống nếu không có.', 'Leave empty if none.']),
    input('choice', 'equityFrom', 'none', true, ['Chi phí vốn chủ sở hữu', 'Cost of equity'], ['Nhập số đã có, hoặc tính ngay theo CAPM.', 'Enter it, or compute it here by CAPM.'], { choices: choices(['capm', 'Tính theo CAPM', 'Compute by CAPM'], ['given', 'Nhập số đã có', 'Enter it']) }),
    input('number', 'costOfEquity', 'fraction', true, ['Chi phí vốn chủ sở hữu', 'Cost of equity'], ['Sau thuế, cùng loại tiền với dòng tiền.', 'After tax, in the currency of the flows.'], { symbol: 'kE', min: -0.5, max: 5, ...given }),
    ...marketInputs(byCapm),
    equityPremium(byCapm),
    ...extraPremiums(byCapm),
    input('number', 'costOfDebt', 'fraction', true, ['Lãi vay trước thuế', 'Cost of debt before tax'], ['Lãi suất hiện hành mà bên tham gia thị trường vay được. Ghi 0 nếu không có nợ.', 'Current rate at which a market participant borrows. Enter 0 if there is no debt.'], { symbol: 'kD', min: -0.5, max: 2 }),
    input('number', 'costOfPreferred', 'fraction', false, ['Chi phí cổ phần ưu đãi', 'Cost of preferred shares'], ['Cần khi có cổ phần ưu đãi.', 'Needed where there are preferred shares.'], { symbol: 'kP', min: -0.5, max: 2 }),
    taxRate,
    premium('assetPremium', 'aV', false, ['Phần bù của tài sản vô hình', 'Premium of the intangible asset'], ['Công nghệ thường rủi ro hơn cả doanh nghiệp; kiểm tra lại bằng WARA. Rủi ro đã có trong dòng tiền hay xác suất thì không cộng ở đây. Để trống nếu không tính.', 'A technology is usually riskier than the whole business; check with WARA. Do not add a risk that is already in flows or probabilities. Leave empty if not taken.']),
  ],
  work: (reader) => {
    const preferred = reader.maybe('preferred') ?? 0
    const costOfPreferred = reader.maybe('costOfPreferred')
    if (preferred > 0 && costOfPreferred === null) return refuse('input-missing', { keys: 'costOfPreferred', namesVi: 'Chi phí cổ phần ưu đãi', namesEn: 'Cost of preferred shares' })
    const capm = reader.choice('equityFrom') === 'capm'
    return andThen(capm ? equityOf(reader, reader.number('equityRiskPremium')) : known(reader.number('costOfEquity')), (ke) => {
      const terms = { equity: reader.number('equity'), debt: reader.number('debt'), preferred, costOfEquity: ke, costOfDebtPreTax: reader.number('costOfDebt'), costOfPreferred: costOfPreferred ?? 0, taxRate: reader.number('taxRate') }
      return andThen(weightedCostOfCapital(terms), (wacc) => {
        const added = reader.maybe('assetPremium')
        const total = terms.equity + terms.debt + preferred
        return known({
          value: wacc + (added ?? 0),
          formula: added === null ? 'r = E/V·kE + D/V·kD·(1 − T) + P/V·kP' : 'r = E/V·kE + D/V·kD·(1 − T) + P/V·kP + aV',
          words: { vi: 'Chi phí từng nguồn vốn nhân tỷ trọng của nó; lãi vay tính sau thuế.', en: 'The cost of each source of capital times its weight; debt after tax.' },
          steps: (rows) => [
            ...(capm ? [rows.step('equityCost', { vi: 'Chi phí vốn chủ sở hữu', en: 'Cost of equity' }, 'fraction', ke, { formula: 'kE = rf + β × ERP + c + s + a', words: equityWords })] : []),
            rows.step('equityWeight', { vi: 'Tỷ trọng vốn chủ sở hữu', en: 'Weight of equity' }, 'fraction', terms.equity / total, { formula: 'E/V' }),
            rows.step('debtWeight', { vi: 'Tỷ trọng nợ', en: 'Weight of debt' }, 'fraction', terms.debt / total, { formula: 'D/V' }),
            ...(preferred > 0 ? [rows.step('preferredWeight', { vi: 'Tỷ trọng cổ phần ưu đãi', en: 'Weight of preferred shares' }, 'fraction', preferred / total, { formula: 'P/V' })] : []),
            rows.step('debtAfterTax', { vi: 'Lãi vay sau thuế', en: 'Cost of debt after tax' }, 'fraction', terms.costOfDebtPreTax * (1 - terms.taxRate), { formula: 'kD × (1 − T)' }),
            rows.step('wacc', { vi: 'Chi phí vốn bình quân', en: 'Weighted average cost of capital' }, 'fraction', wacc),
          ],
        })
      })
    })
  },
})

const part = (key: string, symbol: string, required: boolean, label: readonly [string, string], help: readonly [string, string]): InputSpec => premium(key, symbol, required, label, help)

const buildUpParts: readonly InputSpec[] = [
  riskFree(),
  part('equityRisk', 'ERP', true, ['Phần bù rủi ro thị trường', 'Equity risk premium'], ['Mức sinh lời của cổ phiếu nói chung trừ lãi suất phi rủi ro.', 'Return of shares in general less the risk-free rate.']),
  part('size', 's', false, ['Phần bù quy mô', 'Size premium'], ['Để trống nếu không tính.', 'Leave empty if not taken.']),
  part('industry', 'i', false, ['Phần bù ngành', 'Industry premium'], ['Có thể âm nếu ngành ổn định hơn thị trường. Để trống nếu không tính.', 'May be negative where the industry is steadier than the market. Leave empty if not taken.']),
  part('specific', 'a', false, ['Phần bù rủi ro riêng', 'Specific risk premium'], ['Lập luận từng rủi ro và ghi vào sổ rủi ro; rủi ro đã ở dòng tiền hay xác suất thì không cộng. Để trống nếu không tính.', 'Argue each risk and enter it in the risk ledger; not for risks already in flows or probabilities. Leave empty if not taken.']),
  part('liquidity', 'l', false, ['Phần bù thanh khoản', 'Illiquidity premium'], ['Công nghệ khó bán lại nhanh. Để trống nếu không tính.', 'A technology is hard to sell quickly. Leave empty if not taken.']),
]

/** Build-up rate, version 1 (phương pháp cộng dồn). */
export const buildUpSupport = defineSupport({
  id: 'build-up-rate/1',
  group: 'rate',
  feeds: ['costOfEquity', ...rateKeys],
  unit: 'fraction',
  name: { vi: 'Tỷ suất cộng dồn', en: 'Build-up rate' },
  summary: { vi: 'Cộng lãi suất phi rủi ro với từng phần bù, không dùng beta. Hợp khi không có doanh nghiệp niêm yết để so sánh.', en: 'Risk-free rate plus each premium, without beta. Suits where no listed firm compares.' },
  clause: { vi: 'TT 32/2024/TT-BTC, cách tiếp cận từ thu nhập (tỷ suất chiết khấu); IVS 105', en: 'Circular 32/2024/TT-BTC, income approach (discount rate); IVS 105' },
  inputs: buildUpParts,
  work: (reader) =>
    andThen(buildUpRate(buildUpParts.map(({ key }) => reader.maybe(key) ?? 0)), (value) =>
      known({
        value,
        formula: 'r = rf + ERP + s + i + a + l',
        words: { vi: 'Tổng của lãi suất phi rủi ro và các phần bù.', en: 'Sum of the risk-free rate and the premiums.' },
        steps: (rows) => [rows.step('premiums', { vi: 'Tổng các phần bù', en: 'Premiums in total' }, 'fraction', value - reader.number('riskFree'))],
      }),
    ),
})

const peers = { table: 'peers', label: { vi: 'Doanh nghiệp so sánh', en: 'Comparable firm' } }
const fromPeers: When = { when: { key: 'betaFrom', is: ['peers'] } }
const fromReturns: When = { when: { key: 'betaFrom', is: ['returns'] } }
const returns = { table: 'returns', label: { vi: 'Kỳ quan sát', en: 'Period observed' } }

/** Beta after the Blume adjustment where chosen. */
const adjusted = (reader: Reader, raw: number): number => (reader.flag('blume') ? blumeBeta(raw) : raw)

const blumeStep = (rows: Rows, reader: Reader, raw: number, value: number): readonly TraceNode[] =>
  reader.flag('blume') ? [rows.step('raw', { vi: 'Beta trước điều chỉnh', en: 'Beta before adjustment' }, 'factor', raw), rows.step('blume', { vi: 'Điều chỉnh Blume', en: 'Blume adjustment' }, 'factor', value, { formula: '2/3 × β + 1/3' })] : []

const unleverAll = (levered: readonly number[], debts: readonly number[], taxes: readonly number[]): Outcome<readonly number[]> => {
  const values: number[] = []
  const warnings = []
  for (const [index, one] of levered.entries()) {
    const unlevered = unleveredBeta(one, debts[index] ?? Number.NaN, taxes[index] ?? Number.NaN)
    if (!unlevered.ok) return unlevered
    warnings.push(...unlevered.warnings)
    values.push(unlevered.value)
  }
  return known(values, warnings)
}

/** Beta from comparable firms or from returns, version 1 (hệ số beta). */
export const betaSupport = defineSupport({
  id: 'beta/1',
  group: 'rate',
  feeds: ['beta'],
  unit: 'factor',
  name: { vi: 'Hệ số beta', en: 'Beta' },
  summary: { vi: 'Bỏ đòn bẩy beta của các doanh nghiệp so sánh, lấy trung vị hoặc trung bình, rồi đưa về cơ cấu vốn mục tiêu; hoặc hồi quy theo chuỗi sinh lời.', en: 'Unlevers the betas of comparable firms, takes their median or mean, and relevers at the target structure; or regresses on series of returns.' },
  clause: { vi: 'Hamada (1972); Blume (1975); IVS 105', en: 'Hamada (1972); Blume (1975); IVS 105' },
  inputs: [
    input('choice', 'betaFrom', 'none', true, ['Nguồn của beta', 'Where beta comes from'], ['Doanh nghiệp niêm yết cùng ngành, hoặc hồi quy chuỗi sinh lời của một cổ phiếu theo thị trường.', 'Listed firms of the industry, or a regression of one share’s returns on the market’s.'], { choices: choices(['peers', 'Doanh nghiệp so sánh', 'Comparable firms'], ['returns', 'Hồi quy chuỗi sinh lời', 'Regression of returns']) }),
    input('series', 'leveredBetas', 'factor', true, ['Beta có đòn bẩy', 'Levered beta'], ['Beta quan sát của từng doanh nghiệp; nêu khoảng thời gian và chỉ số thị trường.', 'Observed beta of each firm; state window and market index.'], { symbol: 'β_L', min: -10, max: 10, rows: peers, ...fromPeers }),
    input('series', 'peerDebtToEquity', 'fraction', true, ['Nợ trên vốn chủ sở hữu', 'Debt to equity'], ['Theo giá thị trường của từng doanh nghiệp.', 'At market value, of each firm.'], { symbol: 'D/E', min: 0, max: 100, rows: peers, ...fromPeers }),
    input('series', 'peerTaxRates', 'fraction', true, ['Thuế suất', 'Tax rate'], ['Thuế suất của từng doanh nghiệp.', 'Of each firm.'], { symbol: 'T', min: 0, max: 1, rows: peers, ...fromPeers }),
    input('choice', 'statistic', 'none', true, ['Thống kê kết luận', 'Concluding statistic'], ['Trung vị ít bị kéo bởi một doanh nghiệp khác thường.', 'The median is less drawn by one unusual firm.'], { choices: choices(['median', 'Trung vị', 'Median'], ['mean', 'Trung bình cộng', 'Mean']), ...fromPeers }),
    input('number', 'targetDebtToEquity', 'fraction', true, ['Nợ trên vốn chủ sở hữu mục tiêu', 'Target debt to equity'], ['Cơ cấu vốn của bên tham gia thị trường điển hình.', 'Structure of a typical market participant.'], { symbol: 'D/E*', min: 0, max: 100, ...fromPeers }),
    input('number', 'targetTaxRate', 'fraction', true, ['Thuế suất mục tiêu', 'Target tax rate'], ['Thuế suất áp dụng cho thu nhập từ công nghệ.', 'Rate that applies to the income of the technology.'], { symbol: 'T*', min: 0, max: 1, ...fromPeers }),
    input('series', 'marketReturns', 'fraction', true, ['Mức sinh lời của thị trường', 'Return of the market'], ['Theo tuần hoặc tháng, cùng kỳ với cổ phiếu.', 'Weekly or monthly, of the same periods as the share.'], { symbol: 'x', min: -10, max: 100, rows: returns, ...fromReturns }),
    input('series', 'assetReturns', 'fraction', true, ['Mức sinh lời của cổ phiếu', 'Return of the share'], ['Cùng kỳ với thị trường.', 'Of the same periods as the market.'], { symbol: 'y', min: -10, max: 100, rows: returns, ...fromReturns }),
    input('flag', 'blume', 'none', false, ['Điều chỉnh Blume', 'Blume adjustment'], ['Beta quan sát có xu hướng trở về 1: 2/3 beta cộng 1/3.', 'Observed betas drift toward 1: two thirds of beta plus one third.']),
  ],
  work: (reader) => {
    if (reader.choice('betaFrom') === 'returns')
      return andThen(fromResult(linearRegression(reader.series('marketReturns'), reader.series('assetReturns'))), (line) =>
        andThen(finite(adjusted(reader, line.slope)), (value) =>
          known({
            value,
            formula: reader.flag('blume') ? 'β = 2/3 × cov(x, y)/var(x) + 1/3' : 'β = cov(x, y) / var(x)',
            words: { vi: 'Độ dốc của đường hồi quy mức sinh lời cổ phiếu theo thị trường.', en: 'Slope of the share’s returns regressed on the market’s.' },
            steps: (rows) => [
              rows.step('intercept', { vi: 'Hệ số chặn', en: 'Intercept' }, 'factor', line.intercept),
              rows.step('rSquared', { vi: 'Phần biến động giải thích được', en: 'Share of variance explained' }, 'fraction', line.rSquared, { formula: 'R²' }),
              rows.step('standardError', { vi: 'Sai số chuẩn của beta', en: 'Standard error of beta' }, 'factor', line.slopeStandardError),
              rows.step('observations', { vi: 'Số kỳ quan sát', en: 'Periods observed' }, 'count', line.n),
              ...blumeStep(rows, reader, line.slope, value),
            ],
          }),
        ),
      )
    const [levered, debts, taxes] = [reader.series('leveredBetas'), reader.series('peerDebtToEquity'), reader.series('peerTaxRates')]
    const uneven = [debts, taxes].find((one) => one.length !== levered.length)
    if (uneven !== undefined) return refuse('lengths-differ', { expected: levered.length, actual: uneven.length })
    return andThen(unleverAll(levered, debts, taxes), (unlevered) =>
      andThen(reader.choice('statistic') === 'mean' ? mean(unlevered) : median(unlevered), (middle) =>
        andThen(releveredBeta(middle, reader.number('targetDebtToEquity'), reader.number('targetTaxRate')), (relevered) =>
          andThen(finite(adjusted(reader, relevered)), (value) =>
            known({
              value,
              formula: reader.flag('blume') ? 'β = 2/3 × β_U·[1 + (1 − T*)·D/E*] + 1/3' : 'β = β_U × [1 + (1 − T*) × D/E*]',
              words: { vi: 'Beta không đòn bẩy của nhóm so sánh, đưa về cơ cấu vốn mục tiêu (Hamada).', en: 'Unlevered beta of the peers, relevered at the target structure (Hamada).' },
              steps: (rows) => [
                rows.step('unlevered', { vi: 'Beta không đòn bẩy', en: 'Unlevered beta' }, 'factor', unlevered, { formula: 'β_U = β_L / [1 + (1 − T) × D/E]' }),
                rows.step('middle', { vi: 'Beta không đòn bẩy của nhóm', en: 'Unlevered beta of the peers' }, 'factor', middle),
                ...blumeStep(rows, reader, relevered, value),
              ],
            }),
          ),
        ),
      ),
    )
  },
})
