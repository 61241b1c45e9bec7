import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import esbuild from 'esbuild'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * Lets a build load the functions to learn which endpoints there are, with a platform that ignores registrations.
 *
 * @type {import('esbuild').Plugin}
 */
const withoutPlatform = {
  name: 'without platform',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^@azure\/functions$/ }, () => ({ path: 'platform', namespace: 'none' }))
    onLoad({ filter: /.*/, namespace: 'none' }, () => ({
      contents:
        'const nothing = () => undefined; export const app = { http: nothing, hook: { appStart: nothing, appTerminate: nothing, postInvocation: nothing } }',
    }))
  },
}

/**
 * Imports a module that reads which endpoints there are, after the functions of a folder have registered theirs.
 *
 * @param {string} functions the folder
 * @param {string} module below the root
 * @returns {Promise<any>} the module
 */
export const importWithFunctions = async (functions, module) => {
  const names = (await readdir(functions)).filter((name) => /(?<!\.d)\.ts$/.test(name)).sort()
  const { outputFiles } = await esbuild.build({
    stdin: {
      contents: [
        ...names.map((name) => `import ${JSON.stringify(join(functions, name))}`),
        `export * from ${JSON.stringify(join(ROOT, module))}`,
      ].join('\n'),
      resolveDir: ROOT,
      sourcefile: 'module.ts',
    },
    absWorkingDir: ROOT,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    banner: { js: "const __dirname = ''" },
    plugins: [withoutPlatform],
    write: false,
    logLevel: 'silent',
  })
  // Below the root, where the packages are found.
  await mkdir(join(ROOT, '.local'), { recursive: true })
  const file = join(ROOT, '.local', `functions-${randomUUID()}.mjs`)
  await writeFile(file, outputFiles[0]?.contents ?? '')
  try {
    return await import(pathToFileURL(file).href)
  } finally {
    await rm(file)
  }
}
