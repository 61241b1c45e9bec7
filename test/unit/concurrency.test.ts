import { expect, test } from 'vitest'
import { limitConcurrency } from '../../shared/concurrency'
import { outcome } from './outcome'

test('a request is refused beyond the limit, a partner beyond half of it, and both come free again', async () => {
  const concurrency = limitConcurrency(4)
  for (let count = 0; count < 4; count += 1) concurrency.enter()
  expect(outcome(() => concurrency.enter())).toBe('tooManyInFlight')
  concurrency.enterPartner('a')
  concurrency.enterPartner('a')
  expect(outcome(() => concurrency.enterPartner('a'))).toBe('tooManyInFlight')
  concurrency.enterPartner('b')
  concurrency.leavePartner('a')
  concurrency.enterPartner('a')
  const drained = concurrency.drained()
  for (let count = 0; count < 4; count += 1) concurrency.leave()
  await drained
  concurrency.enter()
  expect(concurrency.partners).toBe(2)
  for (const partner of ['a', 'a', 'b']) concurrency.leavePartner(partner)
  // A partner that holds nothing is forgotten: an instance lives for weeks.
  expect(concurrency.partners).toBe(0)
})

test('unidentified callers have a share and a queue of their own, and take no slot of others', async () => {
  const requests = limitConcurrency(8)
  let running = 0
  const ends: (() => void)[] = []
  const work = () =>
    new Promise<void>((resolve) => ends.push(resolve)).finally(() => {
      running -= 1
    })
  const come = async () => {
    requests.enter()
    try {
      await requests.identify(() => {
        running += 1
        return work()
      })
    } finally {
      requests.leave()
    }
  }
  const outcomes = Promise.allSettled(Array.from({ length: 20 }, come))
  expect(running).toBe(2)
  for (let count = 0; count < 8; count += 1) requests.enter()
  const drained = requests.drained()
  for (let count = 0; count < 8; count += 1) requests.leave()
  while (ends.length > 0) {
    ends.shift()?.()
    await new Promise((resolve) => setImmediate(resolve))
    expect(running).toBeLessThanOrEqual(2)
  }
  await drained
  const refused = (await outcomes).filter(({ status }) => status === 'rejected')
  expect(refused).toHaveLength(12)
})

test('an identified caller that finds no slot is refused', async () => {
  const requests = limitConcurrency(2)
  requests.enter()
  let end = () => {}
  const known = requests.identify(
    () =>
      new Promise<void>((resolve) => {
        end = resolve
      }),
  )
  requests.enter()
  requests.enter()
  end()
  await expect(known).rejects.toMatchObject({ failure: 'tooManyInFlight' })
  for (let count = 0; count < 3; count += 1) requests.leave()
  await requests.drained()
})
