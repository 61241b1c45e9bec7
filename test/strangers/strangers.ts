import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { readExamples } from '../../local/examples'
import { mintToken } from '../../local/mintToken'
import { serve } from '../../local/serve'
import { languages, ORIGIN } from '../../reference/snippets'
import { settingNames } from '../../shared/config'

// npm run strangers: what Microsoft's own OData library and client generator say of a running ledger. It needs the .NET
// SDK, and takes its packages from NuGet.

const WORK = resolve('.local/strangers')
const KIOTA = '1.38.0'
const POWERSHELL = '7.6.9'

if (spawnSync('dotnet', ['--version']).status !== 0)
  throw new Error('This needs the .NET SDK: there is no dotnet in PATH.')

let failed = false

// Shows what a program says, and hands it back.
const run = async (file: string, args: readonly string[], input = ''): Promise<string> => {
  process.stdout.write(
    `\n$ ${[file, ...args]
      .join(' ')
      .replace(/eyJ\S+/, '…')
      .slice(0, 160)}\n`,
  )
  const child = spawn(file, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      ...process.env,
      DOTNET_NOLOGO: '1',
      DOTNET_CLI_TELEMETRY_OPTOUT: '1',
      KIOTA_CLI_TELEMETRY_OPTOUT: '1',
      KIOTA_OFFLINE_ENABLED: 'true',
    },
  })
  let out = ''
  child.stdout.on('data', (text) => {
    out += text
    process.stdout.write(text)
  })
  child.stdin.end(input)
  const [code] = await once(child, 'close')
  if (code !== 0) failed = true
  return out
}

const post = async (url: string, token: string, path: string, body: unknown): Promise<string> => {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  const answer: unknown = await response.json()
  return typeof answer === 'object' && answer !== null && 'id' in answer ? String(answer.id) : ''
}

// What is documented, except the batch.
const creates = readExamples().filter(({ method, path }) => method === 'POST' && !path.endsWith('/$batch'))

// What leads on from an operation, with a result for it to lead to.
const requestsOfOperation = async (url: string, token: string): Promise<string[]> => {
  const [operation, result] = ['managedTenantOperationsCreate', 'managedTenantOperationResultsCreate'].map((name) =>
    creates.find((example) => example.name === name),
  )
  if (operation === undefined || result === undefined) throw new Error('An example is missing.')
  const id = await post(url, token, operation.path, operation.body)
  await post(url, token, result.path, { ...Object(result.body), managedTenantOperationId: id })
  const path = `managedTenantOperations/${id}`
  const groups = 'filter(isSuccess eq false)/groupby((targetTenantId,isSuccess),aggregate($count as failures))'
  return [
    ...['results?$top=1', 'results/$count', 'summary()', 'microsoft.graph.summary()', `results?$apply=${groups}`],
  ].map((rest) => `${path}/${rest}`)
}

// A list, a count and an entity of everything, and what can be asked of a list.
const requestsOf = async (url: string, token: string): Promise<string[]> => {
  const paths: string[] = []
  for (const { path, body } of creates) {
    const id = await post(url, token, path, body)
    const set = path.replace('/v1.0/', '').replace('/beta/', '')
    paths.push(set, `${set}?$top=1&$count=true`, `${set}/$count`, `${set}/${id}`)
  }
  const dates = 'createdDateTime ge 2026-01-01T00:00:00Z'
  return [
    '',
    ...paths,
    `managedTenantOperationResults?$filter=isSuccess eq false and ${dates}&$select=targetTenantId,exception&$orderby=createdDateTime desc`,
    `managedTenantOperations?$filter=name in ('x','Require MFA for administrators') or startswith(name,'R')`,
    ...paths
      .filter((path) => path.endsWith('/requests'))
      .map((set) => `${set}?$filter=action eq 'lockForApproval' and status ne null`),
    ...(await requestsOfOperation(url, token)),
  ]
}

const work = (folder: string): string => {
  rmSync(`${WORK}/${folder}`, { recursive: true, force: true })
  cpSync(`test/strangers/${folder}`, `${WORK}/${folder}`, { recursive: true })
  return `${WORK}/${folder}`
}

for (const name of settingNames) delete process.env[name]
Object.assign(process.env, { PORT: '0', LOG_LEVEL: 'warning' })
mkdirSync(WORK, { recursive: true })
const { url, close } = await serve()
const token = mintToken()

const requests = await requestsOf(url, token)
await run('dotnet', ['run', '--project', work('odata'), '--', `${url}/beta`, token], requests.join('\n'))

await run('dotnet', ['tool', 'update', 'Microsoft.OpenApi.Kiota', '--version', KIOTA, '--tool-path', `${WORK}/tools`])
const generate = (language: string, output: string, namespace: string): Promise<string> => {
  const options = [
    '--openapi',
    `${url}/beta/openapi.json`,
    '--output',
    output,
    '--class-name',
    'LedgerClient',
    '--namespace-name',
    namespace,
  ]
  return run(`${WORK}/tools/kiota`, ['generate', '--language', language, '--clean-output', ...options])
}
const client = work('kiota')
const said = [
  await generate('CSharp', `${client}/Ledger`, 'Ledger'),
  await generate('TypeScript', `${WORK}/typescript`, 'ledger'),
]
// That a language is in preview is no fault of the document.
if (said.some((text) => /^(?:warn|crit|fail):/im.test(text))) failed = true
await run('dotnet', ['run', '--project', client, '--', url, token])

// The examples of the guide and of the page, as they stand there.
const guide = work('guide')
const pageOfClients = readFileSync('docs/clients.md', 'utf8')
const [, csharp = ''] = /^### C#\n\n```csharp\n([\s\S]*?)^```$/m.exec(pageOfClients) ?? []
Object.assign(process.env, { LEDGER_URL: url, TOKEN: token })
writeFileSync(`${guide}/Program.cs`, csharp)
await run('dotnet', ['run', '--project', guide])
const [example] = creates
if (example !== undefined) {
  const given = 'using System.Text;\nvar token = Environment.GetEnvironmentVariable("TOKEN")!;\n'
  writeFileSync(`${guide}/Program.cs`, given + languages.csharp.write(example).replaceAll(ORIGIN, url))
  if (!(await run('dotnet', ['run', '--project', guide])).includes('"@odata.etag"')) failed = true
}
await run('dotnet', ['tool', 'update', 'PowerShell', '--version', POWERSHELL, '--tool-path', `${WORK}/tools`])
const [, powershell = ''] = /^### PowerShell\n\n```powershell\n([\s\S]*?)^```$/m.exec(pageOfClients) ?? []
const scripts =
  example === undefined ? [powershell] : [powershell, languages.powershell.write(example).replaceAll(ORIGIN, url)]
for (const [index, script] of scripts.entries()) {
  writeFileSync(`${WORK}/guide-${index}.ps1`, `$ErrorActionPreference = 'Stop'\n${script}`)
  await run(`${WORK}/tools/pwsh`, ['-NoProfile', '-File', `${WORK}/guide-${index}.ps1`])
}
await close()
process.stdout.write(failed ? '\nSomebody has something against it.\n' : '\nNobody has anything against it.\n')
process.exit(failed ? 1 : 0)
