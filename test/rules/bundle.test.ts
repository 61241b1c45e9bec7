import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { build } from '../../local/build.mjs'

const Meta = z.object({
  outputs: z.record(z.string(), z.object({ inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })) })),
})

let folder: string
let packages: Map<string, number>
let modules: number

const packageOf = (path: string): string => {
  const [, inside] = path.split(/.*node_modules\//)
  if (inside === undefined) return 'own'
  return inside
    .split('/')
    .slice(0, inside.startsWith('@') ? 2 : 1)
    .join('/')
}

beforeAll(async () => {
  folder = mkdtempSync(join('.local', 'budget-'))
  await build({ outdir: join(folder, 'dist'), meta: join(folder, 'meta.json') })
  const { outputs } = Meta.parse(JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8')))
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs))
  const used = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0)
  modules = used.length
  packages = new Map()
  for (const [path, { bytesInOutput }] of used) {
    packages.set(packageOf(path), (packages.get(packageOf(path)) ?? 0) + bytesInOutput)
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the bundle has at most 1,100,000 bytes', () => {
  expect(statSync(join(folder, 'dist', 'main.js')).size).toBeLessThanOrEqual(1_100_000)
})

test('the whole package has at most 1,500,000 bytes, compressed', () => {
  const files = readdirSync(join(folder, 'dist'), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  const sizes = files.map(({ parentPath, name }) => gzipSync(readFileSync(join(parentPath, name)), { level: 9 }).length)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(1_500_000)
})

test('the bundle is made of at most 900 modules', () => {
  expect(modules).toBeLessThanOrEqual(900)
})

// Kilobytes; each about a tenth above what it is, so that only a real change is noticed.
test.each([
  ['own', 193],
  ['@azure/cosmos', 336],
  ['@azure/functions', 82],
  ['@azure/identity', 50],
  ['@azure/msal-node', 99],
  ['@azure/msal-common', 124],
  ['zod', 112],
  ['jose', 24],
])('%s takes at most %i kB of the bundle', (name, kilobytes) => {
  expect((packages.get(name) ?? 0) / 1000).toBeLessThanOrEqual(kilobytes)
})

test('no package that is there for development is in the bundle', () => {
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { devDependencies: object } // npm's own form
  expect(Object.keys(devDependencies).filter((name) => packages.has(name))).toEqual([])
})
