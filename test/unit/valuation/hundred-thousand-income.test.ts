import { methods } from '../../../shared/valuation/methods/registry.ts'
import { hundredThousand } from './hundred-thousand.ts'

hundredThousand(methods.filter(({ approach }) => approach === 'income').slice(0, 6))
