import { Button, Group, Text } from '@mantine/core'
import { IconArrowBarToDown, IconMinus, IconNote, IconPlus, IconTrendingUp } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { valuationTableEn } from '../../../shared/i18n/en/valuation-table.ts'
import { valuationTableVi } from '../../../shared/i18n/vi/valuation-table.ts'
import type { Text as Words } from '../../../shared/kernel/fault-shape.ts'
import type { Datum } from '../../../shared/schema/base.ts'
import type { InputSpec } from '../../../shared/valuation/figure.ts'
import { rowNotes, withRowNote } from '../../../shared/valuation/row-notes.ts'
import { flushDrafts } from '../../ui/drafts.ts'
import { useLanguage, usePick, useT } from '../../ui/language.tsx'
import { useToast } from '../../ui/toasts.tsx'
import classes from './ForecastTable.module.css'
import { cellCount, filledDown, isInside, mostRows, readBlock, spanOf, withRows, writeBlock } from './grid.ts'
import type { Place, Series, Span, Step } from './grid.ts'
import { GridCell } from './GridCell.tsx'
import type { BlockAct } from './GridCell.tsx'
import { GrowthDialog } from './GrowthDialog.tsx'
import { InputName } from './InputName.tsx'
import { RangeLines } from './RangeLines.tsx'
import { RowNoteDialog } from './RowNoteDialog.tsx'
import { SourceButton } from './SourceButton.tsx'
import { TermHelp } from './TermHelp.tsx'
import { fieldText, readUnit, shownValue } from './units.ts'

export type DatumPatch = Partial<Datum> | ((datum: Datum) => Partial<Datum>)

interface Props {
  readonly specs: readonly InputSpec[]
  /** What one row is when it is no forecast year: a tier, a stage, a comparable. */
  readonly rowKind: Words | null
  /** Set before the places of the cells when a form has several tables. */
  readonly prefix: string
  readonly datumOf: (key: string) => Datum
  readonly suffixOf: (spec: InputSpec) => string
  readonly readOnly: boolean
  readonly onDatum: (key: string, patch: DatumPatch) => Promise<boolean>
  /** Several inputs in one step of the log: one undo takes all of them back. */
  readonly onData: (patches: Readonly<Record<string, DatumPatch>>) => Promise<boolean>
}

const seriesOf = (datum: Datum): Series => (Array.isArray(datum.value) ? datum.value : [])
const stored = (series: Series): Datum['value'] => (series.length === 0 ? null : [...series])

