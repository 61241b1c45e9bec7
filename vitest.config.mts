import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // Much of the suite waits, for deadlines and for processes; a file more than there are cores keeps both busy.
    maxWorkers: 3,
    env: { TZ: 'America/St_Johns' },
  },
})
