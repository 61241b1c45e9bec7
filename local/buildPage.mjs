import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import esbuild from 'esbuild'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

// A later style sheet may override an earlier one.
const STYLES = ['page.css', 'parts.css', 'swagger.css']

/**
 * The files of the reference page, by name: what `reference/` makes of the functions of a folder, its script and
 * styles, and the library that renders OpenAPI.
 *
 * @param {string} functions
 * @returns {Promise<Record<string, string | Uint8Array>>}
 */
export const buildPage = async (functions) => {
  const library = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  const { styles, images } = withImages(await readFile(join(library, 'swagger-ui.css'), 'utf8'))
  return {
    'index.html': await render(functions),
    'page.js': await script(),
    'page.css': (await Promise.all(STYLES.map((name) => readFile(join(ROOT, 'reference/styles', name), 'utf8')))).join(
      '',
    ),
    'icon.svg': await readFile(join(ROOT, 'reference/icon.svg')),
    'swagger-ui-bundle.js': withoutMap(await readFile(join(library, 'swagger-ui-bundle.js'), 'utf8')),
    'swagger-ui.css': withoutMap(styles),
    'LICENSE-swagger-ui.txt': await readFile(join(library, 'LICENSE')),
    ...images,
  }
}

/**
 * Lets the page load the functions to learn which endpoints there are, with a platform that ignores registrations.
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

/** @param {string} functions */
const render = async (functions) => {
  const names = (await readdir(functions)).filter((name) => /(?<!\.d)\.ts$/.test(name)).sort()
  const { outputFiles } = await esbuild.build({
    stdin: {
      contents: [
        ...names.map((name) => `import ${JSON.stringify(join(functions, name))}`),
        `export { renderPage } from ${JSON.stringify(join(ROOT, 'reference/page'))}`,
      ].join('\n'),
      resolveDir: ROOT,
      sourcefile: 'page.ts',
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
  const file = join(ROOT, '.local', `page-${randomUUID()}.mjs`)
  await writeFile(file, outputFiles[0]?.contents ?? '')
  try {
    const { renderPage } = await import(pathToFileURL(file).href)
    return /** @type {string} */ (renderPage())
  } finally {
    await rm(file)
  }
}

const script = async () => {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(ROOT, 'reference/browser/page.ts')],
    absWorkingDir: ROOT,
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    write: false,
    logLevel: 'silent',
  })
  return outputFiles[0]?.contents ?? ''
}

// The page's content security policy allows only its own files, so inline images in the styles become files.
/** @param {string} css */
const withImages = (css) => {
  /** @type {Record<string, string>} */
  const images = {}
  const styles = css.replace(
    /url\("data:image\/svg\+xml;charset=utf-8,(.*?[^\\])"\)/g,
    (_, /** @type {string} */ text) => {
      const name = `image-${Object.keys(images).length}.svg`
      images[name] = decodeURIComponent(text.replaceAll('\\"', '"'))
      return `url(/assets/${name})`
    },
  )
  return { styles, images }
}

// Source maps are not part of the package.
/** @param {string} text */
const withoutMap = (text) => text.replace(/\n?\/[/*]# sourceMappingURL=.*$/m, '')
