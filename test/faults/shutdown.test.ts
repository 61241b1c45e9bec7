import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { loadApp } from '../../local/app'
import { build } from '../../local/build.mjs'
import { type LocalDatabase, startDatabase } from '../../local/database'
import { type Issuer, startIssuer } from '../../local/identity'
import { invoke } from '../../local/invoke'
import { mintToken } from '../../local/mintToken'
import { routeTable } from '../../local/routes'
import { operation } from '../api/samples'
import { throwawayApp } from '../e2e/throwawayApp'
import { stopClock } from '../fakes/clock'
import { gate } from '../fakes/gate'
import { startProxy } from '../fakes/proxy'
import { PATIENT } from '../harness'
import { type Processes, startProcesses } from './processes'

let database: LocalDatabase
let issuer: Issuer
let processes: Processes

beforeAll(async () => {
  database = await startDatabase()
  issuer = await startIssuer()
  processes = startProcesses()
})
afterAll(async () => {
  processes.stop()
  await Promise.all([database.close(), issuer.close()])
})

/** A proxy that holds creates until `release`, and the settings that lead there. */
const stage = async () => {
  const proxy = await startProxy(database.endpoint)
  const { opened, open: release } = gate()
  proxy.meanwhile = (kind) => (kind === 'create' ? opened : undefined)
  const settings = {
    COSMOS_ENDPOINT: proxy.endpoint,
    COSMOS_KEY: database.key,
    AUTH_AUTHORITY: issuer.authority,
    AUTH_AUDIENCE: issuer.audience,
    ...PATIENT,
  }
  const creates = () => proxy.asked.filter((kind) => kind === 'create').length
  return { proxy, settings, release, creates }
}

const headers = { authorization: `Bearer ${mintToken()}`, 'content-type': 'application/json' }
const body = JSON.stringify(operation.body)

const post = (url: string) => fetch(url + operation.path, { method: 'POST', headers, body })

describe.concurrent.each(['SIGTERM', 'SIGINT'] as const)('%s', (signal) => {
  test('lets requests in flight be answered, accepts no other, and ends with 0', async ({ expect }) => {
    const { proxy, settings, release, creates } = await stage()
    const { command, url } = await processes.service(settings)
    const answers = Promise.all(Array.from({ length: 20 }, () => post(url)))
    await expect.poll(creates).toBe(20)
    command.child.kill(signal)
    await expect
      .poll(() =>
        fetch(url).then(
          () => 'served',
          () => 'refused',
        ),
      )
      .toBe('refused')
    release()
    const done = await answers
    expect(new Set(done.map(({ status }) => status))).toEqual(new Set([201]))
    const bodies = await Promise.all(done.map(async (answer) => (await answer.json()) as { id: string }))
    expect(new Set(bodies.map(({ id }) => id)).size).toBe(20)
    expect(await command.ended).toBe(0)
    await proxy.close()
  })

  test('answers within the deadline where the store hangs, and ends with 0', async ({ expect }) => {
    const { proxy, settings, creates } = await stage()
    const { command, url } = await processes.service({ ...settings, STORE_DEADLINE_MS: '3000' })
    proxy.inject({ act: 'hang' }, ['create'])
    const answer = post(url)
    await expect.poll(creates).toBeGreaterThan(0)
    command.child.kill(signal)
    expect((await answer).status).toBe(503)
    expect(await command.ended).toBe(0)
    expect(command.err()).not.toMatch(/unhandled/i)
    await proxy.close()
  })
})

test('the platform terminates the app: what was accepted is answered before the hook is done', async () => {
  const { proxy, settings, release, creates } = await stage()
  const folder = await mkdtemp(join('.local', 'app-'))
  await build({ outdir: join(folder, 'dist'), meta: join(folder, 'meta.json') })
  const before = { ...process.env }
  Object.assign(process.env, settings, { LOG_LEVEL: 'none' })
  try {
    const app = loadApp(join(folder, 'dist'), () => undefined)
    const match = routeTable(app.functions, '')('POST', operation.path)
    if (match === undefined) throw new Error('no function creates operations')
    await app.runHooks('appStart', { hookData: {} })
    const incoming = { method: 'POST', url: `http://127.0.0.1${operation.path}`, query: '', headers }
    const answer = invoke(app, match, { ...incoming, body: Buffer.from(body) }, () => undefined)
    await expect.poll(creates).toBe(1)
    // The ten seconds that it waits at most never pass.
    stopClock()
    const order: string[] = []
    const terminated = app.runHooks('appTerminate', { hookData: {} }).then(() => order.push('terminated'))
    const answered = answer.then(({ status }) => order.push(`answered ${status}`))
    await sleep(50)
    expect(order).toEqual([])
    release()
    await Promise.all([terminated, answered])
    expect(order).toContain('answered 201')
  } finally {
    vi.useRealTimers()
    process.env = before
    await proxy.close()
    await rm(folder, { recursive: true })
  }
})

const BROKEN = `
import { hookLifecycle } from '../../../shared/http/lifecycle'
hookLifecycle([])
app.http('throws', { handler: () => { throw new Error('said to nobody') } })
app.http('rejects', { handler: () => Promise.reject(new TypeError('said to nobody')) })
app.http('throwsText', { handler: () => { throw 'said to nobody' } })
app.http('well', { handler: () => ({ status: 202, body: 'fine' }) })
`

test('what throws outside the wrapper is answered with the envelope', async () => {
  const app = await throwawayApp(BROKEN)
  for (const name of ['throws', 'rejects', 'throwsText']) {
    const response = await fetch(`${app.url}/${name}`)
    expect(response.status).toBe(500)
    expect(response.headers.get('content-type')).toBe('application/json')
    const text = await response.text()
    expect(JSON.parse(text)).toMatchObject({
      error: {
        code: 'internalServerError',
        innerError: { code: 'unexpected', 'request-id': response.headers.get('request-id') },
      },
    })
    expect(text + app.logs.join()).not.toContain('said to nobody')
    expect(app.logs.at(-1)).toContain(response.headers.get('request-id'))
  }
  expect((await fetch(`${app.url}/well`)).status).toBe(202)
  // With settings that are missing there is nothing to wait for.
  await app.close()
})
