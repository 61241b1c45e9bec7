import { expect, test } from 'vitest'
import { parseAccept } from '../../../shared/headers/accept'
import { outcome } from '../outcome'

const NONE = 'unacceptableMediaType Accept'

test.each([
  [null, 'minimal'],
  ['', 'minimal'],
  ['*/*', 'minimal'],
  ['application/*', 'minimal'],
  ['application/json', 'minimal'],
  ['APPLICATION/JSON; odata.metadata=Minimal', 'minimal'],
  ['application/json;odata.metadata=full', 'minimal'],
  ['application/json;odata.metadata=none', 'none'],
  ['application/json;odata.metadata=some', NONE],
  ['text/html', NONE],
  ['text/html, */*;q=0.1', 'minimal'],
  ['application/json;q=0', NONE],
  ['text/xml;q=1, application/json;q=0.2', 'minimal'],
  ['application/json;odata.metadata=none;q=0.5, application/json;q=0.1', 'none'],
  ['application/xml', NONE],
  [',', NONE],
  ['  ', 'minimal'],
  ['application/json; charset=utf-8', 'minimal'],
  ['application/json;IEEE754Compatible=false;odata.streaming=true', 'minimal'],
  ['application/json;metadata=none', 'none'],
  ['application/json; odata.metadata="none"', 'none'],
  ['*/*;odata.metadata=none', 'none'],
  ['application/json;odata.metadata=', NONE],
  ['application/json;odata.metadata=some, */*;q=0.1', 'minimal'],
  ['application/json;odata.metadata=minimal;q=0, application/json;odata.metadata=none', 'none'],
  ['application/json;odata.metadata=minimal;q=0.1, application/json;odata.metadata=none;q=0.2', 'none'],
  ['application/json;q=0.0', NONE],
  ['application/json;q=0.001', 'minimal'],
  ['application/json;q=high', 'minimal'],
  ['application/*;q=0, */*;q=0', NONE],
  ['application/json+x', NONE],
  ['application/jsonl', NONE],
  ['json', NONE],
  ['*', NONE],
  ['text/*', NONE],
  [`${'text/html,'.repeat(2000)}*/*`, 'minimal'],
])('Accept %j is %s', (header, expected) => {
  expect(outcome(() => parseAccept(header))).toBe(expected)
})
