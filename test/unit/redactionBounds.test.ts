import { expect, test } from 'vitest'
import { redactBody } from '../../shared/schemas/redaction/redactBody'
import { redactHeader } from '../../shared/schemas/redaction/redactHeader'
import { redactUrl } from '../../shared/schemas/redaction/redactUrl'

const LARGEST = 1_900_000
const filled = (start: string, unit: string): string => start + unit.repeat((LARGEST - start.length) / unit.length)

// Were any of these read more than a few times over, the test would take hours.
test.each([
  ['', ';'],
  ['?', '&'],
  ['?a=', ';sig'],
  ['?', 'a=%26&'],
  ['?', 'sig= '],
  ['?a=%3F', 'sig%3Dx%26'],
  ['?a=%', '=;'],
  ['https://a:', ':'],
  ['https:', '/'],
  ['#sig=', '#'],
  ['/', ';a/'],
  ['?a=@', 'https://'],
  ['', 'eyJ'],
  ['', 'eyJa.'],
])('a URL of %j and then %j without end', (start, unit) => {
  const url = filled(start, unit)
  expect(redactUrl(url).length).toBeLessThan(url.length * 12)
})

test.each([
  ['', '<'],
  ['', '<a?='],
  ['=', ' '],
  ['=', 'Bearer\t'],
  ['Bearer', ' '],
  ['=', '"/?%40'],
])('a header of %j and then %j without end', (start, unit) => {
  const header = filled(start, unit)
  expect(redactHeader({ name: 'a', value: header }).value.length).toBeLessThan(header.length * 12)
  expect(redactHeader({ name: header, value: 'a' }).value).toBe('a')
})

test.each([
  ['', ' '],
  ['', 'a'],
  ['', '['],
  ['{"a":"', '\\'],
  ['{"a":"', '\\"'],
  ['{"token":"', '\\"'],
  ['{"token":', '['],
  ['{"token":', '{"'],
  ['{', '"token":'],
  ['{', '"token":[],'],
  ['{', '"a":1,'],
  ['{"a"', ' '],
  ['["', '" "'],
  ['["/?a=', '\\u0026sig='],
  ['[', '"/?%40\\u0061"'],
  ['a=', '&'],
  ['a=', '\n'],
  ['a=', '%3Fsig%3D&'],
])('a body of %j and then %j without end', (start, unit) => {
  const body = filled(start, unit)
  expect(redactBody(body).length).toBeLessThan(body.length * 12)
})
