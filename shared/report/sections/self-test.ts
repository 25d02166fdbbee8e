import { countOf } from '../../valuation/cases/self-test.ts'
import { note, paragraph, type Context } from '../context.ts'
import { familyName } from '../family-names.ts'
import type { Block } from '../model.ts'

/** What the published cases say of the engine that computed this report (tự kiểm tra bộ tính); nothing when they were not run. */
export const selfTestAnnex = ({ input, say, pick }: Context): readonly Block[] => {
  const { selfTest: result } = input
  if (result === undefined) return []
  const { passed, failed, skipped, total } = countOf(result)
  const whole = failed === 0 && skipped === 0
  const told = `${String(passed)}/${String(total)}`
  return [
    paragraph(say(
      `Khi lập báo cáo này, bộ tính đã tự kiểm tra bằng ${String(total)} ca tính có lời giải đã công bố; đúng ${told} ca.`,
      `When this report was drawn, the engine checked itself on ${String(total)} published cases with known answers; ${told} were right.`)),
    ...(input.seal === null ? [] : [paragraph(say(`Chương trình đã niêm phong hồ sơ: ${input.seal.program}.`, `Program that sealed the dossier: ${input.seal.program}.`))]),
    ...(whole ? [] : [note(say('Có ca không đúng hoặc chưa tính được: kết quả của nhóm đó phải được kiểm tra lại trước khi dùng.', 'Some cases were wrong or could not be computed: results of that family must be checked before use.'), 'warning')]),
    {
      kind: 'table', totals: 1, caption: '',
      columns: [
        { title: say('Nhóm', 'Family'), align: 'left', weight: 8 }, { title: say('Đúng', 'Right'), align: 'right', weight: 2 },
        { title: say('Sai', 'Wrong'), align: 'right', weight: 2 }, { title: say('Không tính được', 'Not computed'), align: 'right', weight: 3 },
      ],
      rows: [
        ...result.families.map((one) => [pick(familyName(one.family)), String(one.passed), String(one.failed), String(one.skipped)]),
        [say('Tổng', 'Total'), String(passed), String(failed), String(skipped)],
      ],
    },
    ...result.failures.slice(0, 20).map((one) => note(say(`Ca ${one.id}, ${one.path}: phải là ${one.expected}, tính ra ${one.actual}.`, `Case ${one.id}, ${one.path}: expected ${one.expected}, got ${one.actual}.`), 'warning')),
  ]
}
