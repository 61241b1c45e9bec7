import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type LogLine, toCauses, writeLog } from '../../../shared/http/log'

const HUSH = 'hush'

test('no line of any message is in the log', () => {
  const line = fc.oneof(fc.string(), fc.constantFrom('    at hush (hush.js:1:1)', '\tat hush', 'at hush', '$&', '$`'))
  fc.assert(
    fc.property(fc.array(line, { maxLength: 4 }), (lines) => {
      const message = [HUSH, ...lines].join('\n')
      const [cause] = toCauses(new Error(message))
      expect(JSON.stringify(cause)).not.toContain(HUSH)
      expect(cause?.stack).toMatch(/^\s+at /)
    }),
  )
})

test('of each cause it says name, code and what the store calls it', () => {
  const root = Object.assign(new RangeError(HUSH), { code: 'ECONNRESET', substatus: 1, activityId: 'a', more: HUSH })
  const causes = toCauses(new TypeError(HUSH, { cause: new Error(HUSH, { cause: root }) }))
  expect(causes.map(({ stack, ...cause }) => cause)).toEqual([
    { name: 'TypeError' },
    { name: 'Error' },
    { name: 'RangeError', code: 'ECONNRESET', substatus: 1, activityId: 'a' },
  ])
})

test('a cycle of causes ends', () => {
  const error = new Error(HUSH)
  error.cause = error
  expect(toCauses(error)).toHaveLength(4)
})

test.each([
  [undefined, []],
  [null, []],
  [HUSH, [{ name: 'string' }]],
  [1, [{ name: 'number' }]],
  [() => HUSH, [{ name: 'function' }]],
  [{}, [{ name: 'Error', stack: undefined }]],
  [
    { message: HUSH, name: 1, code: { HUSH }, substatus: HUSH, activityId: 1, stack: 2 },
    [{ name: 'Error', code: undefined }],
  ],
  [{ name: 'X', cause: HUSH }, [{ name: 'X' }, { name: 'string' }]],
])('thrown was %o', (thrown, expected) => {
  const causes = toCauses(thrown)
  expect(causes).toMatchObject(expected)
  expect(causes).toHaveLength(expected.length)
  expect(JSON.stringify(causes)).not.toContain(HUSH)
})

test.each([
  [200, 'debug', 'info'],
  [404, 'information', 'info'],
  [499, 'warning', undefined],
  [200, 'error', undefined],
  [500, 'information', 'error'],
  [503, 'error', 'error'],
  [503, 'none', undefined],
] as const)('the line of a %i at the level %s goes to %s', (status, level, expected) => {
  const written: unknown[] = []
  const to = (name: string) => (text: string) => written.push([name, JSON.parse(text)])
  const ids = { requestId: 'r', clientRequestId: 'c' }
  const line: LogLine = { time: 't', function: 'f', method: 'GET', status, duration: 1, ...ids, error: undefined }
  writeLog({ info: to('info'), error: to('error') }, line, level)
  const { error: _, ...printed } = line
  expect(written).toEqual(expected === undefined ? [] : [[expected, printed]])
})

test('the log has names, codes and stack frames of causes, never their messages', () => {
  const secret = 'hush\n    at secret (x.js:1:1) is not a frame'
  const root = Object.assign(new TypeError(secret), { code: 503, substatus: 1002, activityId: 'a', body: secret })
  const causes = toCauses(new Error('hush', { cause: root }))
  expect(causes.map(({ name, code, substatus, activityId }) => [name, code, substatus, activityId])).toEqual([
    ['Error', undefined, undefined, undefined],
    ['TypeError', 503, 1002, 'a'],
  ])
  expect(JSON.stringify(causes)).not.toContain('hush')
  expect(toCauses('hush')).toEqual([{ name: 'string' }])
})
