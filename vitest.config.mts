import { defineConfig } from 'vitest/config'

// These set the environment of their process, or register functions of their own.
const alone = [
  'test/faults/fuzz.test.ts',
  'test/faults/shutdown.test.ts',
  'test/rules/sixth.test.ts',
  'test/store/identity.test.ts',
]

export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 30_000,
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
