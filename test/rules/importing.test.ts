import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { build } from '../../local/build.mjs'

const Told = z.object({
  registered: z.array(z.string()),
  hooks: z.array(z.string()),
  touched: z.array(z.string()),
  open: z.array(z.string()),
})

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join('.local', 'importing-'))
  await build({ outdir: join(folder, 'dist'), meta: join(folder, 'meta.json') })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('loading the bundle with no setting at all registers every function, and does nothing else', () => {
  const printed = execFileSync(process.execPath, ['test/rules/importing.cjs', join(folder, 'dist', 'main.js')], {
    encoding: 'utf8',
  })
  const told = Told.parse(JSON.parse(printed))
  const names = readdirSync('functions').map((file) => file.replace(/\.ts$/, ''))
  expect(told.registered.sort()).toEqual(names.sort())
  expect(told.hooks.sort()).toEqual(['appStart', 'appTerminate', 'postInvocation'])
  expect([told.touched, told.open]).toEqual([[], []])
})

test('what is deployed is one bundle with its map, and two small files', () => {
  expect(readdirSync(join(folder, 'dist')).sort()).toEqual(['host.json', 'main.js', 'main.js.map', 'package.json'])
})
