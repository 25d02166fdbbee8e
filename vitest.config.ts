import { defineConfig } from 'vitest/config'

// ELECTRON_OVERRIDE_DIST_PATH keeps an accidental import of `electron` from starting a download.
const env = { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent', TZ: 'Asia/Ho_Chi_Minh' }

const project = (name: string, testTimeout: number) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`, `test/${name}/**/*.test.tsx`], env, testTimeout, hookTimeout: 120_000 },
})

export default defineConfig({
  test: {
    projects: [project('unit', 60_000), project('contract', 60_000), project('integration', 180_000), project('architecture', 60_000)],
  },
})
