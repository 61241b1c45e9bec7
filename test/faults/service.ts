import { startHost } from '../../local/host'

// The built service alone, in a process of its own. It says where it serves, and when asked how much memory it holds.
const host = await startHost({ folder: process.argv[3] ?? 'dist', log: () => undefined })
process.on('message', () => {
  // Only where node was told to let us.
  globalThis.gc?.()
  process.send?.(process.memoryUsage())
})
process.send?.(host.url)
