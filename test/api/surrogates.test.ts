import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ledger, startLedger } from '../harness'
import { details } from './replies'
import { httpRequest, operation, result, type Sample, samples } from './samples'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const post = (sample: Sample, more: object) => ledger.call({ path: sample.path, body: { ...sample.body, ...more } })

describe('half of a surrogate pair', () => {
  const lone = ['\ud83d', '\ude00', 'cut \ud83d', '\ude00\ud83d', 'a\ud83db']
  const strings: [string, Sample, (text: string) => object, string][] = [
    ['a string', result, (exception) => ({ exception }), 'exception'],
    ['an element', result, (text) => ({ result: ['x', text] }), 'result[1]'],
    ['a string with bounds', operation, (name) => ({ name }), 'name'],
    [
      'a string that is dropped',
      operation,
      (dapAccessToken) => ({ credentials: { dapAccessToken } }),
      'credentials.dapAccessToken',
    ],
    ['a string that is redacted', httpRequest, (url) => ({ request: { url: `https://x/?sig=${url}` } }), 'request.url'],
    [
      'a header',
      httpRequest,
      (value) => ({ request: { headers: [{ name: 'Cookie', value }] } }),
      'request.headers[0].value',
    ],
    ['a dynamic value', operation, (more) => ({ more }), 'more'],
    ['a deep dynamic value', operation, (text) => ({ more: [[{ a: text }]] }), 'more[0][0].a'],
    [
      'a dynamic value of a lambda',
      operation,
      (own) => ({ operationDefinition: { lambdaDefinitions: [{ own }] } }),
      'operationDefinition.lambdaDefinitions[0].own',
    ],
    ['an unknown value', samples[4] ?? operation, (state) => ({ state }), 'state'],
  ]
  it.each(strings)('in %s is refused, by POST and by PATCH', async (_, sample, wrap, target) => {
    const { json } = await post(sample, {})
    for (const text of lone) {
      const problem = [`invalidValue ${target}`]
      expect(details(await post(sample, wrap(text)))).toEqual(problem)
      const patched = await ledger.call({ method: 'PATCH', path: `${sample.path}/${json.id}`, body: wrap(text) })
      expect(details(patched)).toEqual(problem)
    }
    expect((await post(sample, wrap('😀'))).status).toBe(201)
  })

  it('in a name is refused on every level, with a message in valid Unicode', async () => {
    for (const name of ['\ud83d', 'a\ude00']) {
      const shown = name.toWellFormed()
      for (const [more, target] of [
        [{ [name]: 1 }, `['${shown}']`],
        [{ more: { [name]: 1 } }, `more['${shown}']`],
        [{ target: { [name]: 1 } }, `target['${shown}']`],
        [{ [`${name}@odata.type`]: 1 }, `['${shown}@odata.type']`],
      ] as const)
        expect(details(await post(operation, more))).toEqual([`invalidValue ${target}`])
    }
  })
})
