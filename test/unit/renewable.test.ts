import { expect, test } from 'vitest'
import { renewable } from '../../shared/basics/renewable'

test('what was given up is made anew once, and ended, however many give it up', () => {
  let made = 0
  const ended: number[] = []
  const { current, renew } = renewable(
    () => {
      made += 1
      return made
    },
    (given) => ended.push(given),
  )
  expect([current(), current(), made]).toEqual([1, 1, 1])
  renew(1)
  renew(1)
  expect([current(), ended]).toEqual([2, [1]])
  renew(1)
  expect([current(), ended]).toEqual([2, [1]])
})
