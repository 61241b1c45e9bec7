import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { JsonObject } from '../basics/isObject'
import { negotiate } from '../headers/negotiate'
import type { Services } from '../services'
import type { Endpoint } from './endpoint'
import { answerText, keepText, type Text, toText } from './texts'
import { unknownVersion, VERSIONS } from './versions'

const METHODS = ['GET', 'HEAD'] as const
const HTML = 'text/html'
const JSON_TYPE = 'application/json'

const TYPES: Readonly<Record<string, string>> = {
  '.html': `${HTML};charset=utf-8`,
  '.css': 'text/css;charset=utf-8',
  '.js': 'text/javascript;charset=utf-8',
  '.svg': 'image/svg+xml',
}

// Content security policy: everything comes from this origin, including what scripts add to the page.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/**
 * The start page: the reference for a browser, otherwise the URLs of the API's descriptions. The platform has no route
 * for `/`, so the request comes through the catch-all, and the router looks for this name.
 */
export const index: Endpoint = {
  methods: METHODS,
  route: 'index.html',
  alwaysAdmitted: true,
  work: async (request, services) => {
    const origin = services.config.publicBaseUrl ?? new URL(request.url).origin
    const type = negotiate(request.headers.get('accept'), undefined, [JSON_TYPE, HTML])
    if (type === JSON_TYPE) {
      const text = await keepText(services, `addresses ${origin}`, () =>
        toText(`${JSON_TYPE};charset=utf-8`, JSON.stringify(addresses(origin))),
      )
      return answerText(request, text, ['Accept'])
    }
    const text = await keepText(services, `page ${origin}`, () => page(services, origin))
    const answer = answerText(request, text, ['Accept'])
    return {
      ...answer,
      headers: { ...answer.headers, 'Content-Security-Policy': POLICY, 'Referrer-Policy': 'no-referrer' },
    }
  },
}

/** The other files of the page. */
export const asset: Endpoint = {
  methods: METHODS,
  route: 'assets/{file}',
  alwaysAdmitted: true,
  work: async (request, services) => {
    const { file = '' } = request.params
    const names = await keepNames(services)
    // Only listed files are read, so that no path leads out of the folder.
    if (!names.has(file) || file === PAGE) throw unknownVersion()
    return answerText(request, await keepText(services, `asset ${file}`, () => read(services, file)))
  },
}

function addresses(origin: string): JsonObject {
  return {
    versions: VERSIONS.map((version) => ({
      version,
      serviceDocument: `${origin}/${version}`,
      metadata: `${origin}/${version}/$metadata`,
      openapi: `${origin}/${version}/openapi.json`,
    })),
    reference: `${origin}/`,
    health: `${origin}/health`,
  }
}

const PAGE = 'index.html'

async function page(services: Services, origin: string): Promise<Text> {
  const names = await keepNames(services)
  if (!names.has(PAGE)) throw unknownVersion()
  const template = await readFile(join(services.pageFolder, PAGE), 'utf8')
  const { authority, audience } = services.config.auth
  const values: Readonly<Record<string, string>> = {
    origin,
    authority,
    audience: audience.find((name) => name.includes('://')) ?? `api://${audience[0] ?? ''}`,
  }
  return toText(
    `${HTML};charset=utf-8`,
    template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => escapeHtml(values[name] ?? '')),
  )
}

async function read({ pageFolder }: Services, file: string): Promise<Text> {
  return toText(TYPES[extname(file)] ?? 'application/octet-stream', await readFile(join(pageFolder, file)))
}

const namesOf = new WeakMap<Services, Promise<ReadonlySet<string>>>()

// The folder is part of the package and does not change while the app runs.
function keepNames(services: Services): Promise<ReadonlySet<string>> {
  const known = namesOf.get(services)
  if (known !== undefined) return known
  const names = readdir(services.pageFolder).then(
    (files) => new Set(files),
    () => new Set<string>(),
  )
  namesOf.set(services, names)
  return names
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
