import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isFaultCode } from '../../../shared/kernel/faults.ts'
import type { Figure, TraceNode } from '../../../shared/valuation/figure.ts'
import { methods } from '../../../shared/valuation/methods/registry.ts'
import { isReasonCode, noteText } from '../../../shared/valuation/reasons.ts'
import { anyInputs, soundInputs } from './any-inputs.ts'

const numbersIn = (node: TraceNode): readonly (number | null)[] => [
  ...(typeof node.value === 'object' && node.value !== null ? node.value : [node.value]),
  ...(node.children ?? []).flatMap(numbersIn),
]

/** A figure is a finite value without reason, or null with a sentence; nothing in its working is NaN or Infinity. */
const isHonest = (figure: Figure): boolean => {
  const notes = [...figure.warnings, ...(figure.reason === undefined ? [] : [figure.reason])]
  const sentences = notes.flatMap((one) => [noteText(one).vi, noteText(one).en])
  const flows = figure.flows === undefined ? [] : [...figure.flows.times, ...figure.flows.amounts, ...figure.flows.presentValues]
  return (
    (figure.value === null) === (figure.reason !== undefined) &&
    (figure.value === null || Number.isFinite(figure.value)) &&
    figure.trace.value === figure.value &&
    [...numbersIn(figure.trace), ...flows].every((one) => one === null || Number.isFinite(one)) &&
    notes.every((one) => isReasonCode(one.code) || isFaultCode(one.code)) &&
    sentences.every((sentence) => !/[{}…]|undefined|NaN/.test(sentence))
  )
}

describe.each(methods)('$id', (method) => {
  it('gives a finite value or a named reason for any inputs', () => {
    fc.assert(fc.property(anyInputs(method.inputs), (inputs) => isHonest(method.compute(inputs))), { numRuns: 3000, seed: 20241, endOnFailure: true })
  })

  it('gives a finite value or a named reason for sound inputs, and mostly a value', () => {
    let values = 0
    let runs = 0
    fc.assert(
      fc.property(soundInputs(method.inputs), (inputs) => {
        const figure = method.compute(inputs)
        runs += 1
        if (figure.value !== null) values += 1
        return isHonest(figure)
      }),
      { numRuns: 2000, seed: 7, endOnFailure: true },
    )
    expect(values / runs).toBeGreaterThan(0.04)
  })

  it('gives the same bits twice', () => {
    fc.assert(fc.property(soundInputs(method.inputs), (inputs) => Object.is(method.compute(inputs).value, method.compute(inputs).value)), { numRuns: 200, seed: 3, endOnFailure: true })
  })

  it('is proportional to money: every money input times 1024 gives 1024 times the value', () => {
    const money = new Set(method.inputs.filter((spec) => spec.unit === 'money').map((spec) => spec.key))
    fc.assert(
      fc.property(soundInputs(method.inputs), (inputs) => {
        const scaled = Object.fromEntries(Object.entries(inputs).map(([key, value]) => {
          if (!money.has(key)) return [key, value]
          return [key, typeof value === 'number' ? value * 1024 : typeof value === 'object' && value !== null ? value.map((one) => (one === null ? null : one * 1024)) : value]
        }))
        const [before, after] = [method.compute(inputs).value, method.compute(scaled).value]
        // A power of two leaves every product and sum exact; only the geometric mean passes through logarithms, and numbers next to 0 lose digits.
        if (after !== null && Math.abs(after) < 1e-290) return before !== null && Math.abs(before) < 1e-290
        return before === null || after === null ? before === after : Math.abs(after - before * 1024) <= (inputs['statistic'] === 'geometricMean' ? 1e-12 * Math.abs(after) : 0)
      }),
      { numRuns: 500, seed: 11, endOnFailure: true },
    )
  })

  it('names every required input that is missing, in both languages', () => {
    const reason = method.compute({}).reason
    expect(reason?.code).toBe('input-missing')
    const first = method.inputs.find((spec) => spec.required && spec.when === undefined)
    expect(noteText(reason ?? { code: '' }).vi).toContain(first?.label.vi)
    expect(noteText(reason ?? { code: '' }).en).toContain(first?.label.en)
  })
})

describe('the registry', () => {
  it('has distinct ids of the form name/version and distinct input keys', () => {
    expect(new Set(methods.map((method) => method.id)).size).toBe(methods.length)
    for (const method of methods) {
      expect(method.id).toMatch(/^[a-z][A-Za-z0-9.-]*\/\d+$/)
      expect(new Set(method.inputs.map((spec) => spec.key)).size).toBe(method.inputs.length)
    }
  })

  it('says everything in both languages, composed and complete', () => {
    for (const method of methods) {
      const texts = [method.name, method.summary, method.clause, ...method.inputs.flatMap((spec) => [spec.label, spec.help, ...(spec.choices ?? []).map((choice) => choice.label), ...(spec.range === undefined ? [] : [spec.range.citation]), ...(spec.rows === undefined ? [] : [spec.rows.label])])]
      for (const text of texts) {
        expect(text.vi.trim()).not.toBe('')
        expect(text.en.trim()).not.toBe('')
        expect(text.vi).toBe(text.vi.normalize('NFC'))
      }
    }
  })

  it('asks a condition only of a choice or flag of the same method', () => {
    for (const method of methods) {
      for (const spec of method.inputs) {
        for (const { key, is } of [spec.when ?? []].flat()) {
          const asked = method.inputs.find((one) => one.key === key)
          const legal = asked?.type === 'flag' ? [true, false] : (asked?.choices ?? []).map((choice) => choice.value)
          for (const wanted of is) expect(legal).toContain(wanted)
        }
      }
    }
  })
})
