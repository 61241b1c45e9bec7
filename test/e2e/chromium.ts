import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { chromium, chromiumArguments } from '../../local/chromium'

export { chromium }

if (chromium === undefined) {
  console.warn('There is no Chromium in PATH: the pages are not looked at. On Debian: apt-get install chromium.')
}

/** A page that is being looked at, and all that it did. */
export interface Watched {
  readonly browser: Browser
  readonly page: Page
  /** Errors and warnings of its console, what it threw, and requests that failed. */
  readonly complaints: string[]
  /** Origins that it asked. */
  readonly origins: Set<string>
}

/** Starts a browser without a window. */
export const launch = (): Promise<Browser> =>
  puppeteer.launch({ executablePath: chromium ?? '', args: chromiumArguments })

// Only ends what hangs, before the test itself is ended.
const PATIENCE_MS = 240_000

/** Opens an empty page, and watches it. */
export const openEmpty = async (browser: Browser): Promise<Watched> => {
  const page = await browser.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  const complaints: string[] = []
  const origins = new Set<string>()
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('requestfailed', (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`))
  page.on('request', (request) => origins.add(new URL(request.url()).origin))
  await page.setViewport({ width: 1280, height: 900 })
  return { browser, page, complaints, origins }
}

/** Opens a page in a browser without a window. */
export const open = async (url: string): Promise<Watched> => {
  const watched = await openEmpty(await launch())
  await watched.page.goto(url)
  return watched
}
