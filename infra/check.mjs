// Proves what infra promises: sources are formatted, lint and compile without a warning, main.json and the snapshots
// are what they give, and bad input is refused with a sentence. Nothing is deployed, and no account is needed.
//   --write     writes what it would otherwise only compare
//   --optional  where no Bicep CLI can be had, ends with 0 instead of 3
import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findBicep, HOW_TO_GET_IT } from './findBicep.mjs'
import { judgeSettings } from './judgeSettings.mjs'
import { refusals } from './refusals.mjs'
import { settingCases } from './settingValues.mjs'

const INFRA = fileURLToPath(new URL('.', import.meta.url))
const NOT_RUN = 3
const SNAPSHOTS = ['dev', 'prod', 'snapshots/everything', 'snapshots/twoRegions']
const TENANT = '11111111-1111-1111-1111-111111111111'
const SUBSCRIPTION = '22222222-2222-2222-2222-222222222222'
const IDS = [
  '--tenant-id',
  TENANT,
  '--subscription-id',
  SUBSCRIPTION,
  '--location',
  'swedencentral',
  '--deployment-name',
  'snapshot',
]

// What the parameter files read. Nothing else of the environment of whoever runs this reaches them.
const SETTINGS = {
  AUTH_AUDIENCE: 'api://ledger',
  AUTH_ALLOWED_TENANTS: '33333333-3333-3333-3333-333333333333',
  ALERT_ADDRESSES: 'operator@contoso.com',
  BUDGET_START: '2027-01-01',
  AZURE_ENV_NAME: 'azd',
  AZURE_LOCATION: 'swedencentral',
}

const { HOME, SystemRoot, TEMP, TMPDIR } = process.env

/** @typedef {{ code: number, out: string, err: string }} Ended */
/** @typedef {(args: readonly string[], env?: Record<string, string | undefined>) => Promise<Ended>} Run */

/** @param {string} file @param {string} folder @returns {Run} */
const runner = (file, folder) => (args, env) => {
  const settings = { HOME, SystemRoot, TEMP, TMPDIR, ...SETTINGS, ...env }
  const options = { cwd: folder, env: settings, maxBuffer: 2 ** 28 }
  return new Promise((resolve) => {
    execFile(file, args, options, (error, out, err) => {
      // The CLI ends with 0 when it has warned, so what it says counts as well.
      resolve({ code: error === null ? 0 : 1, out, err: err || (error === null ? '' : `${error.message}\n`) })
    })
  })
}

