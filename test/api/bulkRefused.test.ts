import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ledger, startLedger } from '../harness'
import { copies, sendBulk } from './bulks'
import { details, verdict } from './replies'
import { operation, relationshipRequest } from './samples'

let ledger: Ledger
beforeAll(async () => {
  ledger = await startLedger()
})
afterAll(() => ledger.close())

const { body } = operation
test.each<readonly [string, unknown, readonly string[]]>([
  ['no value', {}, ['required value']],
  ['value that is null', { value: null }, ['invalidType value']],
  ['value that is an object', { value: {} }, ['invalidType value']],
  ['no entity', { value: [] }, ['invalidLength value']],
  ['1,001 entities', { value: copies(operation, 1001) }, ['invalidLength value']],
  ['something else in it', { value: [body], more: 1 }, ['unknownProperty more']],
  ['what is a single entity', body, ['unknownProperty', 'required value']],
  [
    'ContentIDs given twice',
    {
      value: [
        { ...body, '@Core.ContentID': 'a' },
        { ...body, '@Core.ContentID': 'a' },
        body,
        { '@Core.ContentID': '2' },
      ],
    },
    ['invalidValue value[1].@Core.ContentID', 'invalidValue value[3].@Core.ContentID'],
  ],
])(
  'a bulk that cannot be taken as a whole because of %s is refused, and nothing is stored',
  async (_, whole, problems) => {
    const before = await ledger.count(operation.container)
    const reply = await sendBulk(ledger, operation, [], { body: whole })
    expect(verdict(reply).slice(0, 3)).toEqual([400, 'badRequest', 'invalidPayload'])
    expect(details(reply)).toEqual(
      problems[0] === 'unknownProperty'
        ? [...Object.keys(body).map((name) => `unknownProperty ${name}`), 'required value']
        : problems,
    )
    expect(await ledger.count(operation.container)).toBe(before)
  },
)

test.each([undefined, 'return=minimal', 'continue-on-error=false', 'continue-on-error=x'])(
  'a bulk that cannot be taken as a whole because it says Prefer: %s is refused',
  async (prefer) => {
    const reply = await sendBulk(ledger, operation, [body], { headers: { prefer } })
    expect(verdict(reply)).toEqual([400, 'badRequest', 'invalidHeader', 'Prefer'])
  },
)

test.each([
  ['an array', '[]', [400, 'badRequest', 'invalidPayload']],
  ['no JSON', '{"value":[', [400, 'badRequest', 'invalidJson']],
  [
    'more than 8,000,000 bytes',
    `{"value":["${'x'.repeat(8_000_000)}"]}`,
    [413, 'contentTooLarge', 'payloadTooLarge', 'Content-Length'],
  ],
])('a bulk that cannot be taken as a whole because it is %s is refused', async (_, whole, expected) => {
  expect(verdict(await sendBulk(ledger, operation, [], { body: whole }))).toEqual(expected)
})

test('a bulk that cannot be taken as a whole for want of permission, or below a parent that is none', async () => {
  const token = { permissions: ['ManagedTenants.Read.All'] }
  expect(verdict(await sendBulk(ledger, operation, [body], { token }))).toEqual([
    ...[403, 'forbidden', 'missingPermission', 'Authorization'],
  ])
  const path = '/beta/tenantRelationships/delegatedAdminRelationships/x/requests'
  expect(verdict(await sendBulk(ledger, { path }, [relationshipRequest.body]))).toEqual([
    ...[400, 'badRequest', 'invalidPath', 'delegatedAdminRelationshipId'],
  ])
})
