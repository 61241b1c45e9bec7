import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Request } from '../http/request'
import { unknownVersion } from '../http/versions'
import type { Services } from '../services'
import type { Answer } from '../verbs/answer'
import { answerText, keepText, type Text, toText } from './texts'

/** The media type of a page. */
export const HTML = 'text/html'

const TYPES: Readonly<Record<string, string>> = {
  '.html': `${HTML};charset=utf-8`,
  '.css': 'text/css;charset=utf-8',
  '.js': 'text/javascript;charset=utf-8',
  '.svg': 'image/svg+xml',
}

const PAGE = 'index.html'

/**
 * The page of a folder, with its placeholders such as `{{origin}}` replaced. Throws `notFound` where there is none.
 * `connect`: the origin, beside its own, that it may ask.
 */
export async function answerPage(
  request: Request,
  services: Services,
  folder: Folder,
  values: Readonly<Record<string, string>>,
  { vary = [], connect }: { readonly vary?: readonly string[]; readonly connect?: string } = {},
): Promise<Answer> {
  const text = await keepText(services, `${folder} ${JSON.stringify(values)}`, () => fill(services, folder, values))
  const answer = answerText(request, text, vary)
  return {
    ...answer,
    headers: { ...answer.headers, 'Content-Security-Policy': toPolicy(connect), 'Referrer-Policy': 'no-referrer' },
  }
}

/** Another file of a folder, never its page. Throws `notFound` where there is none. */
export async function answerFile(request: Request, services: Services, folder: Folder, file: string): Promise<Answer> {
  // Only listed files are read, so that no path leads out of the folder.
  if (file === PAGE || !(await namesIn(services, folder)).has(file)) throw unknownVersion()
  return answerText(request, await keepText(services, `${folder}/${file}`, () => read(services, folder, file)))
}

/** The folders of the package that hold a page and its files. */
export type Folder = 'page' | 'console'

// Everything comes from this origin, including what scripts add to the page.
function toPolicy(connect: string | undefined): string {
  const asked = connect === undefined ? "'self'" : `'self' ${connect}`
  return `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src ${asked}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
}

async function fill(services: Services, folder: Folder, values: Readonly<Record<string, string>>): Promise<Text> {
  if (!(await namesIn(services, folder)).has(PAGE)) throw unknownVersion()
  const template = await readFile(join(services.packageFolder, folder, PAGE), 'utf8')
  const page = template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => escapeHtml(values[name] ?? ''))
  return toText(`${HTML};charset=utf-8`, page)
}

async function read({ packageFolder }: Services, folder: Folder, file: string): Promise<Text> {
  return toText(TYPES[extname(file)] ?? 'application/octet-stream', await readFile(join(packageFolder, folder, file)))
}

const namesOf = new WeakMap<Services, Map<Folder, Promise<ReadonlySet<string>>>>()

// A folder is part of the package and does not change while the app runs.
function namesIn(services: Services, folder: Folder): Promise<ReadonlySet<string>> {
  const known = namesOf.get(services) ?? new Map<Folder, Promise<ReadonlySet<string>>>()
  namesOf.set(services, known)
  const names =
    known.get(folder) ??
    readdir(join(services.packageFolder, folder)).then(
      (files) => new Set(files),
      () => new Set<string>(),
    )
  known.set(folder, names)
  return names
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
