// `npm run exchange`: the reference exchange on loopback with its embedded database.
import { main } from '../exchange/main.ts'

process.exitCode = await main(process.argv.slice(2))
