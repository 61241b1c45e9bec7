import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { closeServer, listen } from '../../local/listen'
import { mintToken } from '../../local/mintToken'
import { forward } from '../fakes/forward'
import { PATIENT } from '../harness'
import { type Command, command } from './command'

const DAY = 86_400_000
const SETS = ['managedTenantOperations', 'managedTenantOperationResults', 'managedTenantOperationHttpRequests']

const Page = z.object({
  value: z.array(z.record(z.string(), z.unknown())),
  '@odata.nextLink': z.string().optional(),
})

let app: Command
let first: Command
let url: string
beforeAll(async () => {
  app = command('start', { PORT: '0', LOG_LEVEL: 'warning', ...PATIENT })
  await app.says('\ncurl ')
  url = /^ready (\S+)/.exec(app.out())?.[1] ?? ''
  first = await sample(url)
})
afterAll(async () => {
  app.child.kill('SIGTERM')
  await app.ended
})

const sample = async (origin: string): Promise<Command> => {
  const run = command('sample', { PORT: new URL(origin).port })
  await run.ended
  return run
}

const get = async (address: string): Promise<string> => {
  const response = await fetch(address, { headers: { Authorization: `Bearer ${mintToken()}` } })
  return response.text()
}

const counts = (): Promise<number[]> =>
  Promise.all(SETS.map(async (set) => Number(await get(`${url}/beta/${set}/$count`))))

const page = async (address: string) => Page.parse(JSON.parse(await get(address)))

const list = async (path: string) => {
  let { value, '@odata.nextLink': next } = await page(url + path)
  while (next !== undefined) {
    const more = await page(next)
    value = [...value, ...more.value]
    next = more['@odata.nextLink']
  }
  return value
}

const daysAgo = (days: number): string => new Date(Date.now() - days * DAY).toISOString()

// Failures by customer and by exception, the most frequent first.
const failures = async (from: number, to: number) => {
  const filter = `isSuccess eq false and createdDateTime ge ${daysAgo(from)} and createdDateTime lt ${daysAgo(to)}`
  const found = await list(`/beta/managedTenantOperationResults?$filter=${filter}&$top=999`)
  const ranked = (names: readonly string[]): [string, number][] => {
    const all = new Map<string, number>()
    for (const name of names) all.set(name, (all.get(name) ?? 0) + 1)
    return [...all].sort(([, one], [, other]) => other - one)
  }
  const [[name = '', worst = 0] = [], [, next = 0] = []] = ranked(
    found.map((one) => String(one.targetTenantDisplayName)),
  )
  const [[why = '', times = 0] = []] = ranked(
    found.filter((one) => one.targetTenantDisplayName === name).map(({ exception }) => String(exception)),
  )
  return { name, isFarAhead: worst >= 2 * next, why, isAlmostAlways: times >= 0.8 * worst }
}

describe('npm run sample', () => {
  test('says what it sent, and where to look at it', async () => {
    expect([await first.ended, first.err()]).toEqual([0, ''])
    const [operations = 0, results = 0, requests = 0] = await counts()
    const said = `Added ${operations} operations over 40 customers, ${results} results, ${requests} HTTP requests, `
    expect(first.out()).toContain(said)
    expect(first.out()).toMatch(new RegExp(`\\n\\n.* ${url}/console\\n$`))
    expect([operations > 100, results > 4000, results < 6000, requests > 2000, requests < 6000]).not.toContain(false)
  })

  test.each(SETS)('dates %s over the last thirty days', async (set) => {
    const dateOf = async (order: string): Promise<string> => {
      const [one] = (await page(`${url}/beta/${set}?$orderby=createdDateTime ${order}&$top=1`)).value
      return String(one?.createdDateTime)
    }
    const [oldest, newest] = await Promise.all([dateOf('asc'), dateOf('desc')])
    expect([oldest > daysAgo(30.1), oldest < daysAgo(28)]).toEqual([true, true])
    expect([newest > daysAgo(0.1), newest < daysAgo(0)]).toEqual([true, true])
  })

  test('one customer failed most in the last week and another one before, each for one reason', async () => {
    const clear = { isFarAhead: true, isAlmostAlways: true }
    expect(await failures(7, 0)).toEqual({
      ...clear,
      name: 'Wingtip Toys',
      why: expect.stringMatching(/GDAP .*expired/),
    })
    expect(await failures(16, 9)).toEqual({
      ...clear,
      name: 'Lucerne Publishing',
      why: expect.stringMatching(/license/),
    })
  })

  test('a second run adds nothing, and moves no date in an account of your own', async () => {
    const before = await counts()
    // The start itself, but for what says where its database is.
    const server = createServer(async (request, response) => {
      const answer = await forward(new URL(url), request, await buffer(request))
      const isHidden = request.url === '/.local/database'
      response.writeHead(isHidden ? 404 : answer.status, answer.headers).end(answer.body)
    })
    const again = await sample(await listen(server, 0)).finally(() => closeServer(server))
    expect([await again.ended, again.err()]).toEqual([0, ''])
    expect(again.out()).toMatch(/nothing was added.*\n.*in the embedded database only\.\n/)
    expect(await counts()).toEqual(before)
  })
})

test('without a start it says so in a sentence', async () => {
  const server = createServer()
  const free = await listen(server, 0)
  await closeServer(server)
  const { ended, out, err } = await sample(free)
  expect([await ended, out()]).toEqual([1, ''])
  expect(err()).toMatch(new RegExp(`^No \`npm start\` of this checkout answers at ${free}: .+\\.\\n$`))
})
