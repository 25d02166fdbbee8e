import { Textarea, Text, UnstyledButton } from '@mantine/core'
import { useMemo, useRef } from 'react'
import { packFormEn } from '../../../shared/i18n/en/pack-form.ts'
import { packFormVi } from '../../../shared/i18n/vi/pack-form.ts'
import type { Fault } from '../../../shared/kernel/result.ts'
import { functionNames } from '../../../shared/rulepack/expression/functions.ts'
import { parseExpression } from '../../../shared/rulepack/expression/parse.ts'
import { packNames } from '../../../shared/rulepack/scope.ts'
import type { Named } from '../../../shared/rulepack/scope.ts'
import { FieldCell } from '../../ui/fields/FieldGrid.tsx'
import { useFaultText, usePick, useT } from '../../ui/language.tsx'
import { draftProps, useDraft } from '../../ui/use-draft.ts'
import { useTarget } from './editing-context.tsx'
import classes from './Packs.module.css'
import type { Path } from './paths.ts'
import { textAt } from './paths.ts'

/** How a name is written in a formula: names with dots or hyphens stand in brackets. */
const written = (name: string): string => (/^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)?$/.test(name) ? name : `[${name}]`)

const bare = (id: string, symbol: string | undefined): string => symbol ?? id

/** Each thing once, by the name an officer gave it: an id only where there is no symbol. */
const shortest = (named: ReadonlyMap<string, Named>): readonly (readonly [string, Named])[] => [...named].filter(([name, entry]) => {
  switch (entry.kind) {
    case 'question': return name === bare(entry.question.id, entry.question.symbol)
    case 'column': return name === `${bare(entry.question.id, entry.question.symbol)}.${bare(entry.column.id, entry.column.symbol)}`
    case 'criterion': return name === bare(entry.criterion.id, entry.criterion.symbol)
    case 'figure': return name === entry.figure.symbol
    default: return true
  }
})

const useMeaning = (): ((named: Named) => string) => {
  const t = useT(packFormVi, packFormEn)
  const pick = usePick()
  return (named) => {
    switch (named.kind) {
      case 'question': return pick(named.question.text)
      case 'column': return `${pick(named.question.text)}: ${pick(named.column.text)}`
      case 'criterion': return pick(named.criterion.text)
      case 'section': return pick(named.section.title)
      case 'figure': return pick(named.figure.text)
      case 'reference':
      case 'referenceColumn': return `${t('reference')} ${named.reference}: ${named.column}`
      case 'total': return t('totalName')
    }
  }
}

/** The formula with the place of its fault marked. */
const Marked = ({ text, fault }: { readonly text: string; readonly fault: Fault }) => {
  const place = fault.details?.['at']
  if (typeof place !== 'number' || text === '') return null
  const at = Math.min(place - 1, text.length)
  return <Text component="pre" className={classes.marked} aria-hidden>{text.slice(0, at)}<mark>{text.slice(at, at + 1) || '\u00a0'}</mark>{text.slice(at + 1)}</Text>
}

/** A formula (biểu thức): checked while it is typed, with the place of a fault and the names that may be used. */
export const FormulaField = ({ label, name, path }: { readonly label: string; readonly name?: string; readonly path: Path }) => {
  const t = useT(packFormVi, packFormEn)
  const say = useFaultText()
  const meaning = useMeaning()
  const { root, pack, change, readOnly } = useTarget()
  const field = useRef<HTMLTextAreaElement>(null)
  const value = textAt(root, path)
  const draft = useDraft(value, (text) => {
    change(path, text)
    return Promise.resolve(true)
  }, { rest: 400 })
  const names = useMemo(() => (pack?.use === 'checklist' ? packNames(pack) : null), [pack])
  const fault = useMemo((): Fault | null => {
    const parsed = parseExpression(draft.text)
    if (!parsed.ok) return parsed.fault
    // Kinds are known of what stands in the draft; while more is being typed only the form is judged.
    return draft.text === value ? names?.problems.find((problem) => problem.formula === value)?.fault ?? null : null
  }, [draft.text, value, names])
  const insert = (word: string): void => {
    const at = field.current?.selectionStart ?? draft.text.length
    const until = field.current?.selectionEnd ?? at
    draft.onChange(`${draft.text.slice(0, at)}${word}${draft.text.slice(until)}`)
    field.current?.focus()
  }
  return (
    <FieldCell>
      <Textarea
        ref={field}
        label={label}
        {...(name === undefined ? {} : { 'aria-label': name })}
        autosize
        minRows={1}
        maxRows={8}
        spellCheck={false}
        classNames={{ input: classes.formula ?? '' }}
        readOnly={readOnly}
        error={fault === null ? undefined : say(fault)}
        {...draftProps(draft)}
        onChange={(event) => draft.onChange(event.currentTarget.value)}
      />
      {fault !== null && <Marked text={draft.text} fault={fault} />}
      {names !== null && !readOnly && (
        <details className={classes.names}>
          <summary>{t('namesAvailable', { count: shortest(names.named).length })}</summary>
          <ul>
            {shortest(names.named).map(([own, named]) => (
              <li key={own}><UnstyledButton className={classes.name} onClick={() => insert(written(own))}>{written(own)}</UnstyledButton> <span>{meaning(named)}</span></li>
            ))}
          </ul>
          <Text size="xs" c="dimmed" mt={6}>{t('functionsAvailable', { names: functionNames.join(', ') })}</Text>
        </details>
      )}
    </FieldCell>
  )
}
