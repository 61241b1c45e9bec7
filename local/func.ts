import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import * as z from 'zod'
import { settingNames } from '../shared/config'
import { end, startAzurite } from './azurite'
import { startBacking } from './backing'
import { build } from './build.mjs'
import { PLATFORM_SETTINGS } from './platformSettings'
import { untilStopped } from './untilStopped'

// npm run func: the same dist/ on Functions Core Tools, with Azurite as its storage.

const WINDOWS = process.platform === 'win32'

// Fixed, so that the written settings stay valid.
const BACKING_PORTS = { database: 7072, issuer: 7073 }

const SETTINGS_FILE = 'local.settings.json'

const isRunnable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const findFunc = (): string => {
  const names = WINDOWS ? ['func.exe', 'func.cmd'] : ['func']
  const places = (process.env.PATH ?? '').split(delimiter).filter((place) => place !== '')
  const found = places.flatMap((place) => names.map((name) => join(place, name))).find(isRunnable)
  if (found !== undefined) return found
  throw new Error(
    'Azure Functions Core Tools are not installed: get them with `npm install --global azure-functions-core-tools@4`, or see learn.microsoft.com/azure/azure-functions/functions-run-local.',
  )
}

const Written = z.looseObject({ Values: z.record(z.string(), z.string()).default({}) })

const readSettings = (): z.infer<typeof Written> => {
  let text: string
  try {
    text = readFileSync(SETTINGS_FILE, 'utf8')
  } catch {
    return { Values: {} }
  }
  try {
    return Written.parse(JSON.parse(text))
  } catch {
    throw new Error(`${SETTINGS_FILE} cannot be read: fix it, or delete it and it will be created again.`)
  }
}

// Values added by hand are kept.
const writeSettings = (settings: Readonly<Record<string, string>>): void => {
  const { Values, ...rest } = readSettings()
  const given = settingNames.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))
  const values = { ...Values, ...PLATFORM_SETTINGS, ...Object.fromEntries(given), ...settings }
  const text = JSON.stringify({ ...rest, IsEncrypted: false, Values: values }, null, 2)
  writeFileSync(SETTINGS_FILE, `${text}\n`, { mode: 0o600 })
}

const startFunc = (path: string): ChildProcess => {
  const options = ['start', '--port', process.env.PORT?.trim() || '7071']
  // A .cmd file only runs in a shell.
  return spawn(WINDOWS ? `"${path}"` : path, options, { stdio: 'inherit', shell: WINDOWS })
}

const stopped = untilStopped()
const path = findFunc()
await build()
const backing = await startBacking(process.env, BACKING_PORTS)
writeSettings(backing.settings)
const azurite = await startAzurite()

const run = async (): Promise<number> => {
  const child = startFunc(path)
  try {
    const exited = once(child, 'exit').then(([code]) => (typeof code === 'number' ? code : 1))
    return await Promise.race([exited, stopped.then(() => 0)])
  } finally {
    await end(child)
    await Promise.all([azurite.close(), backing.close()])
  }
}

process.exit(await run())
