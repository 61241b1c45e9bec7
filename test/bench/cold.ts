import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import esbuild from 'esbuild'
import * as z from 'zod'
import { output } from './children'
import { type Spread, spread } from './statistics'

const FOLDER = join('.local', 'bench')
const ROUNDS = 15
const Loaded = z.object({ milliseconds: z.number(), rss: z.number() })

const options = { platform: 'node', target: 'node20', format: 'cjs' } as const

// The floor: the two packages that nobody can do without, bundled and minified as ours is.
const writeFloor = () =>
  esbuild.build({
    ...options,
    stdin: {
      contents:
        "import { CosmosClient } from '@azure/cosmos'\nimport { app } from '@azure/functions'\nglobalThis.kept = [CosmosClient, app]",
      resolveDir: '.',
    },
    bundle: true,
    minify: true,
    external: ['@azure/functions-core'],
    outfile: join(FOLDER, 'floor.js'),
  })

/** Writes the template as it is deployed: compiled file by file, its packages where npm put them. */
export const writeTemplate = async (): Promise<string> => {
  const folder = join(FOLDER, 'template')
  await mkdir(folder, { recursive: true })
  await esbuild.build({
    ...options,
    entryPoints: ['test/bench/templateFunction.ts'],
    bundle: false,
    outfile: join(folder, 'main.js'),
  })
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'commonjs', main: 'main.js' }))
  await writeFile(
    join(folder, 'host.json'),
    JSON.stringify({ version: '2.0', extensions: { http: { routePrefix: '' } } }),
  )
  return folder
}

// With what such an app imports once it checks its input and signs in.
const writeUnbundled = () =>
  writeFile(
    join(FOLDER, 'unbundled.js'),
    "require('@azure/functions'); require('@azure/cosmos'); require('@azure/identity'); require('zod')\n",
  )

/** Load time in milliseconds and resident memory in bytes, of each contestant. */
export type Cold = Readonly<
  Record<'ours' | 'floor' | 'template' | 'unbundled', { readonly milliseconds: Spread; readonly rss: Spread }>
>

/** Loads each contestant in a new process, in turn, several times. */
export const measureCold = async (): Promise<Cold> => {
  const folder = await writeTemplate()
  await Promise.all([writeFloor(), writeUnbundled()])
  const files = {
    ours: 'dist/main.js',
    floor: join(FOLDER, 'floor.js'),
    template: join(folder, 'main.js'),
    unbundled: join(FOLDER, 'unbundled.js'),
  }
  const runs = { ours: [], floor: [], template: [], unbundled: [] } as Record<
    keyof typeof files,
    z.infer<typeof Loaded>[]
  >
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of ['ours', 'floor', 'template', 'unbundled'] as const) {
      const text = await output(['test/bench/coldLoad.cjs', files[name]], {
        COSMOS_ENDPOINT: 'http://127.0.0.1:1',
        COSMOS_KEY: 'bm9uZQ==',
      })
      if (round > 0) runs[name].push(Loaded.parse(JSON.parse(text)))
    }
  }
  const sum = (name: keyof typeof files) => ({
    milliseconds: spread(runs[name].map(({ milliseconds }) => milliseconds)),
    rss: spread(runs[name].map(({ rss }) => rss)),
  })
  return { ours: sum('ours'), floor: sum('floor'), template: sum('template'), unbundled: sum('unbundled') }
}
