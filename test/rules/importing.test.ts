import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { build } from '../../local/build.mjs'
import { sources } from './sources'

const Told = z.object({
  registered: z.array(z.string()),
  hooks: z.array(z.string()),
  touched: z.array(z.string()),
  open: z.array(z.string()),
})

let folder: string
beforeAll(async () => {
  mkdirSync('.local', { recursive: true })
  folder = mkdtempSync(join('.local', 'importing-'))
  await build({ outdir: join(folder, 'dist'), meta: join(folder, 'meta.json') })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const load = (bundle: string) =>
  Told.parse(JSON.parse(execFileSync(process.execPath, ['test/rules/importing.cjs', bundle], { encoding: 'utf8' })))

test('loading the bundle with no setting at all registers every function, and does nothing else', () => {
  const told = load(join(folder, 'dist', 'main.js'))
  const names = sources('functions').flatMap(({ text }) =>
    [...text.matchAll(/^register\(\s*'(\w+)'/gm)].map(([, name]) => name),
  )
  expect(told.registered.sort()).toEqual(names.sort())
  expect(told.hooks.sort()).toEqual(['appStart', 'appTerminate', 'postInvocation'])
  expect([told.touched, told.open]).toEqual([[], []])
})

test('what is deployed is one bundle with its map, two small files, and the pages', () => {
  const files = ['console', 'host.json', 'main.js', 'main.js.map', 'package.json', 'page']
  expect(readdirSync(join(folder, 'dist')).sort()).toEqual(files)
  expect(readdirSync(join(folder, 'dist', 'page'))).toEqual(expect.arrayContaining(['index.html', 'page.js']))
  expect(readdirSync(join(folder, 'dist', 'console'))).toEqual(expect.arrayContaining(['index.html', 'console.js']))
})

test('a bundle that does more is seen', () => {
  const bundle = join(folder, 'more.cjs')
  const reads = "require('node:fs').readFileSync('package.json')"
  const listens = "require('node:net').createServer().listen(0, '127.0.0.1').unref()"
  writeFileSync(bundle, `${reads}; ${listens}; setTimeout(() => {}, 50)`)
  const { touched, open } = load(bundle)
  expect(touched).toEqual(expect.arrayContaining(['readFileSync', 'createServer', 'setTimeout']))
  expect(open).toContain('Timeout')
})
