import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A process of the benchmark that serves something; it says so with one line of JSON. */
export interface Child<T> {
  readonly ready: T
  readonly stop: () => Promise<void>
}

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** Starts a TypeScript file of this folder in a process of its own and waits for its first line. */
export const startChild = async <T>(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Child<T>> => {
  const command = ['local/run.mjs', `../test/bench/${name}`, ...args]
  const child = spawn(process.execPath, command, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })
  const [line] = await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => [undefined])])
  if (typeof line !== 'string') throw new Error(`${name} ended before it was ready`)
  // Each child prints what its caller expects.
  return { ready: JSON.parse(line) as T, stop: () => end(child) }
}

/** Runs a command to its end and returns what it printed. */
export const output = async (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> => {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const chunks: Buffer[] = []
  const errors: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${String(code)}: ${Buffer.concat(errors).toString()}`)
  return Buffer.concat(chunks).toString()
}
