import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { startDatabase } from '../../local/database'
import { startIssuer } from '../../local/identity'
import { findDocument } from '../../local/provision'
import { PATIENT } from '../harness'
import { type Command, command, start } from './command'

const run = promisify(execFile)
const started: Command[] = []

const startApp = async (settings: Record<string, string> = {}) => {
  const app = command('start', { PORT: '0', ...PATIENT, ...settings })
  started.push(app)
  await app.says('\ncurl ')
  return { app, url: /^ready (http:\/\/127\.0\.0\.1:\d+)\n/.exec(app.out())?.[1] ?? '' }
}

// By their own ids, and only those that a failed test left behind.
afterAll(() => {
  for (const { child } of started) {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  }
})

describe('npm start', () => {
  test('says one ready line, and below it a curl that works', async () => {
    const { app, url } = await startApp()
    expect(app.out().match(/^ready /gm)).toHaveLength(1)
    expect(url).not.toBe('')
    const curl = app.out().slice(app.out().indexOf('curl '))
    const { stdout } = await run('sh', ['-c', curl])
    expect(stdout).toMatch(/^HTTP\/1\.1 201 Created\r\n/)
    expect(stdout).toContain(`location: ${url}/beta/managedTenantOperations/`)
    app.child.kill('SIGINT')
    expect(await app.ended).toBe(0)
    expect(app.out()).not.toContain('"status":201')
    expect(app.err()).toContain('"status":201')
  })

  test('accepts a token of the token command, and stops with 0 on SIGTERM, also twice', async () => {
    const token = command('token')
    const { app, url } = await startApp()
    expect(await token.ended).toBe(0)
    const headers = { Authorization: `Bearer ${token.out().trim()}`, 'Content-Type': 'application/json' }
    const answer = await fetch(`${url}/beta/managedTenantOperations`, { method: 'POST', headers, body: '{}' })
    expect(answer.status).toBe(400)
    app.child.kill('SIGTERM')
    app.child.kill('SIGTERM')
    expect(await app.ended).toBe(0)
    await expect(fetch(url)).rejects.toThrow()
  })

  test('uses a database and an authority that are given, and creates what is missing there', async () => {
    const database = await startDatabase()
    const issuer = await startIssuer()
    const { app, url } = await startApp({
      COSMOS_ENDPOINT: database.endpoint,
      COSMOS_KEY: database.key,
      COSMOS_DATABASE: 'another',
      AUTH_AUTHORITY: issuer.authority,
      AUTH_AUDIENCE: `api://other, ${issuer.audience}`,
      PUBLIC_BASE_URL: 'https://ledger.example',
    })
    const { stdout } = await run('sh', ['-c', app.out().slice(app.out().indexOf('curl '))])
    const id = /location: https:\/\/ledger\.example\/beta\/managedTenantOperations\/(\S+)/.exec(stdout)?.[1] ?? ''
    expect(await findDocument(database, 'another', id)).toMatchObject({ container: 'managedTenantOperations' })
    expect(url).toMatch(/^http:\/\/127/)
    app.child.kill('SIGTERM')
    expect(await app.ended).toBe(0)
    await Promise.all([database.close(), issuer.close()])
  })

  test('with a list of tenants offers a curl of the first', async () => {
    const tenant = 'ABCDEF01-2345-4678-9abc-def012345678'
    const { app } = await startApp({ AUTH_ALLOWED_TENANTS: tenant, AUTH_AUDIENCE: 'api://other' })
    const { stdout } = await run('sh', ['-c', app.out().slice(app.out().indexOf('curl '))])
    expect(stdout).toMatch(/^HTTP\/1\.1 201 /)
    expect(stdout).toContain(`"partnerTenantId":"${tenant.toLowerCase()}"`)
    app.child.kill('SIGTERM')
    expect(await app.ended).toBe(0)
  })
})

describe('one sentence and exit code 1 for', () => {
  const refusal = async (settings: Record<string, string>) => {
    const app = command('start', { PORT: '0', ...settings })
    started.push(app)
    expect(await app.ended).toBe(1)
    expect(app.out()).toBe('')
    expect(app.err().trim().split('\n')).toHaveLength(1)
    expect(app.err()).not.toMatch(/\bat \S+:\d+/)
    return app.err()
  }

  test('a port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' ? String(address?.port) : ''
    expect(await refusal({ PORT: port })).toContain(`Port ${port} is in use`)
    other.close()
  })

  test('a database that is not there', async () => {
    const gone = await startIssuer()
    await gone.close()
    expect(await refusal({ COSMOS_ENDPOINT: gone.authority })).toContain(`(${gone.authority}) cannot be reached`)
  })

  test.each([
    ['a port that is none', { PORT: '70000' }, 'PORT must be'],
    ['two bad settings', { LOG_LEVEL: 'loud', MAX_IN_FLIGHT: 'many' }, /LOG_LEVEL .*MAX_IN|MAX_IN_FLIGHT .*LOG_L/],
  ])('%s', async (_what, settings, message) => {
    expect(await refusal(settings)).toMatch(message)
  })
})

describe.skipIf(process.platform === 'win32')('under npm', () => {
  const untilReady = async (npm: Command) => {
    started.push(npm)
    await npm.says('\ncurl ')
    return /^ready (\S+)/m.exec(npm.out())?.[1] ?? ''
  }

  test.each(['SIGINT', 'SIGTERM'] as const)('%s reaches it, and npm too ends with 0', async (signal) => {
    const npm = start('npm', ['start'], { PORT: '0' })
    const url = await untilReady(npm)
    npm.child.kill(signal)
    expect(await npm.ended).toBe(0)
    await expect(fetch(url)).rejects.toThrow()
  })

  // A shell stands between where a system's own does not step aside, and passes nothing on.
  const shell = `require('child_process').spawn('sh', ['-c', 'node local/run.mjs start; true'], { stdio: 'inherit' })`
  test.each([
    ['npm', 'npm', ['start']],
    ['an npm behind a shell', process.execPath, ['-e', shell]],
  ])('it ends when %s is killed', async (_what, file, args) => {
    const npm = start(file, args, { PORT: '0', npm_lifecycle_event: 'start' })
    const url = await untilReady(npm)
    expect((await fetch(url)).status).toBe(200)
    npm.child.kill('SIGKILL')
    // The pipes close when the last process that holds them ends.
    await npm.ended
    await expect(fetch(url)).rejects.toThrow()
  })
})
