import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { detailCodes, type Failure, failures, statuses } from '../../shared/errors'
import { sources } from './sources'

const page = readFileSync('docs/errors.md', 'utf8')
const tests = sources('test').filter(({ path }) => path.endsWith('.test.ts') || !path.startsWith('test/rules'))

test.each(Object.entries(failures))('%s is documented with its status and code', (failure, code) => {
  expect(page).toContain(`| ${statuses[code]} | \`${code}\` | \`${failure}\` |`)
})

test.each(detailCodes)('the detail %s is documented', (code) => {
  expect(page).toContain(`| \`${code}\` |`)
})

test('the page documents no code that does not exist', () => {
  const rows = [...page.matchAll(/^\| \d{3} \| `(\w+)` \| `(\w+)` \|/gm)].map(([, code, failure]) => [failure, code])
  expect(Object.fromEntries(rows)).toEqual(failures)
})

// A code counts as tested where a test file names it in quotes, this folder aside.
test.each(Object.keys(failures) as Failure[])('%s is expected by a test', (failure) => {
  const named = tests.filter(({ path, text }) => !path.startsWith('test/rules/') && text.includes(`'${failure}'`))
  expect(named.length).toBeGreaterThan(0)
})

test.each(detailCodes)('the detail %s is expected by a test', (code) => {
  const named = tests.filter(({ path, text }) => !path.startsWith('test/rules/') && text.includes(`'${code}'`))
  expect(named.length).toBeGreaterThan(0)
})
