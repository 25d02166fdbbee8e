import { reportEn } from '../../../shared/i18n/en/report.ts'
import { reportVi } from '../../../shared/i18n/vi/report.ts'
import type { ReportFacts as Facts } from '../../../shared/schema/dossier.ts'
import { ChoiceField } from '../../ui/fields/ChoiceField.tsx'
import { DateField } from '../../ui/fields/DateField.tsx'
import { FieldCell, FieldGrid } from '../../ui/fields/FieldGrid.tsx'
import { LineField } from '../../ui/fields/LineField.tsx'
import { ProseField } from '../../ui/fields/ProseField.tsx'
import { useT } from '../../ui/language.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useDossier } from '../../ui/store-context.tsx'

const months = [1, 2, 3, 4, 5, 6] as const

/** What stands at the head and foot of the report (thể thức văn bản). */
export const ReportFacts = () => {
  const t = useT(reportVi, reportEn)
  const { state, writable, run } = useDossier()
  const facts = state.report
  const readOnly = !writable || !['draft', 'inReview', 'approved'].includes(state.phase)
  const set = (patch: Partial<Facts>): Promise<boolean> => run({ type: 'report.set', patch })
  const field = { readOnly }
  return (
    <Panel title={t('facts')} lead={t('factsLead')} anchor="facts">
      <FieldGrid columns={3}>
        <LineField {...field} anchor="number" label={t('number')} value={facts.number} onCommit={(number) => set({ number })} />
        <LineField {...field} anchor="symbol" label={t('symbol')} placeholder={t('symbolHelp')} value={facts.symbol} onCommit={(symbol) => set({ symbol })} />
        <LineField {...field} anchor="place" label={t('place')} value={facts.place} onCommit={(place) => set({ place })} />
        <DateField {...field} anchor="date" label={t('date')} value={facts.date} onCommit={(date) => set({ date })} />
        <ChoiceField
          {...field}
          label={t('validMonths')}
          help={t('validHelp')}
          value={String(facts.validMonths)}
          choices={months.map((month) => ({ value: String(month), label: String(month) }))}
          onCommit={(value) => set({ validMonths: Number(value) })}
        />
        <LineField {...field} anchor="signerAuthority" label={t('signerAuthority')} help={t('signerAuthorityHelp')} value={facts.signerAuthority} onCommit={(signerAuthority) => set({ signerAuthority })} />
        <LineField {...field} anchor="signer" label={t('signerTitle')} value={facts.signerTitle} onCommit={(signerTitle) => set({ signerTitle })} />
        <LineField {...field} anchor="signerName" label={t('signerName')} value={facts.signerName} onCommit={(signerName) => set({ signerName })} />
        <FieldCell>
          <ProseField
            {...field}
            label={t('recipients')}
            help={t('recipientsHelp')}
            value={facts.recipients.join('\n')}
            onCommit={(text) => set({ recipients: text.split('\n').map((line) => line.trim()).filter((line) => line !== '').slice(0, 30) })}
          />
        </FieldCell>
      </FieldGrid>
    </Panel>
  )
}
