import type { Browser, HTTPRequest, HTTPResponse, Page } from 'puppeteer-core'
import { openEmpty, type Watched } from './chromium'

/** A tab with the console. */
export interface Tab extends Watched {
  /** Requests to the API, in the order of the alphabet, as people read them; empties the list. */
  readonly asked: () => readonly string[]
  /** Answers of the API. */
  readonly answers: HTTPResponse[]
  /** Opens an address of the console, from `?` on, and waits until it shows everything. */
  readonly open: (search?: string) => Promise<void>
}

/** Opens a tab that has seen nothing yet. `now`: at which the clock of its pages stands. */
export const newTab = async (browser: Browser, origin: string, now?: Date): Promise<Tab> => {
  const watched = await openEmpty(browser)
  const { page } = watched
  // So that no day begins while a test runs.
  if (now !== undefined) await page.evaluateOnNewDocument(`Date.now = () => ${now.getTime()}`)
  const asked: string[] = []
  const answers: HTTPResponse[] = []
  const isApi = (url: string): boolean => url.startsWith(`${origin}/beta/`)
  page.on('request', (request) => {
    const url = request.url()
    if (isApi(url)) asked.push(`${request.method()} ${toReadable(url.slice(`${origin}/beta`.length))}`)
  })
  page.on('response', (response) => {
    if (isApi(response.url())) answers.push(response)
  })
  return {
    ...watched,
    asked: () => asked.splice(0).sort(),
    answers,
    open: async (search = '') => {
      await page.goto(`${origin}/console${search}`)
      await settled(page)
    },
  }
}

const toReadable = (url: string): string => decodeURIComponent(url.replaceAll('+', ' '))

// A tab behind another one draws no frames, by which the browser would look otherwise.
const POLLING = { polling: 50 }

/** Waits until a view shows all that it asked for. */
export const settled = async (page: Page): Promise<void> => {
  await page.waitForFunction(
    "document.querySelector('h1') !== null && document.querySelector('.loading') === null",
    POLLING,
  )
}

/** Waits until the page says this. */
export const says = async (page: Page, text: string): Promise<void> => {
  await page.waitForFunction(`document.body.innerText.includes(${JSON.stringify(text)})`, POLLING)
}

/** What a view says. */
export const textOf = (page: Page): Promise<string> => page.$eval('main', (main) => main.innerText)

/** The texts of elements. */
export const textsOf = (page: Page, selector: string): Promise<string[]> =>
  page.$$eval(selector, (found) => found.map((element) => element.textContent ?? ''))

/** The texts of a table's cells, row by row, without what stands below a row. */
export const rowsOf = (page: Page, caption: string): Promise<string[][]> =>
  page.$$eval(
    'table',
    (tables, wanted) =>
      tables
        .filter((table) => table.caption?.textContent === wanted)
        .flatMap((table) => [...(table.tBodies[0]?.rows ?? [])])
        .filter((row) => !row.classList.contains('detail'))
        .map((row) => [...row.cells].map((cell) => cell.innerText)),
    caption,
  )

/** Clicks what has this text, and waits until the view that it leads to shows everything. */
export const follow = async (page: Page, text: string, within = 'main'): Promise<void> => {
  const before = page.url()
  await page.locator(`${within} ::-p-text(${text})`).click()
  await page.waitForFunction(`location.href !== ${JSON.stringify(before)}`, POLLING)
  await settled(page)
}

/** Records in `said` what the button of an exchange says, which it takes back after a while. */
export const recordButton = (page: Page): Promise<unknown> =>
  page.evaluate(`said = []; new MutationObserver(() => said.push(document.querySelector('.exchange button').innerText))
    .observe(document.querySelector('.exchange button'), { childList: true, characterData: true, subtree: true })`)

/** Leaves the second page of an export without an answer, until what it returns is called. */
export const holdSecond = async (page: Page): Promise<() => Promise<void>> => {
  await page.setRequestInterception(true)
  const hold = (request: HTTPRequest): void => {
    const isSecond = /top=999/.test(request.url()) && /skiptoken/.test(request.url())
    if (!isSecond) void request.continue()
  }
  page.on('request', hold)
  return async () => {
    page.off('request', hold)
    await page.setRequestInterception(false)
  }
}
