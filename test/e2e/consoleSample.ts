import type { Browser } from 'puppeteer-core'
import { expect } from 'vitest'
import { PATIENT } from '../harness'
import { launch } from './chromium'
import { command } from './command'
import { newTab, type Tab } from './consoleBrowser'
import { dayOf, daysTo, type Result, Results } from './consoleModel'
import { type LedgerApi, ledgerApi, type Row } from './ledgerApi'

/** A running service with a month of plausible operations, and the console in a browser. */
export interface Sampled {
  readonly url: string
  readonly api: LedgerApi
  /** What there is, as the API lists it: the newest first. */
  readonly results: readonly Result[]
  readonly operations: readonly Row[]
  readonly browser: Browser
  readonly tab: Tab
  /** At which the clock of the browser stands. */
  readonly now: Date
  /** The results of the UTC days that end with today's. */
  readonly resultsOf: (days: number) => readonly Result[]
  /** What the log says that the requests of the tab asked of the store. */
  readonly storeRequests: () => Promise<number>
  readonly close: () => Promise<void>
}

/** Starts all of it. */
export const startSampled = async (): Promise<Sampled> => {
  const app = command('start', { PORT: '0', ...PATIENT })
  await app.says('\ncurl ')
  const url = /^ready (\S+)/.exec(app.out())?.[1] ?? ''
  await command('sample', { PORT: new URL(url).port }).ended
  const now = new Date()
  const api = ledgerApi(url)
  const results = Results.parse(await api.list('/managedTenantOperationResults?$top=999'))
  const operations = await api.list('/managedTenantOperations?$top=999')
  const browser = await launch()
  const tab = await newTab(browser, url, now)
  const logged = (): Row[] =>
    app
      .err()
      .split('\n')
      .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []))

  const storeRequests = async (): Promise<number> => {
    const ids = new Set<unknown>(tab.answers.map((answer) => answer.headers()['request-id']))
    await expect.poll(() => logged().filter(({ requestId }) => ids.has(requestId))).toHaveLength(ids.size)
    return logged()
      .filter(({ requestId, batchRequestId }) => ids.has(requestId) || ids.has(batchRequestId))
      .reduce((sum, line) => sum + Number(line.storeRequests ?? 0), 0)
  }

  return {
    ...{ url, api, results, operations, browser, tab, now, storeRequests },
    resultsOf: (days) =>
      results.filter(({ createdDateTime }) => dayOf(createdDateTime) >= (daysTo(now, days)[0] ?? '')),
    close: async () => {
      await browser.close()
      app.child.kill('SIGTERM')
      await app.ended
    },
  }
}
