import { pageTexts } from './pageTexts'
import { serve } from './serve'
import { untilStopped } from './untilStopped'
import { watchFile, watchFolders } from './watchFolders'

// npm run dev: like npm start, but reloads the app when its source changes. Database and issuer keep running, so
// records stay and tokens remain valid.

const SETTLE_MS = 100

const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

const stopped = untilStopped()
const { url, restart, close } = await serve({ texts: pageTexts() })

const renew = async (): Promise<void> => {
  const started = performance.now()
  try {
    await restart()
    say(`restarted in ${Math.round(performance.now() - started)} ms`)
  } catch (error) {
    // The next change may fix it.
    say(error instanceof Error ? error.message : String(error))
  }
}

let work = Promise.resolve()
let timer: NodeJS.Timeout | undefined
const changed = (): void => {
  clearTimeout(timer)
  timer = setTimeout(() => {
    work = work.then(renew)
  }, SETTLE_MS)
}

const watchers = [
  watchFolders(['functions', 'shared', 'reference', 'console', 'docs'], changed),
  watchFile('.', 'host.json', changed),
]
process.stdout.write(`ready ${url}\n`)
await stopped
for (const watcher of watchers) watcher.close()
clearTimeout(timer)
await work
await close()
process.exit(0)
