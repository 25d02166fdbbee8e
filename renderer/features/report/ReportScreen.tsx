import { reportEn } from '../../../shared/i18n/en/report.ts'
import { reportVi } from '../../../shared/i18n/vi/report.ts'
import { useT } from '../../ui/language.tsx'
import { LegalWarnings } from '../../ui/LegalWarnings.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { DeliverySteps } from './DeliverySteps.tsx'
import { ReportFacts } from './ReportFacts.tsx'
import { ReportPreview } from './ReportPreview.tsx'

/** Report and delivery (báo cáo và gửi): from submitting to the receipt. */
export const ReportScreen = () => {
  const t = useT(reportVi, reportEn)
  return (
    <>
      <PageHeader order={2} title={t('title')} lead={t('lead')} />
      <LegalWarnings />
      <DeliverySteps />
      <ReportFacts />
      <ReportPreview />
    </>
  )
}
