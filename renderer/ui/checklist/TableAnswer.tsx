import { ActionIcon, Button, Checkbox, NativeSelect, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { rowsOf } from '../../../shared/checklist/answers.ts'
import { valueWords } from '../../../shared/checklist/value-words.ts'
import { answeringEn } from '../../../shared/i18n/en/answering.ts'
import { answeringVi } from '../../../shared/i18n/vi/answering.ts'
import { dateText, parseDateText } from '../../../shared/kernel/date-text.ts'
import { formatNumber, parseNumber } from '../../../shared/kernel/number-text.ts'
import type { NumberLanguage } from '../../../shared/kernel/number-text.ts'
import { fold } from '../../../shared/kernel/text.ts'
import type { Cell } from '../../../shared/rulepack/expression/types.ts'
import type { Question, TableColumn } from '../../../shared/rulepack/schema.ts'
import type { Answer, TableRow } from '../../../shared/schema/dossier.ts'
import { isComposing } from '../keys.ts'
import { useLanguage, usePick, useT } from '../language.tsx'
import { useToast } from '../toasts.tsx'
import { draftProps, useDraft } from '../use-draft.ts'
import classes from './Answering.module.css'

type TableQuestion = Extract<Question, { type: 'table' }>
type CellValue = TableRow[string]
type Entered = Exclude<TableColumn, { type: 'computed' }>

/** Above this many columns a row is shown as a record, field by field: a line would run out of sight. */
const mostColumns = 6

const cellText = (value: CellValue | undefined, column: Entered, language: NumberLanguage): string => {
  if (value === undefined || value === null) return ''
  if (typeof value === 'number') return formatNumber(value, language)
  if (typeof value === 'boolean') return value ? 'x' : ''
  return column.type === 'date' ? dateText(value) : value
}

/** What a typed or pasted text means in a column; undefined when it means nothing there. Choices are known by value or name in either language. */
export const readCell = (text: string, column: Entered, language: NumberLanguage): CellValue | undefined => {
  const plain = text.trim()
  if (plain === '') return null
  switch (column.type) {
    case 'text':
      return plain
    case 'number': {
      const read = parseNumber(plain, language)
      if (!read.ok) return undefined
      const { value } = read.value
      return value >= (column.min ?? -Infinity) && value <= (column.max ?? Infinity) ? value : undefined
    }
    case 'date':
      return parseDateText(plain) ?? undefined
    case 'yesNo':
      return ['x', '1', 'co', 'yes', 'true', 'dung'].includes(fold(plain)) ? true : ['0', 'khong', 'no', 'false', 'sai', '-'].includes(fold(plain)) ? false : undefined
    case 'choice':
      return column.options.find(({ value, text: name }) => [value, name.vi, name.en].some((known) => fold(known) === fold(plain)))?.value
  }
}

interface CellProps {
  readonly column: Entered
  readonly label: string
  readonly value: CellValue | undefined
  readonly readOnly: boolean
  readonly place: string
  readonly onValue: (value: CellValue) => Promise<boolean>
  readonly onPaste: (text: string) => boolean
  readonly onEnter: () => void
}

const TypedCell = ({ column, label, value, readOnly, place, onValue, onPaste, onEnter }: CellProps) => {
  const t = useT(answeringVi, answeringEn)
  const { language } = useLanguage()
  const [fault, setFault] = useState(false)
  const stored = cellText(value, column, language)
  const draft = useDraft(stored, async (text) => {
    const read = readCell(text, column, language)
    setFault(read === undefined)
    return read === undefined ? false : onValue(read)
  }, { rest: 1200 })
  return (
    <TextInput
      size="sm"
      aria-label={label}
      data-cell={place}
      readOnly={readOnly}
      error={fault ? (column.type === 'date' ? t('dateWrong') : t('numberWrong')) : undefined}
      inputMode={column.type === 'number' ? 'decimal' : 'text'}
      placeholder={column.type === 'date' ? t('dateHint') : undefined}
      autoComplete="off"
      maxLength={column.type === 'text' ? 2000 : 60}
      {...draftProps(draft)}
      onChange={(event) => {
        setFault(false)
        draft.onChange(event.currentTarget.value)
      }}
      onPaste={(event) => {
        const pasted = event.clipboardData.getData('text/plain')
        if (/[\t\n]/.test(pasted.trim()) && onPaste(pasted)) event.preventDefault()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || isComposing(event)) return
        draft.onBlur()
        onEnter()
      }}
    />
  )
}

