// `npm run -s appraise -- <command>`: the headless door, for batch work and for proof.
import { say } from './appraise/output.ts'

const usage = `appraise demo [--out DIR]
    the whole journey without a window: dossier, seal, signed report, upload to an exchange of its own, receipt
appraise verify FILE… [--trust ca.pem]
    checks signed reports and sealed packages; exit code 0 only when every file holds
appraise vectors DIR
    runs every published valuation case in the folder's JSON files; exit code 0 only when none fails
appraise report PACKAGE -o FILE [--language vi|en]
    draws the report of a sealed package`

const main = async (): Promise<number> => {
  const [command, ...args] = process.argv.slice(2)
  switch (command) {
    case 'vectors':
      return (await import('./appraise/vectors.ts')).vectors(args)
    case 'verify':
      return (await import('./appraise/verify.ts')).verify(args)
    case 'report':
      return (await import('./appraise/report.ts')).report(args)
    case 'demo':
      return (await import('./appraise/demo.ts')).demo(args)
    default:
      say(usage)
      return command === undefined || command === 'help' || command === '--help' ? 0 : 2
  }
}

main().then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exitCode = 1
  },
)
