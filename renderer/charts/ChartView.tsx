import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { ChartModel } from '../../shared/report/chart-model.ts'
import { useLanguage } from '../ui/language.tsx'
import classes from './ChartView.module.css'

/** A chart model painted with Chart.js, which is fetched when the first chart is shown; told in words for those who cannot see it. */
export const ChartView = ({ model }: { readonly model: ChartModel }) => {
  const { language } = useLanguage()
  const scheme = useComputedColorScheme()
  const canvas = useRef<HTMLCanvasElement>(null)
  const rows = model.kind === 'ranges' ? model.rows.length : 0

  useEffect(() => {
    let gone = false
    let remove = (): void => {}
    void import('./paint.ts').then(({ paint }) => {
      if (!gone && canvas.current !== null) remove = paint(canvas.current, model, language)
    })
    return () => {
      gone = true
      remove()
    }
  }, [model, language, scheme])

  return (
    <figure className={classes.figure}>
      <div className={classes.frame} data-kind={model.kind} data-rows={Math.min(rows, 12)}>
        <canvas ref={canvas} role="img" aria-label={`${model.title[language]}. ${model.description[language]}`} />
      </div>
      <figcaption className={classes.caption}>{model.title[language]}</figcaption>
    </figure>
  )
}
