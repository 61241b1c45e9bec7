import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readExamples } from '../../../local/examples'
import type { JsonObject } from '../../../shared/basics/isObject'
import { checkStored, fromStore } from '../../../shared/payload/fromStore'
import { newDocument } from '../../../shared/payload/newDocument'
import { parseCreate } from '../../../shared/payload/parse'
import { resources } from '../../../shared/schemas/resources'
import { isInternal } from '../../../shared/schemas/storeNames'
import { leastOf } from '../payload/bodies'

const ID = '0f9d1c7a-4e63-4b58-a2d1-96c8e35b70f4'
const NOW = new Date('2026-11-23T10:55:47.123Z')
const BY = { application: { id: ID, displayName: 'An app' }, user: null }
const STORE = { _rid: 'r', _self: 's', _ts: 1, _etag: '"e"', _attachments: 'a/', _write: 'w' }

const VALUES = [
  ...[null, true, 0, -1, 1.5, 2147483648, '', 'x', 'x'.repeat(257), [], [null], ['x'], {}],
  ...[{ '@odata.type': 'microsoft.graph.httpHeader' }, { name: 'Authorization', value: 'Bearer x' }],
  ...[ID, ID.toUpperCase(), '2026-11-23T10:55:47Z', '2026-02-30T10:55:47.0000000Z', '2024-02-29T10:55:47.0000000Z'],
  ...['0000-01-01T00:00:00.0000000Z', '2026-11-31T00:00:00.0000000Z', 'reject', 'unknownFutureValue', 'none'],
  ...['https://x.test/?sig=secret', '{"client_secret":"x"}', 'ab'],
]
const NAMES = [
  'Status',
  'IsSuccess',
  'createdBy',
  'more',
  'ttl',
  'value',
  'headers',
  '@odata.type',
  'dapAccessToken',
  'isSuccess',
  'tenantIds',
  '7',
]

// Somewhere in a document another value, another member, or one less.
const change = (value: unknown, path: readonly number[], replacement: unknown, name: string): unknown => {
  const [turn, ...rest] = path
  if (turn === undefined || typeof value !== 'object' || value === null) return replacement
  const keys = Object.keys(value)
  const key = keys[turn % (keys.length + 1)]
  if (key === undefined) return Array.isArray(value) ? [...value, replacement] : { ...value, [name]: replacement }
  const changed = change((value as JsonObject)[key], rest, replacement, name) // any object may be asked for a key
  return Array.isArray(value)
    ? value.map((one, index) => (String(index) === key ? changed : one))
    : { ...value, [key]: changed }
}

const outcome = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (error) {
    return error instanceof Error ? error.name : error
  }
}

describe.each(resources)('$name', (resource) => {
  const example = readExamples().find(({ name }) => name === `${resource.container}Create`)?.body
  const made = [leastOf(resource), example ?? leastOf(resource)].map((body) => ({
    ...newDocument(resource, parseCreate(resource, body, true), { id: ID, now: NOW, by: BY }, {}),
    ...STORE,
  }))
  const stored = JSON.parse(JSON.stringify(made)) as readonly JsonObject[] // what was an object is one
  const shown = (document: JsonObject) =>
    Object.fromEntries(
      Object.entries(document).filter(([name]) => (resource.open ? !isInternal(name) : resource.properties.has(name))),
    )

  test('is not copied as it was stored', () => {
    for (const document of stored) expect(checkStored(resource, document)).toBe(document)
  })

  test('is what the schema makes of it, or fails as the schema does, whatever was changed in it', () => {
    let kept = 0
    fc.assert(
      fc.property(
        fc.constantFrom(...stored),
        fc.array(fc.nat(40), { minLength: 1, maxLength: 4 }),
        fc.oneof(fc.constantFrom(...VALUES), fc.string(), fc.integer()),
        fc.constantFrom(...NAMES),
        (document, path, replacement, name) => {
          const changed = change(document, path, replacement, name) as JsonObject // a path has a first step
          const found = outcome(() => shown(checkStored(resource, changed)))
          if (resource.storedCheck()(changed)) kept += 1
          expect(found).toEqual(outcome(() => fromStore(resource, changed)))
        },
      ),
      { numRuns: 3000 },
    )
    expect(kept).toBeGreaterThan(10)
  })
})
