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

/** Opens a page in a browser without a window. */
export const open = async (url: string): Promise<Watched> => {
  const browser = await puppeteer.launch({ executablePath: chromium ?? '', args: chromiumArguments })
  const page = await browser.newPage()
  const complaints: string[] = []
  const origins = new Set<string>()
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('requestfailed', (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`))
  page.on('request', (request) => origins.add(new URL(request.url()).origin))
  await page.setViewport({ width: 1280, height: 900 })
  await page.goto(url)
  return { browser, page, complaints, origins }
}
