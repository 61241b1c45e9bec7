import puppeteer from 'puppeteer-core'
import { chromium, chromiumArguments } from './chromium'
import { findStart } from './sample/findStart'

// npm run picture: the console of a running `npm start` as the README shows it, with what `npm run sample` put there.

const FILE = 'docs/console.webp'

const { url } = await findStart(process.env.PORT)
if (chromium === undefined) throw new Error('There is no Chromium in PATH. On Debian: apt-get install chromium.')
const browser = await puppeteer.launch({ executablePath: chromium, args: chromiumArguments })
const page = await browser.newPage()
await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }])
await page.setViewport({ width: 1180, height: 860 })
await page.goto(`${url}/console`, { waitUntil: 'networkidle0' })
await page.screenshot({ path: FILE, type: 'webp', quality: 70 })
await browser.close()
console.log(`Wrote ${FILE}.`)
