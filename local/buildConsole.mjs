import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleForBrowser, joinStyles } from './browserFiles.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

// A later one may override an earlier one.
const STYLES = [
  'reference/styles/base.css',
  'console/styles/frame.css',
  'console/styles/data.css',
  'console/styles/table.css',
]

// The libraries that the script contains.
const LIBRARIES = ['preact', 'openapi-fetch', '@azure/msal-browser']

/**
 * The files of the console, by name.
 *
 * @returns {Promise<Record<string, string | Uint8Array>>}
 */
export const buildConsole = async () => ({
  'index.html': await readFile(join(ROOT, 'console/page.html')),
  'console.css': await joinStyles(STYLES),
  ...(await bundleForBrowser('console/console.tsx')),
  'LICENSES.txt': (await Promise.all(LIBRARIES.map(license))).join('\n'),
})

/** @param {string} library */
const license = async (library) => {
  const folder = dirname(createRequire(import.meta.url).resolve(`${library}/package.json`))
  return `${library}\n\n${await readFile(join(folder, 'LICENSE'), 'utf8')}`
}
