import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import esbuild from 'esbuild'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * The script of a page, by file name, with a file of its own for each part that is loaded later. Throws what esbuild
 * throws where it does not compile.
 *
 * @param {string} entry below the root
 * @returns {Promise<Record<string, Uint8Array>>}
 */
export const bundleForBrowser = async (entry) => {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(ROOT, entry)],
    outdir: join(ROOT, 'dist'),
    chunkNames: '[name]-[hash]',
    absWorkingDir: ROOT,
    bundle: true,
    splitting: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    write: false,
    logLevel: 'silent',
  })
  return Object.fromEntries(outputFiles.map(({ path, contents }) => [basename(path), contents]))
}

/**
 * Style sheets as one; a later one may override an earlier one.
 *
 * @param {readonly string[]} files below the root
 */
export const joinStyles = async (files) =>
  (await Promise.all(files.map((file) => readFile(join(ROOT, file), 'utf8')))).join('')
