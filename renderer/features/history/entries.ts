import { useMemo } from 'react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { councilEn } from '../../../shared/i18n/en/council.ts'
import { historyEn } from '../../../shared/i18n/en/history.ts'
import { valuationEn } from '../../../shared/i18n/en/valuation.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { councilVi } from '../../../shared/i18n/vi/council.ts'
import { historyVi } from '../../../shared/i18n/vi/history.ts'
import { valuationVi } from '../../../shared/i18n/vi/valuation.ts'
import type { Text } from '../../../shared/kernel/fault-shape.ts'
import { fill } from '../../../shared/i18n/text.ts'
import { formatPercent } from '../../../shared/kernel/number-text.ts'
import { fold } from '../../../shared/kernel/text.ts'
import { bases, dossierPhases, ipRightStates, ipRightTypes, purposes } from '../../../shared/schema/dossier.ts'
import type { Change } from '../../../shared/schema/change.ts'
import type { InputSpec } from '../../../shared/valuation/figure.ts'
import { supportById } from '../../../shared/valuation/supports/registry.ts'
import { riskPlaces, risks } from '../../../shared/valuation/guards/risk-ledger.ts'
import { useLanguage, usePick, useT } from '../../ui/language.tsx'
import { useProfileWords } from '../../ui/profile-words.ts'
import { useDossier, useOpenDossier, useKnowledge } from '../../ui/store-context.tsx'
import { showInstant } from '../../ui/time.ts'
import { useWords } from '../../ui/words.ts'
import { useLabels } from './labels.ts'
import { readNames } from './names.ts'
import { tell } from './sentences.ts'
import type { Area, Told } from './sentences.ts'
import { linesOf } from './values.ts'
import type { Line } from './values.ts'

/** One line of the history as it is drawn. */
export interface Entry {
  readonly seq: number
  readonly day: string
  readonly time: string
  readonly author: string
  readonly area: Area
  readonly sentence: string
  readonly note: string
  readonly lines: readonly Line[]
  /** Folded text that the search looks into. */
  readonly search: string
}

const roleWords = { chair: 'roleChair', deputyChair: 'roleDeputyChair', secretary: 'roleSecretary', reviewer: 'roleReviewer', member: 'roleMember' } as const
const roles = ['chair', 'deputyChair', 'secretary', 'reviewer', 'member'] as const
const attendanceWords = { present: 'attPresent', absentBallot: 'attAbsentBallot', absent: 'attAbsent' } as const
const attendances = ['present', 'absentBallot', 'absent'] as const

const find = <V extends string>(list: readonly V[], value: string): V | undefined => list.find((one) => one === value)

