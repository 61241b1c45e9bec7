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

test('a burst is let in as earlier calls end, in its order', async () => {
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

test('nobody waits longer than a moment', async () => {
  const { begun } = ask(3, { abreast: 1, waiting: 9, patience: 1000 })
  await vi.advanceTimersByTimeAsync(999)
  expect(begun).toEqual([0])
  await vi.advanceTimersByTimeAsync(1)
  expect(begun).toEqual([0, 1, 2])
})

test('the line has an end: who comes later is let in, and judged by the app', async () => {
  const { begun } = ask(4, { abreast: 1, waiting: 2, patience: 1000 })
  await settle()
  expect(begun).toEqual([0, 3])
})

test('who was let in too early is not counted as a place for others', async () => {
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
