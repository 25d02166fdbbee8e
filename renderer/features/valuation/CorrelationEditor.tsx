import { ActionIcon, Button, Checkbox } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useMemo } from 'react'
import { valuationUncertaintyEn } from '../../../shared/i18n/en/valuation-uncertainty.ts'
import { valuationUncertaintyVi } from '../../../shared/i18n/vi/valuation-uncertainty.ts'
import { formatNumber } from '../../../shared/kernel/number-text.ts'
import type { MethodSheet, Uncertainty } from '../../../shared/schema/dossier.ts'
import { checkCorrelations, uncertainKeys } from '../../../shared/valuation/uncertainty/simulate-sheet.ts'
import { ChoiceField } from '../../ui/fields/ChoiceField.tsx'
import { useFaultText, useLanguage, useT } from '../../ui/language.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { NumberField } from './NumberField.tsx'
import classes from './Uncertainty.module.css'
import { useInputWords } from './use-uncertainty.ts'
import screen from './ValuationScreen.module.css'

interface Props {
  readonly sheet: MethodSheet
  readonly settings: Uncertainty
  readonly readOnly: boolean
  readonly onSet: (make: (now: Uncertainty) => Uncertainty) => Promise<boolean>
}

/** Rank correlations between uncertain inputs, with the check that they can exist together and the nearest that can. */
export const CorrelationEditor = ({ sheet, settings, readOnly, onSet }: Props) => {
  const t = useT(valuationUncertaintyVi, valuationUncertaintyEn)
  const faultText = useFaultText()
  const { language } = useLanguage()
  const { nameOf } = useInputWords(sheet)
  const { inputs, correlations } = settings
  const keys = uncertainKeys(settings)
  const check = useMemo(() => checkCorrelations({ inputs, correlations }), [inputs, correlations])
  const used = new Set(correlations.map(({ a, b }) => [a, b].toSorted().join(' ')))
  const free = keys.flatMap((a, i) => keys.slice(i + 1).map((b) => [a, b] as const)).filter(([a, b]) => !used.has(`${a} ${b}`))
  const change = (k: number, patch: Partial<Uncertainty['correlations'][number]>): Promise<boolean> =>
    onSet((now) => ({ ...now, correlations: now.correlations.map((pair, i) => (i === k ? { ...pair, ...patch } : pair)) }))
  const named = keys.map((key) => ({ value: key, label: nameOf(key) }))
  const coefficient = (value: number): string => formatNumber(value, language, { minDecimals: 3, maxDecimals: 3 })
  return (
    <>
      {correlations.map(({ a, b, rank }, k) => (
        <div key={`${a} ${b}`} className={classes.row}>
          <ChoiceField label={t('first')} readOnly={readOnly} value={a} choices={named} onCommit={(next) => change(k, { a: next })} />
          <ChoiceField label={t('second')} readOnly={readOnly} value={b} choices={named} onCommit={(next) => change(k, { b: next })} />
          <NumberField label={t('rank')} unit="none" suffix="" min={-1} max={1} readOnly={readOnly} value={rank} onCommit={(next) => change(k, { rank: next ?? 0 })} />
          {!readOnly && (
            <ActionIcon variant="subtle" color="gray" mb={4} aria-label={t('removeCorrelation', { a: nameOf(a), b: nameOf(b) })} onClick={() => void onSet((now) => ({ ...now, correlations: now.correlations.filter((_, i) => i !== k) }))}>
              <IconX size={16} aria-hidden />
            </ActionIcon>
          )}
        </div>
      ))}
      {!readOnly && free[0] !== undefined && (
        <Button
          variant="subtle"
          size="compact-sm"
          mt="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => {
            const [a, b] = free[0] ?? ['', '']
            void onSet((now) => ({ ...now, correlations: [...now.correlations, { a, b, rank: 0 }] }))
          }}
        >
          {t('addCorrelation')}
        </Button>
      )}
      <div className={classes.note}>
        {!check.ok && <Notice tone="warn">{faultText(check.fault)}</Notice>}
        {check.ok && check.value !== null && check.value.possible && <Notice tone="good">{t('possible', { value: coefficient(check.value.minEigenvalue) })}</Notice>}
        {check.ok && check.value !== null && !check.value.possible && (
          <Notice tone="warn" title={t('impossibleTitle')}>
            {t('impossibleText', { value: coefficient(check.value.minEigenvalue) })}
            <table className={screen.table}>
              <thead><tr><th scope="col">{t('pair')}</th><th scope="col" className={screen.number}>{t('before')}</th><th scope="col" className={screen.number}>{t('after')}</th></tr></thead>
              <tbody>
                {(check.value.repair?.changes ?? []).map(({ row, column, before, after }) => (
                  <tr key={`${String(row)}-${String(column)}`}>
                    <td>{`${nameOf(keys[row] ?? '')} – ${nameOf(keys[column] ?? '')}`}</td>
                    <td className={screen.number}>{coefficient(before)}</td>
                    <td className={screen.number}>{coefficient(after)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <Checkbox mt="xs" label={t('useNearest')} disabled={readOnly} checked={settings.impossible === 'nearest'} onChange={(event) => {
              const impossible = event.currentTarget.checked ? 'nearest' : 'refuse'
              void onSet((now) => ({ ...now, impossible }))
            }} />
          </Notice>
        )}
      </div>
    </>
  )
}
