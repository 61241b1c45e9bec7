import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import esbuild from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { languages, ORIGIN } from '../../reference/snippets'
import { type Command, command, start } from './command'

const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0
const hasPython = has('python3')
const hasPowershell = has('pwsh')
if (!hasPython) console.warn('There is no python3 in PATH: the examples in Python are not run.')
if (!hasPowershell) console.warn('There is no pwsh in PATH: the examples in PowerShell are not run.')

let app: Command
let folder: string
let settings: Record<string, string>
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-snippets-'))
  app = command('start', { PORT: '0' })
  const minted = command('token')
  await app.says('\ncurl ')
  await minted.ended
  settings = { LEDGER_URL: /^ready (\S+)/.exec(app.out())?.[1] ?? '', TOKEN: minted.out().trim() }
})
afterAll(async () => {
  app.child.kill('SIGTERM')
  await app.ended
  rmSync(folder, { recursive: true, force: true })
})

const guide = readFileSync('docs/clients.md', 'utf8')

// The one block of code under the heading of a language.
const snippet = (title: string): string =>
  new RegExp(`^### ${title}\\n\\n\`\`\`\\w+\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(guide)?.[1] ?? ''

const write = (name: string, text: string): string => {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

const toScript = async (text: string): Promise<string> => (await esbuild.transform(text, { loader: 'ts' })).code

const run = async (file: string, args: readonly string[]): Promise<string> => {
  const program = start(file, args, settings)
  expect([await program.ended, program.err()]).toEqual([0, ''])
  return program.out()
}

describe('the example of docs/clients.md in', () => {
  test('curl', async () => {
    const out = await run('sh', ['-ec', `cd ${folder}\n${snippet('curl')}`])
    expect(out).toContain('"executionInfo":"Retried with another role"')
    expect(out).toContain('"@odata.context"')
  })

  test('TypeScript', async () => {
    const out = await run(process.execPath, [write('guide.mjs', await toScript(snippet('TypeScript')))])
    expect(out).toContain('403 Forbidden')
    expect(out).toContain('Retried with another role')
  })

  test.runIf(hasPython)('Python', async () => {
    const out = await run('python3', [write('guide.py', snippet('Python'))])
    expect(out).toContain('403 Forbidden')
    expect(out).toContain('Retried with another role')
  })

  test.runIf(hasPowershell)('PowerShell', async () => {
    const out = await run('pwsh', ['-NoProfile', '-File', write('guide.ps1', snippet('PowerShell'))])
    expect(out).toContain('Retried with another role')
  })
})

// As the page shows them; the curl of it prints nothing of the status.
const awkward = {
  method: 'POST',
  path: '/beta/managedTenantOperationResults',
  headers: { 'Content-Type': 'application/json', Prefer: 'return=representation' },
  body: {
    ...JSON.parse(readFileSync('examples/managedTenantOperationResultsCreate.json', 'utf8')).body,
    exception: `it's "so": \\ and é, true`,
    more: { nothing: null, yes: true, no: [false] },
  },
}

describe('a request as the page writes it in', () => {
  const text = (language: keyof typeof languages): string =>
    languages[language].write(awkward).replaceAll(ORIGIN, settings.LEDGER_URL ?? '')
  const expected = JSON.stringify(awkward.body.exception).slice(1, -1)

  test('curl', async () => {
    expect(await run('sh', ['-ec', text('curl').replace('curl ', 'curl -sS ')])).toContain(expected)
  })

  test('TypeScript', async () => {
    const script = `const response = ${(await toScript(text('typescript'))).replace(/^const response = /, '').replace(/console\.log[\s\S]*/, '')}\nconsole.log(await response.text())`
    expect(await run(process.execPath, [write('page.mjs', script)])).toContain(expected)
  })

  test.runIf(hasPython)('Python', async () => {
    expect(await run('python3', [write('page.py', text('python'))])).toContain(expected)
  })

  test.runIf(hasPowershell)('PowerShell', async () => {
    expect(await run('pwsh', ['-NoProfile', '-Command', text('powershell')])).toContain('403')
  })
})
