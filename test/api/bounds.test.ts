import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resources } from '../../shared/schemas/resources'
import { type Ledger, startLedger } from '../harness'
import { placesOf } from '../unit/payload/places'
import { details, errorOf, verdict } from './replies'
import { httpRequest, operation, result, type Sample, samples } from './samples'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const post = (sample: Sample, more: object) => ledger.call({ path: sample.path, body: { ...sample.body, ...more } })
const times = (length: number, value: unknown) => Array.from({ length }, () => value)
const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)])

const GUID = 'c1f0b7a9-2d46-4e83-8a15-6b9d3f20e7d8'
const collections: [string, Sample, unknown, (elements: unknown) => object][] = [
  ['target.tenantIds', operation, GUID, (tenantIds) => ({ target: { tenantIds } })],
  ['operationDefinition.values', operation, 'x', (values) => ({ operationDefinition: { values } })],
  [
    'operationDefinition.lambdaDefinitions',
    operation,
    {},
    (lambdaDefinitions) => ({ operationDefinition: { lambdaDefinitions } }),
  ],
  ['aggregationDefinition.values', operation, 'x', (values) => ({ aggregationDefinition: { values } })],
  [
    'aggregationDefinition.lambdaDefinitions',
    operation,
    {},
    (lambdaDefinitions) => ({ aggregationDefinition: { lambdaDefinitions } }),
  ],
  ['result.tenantExceptions', operation, {}, (tenantExceptions) => ({ result: { tenantExceptions } })],
  ['result.result', operation, 'x', (texts) => ({ result: { result: texts } })],
  ['result', result, 'x', (texts) => ({ result: texts })],
  ['request.headers', httpRequest, {}, (headers) => ({ request: { headers } })],
  ['response.headers', httpRequest, {}, (headers) => ({ response: { headers } })],
]

describe('a collection', () => {
  it('is one of these', () => {
    const inside = resources.flatMap((resource) =>
      placesOf(resource).flatMap(({ target, structure }) =>
        [...structure.properties.values()]
          .filter(({ collection }) => collection)
          .map(({ name }) => `${target}.${name}`),
      ),
    )
    expect(collections.map(([target]) => target).sort()).toEqual([...inside, 'result'].sort())
  })

  it.each(collections)(
    '%s takes 10,000 elements and not one more, by POST and by PATCH',
    async (target, sample, element, holding) => {
      for (const length of [9_999, 10_000])
        expect((await post(sample, holding(times(length, element)))).status).toBe(201)
      const wrong = await post(sample, holding(times(10_001, null)))
      expect([...verdict(wrong), ...details(wrong)]).toEqual([
        400,
        'badRequest',
        'invalidPayload',
        target,
        `invalidLength ${target}`,
      ])
      const { json } = await post(sample, {})
      const path = `${sample.path}/${json.id}`
      const patched = await ledger.call({ method: 'PATCH', path, body: holding(times(10_001, element)) })
      expect(details(patched)).toEqual([`invalidLength ${target}`])
      expect((await ledger.call({ method: 'PATCH', path, body: holding(times(10_000, element)) })).status).toBe(200)
    },
  )

  it('in a dynamic value is as long as it likes', async () => {
    expect((await post(operation, { more: times(20_000, 1) })).status).toBe(201)
  })

  it('that is longer in the store is answered', async () => {
    const { json } = await post(result, {})
    const stored = await ledger.stored(result.container, String(json.id))
    await ledger.database.container(result.container).items.upsert({ ...stored, result: times(10_001, 'x') })
    const read = await ledger.call({ path: `${result.path}/${json.id}` })
    expect([read.status, (read.json.result as unknown[]) /* as stored */.length]).toEqual([200, 10_001])
  })
})

