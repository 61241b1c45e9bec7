import { defineConfig } from 'vitest/config'
import type { Reporter } from 'vitest/node'

// These set the environment of their process, or register functions of their own.
const alone = [
  'test/faults/fuzz.test.ts',
  'test/faults/shutdown.test.ts',
  'test/rules/sixth.test.ts',
  'test/faults/identity.test.ts',
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
      { extends: true, test: { name: 'alone', include: alone } },
      // What loads the code once for many files takes a quarter of the suite's time less.
      { extends: true, test: { name: 'together', include: ['test/**/*.test.ts'], exclude: alone, isolate: false } },
    ],
  },
})
