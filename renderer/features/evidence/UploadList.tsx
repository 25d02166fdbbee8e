import { CloseButton, Progress, Text } from '@mantine/core'
import { evidenceEn } from '../../../shared/i18n/en/evidence.ts'
import { evidenceVi } from '../../../shared/i18n/vi/evidence.ts'
import { useFaultText, useLanguage, useT } from '../../ui/language.tsx'
import { sizeText } from '../../ui/size-text.ts'
import { useUploads } from '../../ui/uploads.tsx'
import classes from './UploadList.module.css'

/** Files being hashed, encrypted and stored, each with its progress and a way to stop it. */
export const UploadList = ({ dossier }: { readonly dossier: string }) => {
  const t = useT(evidenceVi, evidenceEn)
  const { language } = useLanguage()
  const say = useFaultText()
  const uploads = useUploads().list.filter((upload) => upload.dossier === dossier)
  if (uploads.length === 0) return null
  return (
    <section className={classes.uploads} aria-label={t('uploads')}>
      <ul>
        {uploads.map((upload) => {
          const { done, total } = upload.progress
          const percent = total === 0 ? 0 : Math.floor((done / total) * 100)
          return (
            <li key={upload.key}>
              <div className={classes.words}>
                <Text size="sm" fw={560} truncate>{upload.name}</Text>
                {upload.fault === null
                  ? <Text size="xs" c="dimmed">{done === 0 ? t('waiting') : t('uploading', { done: sizeText(done, language), total: sizeText(total, language) })}</Text>
                  : <Text size="sm" className={classes.fault}>{say(upload.fault)}</Text>}
              </div>
              {upload.fault === null && <Progress className={classes.bar} value={percent} aria-label={upload.name} size="sm" />}
              <CloseButton aria-label={upload.fault === null ? t('cancelUpload', { name: upload.name }) : t('dismissUpload', { name: upload.name })} onClick={upload.fault === null ? upload.cancel : upload.dismiss} />
            </li>
          )
        })}
      </ul>
    </section>
  )
}