/** The log of the dossier in sentences, newest first. */
export const useEntries = (): readonly Entry[] => {
  const t = useT(historyVi, historyEn)
  const common = useT(commonVi, commonEn)
  const words = useWords()
  const profileWords = useProfileWords()
  const labels = useLabels()
  const council = useT(councilVi, councilEn)
  const valuation = useT(valuationVi, valuationEn)
  const pick = usePick()
  const { language } = useLanguage()
  const open = useOpenDossier()
  const { state } = useDossier()
  const knowledge = useKnowledge()
  const names = useMemo(() => readNames(open.log, knowledge), [open.log, knowledge])

  /** Inputs of a method sheet or of a supporting computation. */
  const specsOf = (id: string): readonly InputSpec[] =>
    (knowledge.methods(state.valuation.sheets[id]?.method ?? '') ?? supportById(state.valuation.supports?.[id]?.method ?? ''))?.inputs ?? []

  /** The input whose value stands at `valuation.sheets.<id>.inputs.<key>.value`. */
  const inputAt = (path: readonly string[]): InputSpec | undefined => {
    const [room, , sheet = '', inputs, key, last] = path
    return room === 'valuation' && inputs === 'inputs' && last === 'value' ? specsOf(sheet).find((spec) => spec.key === key) : undefined
  }
  const wordOf = (table: Readonly<Record<string, Text>>, code: string): string | undefined => {
    const word = Object.hasOwn(table, code) ? table[code] : undefined
    return word === undefined ? undefined : pick(word)
  }
  const riskWord = (code: string): string | undefined => wordOf(risks, code)
  const inputName = (sheet: string, key: string): string | undefined => {
    const label = specsOf(sheet).find((spec) => spec.key === key)?.label
    return label === undefined ? undefined : pick(label)
  }
  const coded = (path: readonly string[], value: string): string | undefined => {
    const [room, field] = path
    if (room === 'phase') {
      const phase = find(dossierPhases, value)
      return phase === undefined ? undefined : words.phase(phase)
    }
    if (room === 'council' && field === 'round') return value === 'none' ? t('roundNone') : value === 'open' ? t('roundOpen') : value === 'closed' ? t('roundClosed') : undefined
    if (room === 'council' && field === 'members') {
      const role = path.at(-1) === 'role' ? find(roles, value) : undefined
      const attendance = path.at(-1) === 'attendance' ? find(attendances, value) : undefined
      return role !== undefined ? council(roleWords[role]) : attendance === undefined ? undefined : council(attendanceWords[attendance])
    }
    if (room === 'valuation' && field === 'risks') {
      const last = path.at(-1)
      if (last === 'sheet') return names.of(`valuation.sheets.${value}`)
      return last === 'risk' ? riskWord(value) : last === 'place' ? wordOf(riskPlaces, value) : undefined
    }
    if (room === 'valuation') {
      if (path.length === 4 && path.at(-1) === 'role') return value === 'principal' ? valuation('principal') : value === 'check' ? valuation('check') : undefined
      const choice = inputAt(path)?.choices?.find((one) => one.value === value)
      return choice === undefined ? undefined : pick(choice.label)
    }
    if (room !== 'profile') return undefined
    const purpose = field === 'purpose' ? find(purposes, value) : undefined
    const basis = field === 'basis' ? find(bases, value) : undefined
    const type = path.at(-1) === 'type' ? find(ipRightTypes, value) : undefined
    const right = path.at(-1) === 'state' ? find(ipRightStates, value) : undefined
    return purpose !== undefined ? profileWords.purpose(purpose) : basis !== undefined ? profileWords.basis(basis) : type !== undefined ? profileWords.rightType(type) : right === undefined ? undefined : profileWords.rightState(right)
  }
  /** Fractions are typed and shown as percentages everywhere else too. */
  const measured = (path: readonly string[], value: number): string | undefined =>
    inputAt(path)?.unit === 'fraction' || (path[0] === 'valuation' && path[1] === 'sheets' && path[3] === 'weight') ? formatPercent(value, language, { maxDecimals: 4 }) : undefined
  const valueWords = {
    language, yes: common('yes'), no: common('no'), coded, measured,
    items: (count: number) => t('items', { count }),
    evidence: (id: string) => names.of(`evidence.${id}`) ?? id,
  }
  const wording = {
    profileField: labels.profileField,
    input: (sheet: string, key: string) => [names.of(`valuation.sheets.${sheet}`) ?? names.of(`valuation.supports.${sheet}`), inputName(sheet, key) ?? key].filter((text) => text !== undefined).join(': '),
    risk: (code: string) => riskWord(code) ?? t('other'),
  }
  const sentenceOf = (told: Told): string => {
    const inner = fill((language === 'vi' ? historyVi : historyEn)[told.key], { what: told.what })
    return told.again === null ? inner : told.again.kind === 'undo' ? t('undoOf', { seq: told.again.seq, what: inner }) : t('redoOf', { seq: told.again.seq, what: inner })
  }
  const entry = (change: Change): Entry => {
    const told = tell(change, (seq) => open.log[seq - 1], names, wording)
    const nameOf = (path: readonly string[]): string | undefined => {
      if (path[0] === 'profile') return names.of(path.slice(0, -1).join('.'))
      const [, , sheet = '', inputs, key = ''] = path
      return (told.key === 'sheetInputs' || told.key === 'supportInputs') && inputs === 'inputs' ? inputName(sheet, key) : undefined
    }
    const all = linesOf(change.body.ops, labels.field, nameOf, valueWords)
    const owners = new Set(all.map((line) => line.of))
    const [owner] = owners
    // One thing among several is named in the sentence; of more than one, each line says whose it is.
    const sentence = sentenceOf(owners.size === 1 && owner !== undefined ? { ...told, what: `${told.what}: ${owner}` } : told)
    const lines = all
      .filter((line) => told.what === '' || line.before !== null || line.after !== told.what)
      .map((line) => (owners.size > 1 && line.of !== undefined ? { ...line, label: `${line.label} (${line.of})` } : line))
    const when = showInstant(change.at)
    const note = change.body.note ?? ''
    return {
      seq: change.seq, day: when.slice(0, 10), time: when.slice(11), author: change.author, area: told.area, sentence, note, lines,
      search: fold([sentence, change.author, note, ...lines.flatMap((line) => [line.label, line.before ?? '', line.after ?? ''])].join(' ')),
    }
  }
  return open.log.toReversed().map(entry)
}
