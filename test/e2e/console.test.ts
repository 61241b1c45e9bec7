import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromium } from './chromium'
import { follow, newTab, rowsOf, settled, type Tab, textOf, textsOf } from './consoleBrowser'
import { timeOf } from './consoleModel'
import { operationTests } from './consoleOperation'
import { overviewTests } from './consoleOverview'
import { type Sampled, startSampled } from './consoleSample'
import type { Row } from './ledgerApi'

// The console over a month of plausible operations: it shows what the API says.

const O = 'GET /managedTenantOperations?'
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

  overviewTests(() => sampled)

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
