import { startHost } from '../../local/host'

// A deployable folder on the local host; its log goes nowhere, as a terminal would be what is measured.
const host = await startHost({ folder: process.argv[3] ?? 'dist', log: () => undefined })
console.log(JSON.stringify({ url: host.url }))
