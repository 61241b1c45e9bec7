import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'puppeteer-core'

/** A file that the browser saved. */
export interface Saved {
  readonly name: string
  readonly text: string
}

/** What a browser saves. */
export interface Downloads {
  /** The file that this makes it save. */
  readonly next: (click: () => Promise<unknown>) => Promise<Saved>
  /** How many it has begun to save. */
  readonly begun: () => number
  readonly close: () => Promise<void>
}

/** Has a browser save files without asking. */
export const watchDownloads = async (browser: Browser): Promise<Downloads> => {
  const folder = await mkdtemp(join(tmpdir(), 'console-'))
  const session = await browser.target().createCDPSession()
  const names: string[] = []
  session.on('Browser.downloadWillBegin', ({ suggestedFilename }) => names.push(suggestedFilename))
  await session.send('Browser.setDownloadBehavior', {
    behavior: 'allowAndName',
    downloadPath: folder,
    eventsEnabled: true,
  })
  return {
    next: async (click) => {
      const completed = new Promise<string>((resolve) => {
        const look = ({ state, guid }: { state: string; guid: string }): void => {
          if (state !== 'completed') return
          session.off('Browser.downloadProgress', look)
          resolve(guid)
        }
        session.on('Browser.downloadProgress', look)
      })
      await click()
      const text = await readFile(join(folder, await completed), 'utf8')
      return { name: names.at(-1) ?? '', text }
    },
    begun: () => names.length,
    close: () => rm(folder, { recursive: true, force: true }),
  }
}

/** The cells of a CSV file, row by row (RFC 4180); throws where it is none. */
export const parseCsv = (text: string): readonly (readonly string[])[] => {
  const rows: string[][] = [[]]
  // A cell, and what ends it.
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy
  for (const [, quoted, plain, end] of text.matchAll(cells)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end !== ',') rows.push([])
  }
  const written = rows.flat().length
  if (rows.pop()?.length !== 0 || written === 0) throw new Error('the last line of the CSV does not end')
  return rows
}
