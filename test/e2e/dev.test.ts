import { utimes } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { mintToken } from '../../local/mintToken'
import { PATIENT } from '../harness'
import { command } from './command'

test('npm run dev loads the app anew on a change, and what was stored stays', async () => {
  const dev = command('dev', { PORT: '0', ...PATIENT })
  try {
    await dev.says('ready ')
    const url = dev.out().trim().replace('ready ', '')
    const headers = { Authorization: `Bearer ${mintToken()}`, 'Content-Type': 'application/json' }
    const body = JSON.stringify({ displayName: 'Wipe', state: 'pending', version: '1' })
    const operations = `${url}/beta/users/u/managedAppRegistrations/r/operations`
    const created = await fetch(operations, { method: 'POST', headers, body })
    expect(created.status).toBe(201)
    await utimes('host.json', new Date(), new Date())
    await expect.poll(dev.err).toMatch(/^restarted in \d+ ms$/m)
    const read = await fetch(created.headers.get('location') ?? '', { headers })
    expect(read.status).toBe(200)
    dev.child.kill('SIGTERM')
    expect(await dev.ended).toBe(0)
  } finally {
    dev.child.kill('SIGKILL')
  }
})
