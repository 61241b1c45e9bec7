import fc from 'fast-check'
import { OTHER_TENANT, TENANT } from '../../harness'
import {
  appOperation,
  httpRequest,
  operation,
  RELATIONSHIP,
  relationshipRequest,
  result,
  type Sample,
} from '../samples'

/** A value of a document that can be filtered by. */
export type Value = string | number | boolean | null

/** A property as a client knows it, written down here anew. */
export interface Property {
  /** Its path, like `createdBy/user/id`. */
  readonly name: string
  readonly type: 'guid' | 'text' | 'date' | 'int' | 'boolean' | 'enum'
  readonly nullable?: true
  /** The value is a list of such. */
  readonly collection?: true
  /** Name of an enumeration's type. */
  readonly typeName?: string
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
  /** Complex values of a stored document; any but those that are required may be absent. */
  readonly complex: Readonly<Record<string, fc.Arbitrary<unknown>>>
  readonly required?: readonly string[]
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
  '2026-11-23T00:00:00.0000000Z',
  '2026-11-23T10:55:47.0000000Z',
  '2026-11-23T10:55:47.0000001Z',
  '2026-11-23T10:55:47.1230000Z',
  '9999-12-30T00:00:00.0000000Z',
]
const INTS = [0, 1, 2, 200, 404, 2147483647]

const guid = (name: string): Property => ({ name, type: 'guid', pool: GUIDS })
const text = (name: string): Property => ({ name, type: 'text', pool: TEXTS })
const date = (name: string): Property => ({ name, type: 'date', pool: DATES })
const identities = (['application', 'user'] as const).map(
  (kind): Property => ({ ...text(`createdBy/${kind}/id`), nullable: true }),
)
const own: readonly Property[] = [guid('id'), date('createdDateTime'), date('lastModifiedDateTime'), ...identities]

// Every way in which a member may be missing: its parent absent or null, itself absent or null.
const maybe = (value: fc.Arbitrary<unknown>) => fc.option(value, { freq: 4 })
const identity = maybe(
  fc.record({ id: maybe(fc.constantFrom(...TEXTS)), displayName: fc.constant(null) }, { requiredKeys: [] }),
)
const createdBy = maybe(fc.record({ application: identity, user: identity }, { requiredKeys: [] }))
const target = fc.record(
  { allTenants: maybe(fc.boolean()), tenantIds: maybe(fc.array(fc.constantFrom(...GUIDS), { maxLength: 3 })) },
  { requiredKeys: [] },
)
const ofResult = [text('managedTenantOperationId'), guid('targetTenantId'), guid('partnerUserId'), guid('requestId')]
const dates = ['createdDateTime', 'lastModifiedDateTime']
const statusCode: Property = { name: 'statusCode', type: 'int', nullable: true, pool: [...INTS, -1, -2147483648] }
const action: Property = {
  name: 'action',
  type: 'enum',
  typeName: 'microsoft.graph.delegatedAdminRelationshipRequestAction',
  hidden: ['reject'],
  pool: ['lockForApproval', 'approve', 'terminate', 'unknownFutureValue', 'reject'],
}
const status: Property = {
  name: 'status',
  type: 'enum',
  typeName: 'microsoft.graph.delegatedAdminRelationshipRequestStatus',
  pool: ['created', 'pending', 'succeeded', 'failed', 'unknownFutureValue'],
}

/** The five collections with what api.md lets a client filter and order by. */
export const collections: readonly Collection[] = [
  {
    ...operation,
    properties: [
      ...own,
      text('name'),
      { ...text('status'), nullable: true },
      guid('partnerUserId'),
      guid('requestId'),
      { name: 'target/allTenants', type: 'boolean', nullable: true, pool: [true, false] },
      { ...guid('target/tenantIds'), collection: true },
    ],
    ordered: [...dates, 'name'],
    complex: { createdBy, target },
    required: ['target'],
    rest: { operationDefinition: {}, aggregationDefinition: null, credentials: null, result: null },
  },
  {
    ...result,
    properties: [...own, ...ofResult, { name: 'isSuccess', type: 'boolean', pool: [true, false] }],
    ordered: dates,
    complex: { createdBy },
    rest: { exception: null, executionInfo: null, result: [] },
  },
  {
    ...httpRequest,
    properties: [...own, ...ofResult, { name: 'attempt', type: 'int', pool: INTS }, statusCode],
    ordered: dates,
    complex: { createdBy },
    rest: { request: {}, response: null },
  },
  {
    ...relationshipRequest,
    properties: [...own, action, status],
    ordered: dates,
    complex: { createdBy },
    rest: { delegatedAdminRelationshipId: RELATIONSHIP },
  },
  {
    ...appOperation,
    properties: [
      guid('id'),
      date('lastModifiedDateTime'),
      ...identities,
      text('displayName'),
      text('state'),
      text('version'),
    ],
    ordered: ['lastModifiedDateTime', 'displayName'],
    complex: { createdBy },
    rest: { usersId: "o'neil", managedAppRegistrationId: 'T_1' },
  },
]

/** A stored document; its values of the properties are what the oracle looks at. */
export type Document = Readonly<Record<string, unknown>> & { readonly id: string }

/** Documents of one partner. */
export const documentsOf = (
  { properties, rest, complex, required = [] }: Collection,
  tenant: string,
): fc.Arbitrary<Document> => {
  const simple = properties.filter(({ name }) => !name.includes('/'))
  const values = simple.map(({ name, pool, nullable }): [string, fc.Arbitrary<Value>] => {
    const some = fc.constantFrom(...pool)
    return [name, nullable === true ? fc.option(some, { freq: 3 }) : some]
  })
  return fc
    .tuple(fc.record(Object.fromEntries(values)), fc.record(complex, { requiredKeys: [...required] }), fc.uuid())
    .map(([record, nested, id]) => ({ ...rest, ...record, ...nested, partnerTenantId: tenant, id }))
}

/** What a document has at the path of a property: null also where the path leads nowhere. */
export const valueAt = (document: Document, { name }: Property): unknown =>
  name
    .split('/')
    .reduce<unknown>(
      (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
      document,
    ) ?? null
