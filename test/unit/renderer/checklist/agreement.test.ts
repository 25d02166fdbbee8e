import { describe, expect, it } from 'vitest'
import { differencesOf } from '../../../../shared/checklist/assessors.ts'
import { isChecklistPack, packRef } from '../../../../shared/rulepack/load.ts'
import type { Checklist } from '../../../../shared/schema/dossier.ts'
import { agreementOf } from '../../../../renderer/features/checklist/assessors/agreement.ts'
import { defined, shelf } from '../../dossier/support.ts'

const loaded = defined(shelf.all.filter(isChecklistPack).find(({ pack }) => pack.id === 'trl'))
const ids = loaded.pack.sections.flatMap((section) => section.questions).slice(0, 10).map(({ id }) => id)
/** Yes and no of each assessor, question by question; `-` for none. */
const figures = (...people: readonly string[]) => {
  const checklist: Checklist = {
    pack: packRef(loaded), answers: {}, waivers: {},
    assessors: Object.fromEntries(people.map((said, index) => [`as-${String(index)}`, {
      name: `Người ${String(index + 1)}`, done: true,
      answers: Object.fromEntries(said.split('').flatMap((mark, place) => (mark === '-' ? [] : [[ids[place] ?? '', { value: mark === 'y', evidence: [], note: '', confidence: null }] as const]))),
    }])),
  }
  return agreementOf(differencesOf(loaded.pack, checklist))
}

describe('agreement of assessors', () => {
  it('two: share agreed, and Cohen’s kappa checked by hand', () => {
    // 8 of 10 alike; yes 0.6 and 0.6, so chance brings about 0.36 + 0.16 = 0.52, and kappa is 0.28/0.48.
    const found = figures('yyyyyynnnn', 'yyyyynynnn')
    expect(found).toMatchObject({ both: 10, same: 8 })
    expect(found.coefficient?.kind).toBe('kappa')
    expect(found.coefficient?.value).toBeCloseTo(0.28 / 0.48, 12)
  })

  it('what only one answered is not compared', () => {
    expect(figures('yy--', 'y-y-')).toMatchObject({ both: 1, same: 1 })
  })

  it('no coefficient where all say the same thing everywhere: chance explains it all', () => {
    expect(figures('yyyy', 'yyyy')).toEqual({ both: 4, same: 4, coefficient: null })
  })

  it('three: Krippendorff’s alpha, gaps allowed', () => {
    const found = figures('yyynnn', 'yyynnn', 'yy-nny')
    expect(found).toMatchObject({ both: 6, same: 5, coefficient: { kind: 'alpha' } })
    expect(found.coefficient?.value).toBeGreaterThan(0.5)
    expect(found.coefficient?.value).toBeLessThan(1)
  })

  it('nobody to compare', () => {
    expect(agreementOf([])).toEqual({ both: 0, same: 0, coefficient: null })
  })
})
