import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { valuationTableEn } from '../../../shared/i18n/en/valuation-table.ts'
import { valuationTableVi } from '../../../shared/i18n/vi/valuation-table.ts'
import { isComposing } from '../../ui/keys.ts'
import { useT } from '../../ui/language.tsx'
import { draftProps, useDraft } from '../../ui/use-draft.ts'
import { stepOf } from './grid.ts'
import type { Step } from './grid.ts'

/** What a block of chosen cells can be asked for from the keyboard. */
export type BlockAct = 'clear' | 'fillDown' | 'deselect'

interface Props {
  readonly label: string
  readonly text: string
  /** Source of this cell alone; empty when that of the series holds. */
  readonly note: string
  readonly readOnly: boolean
  /** `column-row` of the table, for moving about and for tests. */
  readonly place: string
  readonly chosen: boolean
  /** Whether more than this cell is chosen. */
  readonly block: boolean
  /** Stores what was typed; a sentence when it cannot be stored, null when it was. */
  readonly onText: (text: string) => Promise<string | null>
  readonly onStep: (step: Step, typed: string) => void
  readonly onPaste: (text: string) => boolean
  /** The chosen block as a spreadsheet takes it. */
  readonly onCopy: () => string
  readonly onBlock: (act: BlockAct) => void
  readonly onFocus: () => void
  /** The pointer went down or over the cell with the button held. */
  readonly onPoint: (how: 'start' | 'stretch') => void
}

/** One number of a table, typed as people write it. */
export const GridCell = ({ label: name, text, note, readOnly, place, chosen, block, onText, onStep, onPaste, onCopy, onBlock, onFocus, onPoint }: Props) => {
  const t = useT(valuationTableVi, valuationTableEn)
  const [fault, setFault] = useState<string | null>(null)
  const draft = useDraft(text, async (typed) => {
    const refused = await onText(typed)
    setFault(refused)
    return refused === null
  }, { rest: 1500 })
  const label = note === '' ? name : t('notedCell', { name, note })
  return (
    <TextInput
      size="xs"
      aria-label={chosen && block ? t('chosenCell', { name: label }) : label}
      data-cell={place}
      data-noted={note !== '' || undefined}
      title={note === '' ? undefined : note}
      data-chosen={(chosen && block) || undefined}
      readOnly={readOnly}
      error={fault ?? undefined}
      inputMode="decimal"
      autoComplete="off"
      maxLength={60}
      {...draftProps(draft)}
      onChange={(event) => {
        setFault(null)
        draft.onChange(event.currentTarget.value)
      }}
      onFocus={() => {
        draft.onFocus()
        onFocus()
      }}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        if (event.shiftKey) event.preventDefault()
        onPoint(event.shiftKey ? 'stretch' : 'start')
      }}
      onPointerEnter={(event) => {
        if (event.buttons === 1) onPoint('stretch')
      }}
      onCopy={(event) => {
        if (!block) return
        event.preventDefault()
        event.clipboardData.setData('text/plain', onCopy())
      }}
      onCut={(event) => {
        if (!block || readOnly) return
        event.preventDefault()
        event.clipboardData.setData('text/plain', onCopy())
        onBlock('clear')
      }}
      onPaste={(event) => {
        const pasted = event.clipboardData.getData('text/plain')
        if ((block || /[\t\n]/.test(pasted.trim())) && onPaste(pasted)) event.preventDefault()
      }}
      onKeyDown={(event) => {
        if (isComposing(event)) return
        const field = event.currentTarget
        const command = event.ctrlKey || event.metaKey || event.altKey
        const step = stepOf({ key: event.key, shift: event.shiftKey, command, from: field.selectionStart ?? 0, to: field.selectionEnd ?? 0, length: field.value.length })
        if (step !== null) onStep(step, field.value)
        else if (block && !readOnly && (event.key === 'Delete' || event.key === 'Backspace')) onBlock('clear')
        else if ((event.ctrlKey || event.metaKey) && !readOnly && event.key.toLowerCase() === 'd') onBlock('fillDown')
        else if (block && event.key === 'Escape') onBlock('deselect')
        else return
        event.preventDefault()
      }}
    />
  )
}
