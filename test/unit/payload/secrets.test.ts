import { expect, test } from 'vitest'
import type { JsonObject } from '../../../shared/basics/isObject'
import { merge } from '../../../shared/payload/merge'
import { parseCreate, parsePatch } from '../../../shared/payload/parse'
import { managedTenantOperation } from '../../../shared/schemas/managedTenantOperation'
import { managedTenantOperationHttpRequest } from '../../../shared/schemas/managedTenantOperationHttpRequest'
import { leastOf } from './bodies'

const HUSH = 'hush'
const NOW = new Date('2026-11-23T10:55:47.123Z')

const headers = [
  { name: 'Authorization', value: `Bearer ${HUSH}` },
  { name: 'SET-COOKIE', value: `a=${HUSH}; Path=/` },
  { name: 'Location', value: `https://u:${HUSH}@a/b?sig=${HUSH}#access_token=${HUSH}` },
  { name: 'Content-Type', value: 'application/json' },
]

const secret: JsonObject = {
  request: { method: 'GET', url: `https://u:${HUSH}@a/b?code=${HUSH}&x=1`, headers, body: `a=b&password=${HUSH}` },
  response: { status: 302, headers, body: `{"id_token":"${HUSH}"}` },
}

const kept = {
  request: {
    method: 'GET',
    url: 'https://u:[redacted]@a/b?code=[redacted]&x=1',
    body: 'a=b&password=[redacted]',
    headers: [
      { name: 'Authorization', value: '[redacted]' },
      { name: 'SET-COOKIE', value: '[redacted]' },
      { name: 'Location', value: 'https://u:[redacted]@a/b?sig=[redacted]#access_token=[redacted]' },
      { name: 'Content-Type', value: 'application/json' },
    ],
  },
}

test('only the secrets in a create are replaced', () => {
  const body = { ...leastOf(managedTenantOperationHttpRequest), ...secret }
  const parsed = parseCreate(managedTenantOperationHttpRequest, body, false)
  expect(JSON.stringify(parsed)).not.toContain(HUSH)
  expect(parsed).toMatchObject(kept)
  expect(parseCreate(managedTenantOperationHttpRequest, parsed, false)).toEqual(parsed)
})

test('secrets in a PATCH are replaced too, whichever members it names', () => {
  const current = leastOf(managedTenantOperationHttpRequest)
  expect(
    merge(managedTenantOperationHttpRequest, current, parsePatch(managedTenantOperationHttpRequest, secret, false), {
      now: NOW,
      by: {},
    }),
  ).toMatchObject(kept)
  for (const [name, value] of Object.entries(secret.request as object) /* it is one */) {
    const parsed = parsePatch(managedTenantOperationHttpRequest, { request: { [name]: value } }, false)
    expect(JSON.stringify(parsed)).not.toContain(HUSH)
    expect(Object.keys(parsed.request as object) /* as it was sent */).toEqual([name])
  }
})

test('what is sent is left as it was', () => {
  const before = structuredClone(secret)
  parsePatch(managedTenantOperationHttpRequest, secret, false)
  expect(secret).toEqual(before)
})

test('credentials never keep a token', () => {
  for (const dapAccessToken of [HUSH, '', null]) {
    const body = { ...leastOf(managedTenantOperation), credentials: { dapAccessToken } }
    const { credentials } = parseCreate(managedTenantOperation, body, false)
    expect(JSON.stringify(credentials)).toBe('{}')
  }
})
