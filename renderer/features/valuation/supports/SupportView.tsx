import { Button, Group, Stack, Text } from '@mantine/core'
import { IconArrowLeft, IconArrowRight, IconTrash } from '@tabler/icons-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { valuationSupportsEn } from '../../../../shared/i18n/en/valuation-supports.ts'
import { valuationEn } from '../../../../shared/i18n/en/valuation.ts'
import { valuationSupportsVi } from '../../../../shared/i18n/vi/valuation-supports.ts'
import { valuationVi } from '../../../../shared/i18n/vi/valuation.ts'
import type { Datum } from '../../../../shared/schema/base.ts'
import type { DossierState, Support } from '../../../../shared/schema/dossier.ts'
import { noteText } from '../../../../shared/valuation/reasons.ts'
import { supportTitle } from '../../../../shared/valuation/supports/links.ts'
import { supportById } from '../../../../shared/valuation/supports/registry.ts'
import { ChoiceField } from '../../../ui/fields/ChoiceField.tsx'
import { LineField } from '../../../ui/fields/LineField.tsx'
import { usePick, useT } from '../../../ui/language.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import { useDossier, useSourceFacts } from '../../../ui/store-context.tsx'
import type { DatumPatch } from '../ForecastTable.tsx'
import { InputsForm, patchedDatum } from '../InputsForm.tsx'
import { TraceView } from '../TraceView.tsx'
import classes from '../ValuationScreen.module.css'
import { useSupports } from './context.ts'
import type { Target } from './context.ts'
import { LicencesButton } from './LicencesButton.tsx'
import { LinkNotice } from './LinkNotice.tsx'
import { SupportButton } from './SupportButton.tsx'
import { useTaken } from './taken.ts'
import { targetsFor } from './targets.ts'
import { useSupportActs } from './use-support-acts.ts'

interface Props {
  readonly id: string
  readonly support: Support
  /** Input from which it was opened; null from the list. */
  readonly from: Target | null
  readonly onClose: () => void
}

const patched = (state: DossierState, support: string, key: string, patch: DatumPatch): Datum | null => patchedDatum(state.valuation.supports?.[support]?.inputs[key], patch)
const nameOf = ({ sheet, key }: Target): string => `${sheet}.${key}`

/** One supporting computation (bảng tính phụ): its inputs with their sources, its figure with the working, and where the figure goes. */
export const SupportView = ({ id, support, from, onClose }: Props) => {
  const t = useT(valuationSupportsVi, valuationSupportsEn)
  const v = useT(valuationVi, valuationEn)
  const pick = usePick()
  const sourceFacts = useSourceFacts()
  const { state, editable, run } = useDossier()
  const { figures, links } = useSupports()
  const { bring, remove } = useSupportActs()
  const shown = useTaken()
  const back = useRef<HTMLButtonElement>(null)
  const [chosen, setChosen] = useState(from === null ? '' : nameOf(from))
  const spec = supportById(support.method)
  const figure = figures[id]
  const link = links.find((one) => one.support === id)
  const title = pick(supportTitle(support))
  // It has taken the place of what was pressed: the keyboard goes on from its top.
  useEffect(() => back.current?.focus(), [])
  const onDatum = useCallback((key: string, patch: DatumPatch): Promise<boolean> => run((now) => ({ type: 'valuation.setSupportInput', support: id, key, datum: patched(now, id, key, patch) })), [run, id])
  const onData = useCallback((patches: Readonly<Record<string, DatumPatch>>): Promise<boolean> => {
    const [only, ...others] = Object.entries(patches)
    if (only !== undefined && others.length === 0) return onDatum(...only)
    return run((now) => ({ type: 'valuation.setSupportInputs', support: id, data: Object.fromEntries(Object.entries(patches).map(([key, patch]) => [key, patched(now, id, key, patch)])) }))
  }, [run, onDatum, id])
  const targets = spec === undefined || figure === undefined ? [] : targetsFor(state.valuation, id, spec, figure)
  const target = targets.find((one) => nameOf(one) === chosen) ?? targets[0]
  const inStep = link !== undefined && link.state === 'same' && target !== undefined && link.sheet === target.sheet && link.spec.key === target.key
  const take = async (): Promise<void> => {
    if (target !== undefined && (await bring(id, target, target.spec.label)) && from !== null && nameOf(from) === nameOf(target)) onClose()
  }
  return (
    <>
      <PageHeader order={2} title={title} actions={<Button ref={back} variant="default" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={onClose}>{t('back')}</Button>} />
      <Panel
        title={spec === undefined ? support.method : pick(spec.name)}
        anchor={id}
        {...(spec === undefined ? {} : { lead: `${pick(spec.summary)} ${sourceFacts(pick(spec.clause))}` })}
        actions={editable ? <Button variant="subtle" color="gray" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => void remove(id, title).then((done) => (done ? onClose() : undefined))}>{t('remove')}</Button> : undefined}
      >
        <LineField label={t('name')} help={t('nameHelp')} readOnly={!editable} value={support.title} onCommit={(text) => run({ type: 'valuation.setSupport', id, support: { method: support.method, title: text } })} />
      </Panel>
      {spec === undefined ? null : (
        <InputsForm
          id={id}
          specs={spec.inputs}
          inputs={support.inputs}
          lead={v('inputsLead')}
          actions={<LicencesButton id={id} support={support} />}
          readOnly={!editable}
          onDatum={onDatum}
          onData={onData}
          beside={(one) => <SupportButton key={one.key} place={id} spec={one} />}
        />
      )}
      {figure !== undefined && (
        <Panel title={v('result')} anchor="result">
          <Stack gap="md">
            {figure.value === null ? (
              <Notice tone="warn" title={v('noResult')}>{figure.reason === undefined ? null : pick(noteText(figure.reason))}</Notice>
            ) : (
              <output aria-live="polite"><span className={classes.figure}>{shown(figure.value, figure.unit)}</span></output>
            )}
            {figure.warnings.length > 0 && (
              <Notice tone="warn" title={v('warnings')}>
                <ul className={classes.notes}>{figure.warnings.map((warning) => <li key={warning.code}>{pick(noteText(warning))}</li>)}</ul>
              </Notice>
            )}
            {link !== undefined && <LinkNotice link={link} />}
            {editable && figure.value !== null && (target === undefined ? <Text size="sm" c="dimmed">{t('noTarget')}</Text> : (
              <Group align="flex-end" gap="sm">
                <ChoiceField
                  label={t('target')}
                  value={nameOf(target)}
                  choices={targets.map((one) => ({ value: nameOf(one), label: `${pick(one.spec.label)} – ${pick(one.sheetTitle)}` }))}
                  onCommit={(value) => {
                    setChosen(value)
                    return Promise.resolve(true)
                  }}
                />
                <Button variant={link?.state === 'differs' ? 'default' : 'filled'} disabled={inStep} rightSection={<IconArrowRight size={16} aria-hidden />} onClick={() => void take()}>{t('bring')}</Button>
              </Group>
            ))}
          </Stack>
        </Panel>
      )}
      {figure !== undefined && <Panel title={v('trace')} lead={v('traceLead')}><TraceView trace={figure.trace} inputs={support.inputs} /></Panel>}
    </>
  )
}