/** Series side by side (bảng số liệu theo kỳ): a column per input, a row per year, stage or comparable; works like a spreadsheet. */
export const ForecastTable = ({ specs, rowKind, prefix, datumOf, suffixOf, readOnly, onDatum, onData }: Props) => {
  const t = useT(valuationTableVi, valuationTableEn)
  const pick = usePick()
  const { language } = useLanguage()
  const toast = useToast()
  const table = useRef<HTMLTableElement>(null)
  const awaited = useRef<Place | null>(null)
  const [extra, setExtra] = useState(0)
  const [chosen, setChosen] = useState<{ readonly anchor: Place; readonly head: Place } | null>(null)
  const [growing, setGrowing] = useState<{ readonly spec: InputSpec; readonly row: number } | null>(null)
  const [noting, setNoting] = useState<Place | null>(null)
  const notes = specs.map((spec) => rowNotes(datumOf(spec.key).reason))
  const longest = Math.max(0, ...specs.map((spec) => seriesOf(datumOf(spec.key)).length))
  const rows = Math.max(longest, extra, 1)
  const span = chosen === null ? null : spanOf(chosen.anchor, chosen.head)
  const rowName = (row: number): string => (rowKind === null ? t('yearN', { n: row + 1 }) : t('rowN', { what: pick(rowKind), n: row + 1 }))

  const change = (spec: InputSpec, make: (series: Series) => Series): Promise<boolean> => onDatum(spec.key, (datum) => ({ value: stored(make(seriesOf(datum))) }))

  const changeAll = (columns: readonly InputSpec[], make: (series: Series, column: number) => Series): Promise<boolean> =>
    onData(Object.fromEntries(columns.map((spec, column): [string, DatumPatch] => [spec.key, (datum) => ({ value: stored(make(seriesOf(datum), column)) })])))

  const focusCell = ({ column, row }: Place): boolean => {
    const field = table.current?.querySelector<HTMLInputElement>(`[data-cell="${prefix}${String(column)}-${String(row)}"]`) ?? null
    field?.focus()
    field?.select()
    return field !== null
  }
  useEffect(() => {
    const place = awaited.current
    if (place !== null && focusCell(place)) awaited.current = null
  })

  const limitFault = (spec: InputSpec, value: number): string | null => {
    if (spec.min !== undefined && value < spec.min) return t('cellBelow', { limit: shownValue(spec.min, spec.unit, language) })
    if (spec.max !== undefined && value > spec.max) return t('cellAbove', { limit: shownValue(spec.max, spec.unit, language) })
    return null
  }

  const type = async (spec: InputSpec, row: number, typed: string): Promise<string | null> => {
    const number = typed === '' ? null : readUnit(typed, spec.unit, language)
    if (typed !== '' && number === null) return t('cellUnreadable')
    const fault = number === null ? null : limitFault(spec, number.value)
    if (fault !== null) return fault
    return (await change(spec, (series) => withRows(series, row, [number?.value ?? null]))) ? null : t('cellNotKept')
  }

  const paste = (place: Place, text: string): boolean => {
    if (readOnly) return true
    const block = readBlock(text)
    const single = block.length === 1 && block[0]?.length === 1 ? (block[0][0] ?? '') : null
    const at: Place = span !== null && isInside(span, place) ? { column: span.left, row: span.top } : place
    // One copied number goes into every chosen cell.
    const lines = single === null || span === null ? block : Array.from({ length: span.bottom - span.top + 1 }, () => Array.from({ length: span.right - span.left + 1 }, () => single))
    const columns = specs.slice(at.column, at.column + (lines[0]?.length ?? 0))
    const read = columns.map((spec, c) => lines.map((line) => {
      const cell = line[c] ?? ''
      if (cell === '') return { value: null, bad: null }
      const number = readUnit(cell, spec.unit, language)
      return number === null ? { value: null, bad: t('pasteRefused', { text: cell.slice(0, 40) }) } : { value: number.value, bad: limitFault(spec, number.value) === null ? null : t('pasteOutside', { text: cell.slice(0, 40), name: pick(spec.label) }) }
    }))
    const bad = read.flat().find((cell) => cell.bad !== null)
    if (bad !== undefined && bad.bad !== null) {
      toast({ text: bad.bad, tone: 'fault' })
      return true
    }
    const left = (lines[0]?.length ?? 0) - columns.length
    void (async () => {
      if (!(await changeAll(columns, (series, c) => withRows(series, at.row, (read[c] ?? []).map((cell) => cell.value))))) return
      toast({ text: left > 0 ? t('pastedPart', { count: lines.length * columns.length, left }) : t('pasted', { count: lines.length * columns.length }) })
    })()
    return true
  }

  const act = (place: Place, what: BlockAct): void => {
    const block: Span = span ?? spanOf(place, place)
    if (what === 'deselect') {
      setChosen({ anchor: place, head: place })
      return
    }
    void (async () => {
      await flushDrafts()
      await changeAll(specs.slice(block.left, block.right + 1), (series) => (what === 'clear'
        ? withRows(series, block.top, Array.from({ length: Math.max(0, Math.min(block.bottom, series.length - 1) - block.top + 1) }, () => null))
        // In a single cell, fill down takes the number above, as spreadsheets do.
        : filledDown(series, block.top === block.bottom ? { top: Math.max(0, block.top - 1), bottom: block.bottom } : block)))
    })()
  }

  const step = (place: Place, { columns, rows: down, stretch }: Step, typed: string): void => {
    const from = stretch ? (chosen?.head ?? place) : place
    const to: Place = { column: Math.max(0, Math.min(specs.length - 1, from.column + columns)), row: Math.max(0, from.row + down) }
    if (stretch) {
      setChosen({ anchor: chosen?.anchor ?? place, head: { ...to, row: Math.min(rows - 1, to.row) } })
      return
    }
    if (to.row >= rows) {
      if (readOnly || typed.trim() === '' || rows >= mostRows) return
      setExtra(rows + 1)
    }
    setChosen({ anchor: to, head: to })
    if (!focusCell(to)) awaited.current = to
  }

  const copied = (): string => {
    if (span === null) return ''
    const columns = specs.slice(span.left, span.right + 1).map((spec) => ({ spec, series: seriesOf(datumOf(spec.key)) }))
    return writeBlock(Array.from({ length: span.bottom - span.top + 1 }, (_, i) => columns.map(({ spec, series }) => {
      const text = fieldText(series[span.top + i] ?? null, spec.unit, language)
      return text === '' || spec.unit !== 'fraction' ? text : `${text}%`
    })))
  }

  const growFrom = (): void => {
    const place = span === null ? { column: 0, row: 0 } : { column: span.left, row: span.top }
    const spec = specs[place.column]
    void flushDrafts().then(() => {
      if (spec !== undefined) setGrowing({ spec, row: place.row })
    })
  }

  const cellName = (spec: InputSpec, row: number): string => `${pick(spec.label)}, ${rowName(row)}`
  const notedSpec = noting === null ? undefined : specs[noting.column]
  const count = span === null ? 0 : cellCount(span)
  return (
    <>
      <div className={classes.scroll}>
        <table className={classes.table} ref={table}>
          <thead>
            <tr>
              <th scope="col" className={classes.head}>{rowKind === null ? t('year') : pick(rowKind)}</th>
              {specs.map((spec) => (
                <th key={spec.key} scope="col" className={classes.head} data-at={spec.key}>
                  <InputName spec={spec} />{spec.required ? ' *' : ''}
                  <span className={classes.unit}>{suffixOf(spec)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: rows }, (_, row) => (
              <tr key={row}>
                <td>{rowName(row)}</td>
                {specs.map((spec, column) => {
                  const place = { column, row }
                  return (
                    <td key={spec.key}>
                      <GridCell
                        label={cellName(spec, row)}
                        note={notes[column]?.get(row) ?? ''}
                        text={fieldText(seriesOf(datumOf(spec.key))[row] ?? null, spec.unit, language)}
                        readOnly={readOnly}
                        place={`${prefix}${String(column)}-${String(row)}`}
                        chosen={span !== null && isInside(span, place)}
                        block={count > 1 && span !== null && isInside(span, place)}
                        onText={(typed) => type(spec, row, typed)}
                        onStep={(how, typed) => step(place, how, typed)}
                        onPaste={(text) => paste(place, text)}
                        onCopy={copied}
                        onBlock={(what) => act(place, what)}
                        onFocus={() => setChosen((now) => (now !== null && now.anchor.column === column && now.anchor.row === row ? now : { anchor: place, head: place }))}
                        onPoint={(how) => setChosen(how === 'start' || chosen === null ? { anchor: place, head: place } : { anchor: chosen.anchor, head: place })}
                      />
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td>{t('source')}</td>
              {specs.map((spec) => (
                <td key={spec.key}>
                  <Group gap={4} wrap="nowrap">
                    <SourceButton name={pick(spec.label)} datum={datumOf(spec.key)} readOnly={readOnly} onChange={(patch) => onDatum(spec.key, patch)} />
                    <TermHelp spec={spec} withHelp />
                  </Group>
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
      {!readOnly && (
        <Group gap="xs" mt="sm">
          <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} disabled={rows >= mostRows} onClick={() => setExtra(rows + 1)}>{rowKind === null ? t('addYear') : t('addRow')}</Button>
          {rows > 1 && (
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              leftSection={<IconMinus size={14} aria-hidden />}
              onClick={() => {
                setExtra(rows - 1)
                const long = specs.filter((spec) => seriesOf(datumOf(spec.key)).length >= rows)
                if (long.length > 0) void changeAll(long, (series) => series.slice(0, rows - 1))
              }}
            >
              {rowKind === null ? t('removeYear') : t('removeRow')}
            </Button>
          )}
          <Button variant="subtle" size="compact-sm" leftSection={<IconArrowBarToDown size={14} aria-hidden />} disabled={span === null || (count === 1 && span.top === 0)} onClick={() => act(chosen?.anchor ?? { column: 0, row: 0 }, 'fillDown')}>{t('fillDown')}</Button>
          {rowKind === null && <Button variant="subtle" size="compact-sm" leftSection={<IconTrendingUp size={14} aria-hidden />} onClick={growFrom}>{t('growth')}</Button>}
          <Button variant="subtle" size="compact-sm" leftSection={<IconNote size={14} aria-hidden />} aria-haspopup="dialog" disabled={chosen === null} onClick={() => setNoting(chosen?.anchor ?? null)}>{t('note')}</Button>
          <Text size="xs" c="dimmed" role="status">{count > 1 ? t('chosenCount', { count }) : ''}</Text>
        </Group>
      )}
      <RangeLines specs={specs} seriesOf={(key) => seriesOf(datumOf(key))} rowName={rowName} />
      {noting !== null && notedSpec !== undefined && (
        <RowNoteDialog
          name={cellName(notedSpec, noting.row)}
          row={noting.row + 1}
          text={notes[noting.column]?.get(noting.row) ?? ''}
          onClose={() => setNoting(null)}
          onKeep={(text) => onDatum(notedSpec.key, (datum) => ({ reason: withRowNote(datum.reason, noting.row, text) }))}
        />
      )}
      {growing !== null && (
        <GrowthDialog
          spec={growing.spec}
          suffix={suffixOf(growing.spec)}
          row={growing.row}
          start={seriesOf(datumOf(growing.spec.key))[growing.row] ?? null}
          rows={Math.max(1, rows - growing.row)}
          rowName={rowName}
          onClose={() => setGrowing(null)}
          onFill={(values, reason) => onDatum(growing.spec.key, (datum) => ({ value: stored(withRows(seriesOf(datum), growing.row, values)), reason: [datum.reason, reason].filter((part) => part !== '').join('\n') }))}
        />
      )}
    </>
  )
}
