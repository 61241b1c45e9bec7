import { expect, onTestFinished, test, vi } from 'vitest'
import { type Environment, startBacking } from '../../local/backing'
import { startDatabase } from '../../local/database'
import { AUDIENCE, startIssuer } from '../../local/identity'
import { afterDeadline, stopTime } from '../fakes/clock'

const PUBLIC = 'https://login.microsoftonline.com'

test('without settings there are an embedded database and a local issuer', async () => {
  const { settings, close } = await startBacking({ COSMOS_ENDPOINT: ' ' })
  expect(settings).toEqual({
    COSMOS_DATABASE: 'ledger',
    COSMOS_ENDPOINT: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    COSMOS_KEY: expect.any(String),
    AUTH_AUTHORITY: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    AUTH_AUDIENCE: AUDIENCE,
  })
  await close()
})

test('what is set stays as it is, and tokens of the local issuer are accepted beside others', async () => {
  const database = await startDatabase()
  const env = { COSMOS_ENDPOINT: database.endpoint, AUTH_AUTHORITY: PUBLIC, AUTH_AUDIENCE: 'api://a,api://b' }
  const given = await startBacking(env)
  expect(given.settings).toEqual({ COSMOS_DATABASE: 'ledger', AUTH_AUDIENCE: 'api://a,api://b' })
  const mixed = await startBacking({ ...env, AUTH_AUTHORITY: '' })
  expect(mixed.settings.AUTH_AUDIENCE).toBe(`api://a,api://b,${AUDIENCE}`)
  await Promise.all([given.close(), mixed.close(), database.close()])
})

test.each<[string, Environment, RegExp]>([
  ['a bad number', { STORE_DEADLINE_MS: 'soon' }, /^STORE_DEADLINE_MS must be .+\.$/],
  ['a bad list of tenants', { AUTH_ALLOWED_TENANTS: 'all' }, /^AUTH_ALLOWED_TENANTS must be .+\.$/],
  ['an authority without an audience', { AUTH_AUTHORITY: PUBLIC }, /^AUTH_AUDIENCE is required.+\.$/],
  ['a bad audience', { AUTH_AUDIENCE: 'everybody' }, /^AUTH_AUDIENCE must be.+\.$/],
  ['a database over plain http elsewhere', { COSMOS_ENDPOINT: 'http://example.com' }, /^COSMOS_ENDPOINT must be .+\.$/],
])('refuses %s in one sentence', async (_what, environment, message) => {
  await expect(startBacking(environment)).rejects.toThrow(message)
})

test.each(['http', 'https'])('refuses a database that is not there, over %s', async (scheme) => {
  const gone = await startIssuer()
  await gone.close()
  const COSMOS_ENDPOINT = gone.authority.replace('http', scheme)
  const message = `The database at COSMOS_ENDPOINT (${COSMOS_ENDPOINT}) cannot be reached: ECONNREFUSED.`
  stopTime()
  onTestFinished(() => void vi.useRealTimers())
  for (const key of [undefined, 'c2VjcmV0']) {
    const started = startBacking({ COSMOS_ENDPOINT, COSMOS_KEY: key }, { patience: 60_000 })
    await expect(afterDeadline(started)).rejects.toThrow(message)
  }
})

test('refuses an endpoint that is not a database', async () => {
  const issuer = await startIssuer()
  const started = startBacking({ COSMOS_ENDPOINT: issuer.authority, COSMOS_KEY: 'c2VjcmV0' })
  await expect(started).rejects.toThrow(/^The database at COSMOS_ENDPOINT \(.+\) cannot be used: it answers 404\.$/)
  await issuer.close()
})
