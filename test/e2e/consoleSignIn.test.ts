import { resolve } from 'node:path'
import type { Browser, HTTPRequest, Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { build } from '../../local/build.mjs'
import type { Services } from '../../shared/services'
import { type Entra, startEntra } from '../fakes/entra'
import { type Ledger, startLedger } from '../harness'
import { chromium, launch, openEmpty, type Watched } from './chromium'
import { settled, textOf } from './consoleBrowser'

const ORIGIN = 'https://ledger.example'
const AUTHORITY = 'https://login.microsoftonline.com'
const CLIENT_ID = '3c2f0f3e-4f0a-4f4e-9a53-0d8a4b8f7e21'
const SCOPE = 'api://partner-operations-ledger/ManagedTenants.Read.All'
const ADDRESS = `${ORIGIN}/console?period=month`

let ledger: Ledger
let pageServices: Services
let apiServices: Services
beforeAll(async () => {
  await build()
  ledger = await startLedger()
  apiServices = ledger.with({}, () => new Date())
})
afterAll(() => ledger.close())

// The page of a service in Azure.
const deployed = (settings: Readonly<Record<string, string | undefined>>): Services => ({
  ...ledger.with({ AUTH_AUTHORITY: AUTHORITY, CONSOLE_CLIENT_ID: CLIENT_ID, ...settings }),
  packageFolder: resolve('dist'),
})

describe.runIf(chromium !== undefined)('signing in', () => {
  let browser: Browser
  let watched: Watched
  let page: Page
  let entra: Entra
  let tokens: (string | undefined)[]
  let isRefused: boolean
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser.close())

  // Each test has a tab of its own, since what is in sessionStorage is the tab's.
  beforeEach(async () => {
    pageServices = deployed({})
    tokens = []
    isRefused = false
    entra = startEntra(() => ledger.token({ now: new Date() }))
    await openTab()
  })
  afterEach(async () => {
    for (const tab of await browser.pages()) await tab.close()
  })

  const openTab = async (): Promise<void> => {
    watched = await openEmpty(browser)
    page = watched.page
    await page.setRequestInterception(true)
    page.on('request', (request) => void answer(request))
  }

  const answer = async (request: HTTPRequest): Promise<void> => {
    const url = new URL(request.url())
    const body = request.postData() ?? ''
    if (url.origin === AUTHORITY) return request.respond(entra.answer(request.method(), url, body))
    if (url.origin !== ORIGIN) return request.abort()
    const { authorization, 'content-type': type, accept } = request.headers()
    const isApi = url.pathname.startsWith('/beta')
    if (isApi) tokens.push(authorization)
    const reply = await ledger.call({
      method: request.method(),
      path: url.pathname + url.search,
      headers: { authorization: isRefused ? 'Bearer none' : authorization, 'content-type': type, accept },
      ...(body !== '' && { body }),
      services: isApi ? apiServices : pageServices,
    })
    await request.respond({ status: reply.status, headers: Object.fromEntries(reply.headers), body: reply.text })
  }

  const signIn = async (address = ADDRESS): Promise<void> => {
    await page.goto(address)
    await page.locator('main button.primary').click()
    await page.waitForSelector('.account')
    await settled(page)
  }

  const stored = (kind: string): Promise<string> => page.evaluate(`JSON.stringify({ ...${kind} })`).then(String)

  test('ends at the address where it began, as the user who signed in', async () => {
    await signIn()
    expect(page.url()).toBe(ADDRESS)
    expect(await page.$eval('.account bdi', (name) => name.textContent)).toBe('adele.vance@partner.example')
    expect(await textOf(page)).toContain('Customers with the most failures')
    expect(new Set(tokens.map((token) => token?.slice(0, 10)))).toEqual(new Set(['Bearer eyJ']))
    expect(watched.complaints).toEqual([])
    expect([...watched.origins].sort()).toEqual([ORIGIN, AUTHORITY])
    // A code with a proof, for the permission to read, and no secret.
    expect(Object.fromEntries(entra.visits[0] ?? [])).toMatchObject({
      client_id: CLIENT_ID,
      scope: `${SCOPE} openid profile offline_access`,
      redirect_uri: `${ORIGIN}/console`,
      response_type: 'code',
      response_mode: 'fragment',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    })
    expect(entra.redemptions.map((asked) => asked.get('grant_type'))).toEqual(['authorization_code'])
    expect([entra.visits, entra.redemptions].flat().map(String).join()).not.toMatch(/secret|assertion|password/)
  })

  test('leaves tokens in this tab alone', async () => {
    await signIn()
    expect(await stored('sessionStorage')).toContain('refresh-')
    expect(await stored('localStorage')).not.toMatch(/refresh-|eyJ|adele/)
    expect(await page.evaluate('document.cookie')).toBe('')
    await openTab()
    await page.goto(ADDRESS)
    await settled(page)
    expect(await textOf(page)).toMatch(/^Sign in\n/)
    expect(tokens).toHaveLength(4)
  })

  test('is kept up with the refresh token when the access token has expired', async () => {
    entra.expiresIn = 60 // Less than the library wants to be left.
    await signIn()
    const [first, ...more] = entra.redemptions
    expect(first?.get('grant_type')).toBe('authorization_code')
    expect(more.length).toBeGreaterThan(0)
    for (const asked of more) {
      expect(asked.get('grant_type')).toBe('refresh_token')
      expect(asked.get('refresh_token')).toMatch(/^refresh-/)
    }
    expect([entra.visits.length, watched.complaints]).toEqual([1, []])
  })

  test.each([
    ['interaction_required', { error: 'interaction_required' }],
    ['a refresh token that has ended', { error: 'invalid_grant' }],
    ['a revoked one', { error: 'invalid_grant', suberror: 'bad_token' }],
  ])('has ended after %s, and begins again where it was', async (_, refusal) => {
    await signIn()
    entra.expiresIn = 60
    entra.refusesTokens = refusal
    isRefused = true
    await page.click('.period a')
    await page.waitForSelector('[role=alert] button.primary')
    const text = await textOf(page)
    expect(text).toContain('Your sign-in has ended')
    expect(text).not.toContain('Try again')
    entra.refusesTokens = undefined
    isRefused = false
    await page.click('[role=alert] button.primary')
    await page.waitForSelector('.totals')
    expect([page.url(), entra.visits.length]).toEqual([`${ORIGIN}/console?period=day`, 2])
  })

  test.each([
    ['who cancels', 'access_denied', 'AADSTS65004: User declined to consent to access the app.'],
    ['whose tenant forbids it', 'invalid_client', 'AADSTS50105: The signed in user is not assigned to a role.'],
  ])('of a user %s says so, and can be tried again', async (_, error, description) => {
    entra.refusesUser = { error, description }
    await page.goto(ADDRESS)
    await page.locator('main button.primary').click()
    await page.waitForFunction("document.body.innerText.includes('You were not signed in')")
    expect(await textOf(page)).toContain(description)
    expect([page.url(), tokens]).toEqual([ADDRESS, []])
    entra.refusesUser = undefined
    await page.locator('main button.primary').click()
    await page.waitForSelector('.totals')
    expect(page.url()).toBe(ADDRESS)
  })

  test('that the authority does not complete says so', async () => {
    entra.refusesTokens = { error: 'temporarily_unavailable' }
    await page.goto(ADDRESS)
    await page.locator('main button.primary').click()
    await page.waitForFunction("document.body.innerText.includes('You were not signed in')")
    expect(await textOf(page)).toContain('temporarily_unavailable')
  })

  test('ends with signing out', async () => {
    await signIn()
    await Promise.all([page.waitForNavigation(), page.click('.account button')])
    await settled(page)
    expect([page.url(), (await textOf(page)).slice(0, 7)]).toEqual([`${ORIGIN}/console`, 'Sign in'])
    expect(await stored('sessionStorage')).not.toMatch(/refresh-|eyJ/)
  })

  test('is not possible without a registered client, and the page says how to register one', async () => {
    pageServices = deployed({ CONSOLE_CLIENT_ID: undefined })
    await page.goto(ADDRESS)
    await settled(page)
    const text = await textOf(page)
    for (const part of ['not set up yet', `${ORIGIN}/console`, 'CONSOLE_CLIENT_ID']) expect(text).toContain(part)
    expect(await page.$$('button')).toHaveLength(1)
    expect([tokens, [...watched.origins], watched.complaints]).toEqual([[], [ORIGIN], []])
  })
})
