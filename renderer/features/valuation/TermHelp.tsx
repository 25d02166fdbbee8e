import { ActionIcon, Popover, Stack, Text } from '@mantine/core'
import { IconHelpCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { valuationTableEn } from '../../../shared/i18n/en/valuation-table.ts'
import { valuationTableVi } from '../../../shared/i18n/vi/valuation-table.ts'
import type { InputSpec } from '../../../shared/valuation/figure.ts'
import { termById, termsOfInput } from '../../../shared/valuation/glossary.ts'
import type { Term } from '../../../shared/valuation/glossary.ts'
import { usePick, useT } from '../../ui/language.tsx'
import { useSourceFacts } from '../../ui/store-context.tsx'

interface HelpProps {
  readonly name: string
  readonly terms: readonly Term[]
  /** A sentence before the terms: what a column of a table asks for. */
  readonly lead?: string
  readonly symbol?: string | undefined
}

/** A small question mark that opens what the words mean. */
export const Help = ({ name, terms, lead = '', symbol }: HelpProps) => {
  const t = useT(valuationTableVi, valuationTableEn)
  const pick = usePick()
  const sourceFacts = useSourceFacts()
  const [opened, setOpened] = useState(false)
  return (
    <Popover opened={opened} onChange={setOpened} width={360} position="bottom-end" shadow="md" trapFocus withinPortal>
      <Popover.Target>
        <ActionIcon variant="transparent" color="gray" size="sm" aria-label={t('helpFor', { name })} aria-expanded={opened} onClick={() => setOpened(!opened)}>
          <IconHelpCircle size={16} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={name} tabIndex={-1} data-autofocus>
        <Stack gap="sm">
          {lead !== '' && <Text size="sm">{lead}</Text>}
          {symbol !== undefined && <Text size="xs" c="dimmed">{t('symbolLine', { symbol })}</Text>}
          {terms.map((term) => (
            <div key={term.id}>
              <Text size="sm" fw={560}>{pick(term.name)}</Text>
              <Text size="sm">{pick(term.meaning)}</Text>
              {term.source !== undefined && <Text size="xs" c="dimmed">{t('glossarySource', { source: sourceFacts(pick(term.source)) })}</Text>}
            </div>
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

/** Explains one input of a method; nothing where there is nothing to add. `withHelp` where the form does not show the input's own help. */
export const TermHelp = ({ spec, withHelp = false }: { readonly spec: InputSpec; readonly withHelp?: boolean }) => {
  const pick = usePick()
  const sourceFacts = useSourceFacts()
  const terms = termsOfInput(spec.key)
  const lead = withHelp ? sourceFacts(pick(spec.help)) : ''
  return terms.length === 0 && lead === '' ? null : <Help name={pick(spec.label)} terms={terms} lead={lead} symbol={spec.symbol} />
}

/** Explains single terms by their id. */
export const TermsHelp = ({ name, ids }: { readonly name: string; readonly ids: readonly string[] }) => (
  <Help name={name} terms={ids.flatMap((id) => termById(id) ?? [])} />
)
