import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Azurite, STORAGE_SERVICES, startAzurite } from '../../local/azurite'
import { PLATFORM_SETTINGS } from '../../local/platformSettings'
import { appSettingsOf } from '../infra/deployed'
import { command } from './command'

let azurite: Azurite
beforeAll(async () => {
  azurite = await startAzurite([0, 0, 0])
})
afterAll(() => azurite.close())

test.each(STORAGE_SERVICES.map((service, index) => [service, index] as const))(
  'Azurite answers for %s with the settings of npm run func',
  async (service, index) => {
    const url = azurite.urls[index] ?? ''
    expect(new URL(url).hostname).toBe('127.0.0.1')
    // A newer version of the API than any that Azurite knows.
    const answer = await fetch(
      url + (service === 'table' ? '/devstoreaccount1/Tables' : '/devstoreaccount1?comp=list'),
      { headers: { 'x-ms-version': '2099-01-01' } },
    )
    expect(answer.headers.get('server')).toMatch(new RegExp(`^Azurite-${service}/`, 'i'))
    // It wants a signature, and does not mind the version.
    expect(answer.status).toBe(403)
  },
)

test.skipIf(process.platform === 'win32')('a Ctrl-C does not reach Azurite: it has a process group of its own', () => {
  const { pid = 0 } = azurite
  expect(pid).toBeGreaterThan(0)
  // Only the first process of a group gives it its number.
  expect(() => process.kill(-pid, 0)).not.toThrow()
})

test('npm run func sets what a deployment sets', () => {
  const deployed = appSettingsOf('prod')
  const both = Object.keys(PLATFORM_SETTINGS).filter((name) => name in deployed)
  expect(both.length).toBeGreaterThan(1)
  for (const name of both) expect(PLATFORM_SETTINGS[name], name).toBe(deployed[name])
  const behaviour = Object.keys(deployed).filter(
    (name) => /^(AzureWebJobs|FUNCTIONS_)/.test(name) && !name.includes('__'),
  )
  expect(Object.keys(PLATFORM_SETTINGS)).toEqual(expect.arrayContaining(behaviour))
})

test('Azurite says which port it misses', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const address = other.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await expect(startAzurite([port, 0, 0])).rejects.toThrow(`Azurite needs 127.0.0.1:${port}, which is in use.`)
  other.close()
})

test('without Core Tools npm run func says how to get them', async () => {
  const { ended, out, err } = command('func', { PATH: '' })
  expect([await ended, out()]).toEqual([1, ''])
  expect(err()).toMatch(/^Azure Functions Core Tools are not installed: get them with .+\n$/)
})
