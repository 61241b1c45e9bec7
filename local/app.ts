import { randomUUID } from 'node:crypto'
import Module, { createRequire } from 'node:module'
import { resolve } from 'node:path'

/** A binding of a function, as `@azure/functions` declares it to the platform. */
export interface Binding {
  readonly type: string
  readonly direction: string
  readonly methods?: readonly string[]
  readonly route?: string
}

/** What the app declared when it registered a function. */
export interface Metadata {
  readonly name: string
  readonly bindings: Readonly<Record<string, Binding>>
}

/** A function of the app. */
export interface RegisteredFunction {
  readonly metadata: Metadata
  readonly callback: Callback
}

type Callback = (...inputs: unknown[]) => unknown
type Hook = (context: object) => unknown

/** The platform's message for an answer. */
export interface HttpData {
  readonly statusCode?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: { readonly bytes?: Uint8Array } | null
}

/** One invocation, as the library converts it from and to the platform's messages. */
export interface InvocationModel {
  readonly getArguments: () => Promise<{ context: object; inputs: unknown[] }>
  readonly invokeFunction: (context: object, inputs: unknown[], callback: Callback) => Promise<unknown>
  readonly getResponse: (
    context: object,
    result: unknown,
  ) => Promise<{ readonly returnValue?: { readonly http?: HttpData } | null }>
}

interface ProgrammingModel {
  readonly getInvocationModel: (context: object) => InvocationModel
}

/** A loaded app. */
export interface App {
  readonly functions: readonly RegisteredFunction[]
  readonly model: ProgrammingModel
  readonly runHooks: (name: string, context: object) => Promise<void>
}

/** Writes one line of the log. */
export type Log = (line: string) => void

const HOOKS = ['appStart', 'appTerminate', 'preInvocation', 'postInvocation'] as const

/**
 * Loads the bundle of a deployable folder and collects what it registers, as the platform's Node worker does
 * (github.com/Azure/azure-functions-nodejs-worker). Throws what the bundle throws, or if it registers nothing.
 */
export const loadApp = (folder: string, log: Log): App => {
  const functions = new Map<string, RegisteredFunction>()
  const hooks = new Map<string, Set<Hook>>(HOOKS.map((name) => [name, new Set()]))
  const models: ProgrammingModel[] = []
  requireWith(
    {
      registerFunction: registration(functions),
      registerHook: hookRegistration(hooks),
      setProgrammingModel: (model: ProgrammingModel) => models.push(model),
      getProgrammingModel: () => models.at(-1),
      log: (level: string, category: string, message: string) => writeLog(log, level, category, message),
    },
    resolve(folder),
  )
  const model = models.at(-1)
  if (model === undefined) throw new Error(`${folder} registers no function`)
  const runHooks = async (name: string, context: object) => {
    for (const hook of hooks.get(name) ?? []) await hook(context)
  }
  return { functions: [...functions.values()], model, runHooks }
}

const registration = (functions: Map<string, RegisteredFunction>) => (metadata: Metadata, callback: Callback) => {
  if (functions.has(metadata.name)) throw new Error(`the function '${metadata.name}' is registered twice`)
  functions.set(metadata.name, { metadata, callback })
  return { dispose: () => functions.delete(metadata.name) }
}

const hookRegistration = (hooks: ReadonlyMap<string, Set<Hook>>) => (name: string, hook: Hook) => {
  const known = hooks.get(name)
  if (known === undefined) throw new RangeError(`this host does not support the hook '${name}'`)
  known.add(hook)
  return { dispose: () => known.delete(hook) }
}

/** The platform's part of one invocation: what the library asks of it. */
export const coreContext = (metadata: Metadata, request: object, log: Log): object => {
  const invocationId = randomUUID()
  return {
    invocationId,
    request: { ...request, invocationId },
    metadata,
    log: (level: string, category: string, message: string) => writeLog(log, level, category, message),
  }
}

const writeLog = (log: Log, level: string, category: string, message: string): void => {
  // By default the platform shows its own messages only from warning level up.
  if (category !== 'system' || level === 'warning' || level === 'error' || level === 'critical') log(message)
}

// The library loads the platform with `require('@azure/functions-core')`, which the real worker intercepts like this.
const requireWith = (core: object, folder: string): void => {
  const require = createRequire(resolve(folder, 'package.json'))
  const main = require.resolve(folder)
  // So that a start after another build reads the file again.
  delete require.cache[main]
  const original = Module.prototype.require
  const answering = function (this: unknown, id: string): unknown {
    return id === '@azure/functions-core' ? core : original.call(this, id)
  }
  Module.prototype.require = Object.assign(answering, original)
  try {
    require(main)
  } finally {
    Module.prototype.require = original
  }
}
