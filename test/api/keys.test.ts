import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { mintToken, type TokenOptions } from '../../local/mintToken'
import { newSigningKey } from '../../local/signingKey'
import { type Authority, KEYS, startAuthority } from '../fakes/authority'
import { type Ledger, NOW, startLedger } from '../harness'
import { operation } from './samples'

const first = newSigningKey()
const second = newSigningKey()
const stranger = newSigningKey()

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

let ledger: Ledger
let authority: Authority
let services: Ledger['services']
let now: Date

beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

beforeEach(async () => {
  // The library that keeps the keys has no clock but the process's own; timers stay real.
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  now = NOW
  authority = await startAuthority([first])
  services = ledger.with({ AUTH_AUTHORITY: authority.address }, () => now)
})
afterEach(async () => {
  vi.useRealTimers()
  await authority.close()
})

const pass = (time: number) => {
  now = new Date(now.getTime() + time)
  vi.setSystemTime(now)
}

const mint = (options: TokenOptions) => mintToken({ now, ...options })

const list = async (token: string) => {
  const headers = { authorization: `Bearer ${token}` }
  return (await ledger.call({ path: operation.path, headers, services })).status
}

/** A key of another name each time. */
const unknown = () => ({ ...stranger, kid: crypto.randomUUID() })

/** How often the keys of v2 tokens were fetched. */
const fetches = () => authority.asked.filter((path) => path === `${KEYS}2.0`).length

const listWith = (key = first) => list(mint({ key }))

describe('a rollover', () => {
  it('needs no restart', async () => {
    expect([await listWith(first), await listWith(second)]).toEqual([200, 401])
    authority.publish([first, second])
    pass(31 * SECOND)
    expect([await listWith(second), await listWith(first)]).toEqual([200, 200])
  })

  it('of both versions is noticed for each', async () => {
    expect([await listWith(), await list(mint({ key: first, version: '1.0' }))]).toEqual([200, 200])
    authority.publish([second])
    pass(31 * SECOND)
    expect([await list(mint({ key: second, version: '1.0' })), await listWith(second)]).toEqual([200, 200])
    expect([await list(mint({ key: first, version: '1.0' })), await listWith(first)]).toEqual([401, 401])
  })

  it('is fetched at most twice a minute', async () => {
    await listWith()
    expect(fetches()).toBe(1)
    for (const _ of [1, 2, 3]) {
      pass(9 * SECOND)
      expect(await listWith(stranger)).toBe(401)
    }
    expect(fetches()).toBe(1)
    for (const expected of [2, 3, 4]) {
      pass(31 * SECOND)
      const statuses = await Promise.all(Array.from({ length: 10 }, () => listWith(unknown())))
      expect([new Set(statuses), fetches()]).toEqual([new Set([401]), expected])
    }
  })

  it('is noticed within the hour, also by tokens of the old key', async () => {
    expect(await listWith()).toBe(200)
    authority.publish([second])
    pass(HOUR)
    expect(await listWith(first)).toBe(200)
    await expect.poll(() => listWith(first)).toBe(401)
    expect(await listWith(second)).toBe(200)
  })
})

describe('a verified token is cached', () => {
  /** Forgets the first key, so that only what is remembered passes. */
  const forgetFirst = async () => {
    authority.publish([second])
    pass(31 * SECOND)
    expect(await listWith(second)).toBe(200)
    expect(await listWith(first)).toBe(401)
  }

  it('for five minutes', async () => {
    const token = mint({ key: first })
    expect(await list(token)).toBe(200)
    await forgetFirst()
    pass(5 * MINUTE - 31 * SECOND - 1)
    expect(await list(token)).toBe(200)
    pass(1)
    expect(await list(token)).toBe(401)
  })

  it('until it expires, not for the tolerance after that', async () => {
    // The clock of the test stands between two seconds.
    const token = mint({ key: first, expires: 61 })
    const left = Math.floor(NOW.getTime() / SECOND) * SECOND + 61 * SECOND - NOW.getTime()
    expect(await list(token)).toBe(200)
    await forgetFirst()
    pass(left - 31 * SECOND - 1)
    expect(await list(token)).toBe(200)
    pass(1)
    expect(await list(token)).toBe(401)
  })

  it('not if it has expired within the tolerance', async () => {
    const token = mint({ key: first, expires: -10 })
    expect(await list(token)).toBe(200)
    await forgetFirst()
    expect(await list(token)).toBe(401)
  })

  it('as a whole: with another signature it is verified again', async () => {
    const token = mint({ key: first })
    expect(await list(token)).toBe(200)
    const [header, claims] = token.split('.')
    const other = mint({ key: stranger }).split('.')[2]
    expect(await list(`${header}.${claims}.${other}`)).toBe(401)
    expect(await list(token)).toBe(200)
  })

  it('but not what was refused', async () => {
    const token = mint({ key: second })
    expect(await list(token)).toBe(401)
    authority.publish([second])
    pass(31 * SECOND)
    expect(await list(token)).toBe(200)
  })

  it('and does not bring the end of a token nearer', async () => {
    const token = mint({ key: first })
    for (const minutes of [0, 6, 30, 23, 5]) {
      pass(minutes * MINUTE)
      expect(await list(token)).toBe(200)
    }
    pass(MINUTE)
    expect(await list(token)).toBe(401)
  })
})
