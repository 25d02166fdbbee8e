import { defineConfig } from '@playwright/test'

// Journeys through the bridge in an ordinary Chromium. Under Electron the same files run once before a release.
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results',
  timeout: 180_000,
  expect: { timeout: 15_000 },
  fullyParallel: false,
  workers: process.env['CI'] === undefined ? 1 : 2,
  retries: 0,
  forbidOnly: true,
  reporter: 'list',
  use: { viewport: { width: 1366, height: 768 } },
})
