import type { Page } from 'puppeteer-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { follow, rowsOf, type Tab, textOf, textsOf } from './consoleBrowser'
import { daysTo, Exchange, failedIn, messagesOf, type Result, timeOf } from './consoleModel'
import type { Sampled } from './consoleSample'

const O = 'GET /managedTenantOperations'

/** Tests of one operation and of one customer, for the file that starts the service. */
export const operationTests = (start: () => Sampled): void => {
  let sampled: Sampled
  let tab: Tab
  let page: Page
  beforeAll(() => {
    sampled = start()
    tab = sampled.tab
    page = tab.page
  })

  describe('one operation', () => {
    let id: string
    let own: readonly Result[]
    beforeAll(() => {
      // The newest one is still running.
      id = String(sampled.operations[0]?.id)
      own = sampled.results.filter(({ managedTenantOperationId }) => managedTenantOperationId === id)
    })

    const shown = (rows: readonly Result[]): unknown[][] =>
      rows.map(({ createdDateTime, targetTenantDisplayName: name }) => [timeOf(createdDateTime), name])
    const table = async (): Promise<string[][]> => (await rowsOf(page, 'Results')).map((row) => row.slice(0, 2))

    test('tells what became of it at each customer, and at which it is missing', async () => {
      tab.asked()
      await tab.open(`?view=operation&operation=${id}`)
      expect(tab.asked()).toEqual([`${O}/${id}`, `${O}/${id}/results?$top=50&$count=true`, `${O}/${id}/summary`])
      const summary = await sampled.api.get(`/managedTenantOperations/${id}/summary()`)
      const shares = await textsOf(page, '.share-bar li')
      expect(shares.map((share) => share.replace(/ [\d.]+ %$/, ''))).toEqual([
        `${summary.failedCount} customer failed`,
        `${summary.succeededCount} customers succeeded`,
        `${summary.missingCount} customers without a result`,
      ])
      expect(await table()).toEqual(shown(own))
      await follow(page, 'Failed', 'nav.choice')
      expect(await table()).toEqual(shown(failedIn(own)))
      await follow(page, 'Succeeded', 'nav.choice')
      expect(await table()).toEqual(shown(own.filter(({ isSuccess }) => isSuccess)))
      const filtered = `${O}/${id}/results?$top=50&$count=true&$filter=isSuccess eq `
      expect(tab.asked()).toEqual([`${filtered}false`, `${filtered}true`])
      await follow(page, 'No result', 'nav.choice')
      const missing = (await rowsOf(page, 'Customers without a result')).map(([, customer]) => customer)
      expect(missing).toEqual(summary.missingTenantIds)
      // Their names, which no result of this operation tells.
      expect(tab.asked()).toEqual(['POST /$batch'])
    })

    test('shows the HTTP requests at a customer, one with its response', async () => {
      const customer = failedIn(own)[0]?.targetTenantId
      const filter = `$filter=targetTenantId eq ${customer}`
      const exchanges = await sampled.api.list(
        `/managedTenantOperations/${id}/httpRequests?${filter}&$orderby=createdDateTime`,
      )
      const [first, ...more] = Exchange.array().min(2).parse(exchanges)
      await tab.open(`?view=operation&operation=${id}&outcome=failed`)
      tab.asked()
      await follow(page, 'Show', 'table')
      const query = `?$top=50&$count=true&${filter}`
      // The name of the customer is known by now.
      expect(tab.asked()).toEqual([
        `${O}/${id}/httpRequests${query}&$orderby=createdDateTime`,
        `${O}/${id}/results${query}`,
      ])
      const rows = [first, ...more].flatMap((exchange) => exchange ?? [])
      expect(await rowsOf(page, 'HTTP requests')).toEqual(
        rows.map(({ createdDateTime, attempt, statusCode, request: { method, url } }) => [
          ...[timeOf(createdDateTime), String(attempt), method, url, String(statusCode), 'Show'],
        ]),
      )
      await follow(page, 'Show', 'table')
      expect(await textsOf(page, '.exchange pre')).toEqual(first && messagesOf(first))
      expect(tab.asked()).toEqual([])
    })

    test('says of a failure that was mended that a later result succeeded', async () => {
      const isMended = (failed: Result): boolean =>
        sampled.results.some(
          (other) =>
            other.isSuccess &&
            other.managedTenantOperationId === failed.managedTenantOperationId &&
            other.targetTenantId === failed.targetTenantId &&
            other.createdDateTime > failed.createdDateTime,
        )
      const mended = failedIn(sampled.results).find(isMended)
      await tab.open(`?view=operation&operation=${mended?.managedTenantOperationId}&outcome=failed`)
      const row = (await rowsOf(page, 'Results')).find(([, name]) => name === mended?.targetTenantDisplayName)
      expect(row?.[2]).toMatch(/Failed\s+later succeeded/)
    })
  })

  test('a customer has all that was done there, over time', async () => {
    const [failed] = failedIn(sampled.results)
    const customer = failed?.targetTenantId
    const there = sampled.resultsOf(30).filter(({ targetTenantId }) => targetTenantId === customer)
    tab.asked()
    await tab.open(`?view=customer&customer=${customer}&period=month`)
    await page.waitForFunction(
      `document.querySelector('h1').innerText === ${JSON.stringify(failed?.targetTenantDisplayName)}`,
    )
    const filter = `createdDateTime ge ${daysTo(sampled.now, 30)[0]}T00:00:00Z and targetTenantId eq ${customer}`
    const R = 'GET /managedTenantOperationResults?'
    expect(tab.asked()).toEqual([
      `${R}$apply=filter(${filter})/compute(date(createdDateTime) as day)/groupby((day,isSuccess),aggregate($count as count))`,
      `${R}$top=50&$count=true&$filter=${filter}`,
      expect.stringMatching(/^GET \/managedTenantOperations\?\$filter=id in \(.*\)&\$select=id,name&\$top=100$/),
      'POST /$batch',
    ])
    expect(await textOf(page)).toContain(`${there.length} results`)
    const names = new Map(sampled.operations.map((operation) => [operation.id, operation.name]))
    expect((await rowsOf(page, 'Results')).map((row) => row.slice(0, 3))).toEqual(
      there
        .slice(0, 50)
        .map(({ createdDateTime, managedTenantOperationId, isSuccess }) => [
          timeOf(createdDateTime),
          names.get(managedTenantOperationId),
          isSuccess ? 'Succeeded' : 'Failed',
        ]),
    )
    await follow(page, 'Failed', 'nav.choice')
    expect(await rowsOf(page, 'Results')).toHaveLength(failedIn(there).length)
  })
}
