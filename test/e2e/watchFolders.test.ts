import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { watchFile, watchFolders } from '../../local/watchFolders'

let folder: string
let seen = 0
const changed = () => {
  seen += 1
}
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watch-'))
  await mkdir(join(folder, 'deep'))
  await writeFile(join(folder, 'deep', 'a.ts'), 'first')
  seen = 0
})
afterEach(() => rm(folder, { recursive: true }))

const sees = async (change: () => Promise<unknown>) => {
  const before = seen
  await change()
  await expect.poll(() => seen).toBeGreaterThan(before)
  // Several events may tell of one change; the next one begins when they have come.
  for (let last = -1; last !== seen; await new Promise((done) => setTimeout(done, 100))) last = seen
}

const replace = async (path: string) => {
  const draft = `${folder}.new`
  await writeFile(draft, 'other')
  await rename(draft, join(folder, path))
}

test('files that are written, replaced again and again, made and removed are seen, also in new and in replaced folders', async () => {
  const { close } = watchFolders([folder], changed)
  try {
    await sees(() => writeFile(join(folder, 'deep', 'a.ts'), 'second'))
    await sees(() => replace('deep/a.ts'))
    await sees(() => replace('deep/a.ts'))
    await sees(() => mkdir(join(folder, 'new')))
    await sees(() => writeFile(join(folder, 'new', 'b.ts'), 'x'))
    await sees(() => replace('new/b.ts'))
    await sees(() => rename(join(folder, 'deep'), join(folder, 'gone')))
    await sees(() => mkdir(join(folder, 'deep')))
    await sees(() => writeFile(join(folder, 'deep', 'a.ts'), 'third'))
    await sees(() => rm(join(folder, 'deep', 'a.ts')))
  } finally {
    close()
  }
})

test('one file is seen when it is replaced again and again', async () => {
  const { close } = watchFile(folder, 'host.json', changed)
  try {
    await sees(() => writeFile(join(folder, 'host.json'), '{}'))
    await sees(() => replace('host.json'))
    await sees(() => replace('host.json'))
  } finally {
    close()
  }
})
