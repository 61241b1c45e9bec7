import { expect, test } from 'vitest'
import { redactBody } from '../../../shared/redaction/redactBody'
import { redactHeader } from '../../../shared/redaction/redactHeader'
import { redactUrl } from '../../../shared/redaction/redactUrl'
import { endlessBodies, endlessHeaders, endlessUrls, fill } from './endless'

// The most that a request can bring. Were a text read over and over, its test would take hours.
const LARGEST = 1_900_000

test.each(endlessUrls)('a URL of %j and then %j without end', (...shape) => {
  const url = fill(shape, LARGEST)
  expect(redactUrl(url).length).toBeLessThan(url.length * 12)
})

test.each(endlessHeaders)('a header of %j and then %j without end', (...shape) => {
  const header = fill(shape, LARGEST)
  expect(redactHeader({ name: 'a', value: header }).value.length).toBeLessThan(header.length * 12)
  expect(redactHeader({ name: header, value: 'a' }).value).toBe('a')
})

test.each(endlessBodies)('a body of %j and then %j without end', (...shape) => {
  const body = fill(shape, LARGEST)
  expect(redactBody(body).length).toBeLessThan(body.length * 12)
})
