import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { importsOf, type Source, sources } from './sources'

// Each room and the rooms that it may import from, itself aside. What stands lower may know all that stands above it,
// but for the rooms of one line, which know each other only where it says so.
const BASIS = ['errors', 'basics', 'schemas']
const MAY: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  basics: [],
  config: ['basics'],
  concurrency: ['errors'],
  redaction: [],
  schemas: ['errors', 'basics', 'redaction'],
  payload: BASIS,
  filter: BASIS,
  odata: [...BASIS, 'filter'],
  description: [...BASIS, 'odata', 'filter', 'examples'],
  csdl: [...BASIS, 'odata', 'description'],
  openapi: [...BASIS, 'odata', 'filter', 'description', 'examples'],
  headers: [...BASIS, 'odata'],
  account: [...BASIS, 'config'],
  cosmos: [...BASIS, 'odata', 'config', 'account'],
  store: [...BASIS, 'odata', 'filter', 'config', 'cosmos'],
  auth: [...BASIS, 'config'],
  services: ['config', 'concurrency', 'auth', 'cosmos'],
  verbs: [...BASIS, 'payload', 'odata', 'filter', 'headers', 'cosmos', 'store', 'auth'],
  bulk: [...BASIS, 'payload', 'odata', 'headers', 'cosmos', 'store', 'verbs'],
  summaries: [...BASIS, 'payload', 'odata', 'cosmos', 'store', 'verbs'],
  http: [
    ...[...BASIS, 'payload', 'odata', 'description', 'headers', 'store', 'auth', 'verbs', 'config', 'concurrency'],
    'services',
  ],
  batch: ['http', 'errors', 'basics', 'odata', 'description', 'headers', 'payload', 'verbs', 'concurrency', 'services'],
  pages: [
    ...['http', 'errors', 'basics', 'odata', 'description', 'csdl', 'openapi', 'headers', 'schemas', 'verbs', 'config'],
    'services',
  ],
  functions: ['http', 'verbs', 'bulk', 'summaries', 'batch', 'pages', 'schemas'],
}

const roomOf = (path: string): string => {
  const [top = '', second = ''] = path.split('/')
  return top === 'shared' ? second.replace(/\.ts$/, '') : top
}

const isOurs = (target: string): boolean =>
  /^(functions|shared|reference|console|local|test|infra|examples)\//.test(target)

const deployed = sources('functions', 'shared')

const trespasses = (source: Source): string[] => {
  const room = roomOf(source.path)
  const allowed = [...(MAY[room] ?? []), ...(room === 'functions' ? [] : [room])]
  return importsOf(source).filter((target) => isOurs(target) && !allowed.includes(roomOf(target)))
}

test('every deployed file is in a room that is known', () => {
  expect(deployed.map(({ path }) => roomOf(path)).filter((room) => !(room in MAY))).toEqual([])
})

// What is larger is a drawer. The five resources, data, do not count.
test('a room has at most 900 lines', () => {
  const lines = new Map<string, number>()
  for (const { path, text } of deployed) {
    if (/\bresource\(\{/.test(text)) continue
    lines.set(roomOf(path), (lines.get(roomOf(path)) ?? 0) + text.split('\n').length - 1)
  }
  expect([...lines].filter(([, count]) => count > 900)).toEqual([])
})

test.each(deployed)('$path imports only from rooms that it may', (source) => {
  expect(trespasses(source)).toEqual([])
})

test.each([
  ['@azure/cosmos', ['shared/cosmos/cosmos.ts']],
  ['@azure/identity', ['shared/account/identity.ts']],
])('%s is known to one deployed file', (name, files) => {
  expect(deployed.filter((source) => importsOf(source).includes(name)).map(({ path }) => path)).toEqual(files)
})

test('one file of local knows @azure/cosmos', () => {
  const files = sources('local').filter((source) => importsOf(source).includes('@azure/cosmos'))
  expect(files.map(({ path }) => path)).toEqual(['local/provision.ts'])
})

const packagesOf = (source: Source): string[] =>
  importsOf(source).filter((target) => !isOurs(target) && !target.startsWith('node:'))

test('the console imports nothing of ours but itself, and only its libraries', () => {
  const files = sources('console')
  expect(files.flatMap(trespasses)).toEqual([])
  const libraries = ['@azure/msal-browser', 'openapi-fetch', 'preact', 'preact/hooks']
  expect([...new Set(files.flatMap(packagesOf))].sort()).toEqual(libraries)
})

test('functions name no package, and only the issuer check knows jose', () => {
  expect(deployed.filter(({ path }) => path.startsWith('functions/')).flatMap(packagesOf)).toEqual([])
  const rooms = deployed.filter((source) => importsOf(source).includes('jose')).map(({ path }) => roomOf(path))
  expect([...new Set(rooms)]).toEqual(['auth'])
})

test('what is deployed imports the packages of package.json, and nothing else', () => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object } // npm's form
  expect([...new Set(deployed.flatMap(packagesOf))].sort()).toEqual(Object.keys(dependencies))
})

test('of what is deployed, only the settings read the environment', () => {
  const reads = /process\s*(?:\?\.\s*env|\.\s*env|\[)|\benv\b[^=\n]*=\s*process\b|['"](?:node:)?process['"]/
  const files = deployed.filter(({ text }) => reads.test(text))
  expect(files.map(({ path }) => path)).toEqual(['shared/config.ts'])
})

test('a forbidden import is found', () => {
  const path = 'functions/notesGet.ts'
  expect(trespasses({ path, text: "import { x } from '../shared/store/store'" })).toEqual(['shared/store/store'])
  expect(trespasses({ path, text: "import type {\n  X,\n} from '../local/host'" })).toEqual(['local/host'])
  expect(trespasses({ path: 'shared/odata/x.ts', text: "export { y } from '../http/y'" })).toEqual(['shared/http/y'])
  expect(trespasses({ path: 'shared/verbs/x.ts', text: "export { y } from '../http/y'" })).toEqual(['shared/http/y'])
  expect(importsOf({ path, text: "const y = await import('@azure/cosmos')" })).toEqual(['@azure/cosmos'])
  expect(importsOf({ path, text: "type Y = import('@azure/cosmos').Item" })).toEqual(['@azure/cosmos'])
  expect(importsOf({ path, text: "const y = require('@azure/cosmos')" })).toEqual(['@azure/cosmos'])
  expect(importsOf({ path, text: "import 'jose'\nexport * from 'zod'" })).toEqual(['jose', 'zod'])
})
