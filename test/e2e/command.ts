import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** A started command: what it says, and how it ends. */
export interface Command {
  readonly child: ChildProcess
  readonly out: () => string
  readonly err: () => string
  /** Resolves when standard output holds this; rejects when the command ends before. */
  readonly says: (text: string) => Promise<void>
  /** Resolves with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>
}

/** Starts a program with a bare environment and these settings. */
export const start = (file: string, args: readonly string[], settings: Record<string, string> = {}): Command => {
  const { PATH = '', HOME = '', SystemRoot = '' } = process.env
  const child = spawn(file, args, { env: { PATH, HOME, SystemRoot, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.on('data', (text) => {
    out += text
  })
  child.stderr.on('data', (text) => {
    err += text
  })
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal)
  const says = async (text: string) => {
    const heard = new Promise<void>((resolve) => {
      const look = () => {
        if (out.includes(text)) resolve()
      }
      child.stdout.on('data', look)
      look()
    })
    const early = ended.then((code) => {
      if (!out.includes(text)) throw new Error(`ended with ${code}: ${err}`)
    })
    await Promise.race([heard, early])
  }
  return { child, out: () => out, err: () => err, says, ended }
}

/** Starts a TypeScript command of the project. */
export const command = (name: string, settings: Record<string, string> = {}, args: readonly string[] = []): Command =>
  start(process.execPath, ['local/run.mjs', name, ...args], settings)
