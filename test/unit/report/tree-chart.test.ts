import { describe, expect, it } from 'vitest'
import { treeChart, type TreeChart } from '../../../shared/report/tree-chart.ts'
import type { Inputs } from '../../../shared/valuation/figure.ts'
import { methodById } from '../../../shared/valuation/methods/registry.ts'
import { riskAdjustedValue, stageGates } from '../../../shared/valuation/stages/risk-adjusted.ts'

const money = { currency: 'VND', moneyScale: 1e6 }
const name = { vi: 'Phiếu', en: 'Sheet' }
const draw = (method: string, inputs: Inputs): TreeChart => {
  const tree = treeChart({ id: 's1', method, inputs }, name, money)
  if (tree === null) throw new Error('no tree')
  return tree
}
const bsm = { presentValue: 3422, developmentCost: 2875, years: 17, riskFree: 0.067, volatility: Math.sqrt(0.224), costOfDelay: 1 / 17 }
const crr = { right: 'abandon', exercise: 'american', presentValue: 100, salvage: 65, years: 5, steps: '5', riskFree: 0.05, volatility: 0.35, costOfDelay: 0 }
const stages = { riskIn: 'probability', stageStarts: [0, 1, 2], stageCosts: [1.5, 3, 8], stageProbabilities: [0.85, 0.6, 0.75], cashflows: [0, 0, 6, 14, 20, 16, 8], rate: 0.13, timing: 'end' }

/** Nodes lie on the grid, no two on one place, and branches join neighbouring columns. */
const soundly = (tree: TreeChart): void => {
  const places = tree.nodes.map(({ column, lane }) => `${String(column)}/${String(lane)}`)
  expect(new Set(places).size).toBe(tree.nodes.length)
  for (const { column, lane } of tree.nodes) {
    expect(column).toBeGreaterThanOrEqual(0)
    expect(column).toBeLessThan(tree.columns.length)
    expect(lane).toBeGreaterThanOrEqual(0)
    expect(lane).toBeLessThan(tree.lanes)
  }
  const byId = new Map(tree.nodes.map((node) => [node.id, node]))
  for (const { from, to } of tree.branches) expect((byId.get(to)?.column ?? 0) - (byId.get(from)?.column ?? 0)).toBe(1)
  const used = new Set(tree.nodes.map(({ tone }) => tone))
  expect(new Set(tree.legend.map(({ tone }) => tone))).toEqual(used)
}

describe('the tree of an option', () => {
  it('of Black and Scholes is four steps long, and says that it illustrates', () => {
    const tree = draw('real-option/1', bsm)
    soundly(tree)
    expect(tree.nodes).toHaveLength(15)
    expect(tree.goesOn).toBe(false)
    expect(tree.description.en).toContain('an illustration')
    expect(tree.nodes[0]?.lines[0]).toEqual({ vi: 'S 3.422', en: 'S 3,422' })
    // Deep in the money waiting costs a year of exclusivity: at the top acting early would be better.
    expect(tree.nodes.find(({ id }) => id === '3-3')?.tone).toBe('early')
    expect(tree.nodes.filter(({ column }) => column === 4).map(({ tone }) => tone)).toEqual(['end', 'end', 'acts', 'acts', 'acts'])
  })

  it('of the lattice method shows the value that the method gives, and where to act', () => {
    const tree = draw('option-tree/1', crr)
    soundly(tree)
    expect(tree.nodes).toHaveLength(21)
    const value = methodById('option-tree/1')?.compute(crr).value ?? 0
    expect(tree.nodes[0]?.lines[1]?.en).toBe(`V ${String(Number((value - 100).toFixed(1)))}`)
    expect(tree.nodes.some(({ tone }) => tone === 'acts')).toBe(true)
    expect(tree.nodes.filter(({ column, tone }) => column === 5 && tone === 'acts').every(({ lines }) => Number((lines[0]?.en ?? '').slice(2)) < 65)).toBe(true)
  })

  it('of investing in stages marks where each stage is paid for and where the chain ends', () => {
    const chain = { presentValue: 100, stageStarts: [0, 2], stageCosts: [10, 95], stageShares: [0, 1], steps: '4', riskFree: 0.04, volatility: 0.4, costOfDelay: 0 }
    const tree = draw('staged-option/1', chain)
    soundly(tree)
    expect(tree.nodes).toHaveLength(15)
    expect(tree.nodes[0]).toMatchObject({ tone: 'acts', lines: [{}, { en: `V ${String(Number((methodById('staged-option/1')?.compute(chain).value ?? 0).toFixed(1)))}` }] })
    // Two years on the stage pays where the project is worth more than its cost, and only there.
    const ends = tree.nodes.filter(({ column }) => column === 4)
    expect(ends.map(({ tone }) => tone)).toEqual(['stops', 'stops', 'acts', 'acts', 'acts'])
    expect(ends.map(({ lines }) => Number((lines[0]?.en ?? '').slice(2)) > 95)).toEqual([false, false, true, true, true])
    expect(tree.nodes.filter(({ column }) => column > 0 && column < 4).every(({ tone }) => tone === 'plain')).toBe(true)
    expect(tree.legend.map(({ tone }) => tone)).toEqual(['plain', 'acts', 'stops'])
    expect(draw('staged-option/1', { ...chain, steps: '250' }).goesOn).toBe(true)
    expect(treeChart({ id: 's1', method: 'staged-option/1', inputs: { ...chain, stageShares: [1] } }, name, money)).toBeNull()
  })

  it('of a right usable early is the tree that values it', () => {
    const tree = draw('real-option/1', { ...bsm, usableEarly: 'yes', steps: '5' })
    soundly(tree)
    expect(tree.nodes).toHaveLength(21)
    expect(tree.description.en).not.toContain('an illustration')
    expect(tree.nodes.some(({ tone, column }) => tone === 'acts' && column < 5)).toBe(true)
  })

  it('of a long tree is abridged and goes on', () => {
    const tree = draw('option-tree/1', { ...crr, steps: '250' })
    soundly(tree)
    expect([tree.columns.length, tree.goesOn]).toEqual([5, true])
    expect(tree.description.vi).toContain('4 bước đầu của cây 250 bước')
    const value = methodById('option-tree/1')?.compute({ ...crr, steps: '250' }).value ?? 0
    expect(tree.nodes[0]?.lines[1]?.en).toBe(`V ${String(Number((value - 100).toFixed(1)))}`)
  })

  it('is not drawn while inputs are missing, nor where nothing moves', () => {
    expect(treeChart({ id: 's1', method: 'real-option/1', inputs: { ...bsm, years: null } }, name, money)).toBeNull()
    expect(treeChart({ id: 's1', method: 'option-tree/1', inputs: { ...crr, volatility: 0 } }, name, money)).toBeNull()
    expect(treeChart({ id: 's1', method: 'rfr/1', inputs: {} }, name, money)).toBeNull()
  })
})

