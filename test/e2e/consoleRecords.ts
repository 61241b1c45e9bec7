import { randomUUID } from 'node:crypto'
import { PARTNER_TENANT, PARTNER_USER } from '../../local/mintToken'

/** Texts that break pages: markup, scripts, both directions of writing, and more than fits into a line. */
export const HOSTILE: readonly string[] = [
  `<img src=x onerror="alert(1)"></script><script>alert(2)</script>`,
  '{{constructor}} javascript:alert(3) \' " & &lt;',
  'עסק \u202egnp.exe\u202c \u2066\u2067 شركة \u200f',
  '👩‍👩‍👧‍👦 🏴‍☠️ Z̷̡͎̐a̸l̵g̶o̷',
  '=HYPERLINK("https://example.com";"x"),\n"two lines"',
  'W'.repeat(256),
]

/** The customers of these tests. */
export const customerAt = (index: number): string =>
  `${index.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`

const common = () => ({ partnerTenantId: PARTNER_TENANT, partnerUserId: PARTNER_USER, requestId: randomUUID() })

/** An operation for as many customers. */
export const operationOf = (name: string, customers: number, more: object = {}): object => ({
  ...common(),
  name,
  description: name,
  status: name,
  target: { allTenants: false, tenantIds: Array.from({ length: customers }, (_, index) => customerAt(index)) },
  operationDefinition: { value: 'Invoke-Runbook' },
  ...more,
})

/** What came of an operation at a customer, whose name is given. */
export const resultOf = (operation: string, index: number, name: string, more: object = {}): object => ({
  ...common(),
  managedTenantOperationId: operation,
  targetTenantId: customerAt(index),
  targetTenantDisplayName: name,
  isSuccess: true,
  ...more,
})

/** An HTTP request of an operation at a customer, made of one text. */
export const exchangeOf = (operation: string, index: number, text: string): object => ({
  ...common(),
  managedTenantOperationId: operation,
  targetTenantId: customerAt(index),
  attempt: 0,
  statusCode: 400,
  request: {
    method: 'POST',
    url: `https://graph.microsoft.com/v1.0/${text}`,
    headers: [
      { name: 'X-Text', value: text },
      { name: 'X-None', value: '' },
    ],
    body: JSON.stringify({ text }),
  },
  response: { status: 400, headers: [{ name: text, value: text }], body: `not JSON: ${text}` },
})
