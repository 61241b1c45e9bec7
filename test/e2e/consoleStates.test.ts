import type { Browser, HTTPRequest, Page, ResponseForRequest } from 'puppeteer-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PATIENT } from '../harness'
import { chromium, launch } from './chromium'
import { type Command, command } from './command'
import { problemsOf } from './consoleAxe'
import { follow, newTab, says, settled, type Tab, textOf, textsOf } from './consoleBrowser'
import { operationOf } from './consoleRecords'
import { ledgerApi } from './ledgerApi'

// The console where there is nothing to show yet, nothing at all, or no answer.

const ID = '00000000-0000-4000-8000-000000000000'
const REQUEST_ID = 'a8098c1a-f86e-4b65-9f0c-f1d1a2b3c4d5'

const refusal = (status: number, message: string): Partial<ResponseForRequest> => ({
  status,
  headers: { 'request-id': REQUEST_ID },
  contentType: 'application/json',
  body: JSON.stringify({ error: { code: 'any', message } }),
})

describe.runIf(chromium !== undefined)('the console', () => {
  let app: Command
  let url: string
  let browser: Browser
  let tab: Tab
  let page: Page
  /** What is answered in place of the service, `hold` for nothing yet. */
  let answer: (path: string) => Partial<ResponseForRequest> | 'hold' | 'abort' | undefined
  const held: HTTPRequest[] = []
  beforeAll(async () => {
    app = command('start', { PORT: '0', LOG_LEVEL: 'warning', ...PATIENT })
    await app.says('\ncurl ')
    url = /^ready (\S+)/.exec(app.out())?.[1] ?? ''
    browser = await launch()
    tab = await newTab(browser, url)
    page = tab.page
    await page.setRequestInterception(true)
    page.on('request', (request) => {
      const own = answer(request.url().slice(url.length))
      if (own === 'hold') held.push(request)
      else void (own === undefined ? request.continue() : own === 'abort' ? request.abort() : request.respond(own))
    })
  })
  afterAll(async () => {
    await browser?.close()
    app?.child.kill('SIGTERM')
    await app?.ended
  })
  beforeEach(() => {
    answer = () => undefined
  })

  const alerts = (): Promise<string[]> => page.$$eval('[role=alert]', (all) => all.map((one) => one.innerText))

  test.each([
    ['', 'Failure rate\n–', 'Nothing failed in this period.'],
    ['?view=operations', 'No operation has been recorded yet.', ''],
    ['?view=operations&name=x', 'No operation has this name and status.', ''],
    [`?view=operation&operation=${ID}`, 'There is nothing here', ''],
    [`?view=customer&customer=${ID}`, ID, 'Nothing was done at this customer in this period.'],
  ])('says of an empty service at %s what is not there', async (search, first, second) => {
    await tab.open(search)
    const text = (await textOf(page)).replaceAll(/\n+/g, '\n')
    for (const part of [first, second]) expect(text).toContain(part)
    expect(await problemsOf(page)).toEqual([])
  })

  test('says what it waits for, and shows it when it is there', async () => {
    answer = (path) => (path.startsWith('/beta/') ? 'hold' : undefined)
    await page.goto(`${url}/console`)
    await page.waitForSelector('.loading')
    const parts = ['Loading the charts…', 'Loading the customers…', 'Loading the newest failures…']
    expect(await textsOf(page, '.loading[role=status]')).toEqual(parts)
    expect(await problemsOf(page)).toEqual([])
    answer = () => undefined
    await Promise.all(held.splice(0).map((request) => request.continue()))
    await settled(page)
    expect(await textOf(page)).toContain('Nothing failed in this period.')
  })

  test.each([
    ['an overload', refusal(503, 'Too busy.'), 'Could not load the operations', 'Too busy.'],
    ['a proxy', { status: 502, body: '<h1>Bad Gateway</h1>' }, 'Could not load the operations', 'The API answered 502'],
    ['no connection', 'abort' as const, 'Could not load the operations', 'The API cannot be reached.'],
    ['a body that is no JSON', { status: 200, body: '{' }, 'Could not load the operations', 'JSON'],
    ['a missing permission', refusal(403, 'It needs R.All.'), 'You may not see the operations', 'It needs R.All.'],
  ])('says after %s what happened, and tries again', async (_, failure, title, message) => {
    answer = (path) => (path.includes('top=50') ? failure : undefined)
    await tab.open('?view=operations')
    const [text = ''] = await alerts()
    for (const part of [title, message]) expect(text).toContain(part)
    expect(text.includes(REQUEST_ID)).toBe(typeof failure === 'object' && 'headers' in failure)
    expect(text.includes('Ask an administrator of your tenant')).toBe(title.startsWith('You may not'))
    expect(await problemsOf(page)).toEqual([])
    answer = () => undefined
    await page.locator('main ::-p-text(Try again)').click()
    await says(page, 'No operation has been recorded yet.')
    expect(await alerts()).toEqual([])
  })

  test('says that a part of a batch failed', async () => {
    const groups = { value: [{ targetTenantId: ID, count: 3 }] }
    const failed = { responses: [{ id: '0', status: 503, body: { error: { message: 'Too busy.' } } }] }
    const json = (body: object) => ({ contentType: 'application/json', body: JSON.stringify(body) })
    answer = (path) =>
      path === '/beta/$batch' ? json(failed) : path.includes('targetTenantId') ? json(groups) : undefined
    await tab.open()
    expect((await alerts()).map((text) => text.replaceAll(/\n+/g, '\n'))).toEqual([
      'Could not load the customers\nToo busy.\nTry again',
    ])
  })

  test('renews a token that is refused, once', async () => {
    let refusals = 0
    let tokens = 0
    answer = (path) => {
      if (path === '/.local/token') tokens += 1
      if (!path.includes('top=50')) return undefined
      refusals += 1
      return refusals === 1 ? refusal(401, 'It has expired.') : undefined
    }
    await tab.open('?view=operations')
    expect(await textOf(page)).toContain('No operation has been recorded yet.')
    expect([refusals, tokens]).toEqual([2, 2])
  })

  test('says that the sign-in has ended, where no token helps', async () => {
    answer = (path) => (path.startsWith('/beta/') ? refusal(401, 'It is revoked.') : undefined)
    await tab.open('?view=operations')
    expect((await alerts())[0]).toMatch(/^Your sign-in has ended\s+It is revoked\.\s+Sign in/)
    answer = () => undefined
    await Promise.all([page.waitForNavigation(), page.click('[role=alert] button')])
    await settled(page)
    expect(await textOf(page)).toContain('No operation has been recorded yet.')
  })

  test('says so where it cannot even begin, and tries again', async () => {
    answer = (path) => (path === '/.local/token' ? 'abort' : undefined)
    await tab.open('?view=operations')
    expect(await textOf(page)).toMatch(/^The console did not start\n/)
    expect(await problemsOf(page)).toEqual([])
    answer = () => undefined
    await Promise.all([page.waitForNavigation(), page.click('main button')])
    await settled(page)
    expect(await textOf(page)).toContain('Operations')
  })

  test.each([['?view=operations&page=x', ['Could not load the operations\n$skiptoken must']]])(
    'says of the address %s what the API says',
    async (search, expected) => {
      await tab.open(search)
      const said = (await alerts()).map((text) => text.replaceAll(/\n+/g, '\n'))
      expect(said).toEqual(expected.map((text) => expect.stringContaining(text)))
    },
  )

  test.each([
    '?view=operation',
    '?view=operation&operation=../x',
    `?view=operation&operation=${ID}&customer=x`,
    '?view=customer&period=week',
    `?view=customer&customer=${ID} or isSuccess eq true`,
    '?view=none',
  ])('asks nothing at %s, where nothing can be', async (search) => {
    tab.asked()
    await tab.open(search)
    expect(await textsOf(page, 'h1')).toEqual(['There is nothing at this address'])
    expect([await alerts(), tab.asked()]).toEqual([[], []])
    expect(await problemsOf(page)).toEqual([])
  })

  test('does not tell who is missing of an operation at all customers', async () => {
    const api = ledgerApi(url)
    const target = { allTenants: true }
    const [id] = await api.store('/managedTenantOperations', [operationOf('Everywhere', 0, { target })])
    await tab.open(`?view=operation&operation=${id}`)
    const text = await textOf(page)
    for (const part of ['All customers', 'There is no result.', 'It names no customers']) expect(text).toContain(part)
    expect(text).not.toContain('without a result')
    await follow(page, 'No result', 'nav.choice')
    expect(await textsOf(page, '.empty')).toEqual(['Who is missing cannot be told.'])
  })

  test('says of a partial summary what it is of', async () => {
    const counts = { targetCount: 30_000, tenantCount: 12_345, succeededCount: 12_000, failedCount: 345 }
    const none = { missingCount: null, isComplete: null, missingTenantIds: null, failures: [] }
    answer = (path) =>
      path.endsWith('/summary')
        ? { contentType: 'application/json', body: JSON.stringify({ ...counts, ...none, isPartial: true }) }
        : undefined
    const [id] = await ledgerApi(url).store('/managedTenantOperations', [operationOf('Vast', 3)])
    await tab.open(`?view=operation&operation=${id}`)
    const text = await textOf(page)
    expect(text).toContain('There are more results than a summary reads: these are the newest 12,345 customers.')
    expect(text).not.toContain('without a result')
  })
})
