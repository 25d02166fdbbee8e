import { Loader } from '@mantine/core'
import { useEffect, useState } from 'react'
import { commonEn } from '../../shared/i18n/en/common.ts'
import { commonVi } from '../../shared/i18n/vi/common.ts'
import { useT } from './language.tsx'
import classes from './Loading.module.css'

/** Shown only when something takes longer than a blink. */
export const Loading = ({ text }: { readonly text?: string }) => {
  const t = useT(commonVi, commonEn)
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = window.setTimeout(() => setLate(true), 250)
    return () => window.clearTimeout(timer)
  }, [])
  return (
    <output className={classes.loading}>
      {late && (
        <>
          <Loader size="sm" aria-hidden />
          <span>{text ?? t('loading')}</span>
        </>
      )}
    </output>
  )
}
