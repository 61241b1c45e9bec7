import { expect, test } from 'vitest'
import { MAX_TOKENS, newTokenCache } from '../../../shared/auth/tokenCache'

const NOW = new Date('2026-11-23T10:55:47Z')
const later = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000)
const caller = {
  tenantId: 't',
  application: { id: 'c', displayName: null },
  user: null,
  permissions: new Set<string>(),
}
const lasting = (seconds: number) => ({ caller, expires: NOW.getTime() / 1000 + seconds })

test('ten thousand tokens are cached, and the oldest is dropped for the next', () => {
  const cache = newTokenCache()
  for (let count = 0; count <= MAX_TOKENS; count += 1) cache.set(`token ${count}`, lasting(3600), NOW)
  expect([MAX_TOKENS, cache.size]).toEqual([10_000, 10_000])
  expect([cache.get('token 0', NOW), cache.get('token 1', NOW)]).toEqual([undefined, caller])
})

test.each([
  ['until it expires', 60, 59, caller],
  ['and no longer', 60, 60, undefined],
  ['five minutes at most', 3600, 299, caller],
  ['and then judged anew', 3600, 300, undefined],
])('a token is remembered %s', (_, expires, after, expected) => {
  const cache = newTokenCache()
  cache.set('token', lasting(expires), NOW)
  expect(cache.get('token', later(after))).toBe(expected)
})
