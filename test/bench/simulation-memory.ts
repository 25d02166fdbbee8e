// Simulates as many trials as the argument says and prints the most memory this process ever held, in bytes.
import { readFileSync } from 'node:fs'
import { simulate } from '../../shared/valuation/simulation/summary.ts'
import { inputs, model } from './royalty-model.ts'

const done = simulate({ inputs, trials: Number(process.argv[2]), seed: 1, model })
if (!done.ok) throw new Error(done.fault.code)
// On Linux the number in `resourceUsage` still knows the process that this one was forked from.
const ownPeak = (): number => Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1])
process.stdout.write(String((process.platform === 'linux' ? ownPeak() : process.resourceUsage().maxRSS) * 1024))
