import { Button, CloseButton, NativeSelect, Text, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { clocksOf } from '../../../../shared/checklist/clocks.ts'
import type { Clock } from '../../../../shared/checklist/clocks.ts'
import type { ChecklistResult } from '../../../../shared/checklist/result.ts'
import { checklistOf } from '../../../../shared/dossier/context.ts'
import { checklistReferencesEn } from '../../../../shared/i18n/en/checklist-references.ts'
import { commonEn } from '../../../../shared/i18n/en/common.ts'
import { checklistReferencesVi } from '../../../../shared/i18n/vi/checklist-references.ts'
import { commonVi } from '../../../../shared/i18n/vi/common.ts'
import { dateText, parseDateText } from '../../../../shared/kernel/date-text.ts'
import { faultText } from '../../../../shared/kernel/faults.ts'
import { calendarOf, holidaysToConfirm } from '../../../../shared/rulepack/holidays.ts'
import type { ChecklistPack } from '../../../../shared/rulepack/schema.ts'
import type { Calendar, Checklist } from '../../../../shared/schema/dossier.ts'
import { useConfirm } from '../../../ui/confirm.tsx'
import { LineField } from '../../../ui/fields/LineField.tsx'
import { useLanguage, usePick, useT } from '../../../ui/language.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import { useDossier } from '../../../ui/store-context.tsx'
import { today } from '../../../ui/time.ts'
import results from '../results/Results.module.css'
import { inList } from '../use-answering.tsx'
import classes from './Calendar.module.css'
import { shippedHolidays } from './holidays.ts'

interface Props {
  readonly pack: ChecklistPack
  readonly checklist: Checklist
  readonly result: ChecklistResult
  readonly list: string | undefined
  readonly readOnly: boolean
}

const yearsBetween = (from: number, to: number): readonly number[] => Array.from({ length: Math.max(0, to - from) + 1 }, (_, index) => from + index)

interface DaysProps {
  readonly title: string
  readonly addLabel: string
  readonly days: readonly string[]
  readonly years: Calendar['years']
  readonly editable: boolean
  readonly onDays: (change: (days: readonly string[]) => string[]) => Promise<boolean>
}

const Days = ({ title, addLabel, days, years, editable, onDays }: DaysProps) => {
  const t = useT(checklistReferencesVi, checklistReferencesEn)
  const c = useT(commonVi, commonEn)
  const [text, setText] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const add = async (): Promise<void> => {
    const iso = parseDateText(text)
    const year = Number(iso?.slice(0, 4))
    const wrong = iso === null || iso === '' ? c('dateWrong') : year < years.from || year > years.to ? t('dayOutside') : days.includes(iso) ? t('dayKnown') : null
    setFault(wrong)
    if (wrong !== null || iso === null) return
    if (await onDays((now) => [...new Set([...now, iso])].toSorted())) setText('')
  }
  return (
    <div>
      <Title order={4} size="h5" mb={6}>{title}</Title>
      <ul className={classes.days} aria-label={title}>
        {days.map((day) => <li key={day}><time dateTime={day}>{dateText(day)}</time>{editable && <CloseButton size="sm" aria-label={t('dayRemove', { date: dateText(day) })} onClick={() => void onDays((now) => now.filter((other) => other !== day))} />}</li>)}
      </ul>
      {editable && (
        <form
          className={classes.add}
          onSubmit={(event) => {
            event.preventDefault()
            void add()
          }}
        >
          <TextInput size="sm" aria-label={addLabel} placeholder={c('dateHint')} maxLength={20} value={text} error={fault} onChange={(event) => setText(event.currentTarget.value)} />
          <Button type="submit" size="compact-md" variant="light" aria-label={addLabel}>{t('dayAdd')}</Button>
        </form>
      )}
    </div>
  )
}

/** The calendar by which the clocks of a checklist run (lịch ngày nghỉ): shipped days to begin with, edited by official notices. */
export const CalendarPanel = ({ pack, checklist, result, list, readOnly }: Props) => {
  const t = useT(checklistReferencesVi, checklistReferencesEn)
  const pick = usePick()
  const confirm = useConfirm()
  const { editable: mayEdit, run } = useDossier()
  const covered = shippedHolidays.years
  const [first = 0, last = 0] = [covered[0], covered.at(-1)]
  const year = Number(today().slice(0, 4))
  const [from, setFrom] = useState(() => Math.min(Math.max(first, year), last))
  const [to, setTo] = useState(() => Math.min(Math.max(first, year + 1), last))
  if (pack.usesCalendar !== true) return null
  const editable = mayEdit && !readOnly
  const { calendar } = checklist
  const use = async (): Promise<void> => {
    const shipped = calendarOf(shippedHolidays, yearsBetween(from, to))
    if (shipped === null) return
    if (calendar !== undefined && !(await confirm({ title: t('calendarAgain'), text: t('calendarAgainText'), action: t('calendarAgain') }))) return
    await run({ type: 'checklist.setCalendar', calendar: shipped, ...inList(list) })
  }
  const change = (edit: (now: Calendar) => Partial<Calendar>): Promise<boolean> => run((state) => {
    const now = checklistOf(state, list)?.calendar
    return { type: 'checklist.setCalendar', calendar: now === undefined ? null : { ...now, ...edit(now) }, ...inList(list) }
  })
  const unsure = calendar === undefined ? [] : holidaysToConfirm(shippedHolidays, yearsBetween(calendar.years.from, calendar.years.to)).filter(({ date }) => calendar.holidays.includes(date) || calendar.worked.includes(date))
  const choices = covered.map((year) => ({ value: String(year), label: String(year) }))
  return (
    <>
      <Panel
        title={t('calendar')}
        lead={t('calendarLead')}
        anchor="calendar"
        actions={editable ? (
          <>
            {calendar !== undefined && <Button variant="subtle" color="gray" onClick={() => void run({ type: 'checklist.setCalendar', calendar: null, ...inList(list) })}>{t('calendarDrop')}</Button>}
            <NativeSelect size="sm" aria-label={t('yearFrom')} value={String(from)} data={choices} onChange={(event) => setFrom(Number(event.currentTarget.value))} />
            <NativeSelect size="sm" aria-label={t('yearTo')} value={String(to)} data={choices.filter(({ value }) => Number(value) >= from)} onChange={(event) => setTo(Number(event.currentTarget.value))} />
            <Button variant={calendar === undefined ? 'filled' : 'light'} onClick={() => void use()}>{t(calendar === undefined ? 'calendarUse' : 'calendarAgain')}</Button>
          </>
        ) : undefined}
      >
        {calendar === undefined ? <Notice tone="warn">{t('calendarNone')}</Notice> : (
          <>
            <LineField label={t('calendarSource')} readOnly={!editable} value={calendar.source} onCommit={(source) => change(() => ({ source }))} />
            <Text size="sm" c="dimmed" mt={6} mb="sm">{t('yearCovered', { from: calendar.years.from, to: calendar.years.to })}</Text>
            {unsure.length > 0 && (
              <Notice tone="warn">
                <details>
                  <summary>{t('toConfirm', { count: unsure.length })}</summary>
                  {unsure.map(({ date, text }) => `${dateText(date)} (${pick(text)})`).join('; ')}
                </details>
              </Notice>
            )}
            <details className={classes.all}>
              <summary>{`${t('holidays')} (${String(calendar.holidays.length)}), ${t('worked').toLowerCase()} (${String(calendar.worked.length)})`}</summary>
              <div className={classes.both}>
                <Days title={t('holidays')} addLabel={t('dayAddHoliday')} days={calendar.holidays} years={calendar.years} editable={editable} onDays={(edit) => change((now) => ({ holidays: edit(now.holidays) }))} />
                <Days title={t('worked')} addLabel={t('dayAddWorked')} days={calendar.worked} years={calendar.years} editable={editable} onDays={(edit) => change((now) => ({ worked: edit(now.worked) }))} />
              </div>
            </details>
          </>
        )}
      </Panel>
      <Clocks clocks={clocksOf(pack, checklist, result.values, today())} result={result} />
    </>
  )
}

const useStateWords = (): ((clock: Clock) => string) => {
  const t = useT(checklistReferencesVi, checklistReferencesEn)
  return ({ state, left, doneOn }) => {
    switch (state) {
      case 'unknown':
        return ''
      case 'running':
        return left === null ? t('runningPlain') : left === 0 ? t('dueToday') : t('running', { left })
      case 'late':
        return left === null ? t('latePlain') : t('late', { late: -left })
      case 'doneInTime':
        return t('doneInTime', { date: dateText(doneOn ?? '') })
      case 'doneLate':
        return t('doneLate', { date: dateText(doneOn ?? '') })
    }
  }
}

const tones: Readonly<Record<Clock['state'], string | undefined>> = { unknown: undefined, running: undefined, late: 'var(--lg-bad)', doneInTime: 'var(--lg-good)', doneLate: 'var(--lg-warn)' }

/** The terms of the pack (các thời hạn): when each is due and how many working days are left or over. */
const Clocks = ({ clocks, result }: { readonly clocks: readonly Clock[]; readonly result: ChecklistResult }) => {
  const t = useT(checklistReferencesVi, checklistReferencesEn)
  const pick = usePick()
  const words = useStateWords()
  const { language } = useLanguage()
  if (clocks.length === 0) return null
  const reason = (clock: Clock): string => {
    const value = result.values.valueOf(clock.question.id)
    return value.kind === 'missing' ? faultText(value.reason)[language] : ''
  }
  return (
    <Panel title={t('clocks')} flush anchor="clocks">
      <table className={results.table} aria-label={t('clocks')}>
        <thead><tr><th scope="col">{t('clock')}</th><th scope="col">{t('due')}</th><th scope="col">{t('clockState')}</th></tr></thead>
        <tbody>
          {clocks.map((clock) => (
            <tr key={clock.question.id}>
              <td>{`${clock.question.label}. ${pick(clock.question.text)}`}</td>
              <td style={{ whiteSpace: 'nowrap' }}>{clock.due === null ? '–' : dateText(clock.due)}</td>
              <td style={{ color: tones[clock.state] }}>{clock.state === 'unknown' ? <span className={results.muted}>{reason(clock)}</span> : words(clock)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
