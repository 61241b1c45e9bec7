import { randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import esbuild from 'esbuild'

// Runs a TypeScript file on a Node without TypeScript support: `node local/run.mjs NAME …` bundles `local/NAME.ts` and
// imports it. The file finds its arguments from process.argv[3] on. What it throws ends the process.

const root = fileURLToPath(new URL('..', import.meta.url))
const name = process.argv[2] ?? ''
process.chdir(root)

const bundle = async () => {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join('local', `${name}.ts`)],
    outfile: join('.local', `${name.replace(/[^a-zA-Z0-9]+/g, '-')}.mjs`),
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    // What is deployed is CommonJS, and finds the files beside it by this.
    banner: { js: 'const __dirname = import.meta.dirname;' },
    sourcemap: 'inline',
    write: false,
  })
  const [output] = outputFiles
  await mkdir('.local', { recursive: true })
  // The same script may be started twice at the same time.
  const draft = `${output.path}.${randomUUID()}.tmp`
  await writeFile(draft, output.contents)
  await rename(draft, output.path)
  return output.path
}

try {
  const path = await bundle()
  process.setSourceMapsEnabled(true)
  await import(pathToFileURL(path).href)
} catch (error) {
  // A plain Error was thrown on purpose; anything else is a defect and needs its stack.
  console.error(error.constructor === Error ? error.message : error)
  process.exit(1)
}
