import type { Page } from 'puppeteer-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { follow, rowsOf, settled, type Tab, textOf, textsOf } from './consoleBrowser'
import { count, customersOf, dayOf, daysTo, failedIn, percent, timeOf } from './consoleModel'
import type { Sampled } from './consoleSample'

const O = 'GET /managedTenantOperations?'
const R = 'GET /managedTenantOperationResults?'
const COUNTED = 'aggregate($count as count))'

/** Tests of the overview and of what it shows the top of, for the file that starts the service. */
export const overviewTests = (start: () => Sampled): void => {
  let sampled: Sampled
  let tab: Tab
  let page: Page
  beforeAll(() => {
    sampled = start()
    tab = sampled.tab
    page = tab.page
  })

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
        /^Wingtip Toys\d+ of \d+ results failed\d+ of \d+: 403 Forbidden .*GDAP relationship .* expired/,
      )
    })

    test('asks seven times, and the store fifteen times', async () => {
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
      expect(await sampled.storeRequests()).toBe(15)
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
}
