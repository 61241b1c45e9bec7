import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const INTERVAL_MS = 500

/**
 * Calls back when the npm that started this process is gone. npm runs a script in a shell, and neither has to forward a
 * signal: if one of them is killed, its child keeps running. Does nothing for a process that npm did not start.
 */
export const onParentDeath = (tell: () => void): void => {
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const watched = [parent]
  // Where the grandparent cannot be found, only the parent is watched.
  parentBehindShell(parent).then(
    (pid) => pid !== undefined && watched.push(pid),
    () => undefined,
  )
  const timer = setInterval(() => {
    if (process.ppid === parent && watched.every(isAlive)) return
    clearInterval(timer)
    tell()
  }, INTERVAL_MS)
  timer.unref()
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

const run = promisify(execFile)

const parentBehindShell = async (pid: number): Promise<number | undefined> => {
  const { parent, command } = await describe(pid)
  // Ancestors of npm are not watched.
  return /(sh -c |cmd\.exe)/.test(command) && parent > 1 ? parent : undefined
}

const describe = async (pid: number): Promise<{ parent: number; command: string }> => {
  if (process.platform === 'linux') {
    // Not ps, which minimal images lack. The process name in parentheses may contain any character.
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    return { parent, command: (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ') }
  }
  const { stdout } = await (process.platform === 'win32'
    ? run('powershell', windowsQuery(pid))
    : run('ps', posixQuery(pid)))
  const [parent = '', ...command] = stdout.trim().split(/\s+/)
  return { parent: Number(parent), command: command.join(' ') }
}

const posixQuery = (pid: number): string[] => ['-o', 'ppid=,args=', '-p', String(pid)]

const windowsQuery = (pid: number): string[] => {
  const find = `$p = Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}'`
  return ['-NoProfile', '-NonInteractive', '-Command', `${find}; "$($p.ParentProcessId) $($p.Name)"`]
}
