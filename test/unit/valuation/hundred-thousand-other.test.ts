import { methods } from '../../../shared/valuation/methods/registry.ts'
import { hundredThousand } from './hundred-thousand.ts'

const income = methods.filter(({ approach }) => approach === 'income')

// The other half of the income methods is here, so that two processors share the work evenly.
hundredThousand([...income.slice(6), ...methods.filter(({ approach }) => approach !== 'income')])
