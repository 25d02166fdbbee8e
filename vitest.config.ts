import { defineConfig } from 'vitest/config'

// ELECTRON_OVERRIDE_DIST_PATH keeps an accidental import of `electron` from starting a download.
const env = { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent', TZ: 'Asia/Ho_Chi_Minh' }

// On a shared machine one second try separates weather from a fault; a fault fails twice.
const retry = process.env['CI'] === undefined ? 0 : 1

const project = (name: string, testTimeout: number) => ({
  test: { name, retry, include: [`test/${name}/**/*.test.ts`, `test/${name}/**/*.test.tsx`], env, testTimeout, hookTimeout: 120_000 },
})

export default defineConfig({
  test: {
    projects: [project('unit', 60_000), project('contract', 60_000), project('integration', 180_000), project('architecture', 60_000)],
  },
})