/** Works on all of them, on as many at a time as there are processors. @template T, R @param {readonly T[]} items @param {(item: T, index: number) => Promise<R>} work */
const each = async (items, work) => {
  /** @type {R[]} */
  const results = []
  const rest = items.entries()
  const worker = async () => {
    for (const [index, item] of rest) results[index] = await work(item, index)
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
  return results
}

/** @param {string} text */
const tidy = (text) => `${text.replaceAll('\r\n', '\n').trim()}\n`

/** Members in the order of their names: the CLI puts outputs out in another order each time. @param {string} text */
const inOrder = (text) =>
  JSON.stringify(
    JSON.parse(text),
    (_name, value) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
    2,
  )

/** @param {string} folder @param {string} ending */
const filesOf = async (folder, ending) =>
  (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(ending)).sort()

/** @param {Run} run @param {string} copy */
const formatted = async (run, copy) => {
  const ended = await each(['**/*.bicep', '**/*.bicepparam'], (pattern) => run(['format', '--pattern', pattern]))
  const files = [...(await filesOf(copy, '.bicep')), ...(await filesOf(copy, '.bicepparam'))]
  const sources = await each(files, async (file) => [file, await readFile(join(copy, file), 'utf8')])
  return { said: ended.map(({ err }) => err).join(''), given: Object.fromEntries(sources) }
}

/** @param {Run} run @param {string} copy */
const compiled = async (run, copy) => {
  await writeFile(join(copy, 'default.json'), '{}')
  const commands = [
    ['build', 'main.bicep', '--stdout'],
    ['lint', '--pattern', '**/*.bicep'],
    ['lint', '--pattern', '**/*.bicepparam'],
    // Also with nothing but the CLI's own rules, which whoever takes a file away will have.
    ['build', 'main.bicep', '--stdout', '--config', 'default.json'],
    ['build-params', 'main.bicepparam', '--stdout'],
    ['build-params', 'resources.bicepparam', '--stdout'],
  ]
  const ended = await each(commands, (args) => run(args))
  return { said: ended.map(({ err }) => err).join(''), given: { 'main.json': tidy(ended[0].out) } }
}

/** @param {Run} run @param {string} copy @param {string} name */
const snapshot = async (run, copy, name) => {
  const { err } = await run(['snapshot', `${name}.bicepparam`, '--mode', 'overwrite', ...IDS])
  if (err !== '') return { said: err, given: {} }
  const text = await readFile(join(copy, `${name}.snapshot.json`), 'utf8')
  return { said: '', given: { [`snapshots/${name.replace('snapshots/', '')}.json`]: tidy(inOrder(text)) } }
}

/** @param {Run} run @param {string} copy @param {import('./refusals.mjs').Refusal} refusal @param {number} index */
const refused = async (run, copy, { promise, stage = 'prod', params = '', settings, env, says }, index) => {
  const changed = settings === undefined ? '' : `param settings = {\n  ...base.settings\n  ${settings}\n}\n`
  const file = `refusal-${index}.bicepparam`
  await writeFile(join(copy, file), `using 'main.bicep'\nextends '${stage}.bicepparam'\n${params}\n${changed}`)
  const { code, err } = await run(['snapshot', file, '--mode', 'overwrite', ...IDS], env)
  return code !== 0 && says.test(err) ? '' : `${promise} is not refused as it should be: ${err}\n`
}

/** @param {Record<string, string>} given @param {boolean} write */
const compare = async (given, write) => {
  const differing = []
  for (const [file, text] of Object.entries(given)) {
    const there = await readFile(join(INFRA, file), 'utf8').catch(() => '')
    if (there.replaceAll('\r\n', '\n') === text.replaceAll('\r\n', '\n')) continue
    differing.push(file)
    if (write) await writeFile(join(INFRA, file), text)
  }
  if (write) return ''
  return differing
    .map((file) => `infra/${file.replaceAll(sep, '/')} is not what the sources give: npm run infra -- --write\n`)
    .join('')
}

/** @param {string} bicep @param {string} copy @param {boolean} write */
const check = async (bicep, copy, write) => {
  await cp(INFRA, copy, { recursive: true, filter: (file) => !file.endsWith('.mjs') })
  const run = runner(bicep, copy)
  say('formatting, compiling and linting the sources')
  const parts = [await formatted(run, copy), await compiled(run, copy)]
  say(`expanding ${SNAPSHOTS.join(', ')}`)
  parts.push(...(await each(SNAPSHOTS, (name) => snapshot(run, copy, name))))
  say(`trying ${settingCases.length} combinations of settings and ${refusals.length} kinds of bad input`)
  const misjudged = await judgeSettings(run, copy, IDS)
  const accepted = await each(refusals, (refusal, index) => refused(run, copy, refusal, index))
  say(`${write ? 'writing' : 'comparing'} main.json and the snapshots`)
  const differing = await compare(Object.assign({}, ...parts.map(({ given }) => given)), write)
  return [...parts.map(({ said }) => said), misjudged, ...accepted, differing].join('')
}

/** @param {string} line */
const say = (line) => console.log(`infra: ${line} …`)

say('looking for the Bicep CLI')
const bicep = await findBicep().catch((/** @type {Error} */ { message }) => {
  console.error(message)
  process.exit(1)
})
if (bicep === undefined) {
  console.log(`infra not run: ${HOW_TO_GET_IT}.`)
  process.exitCode = process.argv.includes('--optional') ? 0 : NOT_RUN
} else {
  const copy = await mkdtemp(join(tmpdir(), 'infra-'))
  const problems = await check(bicep, copy, process.argv.includes('--write')).finally(() =>
    rm(copy, { recursive: true }),
  )
  if (problems !== '') console.error(problems.replaceAll(`${copy}${sep}`, 'infra/').trimEnd())
  else console.log(`infra is as promised.`)
  process.exitCode = problems === '' ? 0 : 1
}
