import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { resources } from '../../shared/schemas/resources'
import { chromium, open, type Watched } from './chromium'
import { type Command, command } from './command'

let app: Command
let url: string
beforeAll(async () => {
  app = command('start', { PORT: '0' })
  await app.says('\ncurl ')
  url = /^ready (\S+)/.exec(app.out())?.[1] ?? ''
})
afterAll(async () => {
  app.child.kill('SIGTERM')
  await app.ended
})

const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

describe('the reference page', () => {
  test('is announced, and is served under a strict policy from files of this service alone', async () => {
    expect(app.out()).toContain(`${url}/\n`)
    const answer = await fetch(url, { headers: HTML })
    expect(answer.headers.get('content-type')).toBe('text/html;charset=utf-8')
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/unsafe|https?:|data:|\*/)
    const html = await answer.text()
    expect(html).not.toContain('{{')
    expect(html).not.toMatch(/\sstyle=|<style|<script(?! type="module" src=)| on\w+=/)
    for (const [, address = ''] of html.matchAll(/(?:src|<link[^>]* href)="([^"]+)"/g)) {
      const file = await fetch(new URL(address, url))
      expect([address, file.status, file.headers.get('cache-control')]).toEqual([address, 200, 'public, max-age=300'])
    }
  })

  test('says without any script what there is, and where tokens come from', async () => {
    const html = await (await fetch(url, { headers: HTML })).text()
    for (const { name, properties } of resources) {
      expect(html).toContain(`id="resource-${name}"`)
      for (const property of properties.keys()) expect(html).toContain(`<code>${property}</code>`)
    }
    for (const verb of ['create', 'list', 'count', 'get', 'patch', 'delete', 'bulk', 'batch'])
      expect(html).toContain(`id="verb-${verb}"`)
    for (const language of ['curl', 'powershell', 'csharp', 'python', 'typescript']) {
      expect(html.split(`data-language="${language}"`)).toHaveLength(10)
    }
    expect(html).toContain('etagMismatch')
    expect(html).toContain('client_credentials')
  })

  test('leads to no place that is not there', async () => {
    const html = await (await fetch(url, { headers: HTML })).text()
    const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
    expect([...html.matchAll(/href="#([^"]+)"/g)].filter(([, id]) => !ids.has(id))).toEqual([])
  })

  test.each(['..%2fmain.js', '%2e%2e/host.json', '..%5c..%5cpackage.json', 'index.html', 'none.js', ''])(
    'hands out no other file: %s',
    async (file) => {
      expect((await fetch(`${url}/assets/${file}`)).status).toBe(404)
    },
  )

  test('gives its token to itself alone', async () => {
    const own = await fetch(`${url}/.local/token`)
    expect([own.status, own.headers.get('access-control-allow-origin')]).toEqual([200, null])
    const elsewhere = await fetch(`${url}/.local/token`, { headers: { 'sec-fetch-site': 'cross-site' } })
    expect(elsewhere.status).toBe(404)
  })
})

describe.runIf(chromium !== undefined)('in a browser', () => {
  let watched: Watched
  beforeAll(async () => {
    watched = await open(url)
  })
  afterAll(() => watched.browser.close())

  test('one click makes a record', async () => {
    const { page } = watched
    await page.waitForFunction("document.getElementById('token').value !== ''")
    await page.click('#try button')
    const answer = await page.waitForSelector('#first-answer[data-status]')
    expect(await answer?.evaluate((element) => element.getAttribute('data-status'))).toBe('201')
  })

  test('every resource and its requests are shown, and one that is tried succeeds', async () => {
    const { page } = watched
    await page.evaluate("document.getElementById('reference').scrollIntoView()")
    await page.waitForSelector('.opblock')
    const tags = await page.$$eval('.opblock-tag', (found) => found.map((tag) => tag.getAttribute('data-tag')))
    expect(tags).toEqual([...resources.map(({ container }) => container), 'batch'])
    // It has this id when it has been resolved; before that it cannot be sent.
    const operation = '[id^="operations-managedTenantOperationResults-"][id$=".list"]'
    await page.waitForSelector(operation)
    await page.evaluate(`document.querySelector(${JSON.stringify(`${operation} button`)}).click()`)
    // A parameter that the document refers to: when it is shown, all that it refers to has been found.
    await page.waitForSelector(`${operation} tr[data-param-name="Prefer"]`)
    await page.waitForSelector(`${operation} .execute`)
    await page.evaluate(`document.querySelector(${JSON.stringify(`${operation} .execute`)}).click()`)
    const status = await page.waitForSelector(`${operation} .live-responses-table .response-col_status`)
    await page.waitForFunction(
      `document.querySelector(${JSON.stringify(`${operation} .live-responses-table`)}).innerText.includes('200')`,
    )
    expect(status).not.toBe(null)
  })

  test('the examples are shown in the language that was chosen, and dark when that is wanted', async () => {
    const { page } = watched
    await page.select('#language', 'python')
    const shown = await page.$$eval('[data-language]:not([hidden])', (parts) =>
      parts.map((part) => part.getAttribute('data-language')),
    )
    expect(new Set(shown)).toEqual(new Set(['python']))
    const before = await page.evaluate('getComputedStyle(document.body).backgroundColor')
    await page.click('#theme')
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).not.toBe(before)
  })

  test('a phone shows it without scrolling sideways', async () => {
    const { page } = watched
    await page.setViewport({ width: 390, height: 844 })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  })

  test('it complained of nothing, and asked nobody else', () => {
    expect(watched.complaints).toEqual([])
    expect([...watched.origins]).toEqual([url])
  })
})
