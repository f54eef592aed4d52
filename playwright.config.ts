/** The specs, in projects. Those in `console` need a browser and a build, the others only a Postgres. */
import { defineConfig } from '@playwright/test'

const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const chromiumFlags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export default defineConfig({
  outputDir: 'test-results',
  // Specs wait a lot, for a page, a worker or a time-out: a third of them fills two cores.
  workers: 3,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  // Generous: a busy machine takes many times as long, and what stands still is noticed all the same.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: process.env.SIGNET_TEST_SUMMARY ? [['./tests/support/reporter.ts']] : [['list']],
  projects: [
    // One project, since Playwright starts new workers for each.
    {
      name: 'quick',
      testDir: 'tests',
      testMatch: ['architecture.spec.ts', '{domain,providers,api}/*.spec.ts'],
    },
    { name: 'processes', testDir: 'tests/processes' },
    { name: 'simulator', testDir: 'tests/simulator' },
    { name: 'scripts', testDir: 'tests/scripts' },
    {
      name: 'console',
      testDir: 'tests/console',
      timeout: 240_000,
      use: {
        browserName: 'chromium',
        locale: 'en-US',
        // What is still coming up is half transparent, and its colours are nobody's.
        contextOptions: { reducedMotion: 'reduce' },
        // Recording costs more than the pages do: `npm test -- --trace on <spec>` records.
        trace: 'off',
        screenshot: 'only-on-failure',
        launchOptions: {
          ...(process.env.SIGNET_CHROMIUM ? { executablePath: process.env.SIGNET_CHROMIUM } : {}),
          args: [...asRoot, ...chromiumFlags],
        },
      },
    },
  ],
})
