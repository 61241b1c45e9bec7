import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { start } from '../e2e/command'
import { readText } from './deployed'

// Stands in for the Azure CLI. It writes down how it is called; the files of the folder say how often it fails.
const AZ = `echo "az $*" >> "$FOLDER/calls"
left() {
  count=$(cat "$FOLDER/$1" 2>/dev/null || echo 0)
  echo $((count - 1)) > "$FOLDER/$1"
  [ "$count" -gt 0 ]
}
case "$*" in
  *provisioningState*) if left running; then echo Running; else echo Succeeded; fi ;;
  *FUNCTION_APP_NAME*) echo func-x ;;
  *SERVICE_API_ENDPOINT_URL*) echo https://func-x.example ;;
  *AZURE_RESOURCE_GROUP*) echo rg-made ;;
  *"deployment sub create"* | *"deployment group create"*) if left broken; then exit 1; fi ;;
  *config-zip*) if left refused; then cat "$FOLDER/says" >&2; exit 1; fi ;;
esac
`
const CURL = `echo "curl $*" >> "$FOLDER/calls"
count=$(cat "$FOLDER/unwell" 2>/dev/null || echo 0)
echo $((count - 1)) > "$FOLDER/unwell"
if [ "$count" -gt 0 ]; then cat "$FOLDER/hint" >&2; exit 22; fi
`
const programs = { az: AZ, curl: CURL, sleep: 'echo "sleep $1" >> "$FOLDER/calls"\n' }

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deploy-'))
  for (const [name, source] of Object.entries(programs)) {
    await writeFile(join(folder, name), `#!/bin/sh\n${source}`)
    await chmod(join(folder, name), 0o755)
  }
})
afterEach(() => rm(folder, { recursive: true }))

const run = async (args: readonly string[], state: Readonly<Record<string, string>> = {}) => {
  await writeFile(join(folder, 'calls'), '')
  for (const [name, text] of Object.entries(state)) await writeFile(join(folder, name), text)
  const settings = { FOLDER: folder, PATH: `${folder}${delimiter}${process.env.PATH}` }
  const { ended, out, err } = start('/bin/sh', ['infra/deploy.sh', ...args, '--package', 'package.zip'], settings)
  const code = await ended
  const calls = (await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n')
  const slept = calls.filter((call) => call.startsWith('sleep ')).reduce((sum, call) => sum + Number(call.slice(6)), 0)
  return { code, calls, slept, out: out(), err: err() }
}

const SAYS = 'BlobUploadFailedException: Response status code does not indicate success: 403 (Forbidden).'

// The longest that documentation gives a new role to count, in seconds.
const [, documented = ''] = /new role takes up to (\d+) minutes/.exec(readText('docs/deploy.md')) ?? []
const longest = Number(documented) * 60

describe.skipIf(process.platform === 'win32')('infra/deploy.sh', () => {
  it('makes the group and all in it, ships the package, and waits for health', async () => {
    const { code, calls, out } = await run(['prod'])
    expect(code).toBe(0)
    expect(calls.filter((call) => /create|config-zip|curl/.test(call))).toEqual([
      'az deployment sub create --name ledger-prod --location swedencentral --parameters infra/prod.bicepparam --output none',
      expect.stringMatching(
        /^az functionapp deployment .* --resource-group rg-made --name func-x --src \/.*package\.zip /,
      ),
      'curl --silent --show-error --fail --max-time 30 https://func-x.example/health',
    ])
    expect(out).toMatch(/ready https:\/\/func-x\.example\n$/)
  })

  it('deploys into a given group without a word about the subscription', async () => {
    const { code, calls } = await run(['dev', '--resource-group', 'theirs'])
    expect(code).toBe(0)
    expect(calls.join('\n')).not.toMatch(/deployment sub|rg-made/)
    expect(calls).toContain('az bicep build-params --file infra/dev.bicepparam --outfile .local/parameters.json')
    expect(calls).toContain(
      'az deployment group create --resource-group theirs --name ledger-dev --template-file infra/resources.bicep --parameters @.local/parameters.json --output none',
    )
  })

  it('tries the upload again while the role is new, and says so', async () => {
    const { code, calls, out } = await run(['dev'], { refused: '3', says: SAYS })
    expect(code).toBe(0)
    expect(calls.filter((call) => call.includes('config-zip'))).toHaveLength(4)
    expect(out.match(/the upload: not yet, tried for \d+ of \d+ minutes/g)).toHaveLength(3)
  })

  it('waits for a new role longer than it takes at most, for the upload as for health', async () => {
    expect(longest).toBeGreaterThan(0)
    const upload = await run(['dev'], { refused: '9999', says: SAYS })
    expect(upload).toMatchObject({ code: 1, err: expect.stringContaining(SAYS) })
    expect(upload.slept).toBeGreaterThan(longest)
    const health = await run(['dev'], { refused: '0', unwell: '9999', hint: 'curl: (22) 503' })
    expect(health).toMatchObject({ code: 1, err: expect.stringContaining('503') })
    expect(health.slept).toBeGreaterThan(longest)
    expect(readText('docs/deploy.md')).toContain(`for ${health.slept / 60} minutes`)
  })

  it('waits for health also where the failure says nothing', async () => {
    const { code, slept } = await run(['dev'], { unwell: '2', hint: '' })
    expect({ code, waited: slept > 0 }).toEqual({ code: 0, waited: true })
  })

  it('does not wait for what no time heals', async () => {
    const { code, slept, err } = await run(['dev'], { refused: '9999', says: 'The file is not a zip.' })
    expect({ code, slept }).toEqual({ code: 1, slept: 0 })
    expect(err).toContain('The file is not a zip.')
  })

  it('can be run again: what failed before is no hindrance, and what still runs is waited for', async () => {
    expect((await run(['dev'], { broken: '1' })).code).toBe(1)
    const { code, out, calls } = await run(['dev'], { running: '2' })
    expect(code).toBe(0)
    expect(out.match(/an earlier deployment is still under way/g)).toHaveLength(2)
    const order = calls.filter((call) => /sleep|create/.test(call)).map((call) => call.split(' ')[0])
    expect(order).toEqual(['sleep', 'sleep', 'az'])
  })

  it.each([[[]], [['test']], [['dev', '--resource-group']], [['dev', '--what', 'x']]])(
    'says how it is called instead of guessing: %j',
    async (args) => {
      const { ended, err } = start('/bin/sh', ['infra/deploy.sh', ...args], {
        PATH: folder + delimiter + process.env.PATH,
      })
      expect(await ended).toBe(2)
      expect(err()).toMatch(/^usage: infra\/deploy\.sh dev\|prod/)
    },
  )
})
