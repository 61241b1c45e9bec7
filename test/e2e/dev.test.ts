import { copyFile, rename } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { mintToken } from '../../local/mintToken'
import { PATIENT } from '../harness'
import { command } from './command'

test('npm run dev reloads the app on a change, and records stay', async () => {
  const dev = command('dev', { PORT: '0', ...PATIENT })
  try {
    await dev.says('ready ')
    const url = dev.out().trim().replace('ready ', '')
    const headers = { Authorization: `Bearer ${mintToken()}`, 'Content-Type': 'application/json' }
    const body = JSON.stringify({ displayName: 'Wipe', state: 'pending', version: '1' })
    const operations = `${url}/beta/users/u/managedAppRegistrations/r/operations`
    const created = await fetch(operations, { method: 'POST', headers, body })
    expect(created.status).toBe(201)
    // As an editor or git does it, and twice: the second time the file is no longer the one that was there at the
    // start.
    for (const times of [1, 2]) {
      await copyFile('host.json', '.local/host.json.new')
      await rename('.local/host.json.new', 'host.json')
      await expect.poll(() => dev.err().match(/^restarted in \d+ ms$/gm)).toHaveLength(times)
    }
    const read = await fetch(created.headers.get('location') ?? '', { headers })
    expect(read.status).toBe(200)
    dev.child.kill('SIGTERM')
    expect(await dev.ended).toBe(0)
  } finally {
    dev.child.kill('SIGKILL')
  }
})
