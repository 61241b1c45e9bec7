import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { meanings } from '../../shared/description/meanings'
import { detailCodes, failures, statuses } from '../../shared/errors'
import { sources } from './sources'

const page = readFileSync('docs/errors.md', 'utf8')
const tests = sources('test').filter(({ path }) => !path.startsWith('test/rules/'))

test.each(Object.entries(failures))('%s is documented with its status and code', (failure, code) => {
  expect(page).toContain(`| ${statuses[code]} | \`${code}\` | \`${failure}\` |`)
})

test.each(Object.entries(meanings))('%s is explained as in the description of the API', (failure, meaning) => {
  expect(page).toContain(`| \`${failure}\` | ${meaning} |`)
})

test.each(detailCodes)('the detail %s is documented', (code) => {
  expect(page).toContain(`| \`${code}\` |`)
})

test('the page documents no code that does not exist', () => {
  const rows = [...page.matchAll(/^\| \d{3} \| `(\w+)` \| `(\w+)` \|/gm)].map(([, code, failure]) => [failure, code])
  expect(Object.fromEntries(rows)).toEqual(failures)
  expect(rows).toHaveLength(Object.keys(failures).length)
  const details = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, code]) => code)
  expect(details.sort()).toEqual([...detailCodes].sort())
})

test('every top-level code is the code of some failure', () => {
  expect([...new Set(Object.values(failures))].sort()).toEqual(Object.keys(statuses).sort())
})

// A code counts as expected where a test has it in quotes, alone or in front of a target; this folder does not count.
const expecting = (code: string): string[] => {
  const quoted = new RegExp(`['"\`]${code}(?: [^'"\`]*)?['"\`]`)
  return tests.filter(({ text }) => quoted.test(text)).map(({ path }) => path)
}

test.each([...Object.keys(failures), ...detailCodes])('%s is expected by a test', (code) => {
  expect(expecting(code)).not.toEqual([])
})

test('a code that no test expects is found', () => {
  expect(expecting('neverHeardOf')).toEqual([])
})
