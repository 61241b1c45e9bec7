import { expect, test } from 'vitest'
import { readExamples } from '../../local/examples'
import { command } from './command'

test('npm run demo shows every example, its Location and what was stored, and heeds no setting of this machine', async () => {
  const { ended, out, err } = command('demo', { PORT: '1', COSMOS_ENDPOINT: 'http://127.0.0.1:9', AUTH_AUDIENCE: 'x' })
  expect([await ended, err()]).toEqual([0, ''])
  const creates = readExamples().filter(({ name }) => name.endsWith('Create'))
  expect(creates).toHaveLength(5)
  for (const { method, path } of creates) expect(out()).toContain(`\n${method} ${path}\n`)
  // One of them is sent twice, so that a list has a second page.
  expect(out().match(/^201 Created\nLocation: http:\/\/127\.0\.0\.1:\d+\//gm)).toHaveLength(6)
  expect(out().match(/^stored in \w+:$/gm)).toHaveLength(6)
  expect(out()).toContain('"value": "[redacted]"')
  expect(out().match(/^GET .*skiptoken=/gm)).toHaveLength(1)
  expect(out()).toMatch(/^PATCH .*\n[\s\S]*^200 OK\n[\s\S]*^DELETE .*\n\n204 No Content\n/m)
})
