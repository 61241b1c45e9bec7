import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { newPace, type PaceOptions } from '../../../local/pace'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Calls that ask for their turn; `begun` lists those that have it, in their order. */
const ask = (count: number, options: PaceOptions) => {
  const enter = newPace(options)
  const begun: number[] = []
  const leaves = Array.from({ length: count }, async (_, index) => {
    const leave = await enter()
    begun.push(index)
    return leave
  })
  const end = async (index: number) => (await leaves[index])?.()
  return { begun, end }
}

const settle = () => vi.advanceTimersByTimeAsync(0)

test('a burst is admitted in order as earlier calls end', async () => {
  const { begun, end } = ask(4, { abreast: 2, waiting: 9, patience: 1000 })
  await settle()
  expect(begun).toEqual([0, 1])
  await end(1)
  await settle()
  expect(begun).toEqual([0, 1, 2])
  await end(1)
  await settle()
  expect(begun, 'an end counts once').toEqual([0, 1, 2])
  await end(0)
  await settle()
  expect(begun).toEqual([0, 1, 2, 3])
})

test('no call waits longer than its limit', async () => {
  const { begun } = ask(3, { abreast: 1, waiting: 9, patience: 1000 })
  await vi.advanceTimersByTimeAsync(999)
  expect(begun).toEqual([0])
  await vi.advanceTimersByTimeAsync(1)
  expect(begun).toEqual([0, 1, 2])
})

test('the queue is bounded: later calls go straight to the app, which may refuse them', async () => {
  const { begun } = ask(4, { abreast: 1, waiting: 2, patience: 1000 })
  await settle()
  expect(begun).toEqual([0, 3])
})

test('a call admitted early does not free a slot for others', async () => {
  const { begun, end } = ask(3, { abreast: 1, waiting: 1, patience: 1000 })
  await settle()
  expect(begun).toEqual([0, 2])
  await end(2)
  await settle()
  expect(begun).toEqual([0, 2])
  await end(0)
  await settle()
  expect(begun).toEqual([0, 2, 1])
  expect(vi.getTimerCount()).toBe(0)
})
