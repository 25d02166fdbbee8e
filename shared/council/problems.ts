import type { Text } from '../kernel/fault-shape.ts'
import type { CouncilRule } from '../rulepack/schema.ts'
import type { CouncilProblem } from './result.ts'

/** A shortfall of a council in words (hội đồng thiếu gì), without a full stop. */
export const problemText = (problem: CouncilProblem, rule: CouncilRule): { readonly vi: string; readonly en: string } => {
  switch (problem.kind) {
    case 'too-few-members':
      return { vi: `mới có ${String(problem.have)} thành viên, cần ít nhất ${String(problem.min)}`, en: `${String(problem.have)} members, at least ${String(problem.min)} are needed` }
    case 'too-many-members':
      return { vi: `có ${String(problem.have)} thành viên, nhiều nhất là ${String(problem.max)}`, en: `${String(problem.have)} members, at most ${String(problem.max)} are allowed` }
    case 'no-chair':
      return { vi: 'chưa có Chủ tịch hội đồng', en: 'there is no chair' }
    case 'seat': {
      const text: Text = rule.seats.find((seat) => seat.id === problem.seat)?.text ?? { vi: problem.seat, en: problem.seat }
      return { vi: `cần ít nhất ${String(problem.least)} thành viên là ${text.vi}, mới có ${String(problem.have)}`, en: `at least ${String(problem.least)} ${problem.least === 1 ? 'member must' : 'members must each'} be ${text.en}; there ${problem.have === 1 ? 'is' : 'are'} ${String(problem.have)}` }
    }
    case 'certificates':
      return { vi: `cần ít nhất ${String(problem.least)} thành viên có chứng chỉ chuyên môn về giá, mới có ${String(problem.have)}`, en: `at least ${String(problem.least)} members must hold a professional certificate in pricing; there ${problem.have === 1 ? 'is' : 'are'} ${String(problem.have)}` }
    case 'chair-without-certificate':
      return { vi: 'Chủ tịch hội đồng phải có chứng chỉ chuyên môn về giá', en: 'the chair must hold a professional certificate in pricing' }
  }
}
