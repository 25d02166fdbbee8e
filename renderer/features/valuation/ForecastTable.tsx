import { Button, Group, TextInput } from '@mantine/core'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { valuationEn } from '../../../shared/i18n/en/valuation.ts'
import { valuationVi } from '../../../shared/i18n/vi/valuation.ts'
import type { Datum } from '../../../shared/schema/base.ts'
import type { InputSpec } from '../../../shared/valuation/figure.ts'
import { isComposing } from '../../ui/keys.ts'
import { useLanguage, usePick, useT } from '../../ui/language.tsx'
import { useToast } from '../../ui/toasts.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import classes from './ForecastTable.module.css'
import { SourceButton } from './SourceButton.tsx'
import { fieldText, readUnit } from './units.ts'

interface Props {
  readonly specs: readonly InputSpec[]
  readonly datumOf: (key: string) => Datum
  readonly suffixOf: (spec: InputSpec) => string
  readonly readOnly: boolean
  readonly onDatum: (key: string, patch: Partial<Datum>) => Promise<boolean>
}

interface CellProps {
  readonly label: string
  readonly text: string
  readonly readOnly: boolean
  readonly place: string
  readonly onText: (text: string) => Promise<boolean>
  readonly onPaste: (text: string) => boolean
  readonly onMove: (rows: number) => void
}

const Cell = ({ label, text, readOnly, place, onText, onPaste, onMove }: CellProps) => {
  const [bad, setBad] = useState(false)
  const draft = useDraft(text, async (typed) => {
    const kept = await onText(typed)
    setBad(!kept)
    return kept
  }, { rest: 1500 })
  return (
    <TextInput
      size="xs"
      aria-label={label}
      data-cell={place}
      readOnly={readOnly}
      error={bad}
      inputMode="decimal"
      autoComplete="off"
      maxLength={60}
      value={draft.text}
      onChange={(event) => {
        setBad(false)
        draft.onChange(event.currentTarget.value)
      }}
      onFocus={draft.onFocus}
      onBlur={draft.onBlur}
      onCompositionStart={draft.onCompositionStart}
      onCompositionEnd={draft.onCompositionEnd}
      onPaste={(event) => {
        const pasted = event.clipboardData.getData('text/plain')
        if (/[\t\n]/.test(pasted.trim()) && onPaste(pasted)) event.preventDefault()
      }}
      onKeyDown={(event) => {
        if (isComposing(event)) return
        if (event.key === 'ArrowDown' || event.key === 'Enter') onMove(1)
        else if (event.key === 'ArrowUp') onMove(-1)
        else return
        event.preventDefault()
      }}
    />
  )
}

const seriesOf = (datum: Datum): readonly (number | null)[] => (Array.isArray(datum.value) ? datum.value : [])

/** Yearly inputs side by side (bảng dự báo): a column per input, a row per year; pastes blocks from a spreadsheet. */
export const ForecastTable = ({ specs, datumOf, suffixOf, readOnly, onDatum }: Props) => {
  const t = useT(valuationVi, valuationEn)
  const pick = usePick()
  const { language } = useLanguage()
  const toast = useToast()
  const table = useRef<HTMLTableElement>(null)
  const [extra, setExtra] = useState(0)
  const longest = Math.max(0, ...specs.map((spec) => seriesOf(datumOf(spec.key)).length))
  const rows = Math.max(longest, extra, 1)

  const write = (spec: InputSpec, from: number, values: readonly (number | null)[]): Promise<boolean> => {
    const next = [...seriesOf(datumOf(spec.key))]
    while (next.length < from) next.push(null)
    values.forEach((value, i) => {
      next[from + i] = value
    })
    while (next.length > 0 && next.at(-1) === null) next.pop()
    return onDatum(spec.key, { value: next.length === 0 ? null : next })
  }

  const paste = (column: number, row: number, text: string): boolean => {
    if (readOnly) return true
    const lines = text.replace(/\r/g, '').replace(/\n+$/, '').split('\n').map((line) => line.split('\t'))
    const columns = specs.slice(column, column + Math.max(...lines.map((line) => line.length)))
    const read = columns.map((spec, c) => lines.map((line) => {
      const cell = (line[c] ?? '').trim()
      if (cell === '') return { value: null, bad: '' }
      const number = readUnit(cell, spec.unit, language)
      return number === null ? { value: null, bad: cell } : { value: number.value, bad: '' }
    }))
    const bad = read.flat().find((cell) => cell.bad !== '')
    if (bad !== undefined) {
      toast({ text: t('pasteRefused', { text: bad.bad.slice(0, 40) }) })
      return true
    }
    void (async () => {
      for (const [c, spec] of columns.entries()) await write(spec, row, (read[c] ?? []).map((cell) => cell.value))
      toast({ text: t('pasted', { count: lines.length * columns.length }) })
    })()
    return true
  }

  const move = (column: number, row: number): void => {
    table.current?.querySelector<HTMLInputElement>(`[data-cell="${String(column)}-${String(row)}"]`)?.focus()
  }

  return (
    <>
      <div className={classes.scroll}>
        <table className={classes.table} ref={table}>
          <thead>
            <tr>
              <th scope="col" className={classes.head}>{t('year')}</th>
              {specs.map((spec) => (
                <th key={spec.key} scope="col" className={classes.head} data-at={spec.key}>
                  {pick(spec.label)}{spec.required ? ' *' : ''}
                  <span className={classes.unit}>{suffixOf(spec)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: rows }, (_, row) => (
              <tr key={row}>
                <td>{t('yearN', { n: row + 1 })}</td>
                {specs.map((spec, column) => (
                  <td key={spec.key}>
                    <Cell
                      label={`${pick(spec.label)}, ${t('yearN', { n: row + 1 })}`}
                      text={fieldText(seriesOf(datumOf(spec.key))[row] ?? null, spec.unit, language)}
                      readOnly={readOnly}
                      place={`${String(column)}-${String(row)}`}
                      onText={async (typed) => {
                        if (typed === '') return write(spec, row, [null])
                        const number = readUnit(typed, spec.unit, language)
                        return number === null ? false : write(spec, row, [number.value])
                      }}
                      onPaste={(text) => paste(column, row, text)}
                      onMove={(by) => move(column, row + by)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td>{t('source')}</td>
              {specs.map((spec) => (
                <td key={spec.key}><SourceButton name={pick(spec.label)} datum={datumOf(spec.key)} readOnly={readOnly} onChange={(patch) => onDatum(spec.key, patch)} /></td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
      {!readOnly && (
        <Group gap="xs" mt="sm">
          <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setExtra(Math.min(rows + 1, 200))}>{t('addYear')}</Button>
          {rows > 1 && (
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              leftSection={<IconMinus size={14} aria-hidden />}
              onClick={() => {
                setExtra(rows - 1)
                void (async () => {
                  for (const spec of specs) if (seriesOf(datumOf(spec.key)).length >= rows) await write(spec, rows - 1, [null])
                })()
              }}
            >
              {t('removeYear')}
            </Button>
          )}
        </Group>
      )}
    </>
  )
}