const AnyCell = (props: CellProps) => {
  const t = useT(answeringVi, answeringEn)
  const pick = usePick()
  const { column, label, value, readOnly, place, onValue } = props
  if (column.type === 'choice')
    return (
      <NativeSelect
        size="sm"
        aria-label={label}
        data-cell={place}
        disabled={readOnly}
        value={typeof value === 'string' ? value : ''}
        data={[{ value: '', label: t('choose') }, ...column.options.map((option) => ({ value: option.value, label: pick(option.text) }))]}
        onChange={(event) => void onValue(event.currentTarget.value === '' ? null : event.currentTarget.value)}
      />
    )
  if (column.type === 'yesNo')
    return (
      <NativeSelect
        size="sm"
        aria-label={label}
        data-cell={place}
        disabled={readOnly}
        value={value === true ? 'yes' : value === false ? 'no' : ''}
        data={[{ value: '', label: t('choose') }, { value: 'yes', label: t('yes') }, { value: 'no', label: t('no') }]}
        onChange={(event) => void onValue(event.currentTarget.value === '' ? null : event.currentTarget.value === 'yes')}
      />
    )
  return <TypedCell {...props} />
}

interface Props {
  readonly question: TableQuestion
  readonly answer: Answer
  readonly label: string
  readonly readOnly: boolean
  /** Cells of a row with its computed columns. */
  readonly rowOf: (row: TableRow) => Readonly<Record<string, Cell>>
  /** Changes the rows as they stand then: several cells may be on their way at once. */
  readonly onRows: (change: (rows: readonly TableRow[]) => readonly TableRow[] | null) => Promise<boolean>
}

