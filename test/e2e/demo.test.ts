import { expect, test } from 'vitest'
import { readExamples } from '../../local/examples'
import { command } from './command'

test('npm run demo shows every example, its Location and what was stored, and heeds no setting of this machine', async () => {
  const { ended, out, err } = command('demo', { PORT: '1', COSMOS_ENDPOINT: 'http://127.0.0.1:9', AUTH_AUDIENCE: 'x' })
  expect([await ended, err()]).toEqual([0, ''])
  const examples = readExamples()
  expect(examples).toHaveLength(5)
  for (const { method, path } of examples) expect(out()).toContain(`\n${method} ${path}\n`)
  expect(out().match(/^201 Created\nLocation: http:\/\/127\.0\.0\.1:\d+\//gm)).toHaveLength(5)
  expect(out().match(/^stored in \w+:$/gm)).toHaveLength(5)
  expect(out()).toContain('"value": "[redacted]"')
})
