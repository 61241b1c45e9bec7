import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { settingCases, settingPlaces } from './settingValues.mjs'

/** @typedef {import('./settingValues.mjs').SettingCase} SettingCase */
/** @typedef {(args: readonly string[]) => Promise<{ code: number, out: string, err: string }>} Run */

const CASES = fileURLToPath(new URL('../test/infra/cases/', import.meta.url))

/**
 * Tries the table of settings on the rules of the templates, all rows in one run of the CLI, and says what comes out
 * otherwise than in the table; nothing when all is well. The app is tried on the same table by a test.
 *
 * @param {Run} run
 * @param {string} copy
 * @param {readonly string[]} ids
 */
export const judgeSettings = async (run, copy, ids) => {
  const base = await run(['build-params', 'prod.bicepparam', '--stdout'])
  if (base.code !== 0) return base.err
  const prod = JSON.parse(JSON.parse(base.out).parametersJson).parameters.settings.value
  await cp(CASES, copy, { recursive: true })
  await writeFile(join(copy, 'cases.json'), JSON.stringify(settingCases.map((row) => withRow(prod, row))))
  const { err } = await run([
    'snapshot',
    'cases.bicepparam',
    '--mode',
    'overwrite',
    '--resource-group',
    'group',
    ...ids,
  ])
  if (err !== '') return err
  const { outputs } = JSON.parse(await readFile(join(copy, 'cases.snapshot.json'), 'utf8'))
  return settingCases.map((row, index) => judged(row, outputs.problems[index])).join('')
}

/** The settings of prod, with those of one row in their places. @param {object} base @param {SettingCase} row */
const withRow = (base, { values }) => {
  const settings = structuredClone(base)
  for (const [name, value] of Object.entries(values)) settingPlaces[name].put(settings, value)
  return settings
}

/** @param {SettingCase} row @param {readonly string[]} problems */
const judged = ({ values, refused }, problems) => {
  const wrong = refused.map((name) => settingPlaces[name].name)
  const fits = problems.length === wrong.length && wrong.every((name) => problems.some((it) => it.startsWith(name)))
  return fits ? '' : `${JSON.stringify(values)} should be refused for [${wrong}], and gets: ${problems.join(' ')}\n`
}
