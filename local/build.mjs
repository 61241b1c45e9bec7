import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import esbuild from 'esbuild'
import { buildConsole } from './buildConsole.mjs'
import { buildPage } from './buildPage.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * Bundles every file of the folder `functions` and writes the whole deployable folder: bundle, source map, host.json, a
 * package.json of its own, the reference page and the console. Throws an Error whose message says what does not compile.
 *
 * @param {{ functions?: string, outdir?: string, meta?: string }} [options]
 */
export const build = async ({ functions = 'functions', outdir = 'dist', meta = '.local/meta.json' } = {}) => {
  const folder = resolve(ROOT, functions)
  const target = resolve(ROOT, outdir)
  const bundled = await bundle(folder, join(target, 'main.js'))
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'))
  const files = {
    ...Object.fromEntries(bundled.outputFiles.map(({ path, contents }) => [basename(path), contents])),
    'host.json': await readFile(join(ROOT, 'host.json')),
    'package.json': `${JSON.stringify(manifest(version), null, 2)}\n`,
  }
  await replace(target, files, ['page', 'console'])
  // The pages are about the functions of this project.
  if (functions === 'functions') {
    await replace(join(target, 'page'), await buildPage(folder))
    await replace(join(target, 'console'), await buildConsole())
  }
  await mkdir(dirname(resolve(ROOT, meta)), { recursive: true })
  await writeFile(resolve(ROOT, meta), JSON.stringify(bundled.metafile))
}

/**
 * @param {string} folder
 * @param {string} outfile
 */
const bundle = async (folder, outfile) => {
  const names = (await readdir(folder)).filter((name) => /(?<!\.d)\.ts$/.test(name)).sort()
  try {
    return await esbuild.build({
      stdin: {
        contents: names.map((name) => `import './${name}'`).join('\n'),
        resolveDir: folder,
        sourcefile: 'main.ts',
      },
      outfile,
      absWorkingDir: ROOT,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      minify: true,
      sourcemap: 'linked',
      sourcesContent: false,
      // The platform provides it.
      external: ['@azure/functions-core'],
      metafile: true,
      write: false,
      logLevel: 'silent',
    })
  } catch (error) {
    throw new Error(describe(error), { cause: error })
  }
}

/** @param {unknown} error */
export const describe = (error) => {
  const { errors } = /** @type {Partial<import('esbuild').BuildFailure>} */ (error)
  if (errors === undefined) return String(error)
  return esbuild.formatMessagesSync(errors, { kind: 'error' }).join('').trim()
}

/** @param {string} version */
const manifest = (version) => ({
  name: 'partner-operations-ledger',
  version,
  private: true,
  type: 'commonjs',
  main: 'main.js',
  engines: { node: '>=20.12' },
})

/**
 * Makes these files the folder's only ones, but for what is to be kept. Whoever reads one meanwhile, or builds at the
 * same time, sees the old file or the new one and nothing between.
 *
 * @param {string} folder
 * @param {Record<string, string | Uint8Array>} files
 * @param {readonly string[]} [kept]
 */
const replace = async (folder, files, kept = []) => {
  await mkdir(folder, { recursive: true })
  await mkdir(join(ROOT, '.local'), { recursive: true })
  const draft = await mkdtemp(join(ROOT, '.local', 'build-'))
  for (const [name, contents] of Object.entries(files)) {
    await writeFile(join(draft, name), contents)
    await rename(join(draft, name), join(folder, name))
  }
  for (const name of await readdir(folder)) {
    if (!(name in files) && !kept.includes(name)) await rm(join(folder, name), { recursive: true, force: true })
  }
  await rm(draft, { recursive: true })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await build()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
