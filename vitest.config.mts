import { defineConfig } from 'vitest/config'
import type { Reporter } from 'vitest/node'

// Tests that wait for deadlines to run out, kill processes, send random requests, or test a copy of the project:
// `npm run test:faults`. Some set the environment of their process, so each file has one of its own.
const faults = [
  'test/e2e/start.test.ts',
  'test/faults/authority.test.ts',
  'test/faults/fuzz.test.ts',
  'test/faults/identity.test.ts',
  'test/faults/kill.test.ts',
  'test/faults/killBulk.test.ts',
  'test/faults/matrix.test.ts',
  'test/faults/regions.test.ts',
  'test/faults/sentences.test.ts',
  'test/faults/shutdown.test.ts',
  'test/faults/summaryPages.test.ts',
  'test/faults/volume.test.ts',
  'test/rules/sixth.test.ts',
]

// Without a terminal: a line for each file that passed, and all that is to be said of those that failed.
const passed: Reporter = {
  onTestModuleEnd: (file) => {
    const tests = [...file.children.allTests()].length
    const seconds = (file.diagnostic().duration / 1000).toFixed(1)
    if (file.state() === 'passed') process.stdout.write(`✓ ${file.relativeModuleId} (${tests} tests, ${seconds} s)\n`)
  },
}
const brief: [['minimal', { silent: boolean }], Reporter] = [['minimal', { silent: false }], passed]
const shown = process.stdout.isTTY ? ['default' as const] : brief

// A report for programs, where somebody says where to.
const { TEST_REPORT } = process.env
const report: ['json', { outputFile: string }][] = TEST_REPORT ? [['json', { outputFile: TEST_REPORT }]] : []

export default defineConfig({
  test: {
    // No test is judged by the time that it takes: these only end what hangs.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    teardownTimeout: 60_000,
    expect: { poll: { timeout: 120_000 } },
    slowTestThreshold: Number.POSITIVE_INFINITY,
    reporters: [...shown, ...report],
    // Much of the suite waits, for deadlines and for processes; a file more than there are cores keeps both busy.
    maxWorkers: 3,
    env: { TZ: 'America/St_Johns' },
    // The library says of each function that no platform is there to register it with.
    onConsoleLog: (text) => !text.includes('"@azure/functions" package'),
    projects: [
      { extends: true, test: { name: 'faults', include: faults } },
      // What loads the code once for many files takes a quarter of the suite's time less.
      { extends: true, test: { name: 'short', include: ['test/**/*.test.ts'], exclude: faults, isolate: false } },
    ],
  },
})
