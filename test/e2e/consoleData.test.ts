import { spawnSync } from 'node:child_process'
import type { Browser, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PATIENT } from '../harness'
import { chromium, launch } from './chromium'
import { type Command, command } from './command'
import { problemsOf } from './consoleAxe'
import { follow, newTab, recordButton, type Tab, textOf, textsOf } from './consoleBrowser'
import { type Downloads, parseCsv, watchDownloads } from './consoleFiles'
import { timeOf } from './consoleModel'
import { pagingTests } from './consolePaging'
import { customerAt, exchangeOf, HOSTILE, operationOf, resultOf } from './consoleRecords'
import { type LedgerApi, ledgerApi } from './ledgerApi'

// The console over records whose texts break pages, and over more of them than a page holds.

const RESULTS = '/managedTenantOperationResults'

describe.runIf(chromium !== undefined)('the console', () => {
  let app: Command
  let url: string
  let api: LedgerApi
  let browser: Browser
  let tab: Tab
  let page: Page
  let downloads: Downloads
  let hostile: readonly string[]
  const dialogs: string[] = []
  beforeAll(async () => {
    app = command('start', { PORT: '0', LOG_LEVEL: 'warning', ...PATIENT })
    await app.says('\ncurl ')
    url = /^ready (\S+)/.exec(app.out())?.[1] ?? ''
    api = ledgerApi(url)
    // Each operation has a customer more than there are results.
    hostile = await api.store(
      '/managedTenantOperations',
      HOSTILE.map((name) => operationOf(name, HOSTILE.length + 1)),
    )
    const results = hostile.flatMap((id, number) =>
      HOSTILE.map((name, index) => {
        const text = HOSTILE[number] ?? ''
        const more = { exception: text, executionInfo: text, result: [text, text] }
        return resultOf(id, index, name, { isSuccess: index === 3, ...more })
      }),
    )
    await api.store(RESULTS, results)
    const exchanges = hostile.map((id, index) => exchangeOf(id, index, HOSTILE[index] ?? ''))
    await api.store('/managedTenantOperationHttpRequests', exchanges)
    browser = await launch()
    await browser
      .defaultBrowserContext()
      .overridePermissions(url, ['clipboard-read', 'clipboard-write', 'clipboard-sanitized-write'])
    downloads = await watchDownloads(browser)
    tab = await newTab(browser, url)
    page = tab.page
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
  })
  afterAll(async () => {
    await browser?.close()
    await downloads?.close()
    app?.child.kill('SIGTERM')
    await app?.ended
  })

  const views = (index: number): Readonly<Record<string, string>> => {
    const operation = `?view=operation&operation=${hostile[index]}`
    return {
      overview: '?period=day',
      operations: '?view=operations',
      operation,
      failed: `${operation}&outcome=failed`,
      missing: `${operation}&outcome=missing`,
      'requests at a customer': `${operation}&customer=${customerAt(index)}`,
      customer: `?view=customer&customer=${customerAt(index)}`,
    }
  }
  const isInside = 'main img, main script, main iframe, main a[href^="javascript"]'

  test.each(['overview', 'operations', 'operation', 'failed', 'missing', 'requests at a customer', 'customer'])(
    'shows texts as texts to everybody: %s',
    async (view) => {
      await tab.open(views(0)[view])
      if (view === 'requests at a customer') await follow(page, 'Show', 'table')
      expect(await textOf(page)).toContain(view === 'missing' ? customerAt(HOSTILE.length) : HOSTILE[0])
      expect(await page.$$(isInside)).toEqual([])
      expect(await problemsOf(page)).toEqual([])
    },
  )

  test.each(HOSTILE.map((text, index) => ({ index, text })))(
    'shows and copies hostile text $index on a phone',
    async ({ index, text }) => {
      await page.setViewport({ width: 390, height: 844 })
      await tab.open(views(index)['requests at a customer'])
      await follow(page, 'Show', 'table')
      const parts = [
        ['h1', 1],
        ['.lead', 1],
        ['h2 bdi', 1],
        ['.exception', 1],
        ['td p + p', 3],
      ] as const
      for (const [selector, times] of parts)
        expect([selector, ...(await textsOf(page, selector))]).toEqual([selector, ...Array(times).fill(text)])
      const [request = '', response = ''] = await textsOf(page, '.exchange pre')
      expect(request).toBe(
        `POST https://graph.microsoft.com/v1.0/${text}\nX-Text: ${text}\nX-None: \n\n${JSON.stringify({ text }, null, 2)}`,
      )
      expect(response).toBe(`HTTP 400\n${text}: ${text}\n\nnot JSON: ${text}`)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
      expect(await page.$$(isInside)).toEqual([])
      // As a command that a shell reads as it was.
      await recordButton(page)
      await page.locator('.exchange ::-p-text(Copy as curl)').click()
      await page.waitForFunction('said.length > 0')
      expect(await page.evaluate('said[0]')).toBe('Copied')
      const copied = String(await page.evaluate('navigator.clipboard.readText()'))
      const { stdout } = spawnSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${copied}`], { encoding: 'utf8' })
      expect(stdout.split('\0').slice(0, -1)).toEqual([
        ...[
          '--globoff',
          '-X',
          'POST',
          '--url',
          `https://graph.microsoft.com/v1.0/${text}`,
          '-H',
          `X-Text: ${text}`,
          '-H',
          'X-None;',
        ],
        ...['--data-raw', JSON.stringify({ text })],
      ])
    },
  )

  test('saves what a table shows as CSV that no spreadsheet runs, and what the API answered as NDJSON', async () => {
    await tab.open(views(4).operation)
    const rows = await api.list(`/managedTenantOperations/${hostile[4]}/results`)
    const csv = await downloads.next(() => page.locator('main ::-p-text(Save as CSV)').click())
    const cell = (text: string): string => (/^[=+\-@]/.test(text) ? `'${text}` : text)
    const [head, ...lines] = parseCsv(csv.text)
    expect([csv.name, head]).toEqual([
      `results-${hostile[4]}.csv`,
      ['\ufeffTime (UTC)', 'Customer', 'Customer id', 'Outcome', 'What happened'],
    ])
    expect(lines).toEqual(
      rows.map((row) => [
        timeOf(String(row.createdDateTime)),
        cell(String(row.targetTenantDisplayName)),
        row.targetTenantId,
        row.isSuccess === true ? 'Succeeded' : 'Failed',
        cell(Array(4).fill(HOSTILE[4]).join('\n')),
      ]),
    )
    expect(lines.flat().filter((text) => text.startsWith("'="))).toHaveLength(HOSTILE.length + 1)
    const ndjson = await downloads.next(() => page.locator('main ::-p-text(Save as NDJSON)').click())
    expect(ndjson.name).toBe(`results-${hostile[4]}.ndjson`)
    expect(
      ndjson.text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(rows)
  })

  pagingTests(() => ({ api, downloads, tab }))

  test('nothing in the texts ran', () => {
    expect([dialogs, [...tab.origins]]).toEqual([[], [url]])
    expect(tab.complaints.filter((complaint) => !complaint.includes('net::ERR_ABORTED'))).toEqual([])
  })
})
