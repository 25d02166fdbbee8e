import type { InputSpec } from '../../../shared/valuation/figure.ts'
import { usePick } from '../../ui/language.tsx'
import classes from './InputName.module.css'

/** The name of an input with its symbol in the method's formulas. */
export const InputName = ({ spec }: { readonly spec: InputSpec }) => {
  const pick = usePick()
  return <>{pick(spec.label)}{spec.symbol === undefined ? null : <>{' '}<span className={classes.symbol}>{spec.symbol}</span></>}</>
}
