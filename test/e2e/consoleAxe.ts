import { readFileSync } from 'node:fs'
import type { Page } from 'puppeteer-core'

const source = readFileSync('node_modules/axe-core/axe.min.js', 'utf8')

// What is found, each with the places.
const run = (options: object): string =>
  `axe.run(document, ${JSON.stringify({ resultTypes: ['violations'], ...options })}).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ': ' + target.join(' '))))`

// Dark differs by its colours alone.
const SCHEMES = { light: run({}), dark: run({ runOnly: ['color-contrast'] }) } as const

// What depends on the size is settled then.
const FRAMES = 'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))'

const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const

/** What is wrong with a view for somebody, on a desk and on a phone, light and dark, by axe-core and by its width. */
export const problemsOf = async (page: Page): Promise<readonly string[]> => {
  const problems: string[] = []
  await page.evaluate(source)
  for (const [name, size] of Object.entries(SIZES)) {
    await page.setViewport(size)
    await page.evaluate(FRAMES)
    const width = await page.evaluate('document.documentElement.scrollWidth')
    if (width !== size.width) problems.push(`${name}: ${width} wide`)
    for (const [value, script] of Object.entries(SCHEMES)) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }])
      const found: unknown = await page.evaluate(script)
      if (!Array.isArray(found)) throw new Error('axe-core answered nothing')
      problems.push(...found.map((problem) => `${name}, ${value}: ${problem}`))
    }
  }
  return problems
}
