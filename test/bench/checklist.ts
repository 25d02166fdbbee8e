import { completeness } from '../../shared/checklist/completeness.ts'
import { isShown } from '../../shared/checklist/answers.ts'
import { scorePoints } from '../../shared/checklist/points.ts'
import type { Command } from '../../shared/dossier/commands.ts'
import type { Knowledge } from '../../shared/dossier/context.ts'
import { decide } from '../../shared/dossier/decide.ts'
import { command as commandSchema } from '../../shared/dossier/commands.ts'
import { apply, link } from '../../shared/dossier/log.ts'
import { progress } from '../../shared/dossier/progress.ts'
import { isChecklistPack, loadPack, packRef, questionsOf } from '../../shared/rulepack/load.ts'
import type { Change } from '../../shared/schema/change.ts'
import type { DossierState } from '../../shared/schema/dossier.ts'
import { methodById } from '../../shared/valuation/methods/registry.ts'
import { timed, under } from './figures.ts'
import type { Row } from './figures.ts'

const both = (text: string) => ({ vi: text, en: text })
const sections = 20
const perSection = 25
const questions = sections * perSection

/** Answers that a condition may ask of a question: those that its kind can have. */
const asksOf = (number: number): readonly (boolean | number | string)[] => (number % 3 === 0 ? [true] : number % 3 === 1 ? [3, 4] : ['a'])
const refuses = (number: number): readonly (boolean | number | string)[] => (number % 3 === 0 ? [false] : number % 3 === 1 ? [0] : ['b'])

const questionAt = (section: number, place: number): unknown => {
  const number = section * perSection + place
  const id = `q${number}`
  const base = { id, label: `${section + 1}.${place + 1}`, text: both(`Câu hỏi ${number}`), guidance: both('Hướng dẫn'), basis: [{ source: 'bench', clause: `${number}` }], required: true, waivable: true }
  // Every second question hangs on up to three earlier ones, over sections too.
  const showWhen = place % 2 === 0 || number < 30 ? {} : {
    showWhen: { any: [{ all: [{ question: `q${number - 1}`, answered: true }, { not: { question: `q${number - 30}`, is: refuses(number - 30) } }] }, { question: `q${number - 25}`, is: asksOf(number - 25) }] },
  }
  if (number % 3 === 0) return { ...base, ...showWhen, type: 'yesNo', points: { yes: 2, no: 0 } }
  if (number % 3 === 1) return { ...base, ...showWhen, type: 'level', levels: [0, 1, 2, 3, 4].map((value) => ({ value, text: both(`Mức ${value}`), points: value })) }
  return { ...base, ...showWhen, type: 'choice', multiple: false, options: ['a', 'b', 'c'].map((value, at) => ({ value, text: both(value), points: at })) }
}

export const benchPackTitle = 'Bảng kiểm 500 câu'
/** A checklist of 500 questions, half of which branch, as a pack. */
export const benchPack = JSON.stringify({
  format: 'luong-gia-pack/1', id: 'bench', version: '1.0.0', title: both(benchPackTitle), description: both('Để đo'), use: 'checklist', kinds: ['readiness'],
  sources: [{ id: 'bench', kind: 'practice', number: 'bench', title: both('Đo'), issued: '', effectiveFrom: '', effectiveTo: '', status: 'voluntary', mark: 'derived' }],
  scoring: { by: 'points', maximum: 5000, classes: [{ id: 'low', text: both('Thấp'), from: 0 }, { id: 'high', text: both('Cao'), from: 1000 }], basis: [] },
  sections: Array.from({ length: sections }, (_, section) => ({
    id: `s${section}`, title: both(`Phần ${section + 1}`), intro: both('Giới thiệu'), evidence: { least: 0, hints: [] }, waivable: false, questions: Array.from({ length: perSection }, (__, place) => questionAt(section, place)),
  })),
})

const answerTo = (number: number, turn: number): Extract<Command, { type: 'checklist.answer' }>['answer'] =>
  ({ value: number % 3 === 0 ? turn % 2 === 0 : number % 3 === 1 ? turn % 5 : ['a', 'b', 'c'][turn % 3] ?? 'a', evidence: [], note: 'Đã xem hồ sơ kỹ thuật', confidence: null })

/** What one answer costs in a checklist of 500 questions half of which branch. */
export const measureChecklist = async (): Promise<readonly Row[]> => {
  const loaded = loadPack(benchPack)
  if (!loaded.ok || !isChecklistPack(loaded.value)) throw new Error(`the pack of the bench: ${loaded.ok ? 'no checklist' : JSON.stringify(loaded.fault)}`)
  const pack = loaded.value
  const asked = questionsOf(pack.pack)
  if (asked.length !== questions || asked.filter(({ showWhen }) => showWhen !== undefined).length < 200) throw new Error('the pack of the bench does not branch')
  const knowledge: Knowledge = { packs: (sha256) => (sha256 === pack.sha256 ? pack : undefined), methods: methodById }
  const facts = { dossier: '00000000-0000-4000-8000-000000000001', at: '2026-06-30T01:02:03.000Z', author: 'Nguyễn Thị Ánh' }
  let state: DossierState | null = null
  let last: Change | null = null
  /** Everything between the click and the moment of storing, and what the screen shows afterwards. */
  const act = (input: Command): void => {
    const body = decide(state, commandSchema.parse(input), { ...knowledge, ...facts, log: last === null ? [] : [last] })
    if (!body.ok) throw new Error(body.fault.code)
    const next = apply(state, body.value)
    if (!next.ok) throw new Error(next.fault.code)
    last = link(last, body.value, facts)
    state = next.value
    progress(state, knowledge)
  }
  const evaluated = (): number => {
    const checklist = (state as DossierState | null)?.checklist ?? null // narrowed away by the closures above
    if (checklist === null) throw new Error('no checklist')
    const shown = asked.filter((question) => isShown(question, checklist.answers)).length
    const { gaps } = completeness(pack.pack, checklist, {})
    const points = scorePoints(pack.pack, checklist)
    if (points === null || shown === 0) throw new Error('nothing evaluated')
    return points.total + gaps.length
  }
  act({ type: 'dossier.create', kind: 'readiness', createdBy: facts.author, profile: { title: 'Đo' }, pack: packRef(pack), supersedes: null, sample: null })
  for (let number = 0; number < questions; number += 1) act({ type: 'checklist.answer', question: `q${number}`, answer: answerTo(number, number) })
  const before = evaluated()
  let turn = 0
  const whole = await timed(60, () => {
    turn += 1
    act({ type: 'checklist.answer', question: `q${(turn * 7) % questions}`, answer: answerTo((turn * 7) % questions, turn + 1) })
    evaluated()
  }, 10)
  if (evaluated() === before) throw new Error('the answers changed nothing')
  return [
    under('Checklist of 500 questions, all answered: branching, gaps and points after an answer', await timed(100, evaluated, 20), 16),
    under('  the same with the command, its checks, the hash-linked change and the dossier’s progress', whole, 16),
  ]
}
