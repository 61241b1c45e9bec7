import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)

let copy: string
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'ledger-sixth-'))
  const { stdout } = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'])
  for (const path of stdout.split('\0').filter((name) => name !== '')) {
    await mkdir(dirname(join(copy, path)), { recursive: true })
    // A file that git still lists may have been deleted.
    await cp(path, join(copy, path)).catch(() => undefined)
  }
  await symlink(resolve('node_modules'), join(copy, 'node_modules'))
})
afterAll(() => rm(copy, { recursive: true, force: true }))

const node = (...args: string[]) => run(process.execPath, args, { cwd: copy, env: { ...process.env, CI: 'true' } })

// The files that the page shows: a path, and what is in it.
const shown = async (): Promise<[string, string][]> => {
  const page = await readFile('CONTRIBUTING.md', 'utf8')
  const blocks = page.matchAll(/^\d\. `([\w/.]+)`\n\n {3}```ts\n([\s\S]*?)^ {3}```$/gm)
  return [...blocks].map(([, path = '', text = '']) => [path, text.replace(/^ {3}/gm, '')])
}

test('a sixth resource works by doing what CONTRIBUTING.md says, in a copy', async () => {
  const files = await shown()
  expect(files.map(([path]) => path)).toEqual([
    'shared/schemas/deviceComplianceNote.ts',
    'functions/deviceComplianceNotes.ts',
    'test/api/deviceComplianceNotes.test.ts',
  ])
  for (const [path, text] of files) {
    await mkdir(dirname(join(copy, path)), { recursive: true })
    await writeFile(join(copy, path), text)
  }
  const list = join(copy, 'shared/schemas/resources.ts')
  const resources = await readFile(list, 'utf8')
  await writeFile(
    list,
    `import { deviceComplianceNote } from './deviceComplianceNote'\n${resources.replace(/^\]$/m, '  deviceComplianceNote,\n]')}`,
  )
  await node('local/run.mjs', 'containers')
  await node('node_modules/typescript/bin/tsc', '--noEmit')
  const tests = ['test/api/deviceComplianceNotes.test.ts', 'test/rules/containers', 'test/rules/functions', 'test/unit']
  const { stdout } = await node('node_modules/vitest/vitest.mjs', 'run', ...tests)
  expect(stdout).toMatch(/Tests .*passed/)
  expect(stdout).not.toMatch(/Tests .*failed/)
}, 180_000)
