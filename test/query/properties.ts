import fc from 'fast-check'
import { OTHER_TENANT, TENANT } from '../harness'
import {
  appOperation,
  httpRequest,
  operation,
  RELATIONSHIP,
  relationshipRequest,
  result,
  type Sample,
} from '../verbs/samples'

/** A value of a document that can be filtered by. */
export type Value = string | number | boolean | null

/** A property as a client knows it, written down here anew. */
export interface Property {
  readonly name: string
  readonly type: 'guid' | 'text' | 'date' | 'int' | 'boolean' | 'enum'
  readonly nullable?: true
  /** Members that a client sees only when it asks for them. */
  readonly hidden?: readonly string[]
  /** What documents and literals are made of; few, so that they meet. */
  readonly pool: readonly (string | number | boolean)[]
}

export interface Collection extends Sample {
  readonly properties: readonly Property[]
  readonly ordered: readonly string[]
  /** Properties that a stored document has beside those above. */
  readonly rest: Readonly<Record<string, unknown>>
}

const GUIDS = [TENANT, OTHER_TENANT, 'c1f0b7a9-2d46-4e83-8a15-6b9d3f20e7d8', '00000000-0000-0000-0000-000000000000']
const TEXTS = [
  'a',
  'A',
  'ab',
  "o'neil",
  "''",
  'null',
  'true',
  '1',
  ' a b ',
  '(a, b)',
  "' or 'a' eq 'a",
  '@p0',
  '\\',
  '"',
  '%27',
  'ä€😀',
  'and not',
]
const DATES = [
  '0001-01-01T14:00:00.0000000Z',
  '2024-02-29T23:59:59.9999999Z',
  '2026-11-23T10:55:47.0000000Z',
  '2026-11-23T10:55:47.0000001Z',
  '2026-11-23T10:55:47.1230000Z',
  '9999-12-30T00:00:00.0000000Z',
]
const INTS = [0, 1, 2, 200, 404, 2147483647]

const guid = (name: string): Property => ({ name, type: 'guid', pool: GUIDS })
const text = (name: string): Property => ({ name, type: 'text', pool: TEXTS })
const date = (name: string): Property => ({ name, type: 'date', pool: DATES })
const own: readonly Property[] = [guid('id'), date('createdDateTime'), date('lastModifiedDateTime')]
const ofResult = [text('managedTenantOperationId'), guid('targetTenantId'), guid('partnerUserId'), guid('requestId')]
const dates = ['createdDateTime', 'lastModifiedDateTime']
const statusCode: Property = { name: 'statusCode', type: 'int', nullable: true, pool: [...INTS, -1, -2147483648] }
const action: Property = {
  name: 'action',
  type: 'enum',
  hidden: ['reject'],
  pool: ['lockForApproval', 'approve', 'terminate', 'unknownFutureValue', 'reject'],
}
const status: Property = {
  name: 'status',
  type: 'enum',
  pool: ['created', 'pending', 'succeeded', 'failed', 'unknownFutureValue'],
}

/** The five collections with what api.md lets a client filter and order by. */
export const collections: readonly Collection[] = [
  {
    ...operation,
    properties: [...own, text('name'), { ...text('status'), nullable: true }, guid('partnerUserId'), guid('requestId')],
    ordered: [...dates, 'name'],
    rest: { target: {}, operationDefinition: {}, aggregationDefinition: null, credentials: null, result: null },
  },
  {
    ...result,
    properties: [...own, ...ofResult, { name: 'isSuccess', type: 'boolean', pool: [true, false] }],
    ordered: dates,
    rest: { exception: null, executionInfo: null, result: [] },
  },
  {
    ...httpRequest,
    properties: [...own, ...ofResult, { name: 'attempt', type: 'int', pool: INTS }, statusCode],
    ordered: dates,
    rest: { request: {}, response: null },
  },
  {
    ...relationshipRequest,
    properties: [...own, action, status],
    ordered: dates,
    rest: { delegatedAdminRelationshipId: RELATIONSHIP },
  },
  {
    ...appOperation,
    properties: [guid('id'), date('lastModifiedDateTime'), text('displayName'), text('state'), text('version')],
    ordered: ['lastModifiedDateTime', 'displayName'],
    rest: { usersId: "o'neil", managedAppRegistrationId: 'T_1' },
  },
]

/** A stored document; its values of the properties are what the oracle looks at. */
export type Document = Readonly<Record<string, unknown>> & { readonly id: string }

/** Documents of one partner. */
export const documentsOf = ({ properties, rest }: Collection, tenant: string): fc.Arbitrary<Document> => {
  const values = properties.map(({ name, pool, nullable }): [string, fc.Arbitrary<Value>] => {
    const some = fc.constantFrom(...pool)
    return [name, nullable === true ? fc.option(some, { freq: 3 }) : some]
  })
  return fc
    .tuple(fc.record(Object.fromEntries(values)), fc.uuid())
    .map(([record, id]) => ({ ...rest, ...record, partnerTenantId: tenant, id }))
}
