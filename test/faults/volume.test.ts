import { expect, test } from 'vitest'
import { sendAll } from './sendingAll'

test('five thousand results go in by bulks, once each, while the store drops, delays and throttles', async () => {
  const { stored, faults } = await sendAll(5000, 0.2)
  expect(stored).toBe(5000)
  expect(faults).toBeGreaterThan(5)
}, 120_000)
