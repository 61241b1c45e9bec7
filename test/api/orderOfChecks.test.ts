import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ledger, OTHER_TENANT, startLedger } from '../harness'
import { errorOf } from './replies'
import { operation, relationshipRequest, type Sample } from './samples'

let ledger: Ledger
let strangers: Ledger['services']
beforeAll(async () => {
  ledger = await startLedger()
  strangers = ledger.with({ AUTH_ALLOWED_TENANTS: OTHER_TENANT })
})
afterAll(() => ledger.close())

type Body = Readonly<Record<string, unknown>> | string

interface Fault {
  readonly inner: string
  readonly path?: (path: string) => string
  readonly method?: string
  readonly token?: null | { readonly permissions: readonly string[] }
  readonly strange?: true
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly body?: (body: Body) => Body
  /** Where only one of the two collections can have it. */
  readonly only?: Sample
}

const having =
  (members: object) =>
  (body: Body): Body =>
    typeof body === 'string' ? body : { ...body, ...members }

const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)])

/** In the order in which they are looked for. */
const faults: readonly Fault[] = [
  { inner: 'unknownPath', path: (path) => path.replace(/^\/[^/]+/, '/v3.0') },
  { inner: 'unsupportedMethod', method: 'PUT' },
  { inner: 'missingToken', token: null },
  { inner: 'missingPermission', token: { permissions: ['ManagedTenants.Read.All'] } },
  { inner: 'tenantNotAllowed', strange: true },
  { inner: 'unacceptableMediaType', headers: { accept: 'text/html' } },
  { inner: 'invalidHeader', headers: { 'repeatability-request-id': 'x' } },
  { inner: 'invalidQueryOption', path: (path) => `${path}?$top=1` },
  { inner: 'unsupportedContentType', headers: { 'content-type': 'text/json' } },
  { inner: 'unsupportedContentEncoding', headers: { 'content-encoding': 'br' } },
  { inner: 'payloadTooLarge', body: () => '{'.repeat(1_900_001) },
  { inner: 'invalidJson', body: () => '{"a":' },
  { inner: 'invalidPath', only: relationshipRequest, path: (path) => path.replace(/[0-9a-f]+-[^/]+(?=\/req)/, 'x') },
  { inner: 'payloadTooDeep', body: having({ deep: nested(64) }) },
  { inner: 'invalidPayload', body: having({ name: 1, action: 1 }) },
  { inner: 'tenantMismatch', only: operation, body: having({ partnerTenantId: OTHER_TENANT }) },
  {
    inner: 'documentTooLarge',
    only: operation,
    body: having({ many: Array.from({ length: 125_000 }, () => 9e15) }),
  },
]

const bodyWith = (sample: Sample, present: readonly Fault[]): string => {
  const body = present.reduceRight<Body>((body, fault) => fault.body?.(body) ?? body, sample.body)
  // Short numbers are written in full when they are stored.
  return typeof body === 'string' ? body : JSON.stringify(body).replaceAll(String(9e15), '9e15')
}

const post = (sample: Sample, present: readonly Fault[]) => {
  const fits = ({ token }: Fault) => token !== undefined
  return ledger.call({
    method: present.find(({ method }) => method !== undefined)?.method ?? 'POST',
    path: present.reduceRight((path, fault) => fault.path?.(path) ?? path, sample.path),
    headers: Object.assign({}, ...present.map(({ headers }) => headers)),
    ...(present.some(fits) ? { token: present.find(fits)?.token ?? null } : {}),
    ...(present.some(({ strange }) => strange) ? { services: strangers } : {}),
    body: bodyWith(sample, present),
  })
}

describe.each([operation, relationshipRequest].map((sample) => [sample.name, sample] as const))(
  'of %s',
  (_, sample) => {
    const possible = faults.filter(({ only }) => only === undefined || only === sample)

    it.each(possible.map((fault, index) => [fault.inner, index] as const))(
      '%s comes before all later',
      async (inner, index) => {
        const [fault, ...later] = possible.slice(index)
        if (fault === undefined) throw new Error('there is none')
        const before = await ledger.count(sample.container)
        expect(errorOf(await post(sample, [fault]))?.innerError.code).toBe(inner)
        for (const other of later) {
          const reply = await post(sample, [fault, other])
          expect([other.inner, errorOf(reply)?.innerError.code]).toEqual([other.inner, inner])
        }
        expect(errorOf(await post(sample, [fault, ...later]))?.innerError.code).toBe(inner)
        expect(await ledger.count(sample.container)).toBe(before)
      },
    )

    it('nothing is wrong without any', async () => {
      expect((await post(sample, [])).status).toBe(201)
    })
  },
)
