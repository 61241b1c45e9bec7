import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'chrome.exe']

/** The browser of this machine, where it has one. */
export const chromium = (process.env.PATH ?? '')
  .split(delimiter)
  .flatMap((folder) => NAMES.map((name) => join(folder, name)))
  .find((file) => existsSync(file))

/** How it is started: Debian's will not run as root inside a sandbox of its own. */
export const chromiumArguments: string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : []
