import { expect, test } from 'vitest'
import { follow, holdSecond, rowsOf, says, type Tab, textOf } from './consoleBrowser'
import type { Downloads } from './consoleFiles'
import { customerAt, exchangeOf, operationOf, resultOf } from './consoleRecords'
import type { LedgerApi } from './ledgerApi'

const RESULTS = '/managedTenantOperationResults'

interface Started {
  readonly api: LedgerApi
  readonly downloads: Downloads
  readonly tab: Tab
}

/** Tests of tables that are longer than a page, for the file that starts the service. */
export const pagingTests = (start: () => Started): void => {
  test('shows 50 of 2,500 results, and takes all of them along, unless that is stopped', async () => {
    const { api, downloads, tab } = start()
    const { page } = tab
    const [id = ''] = await api.store('/managedTenantOperations', [operationOf('Large', 0)])
    await api.store(
      RESULTS,
      Array.from({ length: 2500 }, (_, index) => resultOf(id, index, `Customer ${index}`)),
    )
    await tab.open(`?view=operation&operation=${id}`)
    expect(await textOf(page)).toContain('2,500 results, 50 a page')
    expect(await rowsOf(page, 'Results')).toHaveLength(50)
    const begun = downloads.begun()
    tab.asked()
    const held = await holdSecond(page)
    await page.locator('main ::-p-text(Save as CSV)').click()
    await says(page, '999 of 2,500')
    await page.locator('main ::-p-text(Stop)').click()
    await says(page, 'Stopped; nothing was saved.')
    await held()
    // They are counted first, and only once.
    expect([tab.asked().length, downloads.begun()]).toEqual([3, begun])
    const { text } = await downloads.next(() => page.locator('main ::-p-text(Save as NDJSON)').click())
    const ids = text
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line).id)
    expect([ids.length, new Set(ids).size, tab.asked().length]).toEqual([2500, 2500, 4])
    await says(page, 'Saved 2,500 rows.')
  })

  test('pages the results and the HTTP requests at a customer each for itself', async () => {
    const { api, tab } = start()
    const { page } = tab
    const [id = ''] = await api.store('/managedTenantOperations', [operationOf('Again and again', 1)])
    const times = <T>(make: (index: number) => T): T[] => Array.from({ length: 60 }, (_, index) => make(index))
    await api.store(
      '/managedTenantOperationResults',
      times((index) => resultOf(id, 0, 'Contoso', { executionInfo: `Run ${index}` })),
    )
    await api.store(
      '/managedTenantOperationHttpRequests',
      times((index) => exchangeOf(id, 0, String(index))),
    )
    await tab.open(`?view=operation&operation=${id}&customer=${customerAt(0)}`)
    const lengths = async (): Promise<number[]> => [
      (await rowsOf(page, 'Results')).length,
      (await rowsOf(page, 'HTTP requests')).length,
    ]
    expect(await lengths()).toEqual([50, 50])
    await follow(page, 'Next page', 'nav[aria-label="Pages of: Results"]')
    expect(await lengths()).toEqual([10, 50])
    await follow(page, 'Next page', 'nav[aria-label="Pages of: HTTP requests"]')
    expect(await lengths()).toEqual([10, 10])
    await follow(page, 'First page', 'nav[aria-label="Pages of: Results"]')
    expect(await lengths()).toEqual([50, 10])
  })
}
