import { fileURLToPath } from 'node:url'
import { startProgram } from './program.ts'

/** Built files beside the built main; only the entry's own address is sure to be that of `out/main`. */
const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

startProgram({ page: beside('../renderer'), preload: beside('../preload/index.cjs'), argv: process.argv, env: process.env })
