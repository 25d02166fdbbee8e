import { fileURLToPath } from 'node:url'
import { runBridge } from './run.ts'

// Entry of the bundle `out/main/bridge.js`: the built page lies beside it.
process.exitCode = await runBridge({
  staticDir: fileURLToPath(new URL('../renderer', import.meta.url)),
  openWindow: !process.argv.includes('--serve'),
})