describe('the tree of stages', () => {
  const listed = stages.stageStarts.map((startYear, index) => ({ startYear, cost: stages.stageCosts[index] ?? 0, probability: stages.stageProbabilities[index] ?? 0 }))
  const flows = stages.cashflows.map((cashflow, index) => ({ year: index + 1, cashflow }))

  it('equals the risk-adjusted NPV where no stage is worth stopping at', () => {
    const gates = stageGates(listed, flows, 0.13)
    const whole = riskAdjustedValue(listed, flows, 0.13)
    expect(gates.ok && gates.value.gates.some(({ stops }) => stops)).toBe(false)
    expect(gates.value?.withRightToStop).toBeCloseTo(whole.value?.rnpv ?? NaN, 9)
  })

  it('stops where going on loses, and the right to stop is worth what the loss would have been', () => {
    const dear = listed.map((stage, index) => (index === 2 ? { ...stage, cost: 80 } : stage))
    const gates = stageGates(dear, flows, 0.13)
    expect(gates.value?.gates.map(({ stops }) => stops)).toEqual([true, true, true])
    expect(gates.value?.withRightToStop).toBe(0)
    const middle = stageGates(listed.map((stage, index) => (index === 0 ? { ...stage, cost: 30 } : stage)), flows, 0.13)
    expect(middle.value?.gates.map(({ stops }) => stops)).toEqual([true, false, false])
    expect(stageGates([], flows, 0.1)).toMatchObject({ ok: false, reason: { code: 'no-data' } })
  })

  it('shows stages, failures and success with their chances', () => {
    const tree = draw('rnpv/1', stages)
    soundly(tree)
    expect(tree.nodes.map(({ id }) => id)).toEqual(['s0', 'f0', 's1', 'f1', 's2', 'f2', 'success'])
    expect(tree.nodes.find(({ id }) => id === 'success')?.lines[1]).toEqual({ vi: '38,3 %', en: '38.3%' })
    // Chances of the ends add up to one: 15 + 34 + 12.75 + 38.25 per cent.
    const ends = tree.nodes.filter(({ id }) => id.startsWith('f') || id === 'success').map(({ lines }) => Number((lines[1]?.en ?? '').replace('%', '')))
    expect(ends.reduce((sum, one) => sum + one, 0)).toBeCloseTo(100, 0)
    const dear = draw('rnpv/1', { ...stages, stageCosts: [1.5, 3, 80] })
    expect(dear.nodes.filter(({ tone }) => tone === 'stops').map(({ id }) => id)).toEqual(['s0', 's1', 's2'])
    expect(dear.description.vi).toContain('Nên dừng trước giai đoạn 1')
  })
})
