import { defineConfig } from '@playwright/test'

// Journeys through the bridge in an ordinary Chromium. Under Electron the same files run once before a release.
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results',
  timeout: 180_000,
  expect: { timeout: 15_000 },
  fullyParallel: false,
  // One journey at a time: two browsers on two processors would measure each other.
  workers: 1,
  // On a shared machine a stall of seconds is weather; a test that needs its second try is reported as flaky.
  retries: process.env['CI'] === undefined ? 0 : 1,
  forbidOnly: true,
  reporter: 'list',
  use: { viewport: { width: 1366, height: 768 } },
})
