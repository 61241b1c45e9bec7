import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs'
import { join } from 'node:path'

interface Watched {
  readonly inode: number
  readonly watcher: FSWatcher
}

/**
 * Calls back on each change of a file in these folders, at any depth; `close` ends it. Folders are watched rather than
 * files, because editors and git replace a file, and a watcher of the old one gets no more events.
 */
export const watchFolders = (folders: readonly string[], changed: () => void): { close: () => void } => {
  const watched = new Map<string, Watched>()

  const forget = (folder: string): void => {
    watched.get(folder)?.watcher.close()
    watched.delete(folder)
  }

  const look = (): void => {
    const found = new Map(folders.flatMap(foldersIn).map((folder) => [folder, inodeOf(folder)]))
    // A replaced folder has the same name but needs a new watcher.
    for (const [folder, { inode }] of watched) if (found.get(folder) !== inode) forget(folder)
    for (const [folder, inode] of found) {
      if (inode === undefined || watched.has(folder)) continue
      const watcher = watch(folder, () => {
        look()
        changed()
      })
      watcher.on('error', () => forget(folder))
      watched.set(folder, { inode, watcher })
    }
  }

  look()
  return { close: () => [...watched.keys()].forEach(forget) }
}

/** Calls back on each change of one file, also when it is replaced. */
export const watchFile = (folder: string, name: string, changed: () => void): { close: () => void } => {
  const watcher = watch(folder, (_event, file) => {
    if (file === name) changed()
  })
  return { close: () => watcher.close() }
}

const inodeOf = (folder: string): number | undefined => statSync(folder, { throwIfNoEntry: false })?.ino

const foldersIn = (folder: string): string[] => {
  try {
    const within = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    return [folder, ...within.flatMap(({ name }) => foldersIn(join(folder, name)))]
  } catch {
    // Deleted in the meantime; the parent folder reports when it is back.
    return []
  }
}