describe('problems', () => {
  it.each([
    [99, 99, 'The body has 98 more problems'],
    [100, 100, 'The body has 100 problems or more'],
    [101, 100, 'The body has 100 problems or more'],
    [10_000, 100, 'The body has 100 problems or more'],
  ])('%i of them are %i details', async (count, told, sentence) => {
    const values = times(count, 0)
    for (const more of [
      { target: { tenantIds: values } },
      { operationDefinition: { lambdaDefinitions: times(count, { type: 'x' }) } },
      { more: times(count, { constructor: 1 }) },
      Object.fromEntries(values.map((_, index) => [`_${index}`, 1])),
    ]) {
      const reply = await post(operation, more)
      expect([reply.status, details(reply).length]).toEqual([400, told])
      expect(errorOf(reply)?.message).toContain(sentence)
    }
  })

  it('found by name and by value are a hundred together', async () => {
    const more = { more: times(60, { constructor: 1 }), target: { tenantIds: times(60, 0) } }
    const found = details(await post(operation, more))
    expect([found.length, found.filter((each) => each.startsWith('reservedName')).length]).toEqual([100, 60])
  })
})

describe('levels', () => {
  it('are 62, wherever they are', async () => {
    for (const [sample, wrap] of [
      [operation, (value: unknown) => ({ more: value })],
      [operation, (value: unknown) => ({ operationDefinition: { lambdaDefinitions: [{ own: value }] } })],
    ] as const) {
      const own = JSON.stringify(wrap(0)).replace(/[^{[]/g, '').length
      const deepest = await post(sample, wrap(nested(62 - own)))
      expect(deepest.status).toBe(201)
      expect(verdict(await post(sample, wrap(nested(63 - own))))[2]).toBe('payloadTooDeep')
      // In a page it stands two levels deeper: as much as readers of .NET take.
      const page = await ledger.call({ path: `${sample.path}?$top=1&$filter=id eq ${deepest.json.id}` })
      const depth = [...page.text].reduce(
        ([now, most], character) => {
          const next = now + ('{['.includes(character) ? 1 : '}]'.includes(character) ? -1 : 0)
          return [next, Math.max(most, next)] as const
        },
        [0, 0] as readonly [number, number],
      )
      expect(depth).toEqual([0, 64])
    }
  })

  it.each(samples.map((sample) => [sample.name, sample] as const))(
    'are counted in what a closed type refuses too: %s',
    async (_, sample) => {
      expect(verdict(await post(sample, { more: nested(62) }))[2]).toBe('payloadTooDeep')
    },
  )
})

describe('an answer', () => {
  const worst: [string, Sample, object][] = [
    [
      'an operation with as many empty elements as there may be',
      operation,
      {
        operationDefinition: { lambdaDefinitions: times(10_000, {}) },
        aggregationDefinition: { lambdaDefinitions: times(10_000, {}) },
        result: { tenantExceptions: times(10_000, {}) },
      },
    ],
    [
      'a request with as many empty headers as there may be',
      httpRequest,
      { request: { headers: times(10_000, {}) }, response: { headers: times(10_000, {}) } },
    ],
    ['a result with as many empty strings as there may be', result, { result: times(10_000, '') }],
    [
      'many short dynamic properties',
      operation,
      Object.fromEntries(times(20_000, 0).map((_, index) => [`p${index}`, 0])),
    ],
    ['control characters', result, { exception: '\u0001'.repeat(250_000) }],
    ['the least operation', operation, {}],
  ]
  it.each(worst)('to %s has at most four times the bytes of its document, or 2 MB', async (_, sample, more) => {
    const { status, json, text } = await post(sample, more)
    expect(status).toBe(201)
    const stored = Buffer.byteLength(JSON.stringify(await ledger.stored(sample.container, String(json.id))))
    const most = Math.max(4 * stored, 2_000_000)
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(most)
    const read = await ledger.call({ path: `${sample.path}/${json.id}` })
    expect(Buffer.byteLength(read.text)).toBeLessThanOrEqual(most)
  })
})