/** A table answer (bảng kê): rows added, pasted from a spreadsheet, removed; computed columns follow. */
export const TableAnswer = ({ question, answer, label, readOnly, rowOf, onRows }: Props) => {
  const t = useT(answeringVi, answeringEn)
  const pick = usePick()
  const { language } = useLanguage()
  const toast = useToast()
  const frame = useRef<HTMLDivElement>(null)
  const rows = rowsOf(answer.value)
  const entered = question.columns.filter((column) => column.type !== 'computed')
  const saidNone = Array.isArray(answer.value) && answer.value.length === 0

  const focusCell = (place: string): void => {
    requestAnimationFrame(() => requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>(`[data-cell="${place}"]`)?.focus()))
  }
  const addRow = async (): Promise<void> => {
    if (await onRows((now) => [...now, {}])) focusCell(`0-${String(rows.length)}`)
  }
  const paste = (text: string, firstColumn: number, firstRow: number): boolean => {
    const lines = text.replace(/\r/g, '').replace(/\n$/, '').split('\n').map((line) => line.split('\t'))
    let unread = 0
    const cells = lines.map((line) => Object.fromEntries(line.flatMap((part, index): [string, CellValue][] => {
      const column = entered[firstColumn + index]
      if (column === undefined) return []
      const read = readCell(part, column, language)
      if (read === undefined) unread += 1
      return [[column.id, read ?? null]]
    })))
    void onRows((now) => {
      const grown = Array.from({ length: Math.min(Math.max(now.length, firstRow + cells.length), question.maxRows) }, (_, index) => now[index] ?? {})
      return grown.map((row, index) => ({ ...row, ...cells[index - firstRow] }))
    }).then((done) => {
      if (done && unread > 0) toast({ text: t('pasteRefused', { count: unread }) })
    })
    return true
  }

  const titleOf = (column: TableColumn): string => `${pick(column.text)}${'unit' in column && column.unit !== '' ? ` (${column.unit})` : ''}${column.type !== 'computed' && column.required ? ' *' : ''}`
  const entry = (column: Entered, row: TableRow, index: number): ReactNode => {
    const at = entered.indexOf(column)
    return (
      <AnyCell
        column={column}
        label={`${t('row', { n: index + 1 })}, ${pick(column.text)}`}
        value={row[column.id]}
        readOnly={readOnly}
        place={`${String(at)}-${String(index)}`}
        onValue={(value) => onRows((now) => now.map((other, place) => (place === index ? { ...other, [column.id]: value } : other)))}
        onPaste={(text) => paste(text, at, index)}
        onEnter={() => {
          if (index + 1 < rows.length) focusCell(`${String(at)}-${String(index + 1)}`)
          else if (!readOnly && rows.length < question.maxRows) void addRow()
        }}
      />
    )
  }
  const reckoned = (column: Extract<TableColumn, { type: 'computed' }>, cells: ReturnType<Props['rowOf']>): string => {
    const cell = cells[column.id]
    return cell === undefined || cell.kind === 'missing' ? '–' : valueWords(cell, { language, unit: column.unit, decimals: column.decimals, options: column.options })
  }
  const remover = (index: number): ReactNode => readOnly ? null : (
    <ActionIcon variant="subtle" color="gray" aria-label={t('removeRow', { n: index + 1 })} onClick={() => void onRows((now) => (now.length === 1 ? null : now.filter((_, place) => place !== index)))}>
      <IconTrash size={16} aria-hidden />
    </ActionIcon>
  )

  return (
    <div ref={frame}>
      {rows.length === 0 ? <Text size="sm" c="dimmed">{saidNone ? t('saidNone') : t('noRows')}</Text> : question.columns.length > mostColumns ? (
        <ol className={classes.records} aria-label={label}>
          {rows.map((row, index) => {
            const cells = rowOf(row)
            return (
              // Rows have no identity of their own; their place is what people call them by.
              <li key={index} className={classes.record}>
                <div className={classes.recordHead}><Text size="sm" fw={560}>{t('row', { n: index + 1 })}</Text>{remover(index)}</div>
                <div className={classes.recordFields}>
                  {question.columns.map((column) => (
                    <div key={column.id}>
                      <div className={classes.recordName}>{titleOf(column)}</div>
                      {column.type === 'computed' ? <output className={classes.recordValue}>{reckoned(column, cells)}</output> : entry(column, row, index)}
                    </div>
                  ))}
                </div>
              </li>
            )
          })}
        </ol>
      ) : (
        <div className={classes.tableFrame}>
          <table className={classes.table} aria-label={label}>
            <thead>
              <tr>
                <th aria-hidden />
                {question.columns.map((column) => <th key={column.id} scope="col">{titleOf(column)}</th>)}
                <th aria-hidden />
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => {
                const cells = rowOf(row)
                return (
                  <tr key={index}>
                    <td className={classes.place}>{index + 1}</td>
                    {question.columns.map((column) => (column.type === 'computed'
                      ? <td key={column.id} data-computed>{reckoned(column, cells)}</td>
                      : <td key={column.id} data-type={column.type}>{entry(column, row, index)}</td>))}
                    <td>{remover(index)}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
      {question.minRows > rows.length && !saidNone && <Text size="sm" c="dimmed" mt={6}>{t('rowsAsked', { least: question.minRows })}</Text>}
      {!readOnly && (
        <div className={classes.tools}>
          {rows.length < question.maxRows && <Button variant="light" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => void addRow()}>{t('addRow')}</Button>}
          {rows.length === 0 && question.minRows === 0 && <Checkbox size="sm" label={t('sayNone')} checked={saidNone} onChange={(event) => void onRows(event.currentTarget.checked ? () => [] : () => null)} />}
          {rows.length > 0 && <Text size="sm" c="dimmed">{t('pasteHint')}</Text>}
        </div>
      )}
    </div>
  )
}
