import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleForBrowser, joinStyles } from './browserFiles.mjs'
import { importWithFunctions } from './withFunctions.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

// A later style sheet may override an earlier one.
const STYLES = ['base.css', 'page.css', 'parts.css', 'swagger.css'].map((name) => `reference/styles/${name}`)

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
    'index.html': (await importWithFunctions(functions, 'reference/page')).renderPage(),
    ...(await bundleForBrowser('reference/browser/page.ts')),
    'page.css': await joinStyles(STYLES),
    'icon.svg': await readFile(join(ROOT, 'reference/icon.svg')),
    'swagger-ui-bundle.js': withoutMap(await readFile(join(library, 'swagger-ui-bundle.js'), 'utf8')),
    'swagger-ui.css': withoutMap(styles),
    'LICENSE-swagger-ui.txt': await readFile(join(library, 'LICENSE')),
    ...images,
  }
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
