import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromium } from './chromium'
import { follow, newTab, rowsOf, settled, type Tab, textOf, textsOf } from './consoleBrowser'
import { count, customersOf, dayOf, daysTo, failedIn, percent, timeOf } from './consoleModel'
import { operationTests } from './consoleOperation'
import { type Sampled, startSampled } from './consoleSample'
import type { Row } from './ledgerApi'

// The console over a month of plausible operations: it shows what the API says.

const O = 'GET /managedTenantOperations?'
const R = 'GET /managedTenantOperationResults?'
const COUNTED = 'aggregate($count as count))'
// The results of the operations of a page, succeeded and failed.
const COUNTS =
  /managedTenantOperationResults\?\$apply=filter\(managedTenantOperationId in \(('[\w-]+',?){50}\)\)\/groupby\(\(managedTenantOperationId,isSuccess\)/

describe.runIf(chromium !== undefined)('the console', () => {
  let sampled: Sampled
  let tab: Tab
  let page: Page
  beforeAll(async () => {
    sampled = await startSampled()
    tab = sampled.tab
    page = tab.page
  })
  afterAll(() => sampled?.close())

  describe('the overview', () => {
    test.each([
      ['day', 2],
      ['week', 7],
      ['month', 30],
    ])('of a %s adds up what the API says', async (period, length) => {
      await tab.open(`?period=${period}`)
      const days = daysTo(sampled.now, length)
      const all = sampled.resultsOf(length)
      const failed = failedIn(all)
      const begun = sampled.operations.filter(({ createdDateTime }) => String(createdDateTime) >= (days[0] ?? ''))
      const totals = [percent(failed.length, all.length), ...[failed, all, begun].map((rows) => count(rows.length))]
      expect(await textsOf(page, '.totals dd')).toEqual(totals)
      const perDay = (rows: readonly { createdDateTime?: unknown }[]): string[] =>
        days.map((day) => count(rows.filter((row) => dayOf(String(row.createdDateTime)) === day).length))
      expect(await textsOf(page, '.day-chart .value')).toEqual([failed, all, begun].flatMap(perDay))
      const customers = customersOf(all)
      expect(await textsOf(page, '.customer-bars li')).toEqual(customers.slice(0, 8).map(({ text }) => text))
      expect(await textOf(page)).toContain(`All ${customers.length} customers with failures`)
      expect(await textOf(page)).toContain(`All ${failed.length} failures`)
      const newest = failed.slice(0, 10).map(({ createdDateTime }) => timeOf(createdDateTime))
      expect((await rowsOf(page, 'Newest failures')).map(([time]) => time)).toEqual(newest)
    })

    test('of a week begins with the customer that failed most, and why', async () => {
      await tab.open()
      const [first] = await textsOf(page, '.customer-bars li')
      expect(first).toMatch(
        /^Wingtip Toys\d+ of \d+ results failed30 of \d+: 403 Forbidden .*GDAP relationship .* expired/,
      )
    })

    test('asks seven times, and the store no more than 24 times', async () => {
      tab.asked()
      tab.answers.length = 0
      await tab.open()
      const since = `createdDateTime ge ${daysTo(sampled.now, 7)[0]}T00:00:00Z`
      const all = sampled.resultsOf(7)
      const top = customersOf(all).slice(0, 8)
      const newest = failedIn(all).slice(0, 10)
      const ids = new Set(newest.map(({ managedTenantOperationId: id }) => `'${id}'`))
      expect(tab.asked()).toEqual([
        `${R}$apply=filter(${since} and isSuccess eq false)/groupby((targetTenantId),${COUNTED}`,
        `${R}$apply=filter(${since} and targetTenantId in (${top.map(({ id }) => id)}))/groupby((targetTenantId),${COUNTED}`,
        `${R}$apply=filter(${since})/compute(date(createdDateTime) as day)/groupby((day,isSuccess),${COUNTED}`,
        `${R}$top=10&$count=true&$filter=${since} and isSuccess eq false`,
        `${O}$apply=filter(${since})/compute(date(createdDateTime) as day)/groupby((day),${COUNTED}`,
        `${O}$filter=id in (${[...ids]})&$select=id,name&$top=100`,
        'POST /$batch',
      ])
      expect(await sampled.storeRequests()).toBeLessThanOrEqual(24)
    })
  })

  test('every failure and every customer with failures can be seen', async () => {
    const failed = failedIn(sampled.resultsOf(7))
    const customers = customersOf(sampled.resultsOf(7))
    await tab.open()
    await follow(page, 'All', 'section[aria-labelledby=customers]')
    expect((await rowsOf(page, 'Customers with failures')).map(([, failures]) => failures)).toEqual(
      customers.map(({ failures }) => count(failures)),
    )
    await page.goBack()
    await settled(page)
    await follow(page, 'All', 'section[aria-labelledby=failures]')
    expect(await textOf(page)).toContain(`${failed.length} failures, 50 a page`)
    expect((await rowsOf(page, 'Failures')).map(([time]) => time)).toEqual(
      failed.slice(0, 50).map(({ createdDateTime }) => timeOf(createdDateTime)),
    )
  })

  test('the back button leads to where one was', async () => {
    await tab.open()
    await page.evaluate('scrollTo(0, 700)')
    await page.locator('section[aria-labelledby=failures] a').click()
    await page.waitForFunction("document.querySelector('h1').innerText !== 'Overview'")
    await settled(page)
    await page.waitForNetworkIdle()
    expect(await page.evaluate('scrollY')).toBe(0)
    await page.goBack()
    await page.waitForFunction('scrollY > 600')
    await settled(page)
  })

  describe('the operations', () => {
    const shown = (rows: readonly Row[]): unknown[][] =>
      rows.map(({ createdDateTime, name, status }) => [timeOf(String(createdDateTime)), name, status])
    const table = async (): Promise<string[][]> => (await rowsOf(page, 'Operations')).map((row) => row.slice(0, 3))

    test('are there page by page, and the back button leads to the page before', async () => {
      const { operations } = sampled
      tab.asked()
      await tab.open('?view=operations')
      expect(tab.asked()).toEqual([
        expect.stringMatching(COUNTS),
        `${O}$apply=groupby((status),${COUNTED}`,
        `${O}$top=50&$count=true`,
      ])
      expect(await textOf(page)).toContain(`${operations.length} operations, 50 a page`)
      expect(await table()).toEqual(shown(operations.slice(0, 50)))
      await follow(page, 'Next page')
      expect(await table()).toEqual(shown(operations.slice(50, 100)))
      await page.waitForFunction("document.activeElement.id === 'content'")
      expect(tab.asked()).toEqual([
        expect.stringMatching(COUNTS),
        expect.stringContaining(`${O}$top=50&$count=true&$skiptoken=`),
      ])
      await page.goBack()
      await settled(page)
      expect(await table()).toEqual(shown(operations.slice(0, 50)))
    })

    test('are found by name and status', async () => {
      await tab.open('?view=operations')
      await page.waitForSelector('option + option')
      const statuses = new Set(sampled.operations.map(({ status }) => status))
      expect(await textsOf(page, 'option')).toEqual(['Any', ...[...statuses].sort()])
      await page.type('input[name=name]', 'REVIEW')
      await page.select('select', 'completed')
      await follow(page, 'Apply', 'form')
      const found = sampled.operations.filter(
        ({ name, status }) => /review/i.test(String(name)) && status === 'completed',
      )
      expect(await table()).toEqual(shown(found.slice(0, 50)))
      await page.waitForFunction("document.activeElement.className === 'rows'")
      expect(page.url()).toBe(`${sampled.url}/console?view=operations&name=REVIEW&status=completed`)
    })
  })

  operationTests(() => sampled)

  test('a link shows the same in another tab, which goes its own way', async () => {
    const { browser, url, now, operations } = sampled
    const other = await newTab(browser, url, now)
    const running = `?view=operation&operation=${operations[0]?.id}`
    const addresses = ['?period=month', '?view=operations&name=review', `${running}&outcome=failed`]
    for (const address of addresses) {
      // One that is behind another is slow.
      await page.bringToFront()
      await tab.open(address)
      await other.page.bringToFront()
      await other.open(new URL(page.url()).search)
      expect(await textOf(other.page)).toBe(await textOf(page))
    }
    const before = await textOf(page)
    await follow(other.page, 'Overview', 'header')
    expect(await textOf(other.page)).toContain('Customers with the most failures')
    expect(await textOf(page)).toBe(before)
    expect(other.complaints).toEqual([])
    await other.page.close()
  })

  test('the keyboard alone leads from the top to a customer', async () => {
    const focused = (): Promise<unknown> => page.evaluate('document.activeElement.textContent')
    await tab.open()
    await page.bringToFront()
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('Skip to the content')
    expect(await page.$eval('.skip', (button) => button.getBoundingClientRect().left >= 0)).toBe(true)
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('content')
    for (let presses = 0; presses < 20 && (await focused()) !== 'Wingtip Toys'; presses += 1)
      await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForFunction("document.querySelector('h1').innerText === 'Wingtip Toys'")
    await settled(page)
    expect(page.url()).toMatch(/view=customer&customer=[\w-]+&outcome=failed$/)
    await page.waitForFunction("document.activeElement.id === 'content'")
    expect(await page.title()).toBe('Wingtip Toys – Partner operations ledger')
  })

  test('it complained of nothing, and asked nobody else', () => {
    expect(tab.complaints).toEqual([])
    expect([...tab.origins]).toEqual([sampled.url])
  })
})
